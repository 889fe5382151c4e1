"""Nobody but the desk can tell who wrote it: not by name, time, order, count, file, or what stands beside it."""

from __future__ import annotations

from datetime import datetime, timedelta
from datetime import time as clock

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.constituency.cast import analyst, duty_officer, member_of
from tests.isacs.cast import company, form_for, gather, next_instant, read_by, release, send, tell

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Actor
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.isacs import actions, queries
from meldpunt.isacs.errors import IndicatorUnreadable, ReasonMissing, StateDoesNotAllow
from meldpunt.isacs.rules.rounds import is_due, last_round, next_round, urgent_hour
from meldpunt.isacs.values import PostId, ThreadId
from meldpunt.isacs.words import PostKind, PostState, RemovalGround
from meldpunt.ledger import queries as ledger_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]
UNATTRIBUTED = {"is_unattributed": True}
ROUNDS = [clock(7), clock(17)]
MARK = "[█████ weggelaten]"


def before_the_round() -> datetime:
    """Later than now, and before the next round."""
    now = timezone.localtime()
    return now + (next_round(now, settings.ISAC_ROUNDS) - now) / 2


def test_an_unattributed_post_waits_for_the_round_and_one_under_a_name_does_not() -> None:
    around = gather()
    send(around.open, around.isac, text="Van ons.")
    send(around.third, around.isac, text="Van iemand.", **UNATTRIBUTED)
    release(at=before_the_round())
    assert {"Van ons."} == {text for text in read_by(around.chair, around.isac) if text.startswith("Van")}
    release(at=next_instant())
    assert "Van iemand." in read_by(around.chair, around.isac)


def test_the_name_of_the_author_stands_nowhere() -> None:
    around = gather()
    words = (
        "Bij Duinrecht en op netbeheer-duinrecht.example, 198.51.100.17, zag Joke Duinrecht het; mail "
        "joke@netbeheer-duinrecht.example of bel +31 20 555 0102."
    )
    tell(around.open, around.isac, title="Duinrechtnet: inbraak", text=words, **UNATTRIBUTED)
    (told,) = disclosure_queries.list_delivered(around.third)
    said = repr(told).casefold()
    assert not [word for word in ("duinrecht", "198.51", "joke", "555") if word in said]
    assert "weggelaten" in told.title


def test_a_product_that_only_its_author_has_points_at_it_and_one_that_many_have_does_not() -> None:
    around = gather()
    sole = company("Warmtenet Lisserdam", number=7, products=("Stookmeester 3",))
    constituency_actions.join_isac(JOB, isac=around.isac, organisation=sole)
    tell(member_of(sole), around.isac, text="Netmeester EMS 4 en Stookmeester 3 zijn lek.", **UNATTRIBUTED)
    (text,) = {one for one in read_by(around.third, around.isac) if "Netmeester" in one}
    assert "Stookmeester" not in text


def test_the_author_sees_beforehand_what_is_masked_and_what_was_masked_is_not_kept() -> None:
    around = gather()
    post = actions.write_post(around.open, form=form_for(around.isac, text="Bij Netbeheer Duinrecht.", **UNATTRIBUTED))
    seen = queries.preview_post(around.open, post=post)
    assert seen.post.masked == 1
    assert [part.text for part in seen.parts] == [f"Bij {MARK}."]
    with bound(around.open), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(p)::text FROM isacs_post p")
        assert all("Duinrecht" not in row for (row,) in cursor.fetchall())


def test_an_indicator_that_points_at_its_author_is_refused() -> None:
    around = gather()
    with pytest.raises(IndicatorUnreadable, match="own organisation"):
        actions.write_post(
            around.open, form=form_for(around.isac, indicators="pomp.netbeheer-duinrecht.example", **UNATTRIBUTED)
        )
    tell(around.open, around.isac, indicators="baas@roerdomp.example", **UNATTRIBUTED)
    assert "baas[@]roerdomp[.]example" in read_by(around.third, around.isac)


