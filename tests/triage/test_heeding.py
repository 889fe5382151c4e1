"""A decision says what it did with the views: no dissent is lost, and nobody's silence is consent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.triage.cast import Desk, consult, consult_police, desk, told

from meldpunt.intake import actions as intake_actions
from meldpunt.law import Condition
from meldpunt.triage import actions, queries
from meldpunt.triage.errors import ConsultationNotFound, DissentUnanswered, HoldStands
from meldpunt.triage.values import (
    Consultation,
    ConsultationId,
    Decision,
    DecisionLine,
    Heed,
    Heeding,
    Objection,
    ViewForm,
)

pytestmark = pytest.mark.django_db


def holding(house: Desk, **more: object) -> Consultation:
    """The service asks to wait."""
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    form = ViewForm(objection=Objection.HOLD, text="Wacht tot morgen.", **more)  # type: ignore[arg-type]
    actions.give_view(house.service, consultation=asked.id, form=form)
    return asked


def decide(
    house: Desk, followed: dict[ConsultationId, Heeding] | None = None, *, is_over_hold: bool = False
) -> DecisionLine:
    return actions.decide_report(
        house.analyst,
        report=house.receipt.report,
        decision=Decision.DECLINE,
        reason="Een oefening.",
        followed=followed,
        is_over_hold=is_over_hold,
    )


def test_no_decision_passes_over_a_dissent_in_silence() -> None:
    house = desk()
    asked = holding(house)
    for said in (None, {asked.id: Heeding(Heed.NOTED)}, {asked.id: Heeding(Heed.PASSED_OVER, "  ")}):
        with pytest.raises(DissentUnanswered):
            decide(house, said, is_over_hold=True)
    assert queries.get_triage(house.analyst, report=house.receipt.report).decisions == ()


def test_a_hold_that_runs_is_passed_over_only_when_that_is_confirmed() -> None:
    house = desk()
    asked = holding(house)
    said = {asked.id: Heeding(Heed.PASSED_OVER, "Het waterpeil stijgt nu.")}
    with pytest.raises(HoldStands):
        decide(house, said)
    (line,) = decide(house, said, is_over_hold=True).heeded
    assert (line.heed, line.reason, line.version) == (Heed.PASSED_OVER, "Het waterpeil stijgt nu.", 1)


def test_a_hold_that_is_followed_needs_no_confirmation() -> None:
    house = desk()
    asked = holding(house, hold_until=timezone.now() + timedelta(hours=1))
    (line,) = decide(house, {asked.id: Heeding(Heed.FOLLOWED)}).heeded
    assert line.heed is Heed.FOLLOWED


def test_a_dissent_stays_in_queue_and_history_after_the_decision() -> None:
    house = desk()
    asked = holding(house)
    decide(house, {asked.id: Heeding(Heed.PASSED_OVER, "Nu.")}, is_over_hold=True)
    found = queries.get_triage(house.analyst, report=house.receipt.report)
    assert found.decisions[0].heeded[0].consultation == asked.id
    assert found.consultations[0].view
    assert found.consultations[0].view.is_dissent
    assert queries.list_dissents(house.colleague, reports=[house.receipt.report]).keys() == {house.receipt.report}


def test_who_may_still_answer_is_recorded_as_awaited_and_a_view_nobody_spoke_of_as_read() -> None:
    house = desk()
    consult_police(house)
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Bekend."))
    assert {line.heed for line in decide(house).heeded} == {Heed.AWAITED, Heed.NOTED}


def test_a_decision_keeps_the_version_of_the_view_and_of_the_assessment_it_rests_on() -> None:
    house = desk()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Bekend."))
    actions.estimate_consequence(house.analyst, report=house.receipt.report, outage={"E1": 1.0})
    decide(house)
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Toch niet.", seen=1))
    actions.estimate_consequence(house.analyst, report=house.receipt.report, outage={"E1": 0.5})
    (kept,) = queries.get_triage(house.analyst, report=house.receipt.report).decisions
    assert kept.rests_on == 1
    assert [line.version for line in kept.heeded] == [1]


def test_what_is_said_of_a_consultation_about_another_report_is_refused() -> None:
    house = desk()
    other = replace(house, receipt=intake_actions.receive_report(house.reporter, form=told(title="Een ander")))
    asked = holding(other)
    with pytest.raises(ConsultationNotFound):
        decide(house, {asked.id: Heeding(Heed.FOLLOWED)})


def test_reopening_asks_nothing_of_the_views_and_deciding_again_does() -> None:
    house = desk()
    asked = holding(house)
    decide(house, {asked.id: Heeding(Heed.FOLLOWED)})
    report = house.receipt.report
    actions.decide_report(house.analyst, report=report, decision=Decision.REOPEN, reason="Meer gehoord.")
    with pytest.raises(DissentUnanswered):
        decide(house)
