"""Assessing: versions, holders, decisions, the queue."""

from __future__ import annotations

import uuid

import pytest
from django.db import DatabaseError, connection
from tests.constituency.cast import somebody
from tests.triage.cast import SCORED, desk, told

from meldpunt.access.binding import bound
from meldpunt.access.errors import NotFound, PermissionMissing
from meldpunt.access.values import STRANGER, Door, Role
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportForm, ReportId, Stage, State
from meldpunt.ledger import queries as ledger_queries
from meldpunt.triage import actions, queries
from meldpunt.triage.errors import AlreadyTaken, ChangedMeanwhile, DecisionImpossible, ReasonMissing
from meldpunt.triage.queries.queue import PAGE
from meldpunt.triage.values import Decision, Disruption, Holder, Order, QueueFilters
from meldpunt.vocabulary.nciss import score_categories

pytestmark = pytest.mark.django_db


def test_an_assessment_is_classified_scored_and_estimated_in_versions() -> None:
    house = desk()
    report = house.receipt.report
    actions.assess_report(
        house.analyst, report=report, rsit="malicious-code/infected-system", reason="Losgeldbrief.", nciss=SCORED
    )
    last = actions.estimate_consequence(house.analyst, report=report, outage={"D1": 1.0})
    seen = queries.get_triage(house.analyst, report=report)
    assert seen.assessment == last
    assert (last.version, last.rsit) == (2, "malicious-code/infected-system")
    assert last.score is not None
    assert last.level is not None
    assert [one.version for one in seen.history] == [1]
    assert seen.history[0].estimate is None


def test_a_persons_word_stands_over_the_computed_one_and_the_computed_one_stays() -> None:
    house = desk()
    actions.estimate_consequence(house.analyst, report=house.receipt.report, outage={"D1": 0.01})
    said = actions.override_disruption(
        house.analyst, report=house.receipt.report, disruption=Disruption.LIKELY, reason="De dijk staat al op springen."
    )
    assert (said.computed, said.disruption) == (Disruption.NO, Disruption.LIKELY)


def test_a_new_estimate_takes_the_old_word_away() -> None:
    house = desk()
    report = house.receipt.report
    actions.override_disruption(house.analyst, report=report, disruption=Disruption.LIKELY, reason="Gevoel.")
    assert actions.estimate_consequence(house.analyst, report=report, outage={"D1": 0.01}).override is None


def test_a_page_that_is_out_of_date_writes_over_nothing() -> None:
    house = desk()
    report = house.receipt.report
    actions.assess_report(house.colleague, report=report, rsit="fraud", reason="Factuur.")
    with pytest.raises(ChangedMeanwhile):
        actions.assess_report(house.analyst, report=report, rsit="availability", reason="Storing.", seen=0)
    assert queries.list_assessments(house.analyst, reports=[report])[report].rsit == "fraud"


def test_an_assessment_cannot_be_rewritten_even_by_hand() -> None:
    house = desk()
    actions.assess_report(house.analyst, report=house.receipt.report, rsit="fraud", reason="Factuur.")
    with pytest.raises(DatabaseError, match="permission denied"), bound(house.analyst), connection.cursor() as cursor:
        cursor.execute("UPDATE triage_assessment SET reason = 'iets anders'")


def test_a_report_is_taken_and_let_go_and_not_taken_from_a_colleague_by_accident() -> None:
    house = desk()
    report = house.receipt.report
    actions.take_report(house.colleague, report=report)
    with pytest.raises(AlreadyTaken):
        actions.take_report(house.analyst, report=report)
    actions.take_report(house.analyst, report=report, from_colleague=True)
    (line,) = queries.list_queue(house.analyst).lines
    assert (line.holder, line.report.state) == (Holder.MINE, State.IN_TRIAGE)
    actions.release_report(house.analyst, report=report)
    assert queries.list_queue(house.analyst).lines[0].holder is Holder.NOBODY


