"""A member writes, looks, sends; the table reads, and nobody else."""

from __future__ import annotations

import pytest
from tests.constituency.cast import analyst
from tests.isacs.cast import form_for, gather, read_by, release, send, tell

from meldpunt.access.errors import AccessRefused, NotFound
from meldpunt.access.values import JOB
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import NOTHING_SEEN, ItemKind
from meldpunt.isacs import actions, queries
from meldpunt.isacs.errors import (
    AttendanceUnderRule,
    IndicatorUnreadable,
    MarkingTooNarrow,
    NotSeated,
    PostEmpty,
    StateDoesNotAllow,
)
from meldpunt.isacs.words import PostKind, PostState
from meldpunt.law import Outcome
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.markings import TLP

pytestmark = pytest.mark.django_db
WORDS = "Wij zien al een week pogingen op de toegang op afstand."


def test_what_is_sent_under_a_name_is_read_by_everybody_at_the_table_and_by_nobody_else() -> None:
    around = gather()
    tell(around.open, around.isac)
    for member in (around.chair, around.open, around.third, around.hidden):
        assert {WORDS, "Netbeheer Duinrecht"} <= read_by(member, around.isac)
    for stranger in (around.outside, around.elsewhere):
        assert read_by(stranger, around.isac) == set()
        assert disclosure_queries.list_delivered(stranger) == ()


def test_a_draft_and_what_waits_is_read_by_its_author_alone() -> None:
    around = gather()
    draft = actions.write_post(around.open, form=form_for(around.isac))
    waiting = send(around.open, around.isac)
    for post in (draft, waiting):
        assert queries.get_own_post(around.open, post=post).title
        for other in (around.chair, around.third, around.hidden, around.outside):
            with pytest.raises(NotFound):
                queries.get_own_post(other, post=post)
    assert read_by(around.third, around.isac) == set()
    assert [one.id for one in queries.list_posts(analyst(), isac=around.isac)] == [waiting]


def test_the_preview_says_who_reads_it_on_what_ground_and_does_not_name_who_sits_hidden() -> None:
    around = gather()
    seen = queries.preview_post(around.open, post=actions.write_post(around.open, form=form_for(around.isac)))
    assert seen.names == ("Energie Windhoek", "Gasnet Steenwolde", "Netbeheer Duinrecht")
    assert seen.verdict.outcome is Outcome.ALLOWED
    assert [part.text for part in seen.parts] == ["Netbeheer Duinrecht", WORDS]


def test_a_hidden_member_is_warned_that_its_name_shows_it() -> None:
    around = gather()
    post = actions.write_post(around.hidden, form=form_for(around.isac))
    assert queries.preview_post(around.hidden, post=post).is_hidden


def test_the_author_can_prove_that_it_sent_and_that_it_was_told() -> None:
    around = gather()
    post = tell(around.open, around.isac)
    entries = ledger_queries.list_entries(JOB, about=around.open.organisation)
    assert {(one.kind, one.subject) for one in entries} >= {
        (Kind.RECEIVED, post.id),
        (Kind.DISCLOSED, post.disclosure),
    }


def test_only_who_sits_at_a_table_tells_it_something() -> None:
    around = gather()
    for stranger in (around.outside, around.elsewhere):
        with pytest.raises(NotSeated):
            actions.write_post(stranger, form=form_for(around.isac))
    with pytest.raises(AccessRefused):
        actions.write_post(analyst(), form=form_for(around.isac))


@pytest.mark.parametrize("tlp", [TLP.RED, TLP.AMBER_STRICT])
def test_a_marking_that_reaches_fewer_than_a_table_is_refused(tlp: TLP) -> None:
    around = gather()
    with pytest.raises(MarkingTooNarrow):
        actions.write_post(around.open, form=form_for(around.isac, tlp=tlp))


@pytest.mark.parametrize("tlp", [TLP.AMBER, TLP.GREEN, TLP.CLEAR])
def test_the_author_chooses_the_marking(tlp: TLP) -> None:
    around = gather()
    tell(around.open, around.isac, tlp=tlp)
    (line,) = queries.list_threads(around.third, isac=around.isac)
    assert line.tlp is tlp


def test_nothing_is_no_post() -> None:
    around = gather()
    with pytest.raises(PostEmpty):
        actions.write_post(around.open, form=form_for(around.isac, text=" \n\u200b "))


def test_a_reply_stands_in_its_thread_and_is_not_written_where_one_was_told_nothing() -> None:
    around = gather()
    post = tell(around.open, around.isac)
    tell(around.third, around.isac, kind=PostKind.REPLY, thread=post.thread, text="Hier ook.")
    said = queries.get_thread(around.chair, thread=post.thread)
    assert [one.kind for one in said] == [PostKind.POST, PostKind.REPLY]
    with pytest.raises(NotFound):
        actions.write_post(around.elsewhere, form=form_for(around.other_isac, thread=post.thread))