def test_a_round_is_told_at_one_instant_and_not_in_the_order_of_arrival() -> None:
    around = gather()
    members = [around.chair, around.open, around.third, around.hidden]
    # Thirty posts: that chance gives back the order of arrival happens once in 30!, which is never.
    sent = [send(members[number % 4], around.isac, text=f"Nummer {number:02}.", **UNATTRIBUTED) for number in range(30)]
    release()
    told = [one for page in (1, 2) for one in queries.list_threads(around.third, isac=around.isac, page=page)]
    assert len(told) == len(sent)
    assert {one.last_at for one in told} == {told[0].last_at}
    order = [part.text for one in disclosure_queries.list_delivered(around.third) for part in one.parts]
    assert sorted(order) != order != sorted(order, reverse=True)
    with bound(JOB), connection.cursor() as cursor:
        # What a thief of a password reads beside the columns: where the rows lie, and which transaction wrote them.
        cursor.execute("SELECT t.disclosure, t.xmin::text FROM isacs_told t ORDER BY t.ctid")
        rows = cursor.fetchall()
        cursor.execute("SELECT disclosure FROM isacs_post ORDER BY sent_at")
        arrived = [disclosure for (disclosure,) in cursor.fetchall()]
    assert [disclosure for disclosure, _ in rows] != arrived
    assert len({transaction for _, transaction in rows}) == 1
    written = {one.subject: one.at for one in ledger_queries.list_entries(JOB) if one.kind == "disclosed"}
    assert sorted(written, key=lambda one: written[one]) != [one for one in arrived if one in written]


def test_the_author_is_a_reader_like_all_others() -> None:
    around = gather()
    post = tell(around.open, around.isac, **UNATTRIBUTED)
    ours, theirs = (
        disclosure_queries.get_delivered(one, disclosure=post.disclosure) for one in (around.open, around.third)
    )
    assert ours == theirs
    assert ours.read_at is None


def test_two_posts_of_one_author_have_nothing_in_common() -> None:
    around = gather()
    first = tell(around.open, around.isac, **UNATTRIBUTED)
    reply = tell(around.open, around.isac, kind=PostKind.REPLY, thread=first.thread, text="Nog iets.", **UNATTRIBUTED)
    other = tell(around.third, around.isac, kind=PostKind.REPLY, thread=first.thread, text="Ook.", **UNATTRIBUTED)
    said = {one.told.id: one for one in queries.get_thread(around.chair, thread=ThreadId(first.thread))}
    mine, others = said[reply.disclosure].told, said[other.disclosure].told
    assert {part.heading for part in mine.parts} == {part.heading for part in others.parts}
    assert (mine.title, mine.language, mine.grounds) == (others.title, others.language, others.grounds)


def test_the_desk_knows_whose_it_is_by_code_and_reads_the_name_after_unsealing() -> None:
    around = gather()
    post = tell(around.open, around.isac, **UNATTRIBUTED)
    viewer = analyst()
    seen = queries.get_post(viewer, post=post.id)
    assert seen.author.id == around.open.organisation
    assert seen.author.name is None
    assert around.open.organisation
    constituency_actions.unseal_identity(viewer, organisation=around.open.organisation, purpose="Navraag.")
    assert queries.get_post(viewer, post=post.id).author.name == "Netbeheer Duinrecht"


def test_what_stands_under_a_name_is_masked_for_a_colleague_who_unsealed_nothing() -> None:
    around = gather()
    post = tell(around.open, around.isac, text="Bij Netbeheer Duinrecht.")
    assert post.disclosure
    assert "Duinrecht" not in repr(queries.get_post(analyst(), post=post.id))
    assert "Duinrecht" not in repr(disclosure_queries.get_disclosure(analyst(), disclosure=post.disclosure))


def test_the_ledger_tells_the_author_and_no_other_member() -> None:
    around = gather()
    post = tell(around.open, around.isac, **UNATTRIBUTED)

    def about(actor: Actor) -> set[object]:
        return {one.subject for one in ledger_queries.list_entries(actor)} if actor.organisation else set()

    with bound(around.third), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry WHERE subject = ANY (%s)", [[post.id, post.disclosure]])
        assert cursor.fetchone() == (0,)
    with bound(around.open), connection.cursor() as cursor:
        cursor.execute("SELECT content FROM ledger_entry WHERE subject = %s", [post.disclosure])
        ((content,),) = cursor.fetchall()
    # Not how many read it: who knows who sits there openly would count who sits hidden.
    assert '"count":0' in content.replace(" ", "")