def test_a_decision_moves_the_report_and_tells_the_reporter_which_but_not_why() -> None:
    house = desk()
    report = house.receipt.report
    actions.decide_report(house.analyst, report=report, decision=Decision.DECLINE, reason="Een oefening van team Rood.")
    own = intake_queries.get_own_report(house.reporter, report=report)
    assert own.state is State.DECLINED
    entries = ledger_queries.list_entries(house.reporter, subject=report)
    assert "decided" in [entry.kind for entry in entries]
    assert "Rood" not in str(entries)


def test_a_decided_report_is_reopened_before_it_is_decided_again() -> None:
    house = desk()
    report = house.receipt.report
    actions.decide_report(house.analyst, report=report, decision=Decision.DECLINE, reason="Te vaag.")
    with pytest.raises(DecisionImpossible):
        actions.decide_report(house.analyst, report=report, decision=Decision.REDIRECT, reason="Toch naar Z-CERT.")
    actions.decide_report(house.analyst, report=report, decision=Decision.REOPEN, reason="Meer gehoord.")
    actions.decide_report(house.analyst, report=report, decision=Decision.REDIRECT, reason="Naar Z-CERT.")
    seen = queries.get_triage(house.analyst, report=report)
    assert [one.decision for one in seen.decisions] == [Decision.DECLINE, Decision.REOPEN, Decision.REDIRECT]
    assert seen.decision is Decision.REDIRECT


@pytest.mark.parametrize("nothing", ["  ", " \u200b\u202e "])
def test_a_decision_and_a_judgement_take_a_reason_that_somebody_can_read(nothing: str) -> None:
    house = desk()
    report = house.receipt.report
    with pytest.raises(ReasonMissing):
        actions.decide_report(house.analyst, report=report, decision=Decision.DECLINE, reason=nothing)
    with pytest.raises(ReasonMissing):
        actions.override_disruption(house.analyst, report=report, disruption=Disruption.NO, reason=nothing)


def test_the_queue_holds_what_is_undecided_with_statutory_duties_on_top() -> None:
    house = desk()
    voluntary = intake_actions.receive_report(house.analyst, form=ReportForm("Spam", "Veel spam."))
    page = queries.list_queue(house.analyst, order=Order.DUE)
    assert [line.report.id for line in page.lines] == [house.receipt.report, voluntary.report]
    assert page.lines[0].report.due is not None
    assert page.lines[0].is_unread
    actions.decide_report(house.analyst, report=voluntary.report, decision=Decision.DECLINE, reason="Spam.")
    assert [line.report.id for line in queries.list_queue(house.analyst).lines] == [house.receipt.report]


def test_what_people_tell_with_an_alarming_word_does_not_wait_behind_what_came_before() -> None:
    house = desk()
    earlier = intake_actions.receive_report(house.analyst, form=ReportForm("Een vraag", "Wij bellen nog.")).report
    alarming = intake_actions.receive_report(STRANGER, form=ReportForm("Internetbankieren", "Alles ligt plat.")).report
    shown = [line.report.id for line in queries.list_queue(house.analyst).lines]
    assert shown == [house.receipt.report, alarming, earlier]
    actions.override_disruption(house.analyst, report=alarming, disruption=Disruption.NO, reason="Een oefening.")
    assert [line.report.id for line in queries.list_queue(house.analyst).lines][-1] == alarming


def test_the_gravest_report_is_on_top_when_asked_for_whatever_came_first() -> None:
    house = desk()
    small, great = (
        intake_actions.receive_report(house.analyst, form=ReportForm(title, title)).report
        for title in ("Spam.", "Sluizen staan open.")
    )
    actions.override_disruption(house.analyst, report=great, disruption=Disruption.LIKELY, reason="Het water stijgt.")
    asked = queries.list_queue(house.analyst, order=Order.GRAVEST).lines
    assert [line.report.id for line in asked] == [great, house.receipt.report, small]


