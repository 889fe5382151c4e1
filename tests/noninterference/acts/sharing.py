"""What the victim tells its ISACs: under its name where no outsider sits, and unattributed where they do."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from tests.noninterference.acts.reporting import OF_THE_ATTACKER, text_of
from tests.noninterference.worlds import World

from meldpunt.access.values import JOB, Actor
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import IsacId
from meldpunt.isacs import actions as isac_actions
from meldpunt.isacs import queries as isac_queries
from meldpunt.isacs.values import MotionId, PostForm, PostId, SentFile
from meldpunt.isacs.words import PostKind, RemovalGround
from meldpunt.vocabulary.markings import PAP, TLP


def say_unattributed(world: World) -> None:
    """The victim tells the table what happened, in words and files that say who it is: nobody reads that."""
    company = world.victim.company
    named = text_of(world)
    files = (
        SentFile(f"{company.alias}.txt", named.encode()),
        SentFile(f"{company.alias}.csv", f"wie;wat\r\n{company.name};{OF_THE_ATTACKER}\r\n".encode()),
    )
    bare = {"is_unattributed": True, "indicators": OF_THE_ATTACKER}
    world.ids["post"] = _say(
        world, world.reporter, title=f"Storing bij {company.name}", text=named, files=files, **bare
    )
    _keep_company(world)
    _go_round()


def answer_unattributed(world: World) -> None:
    """The chair asks under its own name, and the victim answers; who else wrote in the round comes in between."""
    chair = world.actor("peer-security")
    opening = _say(world, chair, text="Zag iemand dit ook?")
    _go_round()
    thread = isac_queries.get_own_post(chair, post=opening).thread
    reply = {"kind": PostKind.REPLY, "thread": thread, "is_unattributed": True}
    _say(world, world.reporter, text=f"Ja, wij van {world.victim.company.alias}.", **reply)
    for number in range(2):
        _say(world, chair, text=f"Nog een vraag, {number}.", is_unattributed=True)
    _go_round()


def replace_post(world: World) -> None:
    """The victim writes a new version of what it told, and says why in words that say who it is."""
    before = need_post(world)
    company = world.victim.company
    why = f"Bij {company.name} is meer bekend, zegt {company.day}."
    world.ids["post"] = _say(
        world, world.reporter, text="Nu zeker.", replaces=before, why=why, is_unattributed=True, title="Opnieuw"
    )
    _keep_company(world)
    _go_round()


def withdraw_post(world: World) -> None:
    """The victim takes back what it told the table."""
    post = need_post(world)
    del world.ids["post"]
    isac_actions.withdraw_post(world.reporter, post=post, reason=f"Niet van {world.victim.company.name}.")
    _go_round()


def take_post_away(world: World) -> None:
    """The desk takes away what the victim told the table, on a ground."""
    post = need_post(world)
    del world.ids["post"]
    why = "Het noemt iemand."
    isac_actions.remove_post(world.actor("duty-officer"), post=post, ground=RemovalGround.PERSONAL_DATA, reason=why)


def leave_waiting(world: World) -> None:
    """A draft, and a post that waits for its round, which the desk lets go earlier: nobody reads either yet."""
    isac_actions.write_post(world.reporter, form=_form(world, text="Nog niet.", is_unattributed=True))
    waits = _say(world, world.reporter, text="Straks.", is_unattributed=True)
    isac_actions.hurry_post(world.actor("duty-officer"), post=waits, reason="Dit haast zich.")


def need_post(world: World) -> PostId:
    """The table was told something; by whom it does not know."""
    if "post" not in world.ids:
        say_unattributed(world)
    return PostId(world.ids["post"])


def take_a_seat(world: World) -> None:
    """At the other table the victim asks for a seat, under its name, and the chair admits it."""
    if "seat" in world.ids:
        return
    words = f"Wij zijn {world.victim.company.name}."
    motion = isac_actions.ask_for_seat(world.reporter, isac=_side(world), words=words, is_hidden=True)
    isac_actions.decide_motion(world.actor("energy-security"), motion=motion, is_granted=True, reason="Welkom.")
    isac_actions.carry_out_motions(JOB)
    world.ids["seat"] = motion


def say_under_name(world: World) -> None:
    """Told there under its name: only those who sit there read it."""
    take_a_seat(world)
    _say(
        world, world.reporter, isac=_side(world), title=f"Storing bij {world.victim.company.alias}", text=text_of(world)
    )
    _go_round()


def be_removed(world: World) -> None:
    """The chair of that table ends the victim's seat."""
    take_a_seat(world)
    chair, side = world.actor("energy-security"), _side(world)
    [seat] = [one.seat for one in constituency_queries.list_table(chair, isac=side) if not one.is_chair]
    isac_actions.remove_member(chair, isac=side, seat=seat, reason="Zit hier niet op zijn plaats.")
    isac_actions.carry_out_motions(JOB)
    del world.ids["seat"]


def ask_in_vain(world: World) -> None:
    """The chair of that table declines, and the victim asks again and takes that back."""
    for deed in ("decline", "take-back"):
        motion = isac_actions.ask_for_seat(world.reporter, isac=_side(world), words="Mogen wij?", is_hidden=False)
        _end(world, motion, deed)


def _end(world: World, motion: MotionId, deed: str) -> None:
    if deed == "take-back":
        isac_actions.take_back_motion(world.reporter, motion=motion)
    else:
        chair = world.actor("energy-security")
        isac_actions.decide_motion(chair, motion=motion, is_granted=False, reason="De tafel is vol.")


def _side(world: World) -> IsacId:
    return IsacId(UUID(world.country.isacs["side"]))


def _form(world: World, **given: object) -> PostForm:
    said: dict[str, object] = {
        "isac": IsacId(UUID(world.country.isacs["water"])),
        "kind": PostKind.POST,
        "title": "Storingen",
        "tlp": TLP.AMBER,
        "pap": PAP.AMBER,
        **given,
    }
    return PostForm(**said)  # type: ignore[arg-type]


def _say(world: World, author: Actor, *, files: tuple[SentFile, ...] = (), **given: object) -> PostId:
    post = isac_actions.write_post(author, form=_form(world, **given), files=files)
    isac_actions.send_post(author, post=post, seen=isac_queries.preview_post(author, post=post).sight)
    return post


def _keep_company(world: World) -> None:
    """Another of the table writes unattributed too: a round of one waits."""
    _say(world, world.actor("peer-security"), text="Bij ons is het rustig.", is_unattributed=True)


def _go_round() -> None:
    """An instant by which every round of today has gone."""
    isac_actions.release_posts(JOB, now=timezone.now() + timedelta(days=1))
