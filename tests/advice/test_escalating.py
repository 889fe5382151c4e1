"""The ministry is told when everything stands, and is told nothing that its ground does not cover."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.utils import timezone
from tests.advice import cast
from tests.constituency.cast import somebody

from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import Actor, Door, Role
from meldpunt.advice import actions, queries
from meldpunt.advice.errors import EscalationNotAllowed, EscalationUnderway
from meldpunt.advice.values import Advice, AnswerKind, Outcome, RequirementKind
from meldpunt.cases import queries as case_queries
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import SecondPersonNeeded
from meldpunt.disclosure.values import Disclosure, ItemKind, LeftOutReason, State, Unshown
from meldpunt.law import DataKind
from meldpunt.triage.values import Disruption

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> cast.Scene:
    return cast.scene()


def officer() -> Actor:
    return somebody(Door.DESK, Role.DUTY_OFFICER)


def escalated(scene: cast.Scene) -> tuple[Advice, Disclosure]:
    advice = cast.not_followed(scene)
    return advice, actions.escalate(
        scene.desk.officer, advice=advice.id, reason="Het duurt te lang.", seen=Unshown.IN_A_PROGRAM
    )


def letter_to(reader: Actor) -> str:
    (told,) = disclosure_queries.list_delivered(reader, item=ItemKind.ESCALATION)
    (line,) = told.attachments
    made = disclosure_queries.open_attachment(reader, disclosure=told.id, attachment=line.id)
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.data)).pages)


def unmet(scene: cast.Scene, advice: Advice) -> set[RequirementKind]:
    with pytest.raises(EscalationNotAllowed) as refused:
        actions.escalate(scene.desk.officer, advice=advice.id, reason="Nu.", seen=Unshown.IN_A_PROGRAM)
    told = queries.may_escalate(scene.desk.analyst, advice=advice.id)
    assert told.unmet == refused.value.unmet
    return {one.kind for one in told.unmet}


def test_a_draft_meets_nothing(scene: cast.Scene) -> None:
    assert unmet(scene, cast.written(scene)) == set(RequirementKind)


def test_the_follow_up_must_be_past_due(scene: cast.Scene) -> None:
    cast.see_risk(scene)
    advice = cast.given(scene)
    actions.answer_measure(
        scene.desk.reporter, measure=advice.measures[0].id, answer=AnswerKind.REFUSE, reason="Dat kan nu niet."
    )
    assert unmet(scene, advice) == {RequirementKind.NOT_FOLLOWED}


def test_an_organisation_is_not_reported_to_its_ministry_while_it_still_has_time(scene: cast.Scene) -> None:
    cast.see_risk(scene)
    advice = cast.given(scene)
    actions.plan_follow_up(scene.desk.analyst, advice=advice.id, due_at=timezone.now())
    assert unmet(scene, advice) == {RequirementKind.NOT_FOLLOWED, RequirementKind.MEASURE_LEFT}


def test_without_a_risk_to_society_the_ministry_is_not_told(scene: cast.Scene) -> None:
    advice = cast.not_followed(scene)
    cast.see_risk(scene, Disruption.NO)
    assert unmet(scene, advice) == {RequirementKind.DISRUPTION}


def test_what_was_followed_after_all_is_not_escalated(scene: cast.Scene) -> None:
    advice = cast.not_followed(scene)
    actions.record_follow_up(scene.desk.analyst, advice=advice.id, outcome=Outcome.FOLLOWED, note="Gezien.")
    for measure in advice.measures:
        actions.answer_measure(scene.desk.reporter, measure=measure.id, answer=AnswerKind.DONE)
    assert unmet(scene, advice) == {RequirementKind.NOT_FOLLOWED, RequirementKind.MEASURE_LEFT}


def test_a_refused_escalation_leaves_nothing(scene: cast.Scene) -> None:
    advice = cast.given(scene)
    unmet(scene, advice)
    assert queries.get_advice(scene.desk.analyst, advice=advice.id).escalations == ()
    assert disclosure_queries.list_disclosures(scene.desk.officer, item=ItemKind.ESCALATION) == ()


def test_the_letter_waits_for_a_second_officer(scene: cast.Scene) -> None:
    advice, told = escalated(scene)
    assert told.state is State.WAITING_FOR_APPROVAL
    assert disclosure_queries.list_delivered(scene.ministry) == ()
    with pytest.raises(SecondPersonNeeded):
        disclosure_actions.approve_disclosure(
            scene.desk.officer, disclosure=told.id, reason="Akkoord.", seen=told.sight
        )
    sent = disclosure_actions.approve_disclosure(officer(), disclosure=told.id, reason="Akkoord.", seen=told.sight)
    assert sent.state is State.DELIVERED
    (kept,) = queries.get_advice(scene.desk.analyst, advice=advice.id).escalations
    assert (kept.state, kept.ministry.id) == (State.DELIVERED, scene.ministry.organisation)
    assert all(one.is_met for one in kept.requirements)


def test_the_ministry_reads_the_advice_and_whom_it_concerns(scene: cast.Scene) -> None:
    _, told = escalated(scene)
    disclosure_actions.approve_disclosure(officer(), disclosure=told.id, reason="Akkoord.", seen=told.sight)
    said = letter_to(scene.ministry)
    case = case_queries.get_case(scene.desk.analyst, case=scene.case)
    for word in (
        case.reference,
        "is niet opgevolgd",
        "nog niet nagelezen",
        "Waterbedrijf Zuiderwiel",
        "Iemand is binnen",
        "Zet het onderhoudsaccount uit.",
        "geweigerd",
        "NIS2",
    ):
        assert word in said


def test_nothing_is_in_the_letter_that_the_ground_does_not_cover(scene: cast.Scene) -> None:
    _, told = escalated(scene)
    sent = disclosure_actions.approve_disclosure(officer(), disclosure=told.id, reason="Akkoord.", seen=told.sight)
    left = {(one.kind, one.reason) for one in sent.left_out}
    assert left == {(DataKind.CONFIDENTIAL_BUSINESS_DATA, LeftOutReason.NOT_COVERED)}
    (delivered,) = disclosure_queries.list_delivered(scene.ministry)
    assert cast.CONFIDENTIAL not in letter_to(scene.ministry)
    assert all(cast.CONFIDENTIAL not in part.text for part in delivered.parts)


def test_the_reporter_finds_the_letter_in_its_trace_once_it_was_sent(scene: cast.Scene) -> None:
    report = scene.desk.receipt.report
    _, told = escalated(scene)
    items = [line.item for line in disclosure_queries.trace_report(scene.desk.reporter, report=report)]
    assert items == [ItemKind.ADVICE]
    disclosure_actions.approve_disclosure(officer(), disclosure=told.id, reason="Akkoord.", seen=told.sight)
    items = [line.item for line in disclosure_queries.trace_report(scene.desk.reporter, report=report)]
    assert items == [ItemKind.ADVICE, ItemKind.ESCALATION]


def test_one_letter_at_a_time(scene: cast.Scene) -> None:
    advice, told = escalated(scene)
    with pytest.raises(EscalationUnderway):
        actions.escalate(scene.desk.officer, advice=advice.id, reason="Nog eens.", seen=Unshown.IN_A_PROGRAM)
    disclosure_actions.withdraw_disclosure(scene.desk.officer, disclosure=told.id, reason="Verkeerde dag.")
    again = actions.escalate(scene.desk.officer, advice=advice.id, reason="Opnieuw.", seen=Unshown.IN_A_PROGRAM)
    assert again.state is State.WAITING_FOR_APPROVAL


def test_an_analyst_does_not_escalate(scene: cast.Scene) -> None:
    advice = cast.not_followed(scene)
    with pytest.raises(PermissionMissing):
        actions.escalate(scene.desk.analyst, advice=advice.id, reason="Nu.", seen=Unshown.IN_A_PROGRAM)


def test_the_bank_never_hears_of_it(scene: cast.Scene) -> None:
    _, told = escalated(scene)
    disclosure_actions.approve_disclosure(officer(), disclosure=told.id, reason="Akkoord.", seen=told.sight)
    assert disclosure_queries.list_delivered(scene.bank) == ()
    assert queries.list_own_advice(scene.bank) == ()