def test_among_what_is_less_likely_a_persons_word_counts_first_and_then_the_score() -> None:
    house = desk()
    dull, scored, possibly, computed = (
        intake_actions.receive_report(house.analyst, form=ReportForm(title, title)).report
        for title in ("Een.", "Twee.", "Drie.", "Vier.")
    )
    low = {one.id: min(one.options, key=lambda option: option.value).id for one in score_categories()}
    actions.assess_report(house.analyst, report=scored, rsit="malicious-code", nciss=low, reason="Gezien.")
    actions.override_disruption(house.analyst, report=possibly, disruption=Disruption.POSSIBLY, reason="Wie weet.")
    actions.estimate_consequence(house.analyst, report=computed, outage={"D1": 1.0})
    asked = [line.report.id for line in queries.list_queue(house.analyst, order=Order.GRAVEST).lines]
    assert [one for one in asked if one != house.receipt.report] == [computed, possibly, scored, dull]
    actions.override_disruption(house.analyst, report=computed, disruption=Disruption.NO, reason="Een oefening.")
    asked = [line.report.id for line in queries.list_queue(house.analyst, order=Order.GRAVEST).lines]
    assert [one for one in asked if one != house.receipt.report] == [possibly, scored, dull, computed]


def test_what_is_likely_to_disrupt_society_does_not_sink_once_somebody_assessed_it() -> None:
    house = desk()
    earlier, alarming = (
        intake_actions.receive_report(STRANGER, form=ReportForm(title, "Meer weten wij niet.")).report
        for title in ("Een vreemde mail", "Ransomware op de pompen")
    )
    actions.assess_report(house.analyst, report=alarming, rsit="malicious-code/infected-system", reason="Losgeldbrief.")
    actions.estimate_consequence(house.analyst, report=alarming, outage={"D1": 1.0})
    shown = [line.report.id for line in queries.list_queue(house.analyst).lines]
    assert shown == [house.receipt.report, alarming, earlier]


def test_what_nobody_assessed_and_names_an_alarming_word_comes_before_what_somebody_scored() -> None:
    house = desk()
    assessed, alarming, dull = (
        intake_actions.receive_report(house.analyst, form=ReportForm(title, "Wij bellen nog.")).report
        for title in ("Alles ligt plat", "Er wordt LOSGELD geëist", "Een vraag")
    )
    actions.override_disruption(house.analyst, report=assessed, disruption=Disruption.NO, reason="Een oefening.")
    lines = [
        one for one in queries.list_queue(house.analyst, order=Order.GRAVEST).lines if one.report.kind == "voluntary"
    ]
    assert [(one.report.id, one.alarm) for one in lines] == [(alarming, "losgeld"), (assessed, ""), (dull, "")]


def test_the_queue_says_when_the_reporter_added_something() -> None:
    house = desk()
    receipt = house.receipt
    assert queries.list_queue(house.analyst).lines[0].added_at is None
    added = intake_actions.submit_stage(
        house.reporter, report=receipt.report, stage=Stage.ADDITION, text="Nu ook de pomp."
    )
    assert queries.list_queue(house.analyst).lines[0].added_at == added.submitted_at


@pytest.mark.parametrize("written", ["203.0.113.99", "203[.]0[.]113[.]99"])
@pytest.mark.parametrize("asked", ["203.0.113.99", "203[.]0[.]113[.]99", "hxxp://203[.]0[.]113[.]99/"])
def test_an_address_is_found_however_it_was_written_and_pasted(written: str, asked: str) -> None:
    house = desk()
    told = ReportForm("Verkeer", f"Veel verkeer met http://{written}/ vannacht.")
    found = intake_actions.receive_report(house.analyst, form=told).report
    page = queries.list_queue(house.analyst, filters=QueueFilters(text=asked))
    assert [line.report.id for line in page.lines] == [found]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (QueueFilters(sector="drinking-water"), 1),
        (QueueFilters(sector="banking"), 0),
        (QueueFilters(holder=Holder.NOBODY), 1),
        (QueueFilters(holder=Holder.MINE), 0),
        (QueueFilters(is_assessed=True), 0),
        (QueueFilters(text="bedieningscomputers"), 1),
        (QueueFilters(text="100%_"), 0),
    ],
)
def test_the_queue_is_narrowed_by_what_was_asked(filters: QueueFilters, count: int) -> None:
    assert queries.list_queue(desk().analyst, filters=filters).total == count