def test_something_urgent_goes_at_the_next_full_hour_and_not_at_once() -> None:
    around = gather()
    officer, post = duty_officer(), send(around.open, around.isac, **UNATTRIBUTED)
    with pytest.raises(ReasonMissing):
        actions.hurry_post(officer, post=post, reason=" ")
    go_at = actions.hurry_post(officer, post=post, reason="Er wordt nu aangevallen.").go_at
    assert go_at == urgent_hour(timezone.localtime())
    release(at=go_at - timedelta(seconds=1))
    waits = queries.get_own_post(around.open, post=post).state
    release(at=go_at)
    assert queries.get_own_post(around.open, post=post).state is PostState.TOLD
    assert waits is PostState.WAITING or next_round(timezone.localtime(), settings.ISAC_ROUNDS) < go_at


def test_the_desk_takes_a_post_away_on_a_ground_that_its_readers_read() -> None:
    around = gather()
    told, waiting = tell(around.open, around.isac, **UNATTRIBUTED), send(around.third, around.isac, **UNATTRIBUTED)
    for post in (told.id, waiting):
        actions.remove_post(duty_officer(), post=post, ground=RemovalGround.NAMES_A_MEMBER, reason="Staat in alinea 2.")
    release()
    (notice,) = disclosure_queries.list_delivered(around.chair)
    assert notice.withdrawal_reason == "Het noemt een lid dat onbekend wilde blijven."
    assert queries.get_own_post(around.third, post=waiting).withdrawal_reason.endswith("Staat in alinea 2.")
    with pytest.raises(StateDoesNotAllow):
        actions.remove_post(duty_officer(), post=waiting, ground=RemovalGround.UNLAWFUL, reason="Nog eens.")


def test_who_withdraws_an_unattributed_post_is_told_neither_by_when_nor_by_what_it_says() -> None:
    around = gather()
    post = tell(around.open, around.isac, **UNATTRIBUTED)
    actions.withdraw_post(around.open, post=post.id, reason="Duinrecht vergiste zich.")
    release(at=before_the_round())
    assert read_by(around.third, around.isac)
    release()
    (notice,) = disclosure_queries.list_delivered(around.third)
    assert notice.withdrawal_reason == f"{MARK} vergiste zich."


def test_what_replaces_an_unattributed_post_is_unattributed_too() -> None:
    around = gather()
    post = tell(around.open, around.isac, **UNATTRIBUTED)
    anew: PostId = send(around.open, around.isac, replaces=post.id, why="Nieuwe stand.", is_unattributed=False)
    assert queries.get_own_post(around.open, post=anew).is_unattributed


def test_why_an_unattributed_post_is_replaced_names_nobody_either() -> None:
    around = gather()
    post = tell(around.open, around.isac, **UNATTRIBUTED)
    tell(around.open, around.isac, replaces=post.id, why="Netbeheer Duinrecht weet nu meer.", **UNATTRIBUTED)
    told = disclosure_queries.list_delivered(around.third)
    assert [one.superseding_reason for one in told if one.superseding_reason] == [f"{MARK} weet nu meer."]


instants = st.datetimes(
    datetime(2026, 1, 2),  # noqa: DTZ001 (Hypothesis adds the zone)
    datetime(2027, 12, 30),  # noqa: DTZ001
    timezones=st.just(timezone.get_default_timezone()),
)


@given(instants)
def test_rounds_follow_each_other(now: datetime) -> None:
    before, after = last_round(now, ROUNDS), next_round(now, ROUNDS)
    assert before <= now < after
    assert before.time() in ROUNDS
    assert after.time() in ROUNDS
    assert before < after


@given(instants, st.timedeltas(timedelta(0), timedelta(days=2)))
def test_when_an_unattributed_post_goes_depends_on_the_round_alone(now: datetime, ago: timedelta) -> None:
    asked = now - ago

    def due(is_unattributed: bool) -> bool:
        return is_due(
            PostState.WAITING, is_unattributed=is_unattributed, asked_at=asked, go_at=None, now=now, rounds=ROUNDS
        )

    assert due(is_unattributed=False)
    assert due(is_unattributed=True) == (asked <= last_round(now, ROUNDS))
