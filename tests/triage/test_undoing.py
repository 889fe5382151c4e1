"""What somebody did is undone within the hour: what stood before stands again, and the history keeps both."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases.cast import another_report
from tests.triage.cast import SCORED, Desk, consult, desk

from meldpunt.access.values import Actor
from meldpunt.cases import actions as case_actions
from meldpunt.cases import queries as case_queries
from meldpunt.cases.errors import AlreadyInCase, CaseNotOpen, WentOn
from meldpunt.cases.values import CaseId, CaseState, EntryKind
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import ReportId, State
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.triage import actions, queries
from meldpunt.triage.errors import ChangedMeanwhile, DecidedMeanwhile, DecisionImpossible, StepNotFound, UndoImpossible
from meldpunt.triage.rules.undoing import check_undo
from meldpunt.triage.together import in_one_go
from meldpunt.triage.values import (
    UNDO_WITHIN,
    Decision,
    Disruption,
    QueueFilters,
    ScaleForm,
    ScalingReading,
    StepKind,
    Stood,
    VulnerabilityForm,
)

pytestmark = pytest.mark.django_db

CVE = "CVE-2999-0001"


@pytest.fixture
def house() -> Desk:
    return desk()


@dataclass(frozen=True)
class StandsNow:
    """All that undoing has to bring back."""

    state: State
    decision: Decision | None
    holder: uuid.UUID | None
    nature: tuple[object, ...] | None
    case: object
    vulnerabilities: object = ()
    scaling: object = None


def stands(viewer: Actor, report: ReportId) -> StandsNow:
    found = queries.get_triage(viewer, report=report)
    now = found.assessment
    nature = (now.rsit, now.reason, now.score, now.disruption, dict(now.nciss)) if now else None
    case = case_queries.find_case_of(viewer, report=report)
    held = found.taken.actor if found.taken else None
    listed = queries.list_vulnerabilities(viewer, report=report)
    judged = [(cve, one.products if one else None) for cve, one in listed]
    scaling = found.scaling.kept.form if found.scaling.kept else None
    return StandsNow(found.report.state, found.decision, held, nature, case.id if case else None, judged, scaling)


def decide(actor: Actor, report: ReportId, decision: Decision) -> None:
    actions.decide_report(actor, report=report, decision=decision, reason="Een oefening.")


def undo(actor: Actor) -> None:
    """Undo what this person did last."""
    for step in queries.find_last_steps(actor):
        case_actions.undo_step(actor, step=step.id)


DEEDS: dict[str, Callable[[Actor, ReportId], object]] = {
    "take": lambda actor, report: actions.take_report(actor, report=report, from_colleague=True),
    "release": lambda actor, report: actions.release_report(actor, report=report),
    "decline": lambda actor, report: decide(actor, report, Decision.DECLINE),
    "redirect": lambda actor, report: decide(actor, report, Decision.REDIRECT),
    "set aside": lambda actor, report: decide(actor, report, Decision.SET_ASIDE),
    "take in": lambda actor, report: decide(actor, report, Decision.TAKE_IN),
    "reopen": lambda actor, report: case_actions.reopen_report(actor, report=report, reason="Een oefening."),
    "classify": lambda actor, report: actions.assess_report(
        actor, report=report, rsit="availability/dos", reason="Verkeer.", nciss=SCORED
    ),
    "judge": lambda actor, report: actions.override_disruption(
        actor, report=report, disruption=Disruption.LIKELY, reason="Drinkwater."
    ),
    "judge a vulnerability": lambda actor, report: actions.assess_vulnerability(
        actor, report=report, cve=CVE, form=VulnerabilityForm(products=("Getijde",))
    ),
    "judge it otherwise": lambda actor, report: actions.assess_vulnerability(
        actor, report=report, cve=CVE, form=VulnerabilityForm(products=("Sluispoort",))
    ),
    "scale": lambda actor, report: actions.scale_report(actor, report=report, form=ScaleForm(reach="national")),
    "accept": lambda actor, report: case_actions.accept_report(actor, report=report, reason="Een incident."),
}


AGAIN: dict[str, Callable[[Actor, ReportId], object]] = {
    "judge a vulnerability": lambda actor, report: actions.assess_vulnerability(
        actor, report=report, cve=CVE, form=VulnerabilityForm(products=("Sluispoort",)), seen=1
    ),
    "scale": lambda actor, report: actions.scale_report(actor, report=report, form=ScaleForm(reach="large"), seen=1),
}
"""The same from a page on which the first version stood."""


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.booleans()), max_size=6))
def test_undoing_all_that_was_done_brings_back_each_thing_that_stood(house: Desk, done: list[tuple[str, bool]]) -> None:
    report = another_report(house)
    trail: list[tuple[Actor, StandsNow]] = []
    for name, is_colleague in done:
        actor = house.colleague if is_colleague else house.analyst
        before, steps = stands(actor, report), steps_of(actor, report)
        try:
            DEEDS[name](actor, report)
        except (DecisionImpossible, AlreadyInCase):
            continue
        if steps_of(actor, report) > steps:
            trail.append((actor, before))
    for actor, before in reversed(trail):
        undo(actor)
        assert stands(actor, report) == before
    history = queries.get_triage(house.analyst, report=report).decisions
    assert [line.number for line in history] == list(range(1, len(history) + 1))


def steps_of(actor: Actor, report: ReportId) -> int:
    return len(queries.list_steps(actor, since=timezone.now() - UNDO_WITHIN, reports=[report]))


def test_a_colleague_who_went_on_stands_in_the_way(house: Desk) -> None:
    report = house.receipt.report
    decide(house.analyst, report, Decision.DECLINE)
    decide(house.colleague, report, Decision.REOPEN)
    with pytest.raises(UndoImpossible, match="went on"):
        undo(house.analyst)
    undo(house.colleague)
    undo(house.analyst)
    assert queries.get_triage(house.analyst, report=report).decision is None


def test_after_an_hour_nothing_is_undone(house: Desk) -> None:
    decide(house.analyst, house.receipt.report, Decision.DECLINE)
    (step,) = queries.find_last_steps(house.analyst)
    asked = {"actor": house.analyst.id, "later": None, "state": State.DECLINED}
    check_undo(step, now=step.by.at + UNDO_WITHIN, **asked)  # type: ignore[arg-type]
    with pytest.raises(UndoImpossible, match="more than an hour"):
        check_undo(step, now=step.by.at + UNDO_WITHIN + timedelta(seconds=1), **asked)  # type: ignore[arg-type]


def test_nobody_undoes_what_a_colleague_did_and_nothing_twice(house: Desk) -> None:
    decide(house.analyst, house.receipt.report, Decision.DECLINE)
    (step,) = queries.find_last_steps(house.analyst)
    with pytest.raises(StepNotFound):
        case_actions.undo_step(house.colleague, step=step.id)
    actions.undo_step(house.analyst, step=step.id)
    with pytest.raises(UndoImpossible, match="undone before"):
        actions.undo_step(house.analyst, step=step.id)


def test_what_was_done_in_one_go_is_undone_together(house: Desk) -> None:
    reports = [house.receipt.report, another_report(house)]
    with in_one_go():
        for report in reports:
            decide(house.analyst, report, Decision.SET_ASIDE)
    assert {step.report for step in queries.find_last_steps(house.analyst)} == set(reports)
    undo(house.analyst)
    assert {stands(house.analyst, report).decision for report in reports} == {None}


def test_a_case_that_was_opened_by_it_is_closed_unless_work_went_on_in_it(house: Desk) -> None:
    report = house.receipt.report
    case = case_actions.accept_report(house.analyst, report=report, reason="Een incident.")
    case_actions.add_entry(house.colleague, case=case, text="Gebeld.")
    with pytest.raises(WentOn):
        undo(house.analyst)
    assert stands(house.analyst, report).case == case
    other = another_report(house)
    second = case_actions.accept_report(house.analyst, report=other, reason="Nog een.")
    undo(house.analyst)
    assert case_queries.get_case(house.analyst, case=second).state is CaseState.CLOSED
    assert stands(house.analyst, other).state is State.RECEIVED


def test_what_was_merged_comes_out_of_the_case_and_the_case_goes_on(house: Desk) -> None:
    case = case_actions.accept_report(house.analyst, report=house.receipt.report, reason="Een incident.")
    other = another_report(house)
    case_actions.accept_report(house.analyst, report=other, reason="Hetzelfde.", case=case)
    undo(house.analyst)
    assert (stands(house.analyst, other).case, stands(house.analyst, other).decision) == (None, None)
    assert case_queries.get_case(house.analyst, case=case).state is CaseState.OPEN


def taken_out(house: Desk) -> CaseId:
    case = case_actions.accept_report(house.analyst, report=house.receipt.report, reason="Een incident.")
    case_actions.reopen_report(house.colleague, report=house.receipt.report, reason="Toch niet.")
    return case


def test_a_report_taken_out_of_its_case_is_put_back_with_what_it_brought(house: Desk) -> None:
    case = taken_out(house)
    undo(house.colleague)
    found = case_queries.get_case(house.analyst, case=case)
    assert stands(house.analyst, house.receipt.report).case == case
    assert found.state is CaseState.OPEN
    kinds = [one.kind for one in found.entries]
    assert (kinds.count(EntryKind.REPORT_ADDED), kinds.count(EntryKind.REPORT_TAKEN_OUT)) == (2, 1)


def test_a_case_that_was_closed_since_takes_no_report_back(house: Desk) -> None:
    case = taken_out(house)
    case_actions.close_case(house.analyst, case=case, reason="Klaar.")
    with pytest.raises(CaseNotOpen):
        undo(house.colleague)
    assert stands(house.analyst, house.receipt.report).case is None


def test_triage_alone_puts_no_report_back_into_its_case(house: Desk) -> None:
    taken_out(house)
    (step,) = queries.find_last_steps(house.colleague)
    with pytest.raises(UndoImpossible, match="Accept it into that case again"):
        actions.undo_step(house.colleague, step=step.id)


@pytest.mark.parametrize("name", ["judge a vulnerability", "scale"])
def test_a_judgement_of_a_colleague_is_not_undone_nor_one_that_a_colleague_went_on_with(house: Desk, name: str) -> None:
    report = house.receipt.report
    DEEDS[name](house.analyst, report)
    (step,) = queries.find_last_steps(house.analyst)
    with pytest.raises(StepNotFound):
        case_actions.undo_step(house.colleague, step=step.id)
    DEEDS["judge it otherwise"](house.colleague, report)
    with pytest.raises(UndoImpossible, match="went on with this report since"):
        case_actions.undo_step(house.analyst, step=step.id)


@pytest.mark.parametrize("name", ["judge a vulnerability", "scale"])
def test_what_is_undone_is_a_version_of_its_own_and_a_page_of_before_writes_over_nothing(
    house: Desk, name: str
) -> None:
    report = house.receipt.report
    DEEDS[name](house.analyst, report)
    undo(house.analyst)
    page, scaling = queries.get_vulnerability(house.analyst, report=report, cve=CVE), _scaling(house)
    assert (page.version, page.latest, [one.undoes for one in page.history]) in ((2, None, [1, None]), (0, None, []))
    assert (scaling.version, scaling.kept) in ((2, None), (0, None))
    assert page.version + scaling.version == 2
    with pytest.raises(ChangedMeanwhile):
        AGAIN[name](house.colleague, report)


def _scaling(house: Desk) -> ScalingReading:
    return queries.get_triage(house.analyst, report=house.receipt.report).scaling


def test_a_vulnerability_whose_judgement_was_undone_is_in_no_list_unless_the_report_names_it(house: Desk) -> None:
    DEEDS["judge a vulnerability"](house.analyst, house.receipt.report)
    assert [one.cve for one in queries.list_open_vulnerabilities(house.analyst).lines] == [CVE]
    undo(house.analyst)
    assert queries.list_open_vulnerabilities(house.analyst).lines == ()
    assert queries.list_vulnerabilities(house.analyst, report=house.receipt.report) == ()


def test_an_assessment_on_which_a_party_was_asked_stays(house: Desk) -> None:
    DEEDS["judge"](house.analyst, house.receipt.report)
    consult(house, house.police)
    with pytest.raises(UndoImpossible, match="party was asked"):
        undo(house.analyst)


def test_undone_it_is_unread_again_and_counts_as_not_assessed(house: Desk) -> None:
    DEEDS["classify"](house.analyst, house.receipt.report)
    undo(house.analyst)
    (line,) = queries.list_queue(house.analyst, filters=QueueFilters(is_assessed=False)).lines
    assert (line.is_unread, line.assessment) == (True, None)
    again = actions.assess_report(
        house.colleague, report=house.receipt.report, rsit="availability", reason="Storing.", seen=2
    )
    assert again.version == 3


def test_the_reporter_reads_both_and_so_does_the_ledger(house: Desk) -> None:
    decide(house.analyst, house.receipt.report, Decision.DECLINE)
    undo(house.analyst)
    read = intake_queries.follow_report(reporter_with(house.receipt.code))
    assert [mark.mark for mark in read.progress][-2:] == [State.DECLINED.value, State.RECEIVED.value]
    decided = ledger_queries.list_entries(house.analyst, kind=Kind.DECIDED)
    assert [entry.details["decision"] for entry in decided] == ["undo", "decline"]


def test_a_decision_that_was_taken_meanwhile_is_not_decided_over(house: Desk) -> None:
    decide(house.colleague, house.receipt.report, Decision.DECLINE)
    with pytest.raises(DecidedMeanwhile):
        actions.decide_report(
            house.analyst,
            report=house.receipt.report,
            decision=Decision.REDIRECT,
            reason="Elders.",
            stood=Stood(decisions=0),
        )


def test_steps_say_what_was_done(house: Desk) -> None:
    DEEDS["take"](house.analyst, house.receipt.report)
    (step,) = queries.find_last_steps(house.analyst)
    assert (step.kind, step.decision, step.has_told, step.reference) == (
        StepKind.TAKEN,
        None,
        True,
        house.receipt.reference,
    )