def test_a_list_by_age_goes_on_after_its_last_line_whatever_came_in_meanwhile() -> None:
    house = desk()
    for number in range(PAGE + 1):
        intake_actions.receive_report(house.analyst, form=ReportForm(f"Spam {number}", "Veel spam."))
    for order in (Order.NEWEST, Order.OLDEST):
        first = queries.list_queue(house.analyst, order=order)
        intake_actions.receive_report(house.analyst, form=ReportForm("Meer spam", "Veel spam."))
        second = queries.list_queue(house.analyst, order=order, page=2, after=first.following)
        instants = [line.report.received_at for line in (*first.lines, *second.lines)]
        assert len(first.lines) == PAGE
        assert not {line.report.id for line in first.lines} & {line.report.id for line in second.lines}
        assert instants == sorted(instants, reverse=order is Order.NEWEST)
        assert second.following == ""
    assert len(second.lines) == 4


_FAR = "0001-01-01T00:00:00+23:00~" + "0" * 32


@pytest.mark.parametrize("after", ["~", "2026-01-01~x", "2026-01-01T00:00:00~" + "0" * 32, "'; DROP TABLE x", _FAR])
def test_a_place_that_was_mangled_begins_anew(after: str) -> None:
    assert len(queries.list_queue(desk().analyst, order=Order.NEWEST, after=after).lines) == 1


def test_a_place_in_a_zone_that_postgresql_does_not_know_is_a_place() -> None:
    after = "2126-01-01T00:00:00+23:00~" + "0" * 32
    assert len(queries.list_queue(desk().analyst, order=Order.NEWEST, after=after).lines) == 1


def test_a_page_of_triage_suggests_the_nature_and_shows_the_clocks_and_vital_processes() -> None:
    house = desk()
    seen = queries.get_triage(house.analyst, report=house.receipt.report)
    assert seen.suggestions[0].type.id == "malicious-code/infected-system"
    assert len(seen.clocks) >= 3
    assert [process.id for process in seen.processes] == ["D1"]
    assert len(seen.categories) == 8


def test_nobody_but_the_desk_reads_triage() -> None:
    house = desk()
    for viewer in (house.reporter, house.police, somebody(Door.DESK, Role.WOO_OFFICER)):
        with pytest.raises(PermissionMissing):
            queries.list_queue(viewer)


def test_an_unknown_report_is_not_there() -> None:
    house = desk()
    other = ReportId(uuid.UUID(int=7))
    with pytest.raises(NotFound):
        actions.assess_report(house.analyst, report=other, rsit="fraud", reason="Factuur.")


def test_a_statistician_counts_classes_and_reads_no_word() -> None:
    house = desk()
    statistician = somebody(Door.DESK, Role.STATISTICIAN)
    actions.assess_report(house.analyst, report=house.receipt.report, rsit="malicious-code", reason="Geheim.")
    day = told().occurred_on
    assert day
    (counted,) = queries.list_classified(statistician, first_day=day, last_day=day)
    assert (counted.sector, counted.rsit_class, counted.organisation) == (
        "drinking-water",
        "malicious-code",
        house.water,
    )
    with bound(statistician), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM triage_assessment")
        assert cursor.fetchone() == (0,)
    with bound(house.analyst), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM triage_classified(%s, %s, 'UTC')", [day, day])
        assert cursor.fetchone() == (0,)
