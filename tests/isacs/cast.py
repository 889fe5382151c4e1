"""A table with people at it: openly, hidden, in the chair, gone, and not yet there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from tests.constituency.cast import member_of

from meldpunt.access.values import JOB, Actor, OrganisationId
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Holding, Hours, IsacId, Person, Registration
from meldpunt.isacs import actions, queries
from meldpunt.isacs.values import Post, PostForm, PostId, SentFile, ThreadId
from meldpunt.isacs.words import PostKind
from meldpunt.vocabulary.markings import PAP, TLP


@dataclass(frozen=True)
class Around:
    """An ISAC of energy. `hidden` sits there without the others knowing; `outside` is of the sector and does not."""

    isac: IsacId
    other_isac: IsacId
    chair: Actor
    open: Actor
    third: Actor
    hidden: Actor
    outside: Actor
    elsewhere: Actor


def company(name: str, *, sector: str = "energy", number: int = 1, products: tuple[str, ...] = ()) -> OrganisationId:
    plain, last = name.lower().replace(" ", "-"), name.rpartition(" ")[2]
    return constituency_actions.register_organisation(
        JOB,
        form=Registration(
            kind="constituent",
            sector=sector,
            name=name,
            entity_kind="essential",
            aliases=(f"{last}net",),
            people=(Person(f"Joke {last}", "CISO", f"joke@{plain}.example", f"+31 20 555 01{number:02}", Hours.DAY),),
            networks=(Holding(f"198.51.100.{number * 8}/29"),),
            domains=(Holding(f"{plain}.example"),),
            products=("Netmeester EMS 4", *products),
        ),
    )


def gather() -> Around:
    """Everybody takes their place."""
    ids = [
        company("Energie Windhoek", number=1),
        company("Netbeheer Duinrecht", number=2),
        company("Gasnet Steenwolde", number=3),
        company("Zonneweide Haverzande", number=4),
        company("Biogas Peelrode", number=5),
        company("Vervoer Zwaluw", number=6, sector="transport"),
    ]
    isac = constituency_actions.create_isac(JOB, sector="energy", name="ISAC Energie")
    other = constituency_actions.create_isac(JOB, sector="transport", name="ISAC Transport")
    seat = constituency_actions.join_isac
    for number, one in enumerate(ids[:4]):
        seat(JOB, isac=isac, organisation=one, chair=number == 0, hidden=number == 3)
    seat(JOB, isac=other, organisation=ids[5], chair=True)
    chair, open_, third, hidden, outside, elsewhere = (member_of(one) for one in ids)
    return Around(isac, other, chair, open_, third, hidden, outside, elsewhere)


def form_for(isac: IsacId, **given: object) -> PostForm:
    said: dict[str, object] = {
        "isac": isac,
        "kind": PostKind.POST,
        "title": "Aanvallen op regelsystemen",
        "text": "Wij zien al een week pogingen op de toegang op afstand.",
        "tlp": TLP.AMBER,
        "pap": PAP.AMBER,
        **given,
    }
    return PostForm(**said)  # type: ignore[arg-type]


def send(actor: Actor, isac: IsacId, *, files: tuple[SentFile, ...] = (), **given: object) -> PostId:
    """Written and sent; it waits."""
    post = actions.write_post(actor, form=form_for(isac, **given), files=files)
    actions.send_post(actor, post=post, seen=queries.preview_post(actor, post=post).sight)
    return post


def next_instant(days: int = 1) -> datetime:
    """So much later that every round of today has gone."""
    return timezone.now() + timedelta(days=days)


def release(*, at: datetime | None = None) -> None:
    """What the platform does each minute; by itself at an instant by which every round has gone."""
    actions.carry_out_motions(JOB)
    actions.release_posts(JOB, now=at or next_instant())


def tell(actor: Actor, isac: IsacId, **given: object) -> Post:
    """Sent and told."""
    post = send(actor, isac, **given)  # type: ignore[arg-type]
    release()
    return queries.get_own_post(actor, post=post)


def read_by(viewer: Actor, isac: IsacId) -> set[str]:
    """Titles and texts of all that the viewer reads at the table."""
    found: set[str] = set()
    for line in queries.list_threads(viewer, isac=isac):
        for said in queries.get_thread(viewer, thread=ThreadId(line.thread)):
            found |= {said.told.title, *(part.text for part in said.told.parts)}
    return found