def test_indicators_are_read_defanged_and_come_back_whole() -> None:
    around = gather()
    tell(around.open, around.isac, indicators="203.0.113.7\nhxxps://roerdomp[.]example/a")
    ((said,),) = [
        queries.get_thread(around.third, thread=line.thread)
        for line in queries.list_threads(around.third, isac=around.isac)
    ]
    assert "203[.]0[.]113[.]7" in said.told.parts[-1].text
    assert [one.value for one in said.indicators] == ["203.0.113.7", "https://roerdomp.example/a"]


@pytest.mark.parametrize("line", ["geen indicator", "203.0.113.7 en 203.0.113.8", "CVE-2026-12345"])
def test_a_line_that_is_no_indicator_is_refused_by_its_number(line: str) -> None:
    around = gather()
    with pytest.raises(IndicatorUnreadable, match="Line 2"):
        actions.write_post(around.open, form=form_for(around.isac, indicators=f"203.0.113.7\n{line}"))


def test_under_the_chatham_house_rule_nobody_writes_down_who_was_there_and_every_rendering_says_the_rule() -> None:
    around = gather()
    notes = {"kind": PostKind.MEETING_NOTES, "agenda": "1. Opening", "decisions": "Elkaar bellen."}
    with pytest.raises(AttendanceUnderRule):
        actions.write_post(
            around.open, form=form_for(around.isac, chatham_house=True, attendance="Gasnet Steenwolde", **notes)
        )
    tell(around.open, around.isac, attendance="Gasnet Steenwolde", **notes)
    assert "Gasnet Steenwolde" in read_by(around.third, around.isac)
    tell(around.open, around.isac, chatham_house=True, **notes)
    headings = {
        part.heading.en
        for told in disclosure_queries.list_delivered(around.third, item=ItemKind.ISAC_POST)
        for part in told.parts
    }
    assert "Chatham House Rule" in headings


def test_what_waits_is_taken_back_and_never_told() -> None:
    around = gather()
    post = send(around.open, around.isac)
    actions.take_back_post(around.open, post=post)
    release()
    assert read_by(around.third, around.isac) == set()
    with pytest.raises(StateDoesNotAllow):
        actions.send_post(around.open, post=post, seen=NOTHING_SEEN)


def test_a_draft_is_thrown_away_whole_and_what_was_sent_is_not() -> None:
    around = gather()
    draft, sent = actions.write_post(around.open, form=form_for(around.isac)), send(around.open, around.isac)
    actions.throw_away_post(around.open, post=draft)
    assert [one.id for one in queries.list_own_posts(around.open)] == [sent]
    with pytest.raises(StateDoesNotAllow):
        actions.throw_away_post(around.open, post=sent)


def test_what_was_told_is_withdrawn_by_its_author_with_a_reason_that_its_readers_read() -> None:
    around = gather()
    post = tell(around.open, around.isac)
    actions.withdraw_post(around.open, post=post.id, reason="Het was iets anders.")
    release()
    (told,) = disclosure_queries.list_delivered(around.third)
    assert (told.withdrawal_reason, told.parts) == ("Het was iets anders.", ())
    assert queries.get_own_post(around.open, post=post.id).state is PostState.WITHDRAWN


def test_what_was_told_is_replaced_by_its_author_with_a_reason() -> None:
    around = gather()
    post = tell(around.open, around.isac)
    tell(around.open, around.isac, replaces=post.id, why="Nu weten wij meer.", text="Het is een leverancier.")
    newest, oldest = disclosure_queries.list_delivered(around.third)
    assert (oldest.superseding_reason, oldest.replaced_by) == ("Nu weten wij meer.", newest.id)
    with pytest.raises(NotFound):
        actions.write_post(around.third, form=form_for(around.isac, replaces=post.id, why="Niet van ons."))


def test_one_that_goes_wider_than_what_it_replaces_holds_up_no_other() -> None:
    around = gather()
    post = tell(around.open, around.isac, tlp=TLP.AMBER)
    send(around.third, around.isac, text="Van een ander.")
    anew = tell(around.open, around.isac, replaces=post.id, why="Het mag nu verder.", tlp=TLP.GREEN)
    assert anew.state is PostState.TOLD
    assert "Van een ander." in read_by(around.chair, around.isac)


def test_what_holds_these_words_is_found_by_who_was_told() -> None:
    around = gather()
    tell(around.open, around.isac, text='Let op "kwikstaart" in de logboeken.')
    for words in ("KWIKSTAART", '"kwik', "regelsystemen"):
        assert len(queries.search_posts(around.third, isac=around.isac, text=words)) == 1
    for words in ("incident-nature", "heading", "text", "roerdomp"):
        assert queries.search_posts(around.third, isac=around.isac, text=words) == ()
    assert queries.search_posts(around.outside, isac=around.isac, text="kwikstaart") == ()


def test_a_thread_counts_what_one_did_not_read_yet() -> None:
    around = gather()
    post = tell(around.open, around.isac)
    assert [line.unread for line in queries.list_threads(around.open, isac=around.isac)] == [1]
    disclosure_actions.open_disclosures(around.third, disclosures=[post.disclosure])
    assert [line.unread for line in queries.list_threads(around.third, isac=around.isac)] == [0]
    assert [line.unread for line in queries.list_threads(around.chair, isac=around.isac)] == [1]
