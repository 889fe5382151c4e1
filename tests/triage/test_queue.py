"""The queue in every order, what is unread in it, and the views that somebody keeps of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.triage.cast import SCORED, analyst, desk

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, STRANGER, Actor
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import ReportForm, ReportId, Stage, State
from meldpunt.triage import actions, queries
from meldpunt.triage.errors import SavedViewNotFound, ViewNameTaken, ViewsFull
from meldpunt.triage.queries.queue import PAGE
from meldpunt.triage.values import Attention, Decision, Disruption, Holder, Order, QueueFilters, SavedViewId
from meldpunt.triage.wordlist import alarming_pattern
from meldpunt.vocabulary.nciss import default_thresholds
from meldpunt.vocabulary.rsit import incident_type

pytestmark = pytest.mark.django_db


def tell(title: str = "Een melding", text: str = "") -> ReportId:
    return intake_actions.receive_report(STRANGER, form=ReportForm(title=title, text=text)).report


def shown(viewer: Actor, order: Order = Order.OLDEST, **narrowed: object) -> list[ReportId]:
    filters = QueueFilters(**narrowed)  # type: ignore[arg-type]
    return [line.report.id for line in queries.list_queue(viewer, filters=filters, order=order).lines]


def walk(viewer: Actor, order: Order, between: Callable[[], object]) -> list[ReportId]:
    """Every page to the last; something happens between two of them."""
    seen: list[ReportId] = []
    after, number = "", 1
    while True:
        page = queries.list_queue(viewer, order=order, page=number, after=after)
        seen += [line.report.id for line in page.lines]
        if not page.following:
            return seen
        after, number = page.following, number + 1
        between()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.sampled_from(list(Order)), assessed=st.sets(st.integers(0, 2 * PAGE + 3), max_size=6), data=st.data())
def test_each_report_is_on_one_page_in_any_order_while_others_come_in(
    db: None, order: Order, assessed: set[int], data: st.DataObject
) -> None:
    viewer = analyst()
    told = [tell(f"Melding {number}", "losgeld" if number % 40 == 7 else "") for number in range(2 * PAGE + 4)]
    for number in assessed:
        grave = data.draw(st.sampled_from(list(Disruption)))
        actions.override_disruption(viewer, report=told[number], disruption=grave, reason="Gezien.")
        if number % 2:
            actions.take_report(viewer, report=told[number])
    seen = [one for one in walk(viewer, order, tell) if one in told]
    assert sorted(seen) == sorted(told)


def test_an_order_and_its_reverse_show_the_same_the_other_way_round() -> None:
    viewer = analyst()
    first, second, third = (tell(f"Melding {number}") for number in range(3))
    actions.override_disruption(viewer, report=second, disruption=Disruption.LIKELY, reason="Stroom.")
    actions.take_report(viewer, report=third)
    for order in Order:
        assert shown(viewer, order) == shown(viewer, order.reversed)[::-1], order
    assert shown(viewer, Order.GRAVEST)[0] == second
    assert shown(viewer, Order.HOLDER)[0] == third
    assert shown(viewer, Order.UNCHANGED)[0] == first


@pytest.mark.parametrize("after", ["x", "[]", '["x","y"]', '[1e999,"2026-01-01T00:00:00+00:00","z"]', "[[[", '{"a":1}'])
def test_a_place_that_makes_no_sense_is_the_first_page(after: str) -> None:
    report = tell()
    for order in Order:
        assert [one.report.id for one in queries.list_queue(analyst(), order=order, after=after).lines] == [report]


def test_what_i_never_opened_is_unread_for_me_and_for_nobody_else() -> None:
    mine, other = analyst(), analyst()
    report = tell()
    assert shown(mine, attention=Attention.UNREAD) == [report]
    actions.note_reading(mine, report=report)
    assert shown(mine, attention=Attention.UNREAD) == []
    assert shown(other, attention=Attention.UNREAD) == [report]
    assert [line.is_unread for line in queries.list_queue(mine).lines] == [False]


def test_what_a_colleague_decided_since_is_unread_again_and_what_i_decided_is_not() -> None:
    mine, other = analyst(), analyst()
    theirs, own = tell(), tell()
    for report in (theirs, own):
        actions.note_reading(mine, report=report)
    actions.decide_report(other, report=theirs, decision=Decision.DECLINE, reason="Reclame.")
    actions.decide_report(mine, report=own, decision=Decision.DECLINE, reason="Reclame.")
    declined = (State.DECLINED,)
    assert shown(mine, attention=Attention.UNREAD, states=declined) == [theirs]
    assert shown(other, attention=Attention.UNREAD, states=declined) == [own]


def test_what_its_reporter_added_to_is_unread_again() -> None:
    house = desk()
    report = house.receipt.report
    actions.note_reading(house.analyst, report=report)
    intake_actions.submit_stage(house.reporter, report=report, stage=Stage.NOTIFICATION, text="Nog iets.")
    assert report in shown(house.analyst, attention=Attention.UNREAD)


def test_nobody_reads_what_another_read_and_nobody_notes_it_for_another() -> None:
    mine, other = analyst(), analyst()
    actions.note_reading(mine, report=tell())
    for viewer, count in ((mine, 1), (other, 0), (desk().officer, 0), (JOB, 0)):
        with bound(viewer), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM triage_reading")
            assert cursor.fetchone() == (count,)


RANSOMWARE = "malicious-code/infected-system"
HIGH = SCORED
LOW = {**SCORED, "FI": "no-impact", "LO": "level-1-business-dmz", "RE": "regular", "PI": "minimal"}


@pytest.mark.parametrize(
    ("rsit", "nciss", "is_first"),
    [(RANSOMWARE, {}, True), ("fraud/phishing", {}, False), (RANSOMWARE, LOW, False), ("fraud/phishing", HIGH, True)],
    ids=["classed so", "classed otherwise", "scored low", "scored high"],
)
def test_an_alarming_report_stays_on_top_where_the_class_or_the_score_of_a_person_bears_it_out(
    rsit: str, nciss: dict[str, str], is_first: bool
) -> None:
    viewer, older, alarming = analyst(), tell(), tell(text="Zij vragen losgeld.")
    assert shown(viewer, Order.DUE) == [alarming, older]
    actions.assess_report(viewer, report=alarming, rsit=rsit, reason="Gezien.", nciss=nciss)
    assert (shown(viewer, Order.DUE) == [alarming, older]) is is_first
    actions.override_disruption(viewer, report=alarming, disruption=Disruption.NO, reason="Een kantoor.")
    assert (shown(viewer, Order.DUE) == [alarming, older]) is (nciss == HIGH)


def test_what_a_person_classed_as_ransomware_is_graver_than_what_may_disrupt_society_by_a_word() -> None:
    viewer, possibly, alarming = analyst(), tell(), tell(text="Zij vragen losgeld.")
    actions.override_disruption(viewer, report=possibly, disruption=Disruption.POSSIBLY, reason="Misschien.")
    actions.assess_report(viewer, report=alarming, rsit=RANSOMWARE, reason="Gezien.")
    assert shown(viewer, Order.GRAVEST) == [alarming, possibly]


def test_of_what_nobody_is_alarmed_by_a_class_alone_makes_no_grave_report() -> None:
    viewer, older, plain = analyst(), tell(), tell(text="Een oude laptop.")
    actions.assess_report(viewer, report=plain, rsit=RANSOMWARE, reason="Gezien.")
    assert shown(viewer, Order.DUE) == [older, plain]


def test_the_database_knows_the_levels_and_types_by_which_a_report_is_grave() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'triage_lay_line'")
        (source,) = cursor.fetchone()
    levels, types = (re.findall(r"'([^']+)'", found) for found in re.findall(r"one\.\w+ IN \(([^)]+)\)", source))
    assert levels == [level.id for level in default_thresholds().levels if level.from_score >= 50]
    assert [incident_type(one).id for one in types] == types
    assert len(types) == 3


def test_the_database_looks_for_the_alarming_words_of_the_list() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'triage_is_alarming'")
        (source,) = cursor.fetchone()
    assert alarming_pattern().replace("'", "''") in source


def test_every_view_is_counted_at_once_and_as_it_is_shown() -> None:
    viewer = analyst()
    taken, _, _ = tell("Phishing"), tell("Phishing"), tell("Inbraak")
    actions.take_report(viewer, report=taken)
    asked = [
        QueueFilters(),
        QueueFilters(holder=Holder.MINE),
        QueueFilters(text="phishing"),
        QueueFilters(attention=Attention.TODAY),
        QueueFilters(states=()),
    ]
    assert queries.count_views(viewer, views=asked) == tuple(
        queries.list_queue(viewer, filters=one).total for one in asked
    )
    assert queries.count_views(viewer, views=()) == ()


def test_a_view_is_its_makers_until_it_is_shared() -> None:
    mine, other = analyst(), analyst()
    view = actions.save_view(mine, name="Banken", asked={"sector": "banking"})
    assert queries.list_views(other) == ()
    actions.rename_view(mine, view=view, name="Alle banken", is_shared=True)
    (seen,) = queries.list_views(other)
    assert (seen.name, seen.is_own, seen.maker) == ("Alle banken", False, mine.name)
    for change in (
        lambda: actions.rename_view(other, view=view, name="Weg", is_shared=False),
        lambda: actions.move_view(other, view=view),
        lambda: actions.remove_view(other, view=view),
    ):
        with pytest.raises(SavedViewNotFound):
            change()


def test_views_stand_as_their_maker_puts_them_each_under_a_name_of_its_own() -> None:
    mine = analyst()
    for name in ("Een", "Twee", "Drie"):
        last = actions.save_view(mine, name=name, asked={})
    actions.move_view(mine, view=last)
    assert [view.name for view in queries.list_views(mine)] == ["Een", "Drie", "Twee"]
    with pytest.raises(ViewNameTaken):
        actions.save_view(mine, name="Een", asked={})
    for number in range(17):
        actions.save_view(mine, name=f"Nog {number}", asked={})
    with pytest.raises(ViewsFull):
        actions.save_view(mine, name="Te veel", asked={})


def test_a_queue_opens_with_the_view_that_was_chosen_until_it_is_gone() -> None:
    mine, other = analyst(), analyst()
    own = actions.save_view(mine, name="Van mij", asked={})
    actions.land_on(mine, view=own)
    assert (queries.find_landing(mine), queries.find_landing(other)) == (own, None)
    with pytest.raises(SavedViewNotFound):
        actions.land_on(other, view=own)
    actions.remove_view(mine, view=own)
    assert queries.find_landing(mine) is None
    with pytest.raises(SavedViewNotFound):
        actions.remove_view(mine, view=SavedViewId(own))
