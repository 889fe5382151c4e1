"""Advice is written, given, answered and followed up."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from tests.advice import cast
from tests.constituency.cast import SECRETS
from tests.triage.cast import told

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import OrganisationId
from meldpunt.advice import actions, queries
from meldpunt.advice.errors import (
    AdviceNotFound,
    MeasureNotFound,
    OrganisationNotInCase,
    ReportNotInCase,
    StateDoesNotAllow,
    WordingMissing,
)
from meldpunt.advice.values import Advice, AdviceState, AnswerKind, MeasureForm, MeasureState, Outcome
from meldpunt.constituency.actions import unseal_identity
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import DisclosureId, State, Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.law import DataKind
from meldpunt.vocabulary.days import written_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> cast.Scene:
    return cast.scene()


def test_a_draft_is_seen_by_the_desk_alone(scene: cast.Scene) -> None:
    advice = cast.written(scene)
    assert advice.state is AdviceState.DRAFT
    assert [one.due_on for one in advice.measures] == [advice.due_on, timezone.localdate() + timedelta(days=7)]
    assert queries.list_own_advice(scene.desk.reporter) == ()


def test_the_organisation_reads_what_was_delivered(scene: cast.Scene) -> None:
    advice = cast.given(scene)
    (own,) = queries.list_own_advice(scene.desk.reporter)
    assert own.told.title == "Sluit de toegang op afstand"
    assert [(one.number, one.text) for one in own.measures] == [(one.number, one.text) for one in advice.measures]
    assert own.to_answer == 2
    assert queries.get_advice(scene.desk.analyst, advice=advice.id).delivered_at is not None


def test_the_organisation_reads_by_when_and_what_may_follow(scene: cast.Scene) -> None:
    advice = cast.given(scene)
    (own,) = queries.list_own_advice(scene.desk.reporter)
    last = own.told.parts[-1].text
    for measure in advice.measures:
        assert f"Maatregel {measure.number}: uiterlijk {written_day(measure.due_on).nl}." in last
    assert "het verantwoordelijke ministerie inlichten" in last


def test_giving_is_told_to_the_reporter(scene: cast.Scene) -> None:
    cast.given(scene)
    report = intake_queries.get_report(scene.desk.analyst, report=scene.desk.receipt.report)
    assert report.progress[-1].mark == "advised"
    (line,) = disclosure_queries.trace_report(scene.desk.reporter, report=report.id)
    assert [one.label.en for one in line.addressees] == ["yourself"]


def test_advice_is_given_once(scene: cast.Scene) -> None:
    advice = cast.given(scene)
    with pytest.raises(StateDoesNotAllow):
        actions.give_advice(scene.desk.analyst, advice=advice.id, reason="Nog eens.", seen=Unshown.IN_A_PROGRAM)


def test_another_organisation_neither_sees_nor_answers(scene: cast.Scene) -> None:
    advice = cast.given(scene)
    assert queries.list_own_advice(scene.bank) == ()
    with pytest.raises(AdviceNotFound):
        queries.get_own_advice(scene.bank, advice=advice.id)
    with pytest.raises(MeasureNotFound):
        actions.answer_measure(scene.bank, measure=advice.measures[0].id, answer=AnswerKind.DONE)


def test_a_draft_cannot_be_answered(scene: cast.Scene) -> None:
    advice = cast.written(scene)
    with pytest.raises(MeasureNotFound):
        actions.answer_measure(scene.desk.reporter, measure=advice.measures[0].id, answer=AnswerKind.DONE)


def test_what_was_withdrawn_is_gone_and_cannot_be_answered(scene: cast.Scene) -> None:
    advice = cast.given(scene)
    told = queries.get_advice(scene.desk.analyst, advice=advice.id).disclosure
    assert told
    disclosure_actions.withdraw_disclosure(scene.desk.analyst, disclosure=told, reason="Een vergissing.")
    assert queries.list_own_advice(scene.desk.reporter) == ()
    assert queries.get_advice(scene.desk.analyst, advice=advice.id).delivered_at is None
    with pytest.raises(MeasureNotFound):
        actions.answer_measure(scene.desk.reporter, measure=advice.measures[0].id, answer=AnswerKind.DONE)


def test_an_answer_is_seen_on_both_sides_and_the_last_one_counts(scene: cast.Scene) -> None:
    advice = cast.given(scene)
    first, _ = advice.measures
    actions.answer_measure(scene.desk.reporter, measure=first.id, answer=AnswerKind.REFUSE, reason="Geen geld.")
    own = actions.answer_measure(scene.desk.reporter, measure=first.id, answer=AnswerKind.ACKNOWLEDGE)
    assert [one.state for one in own.measures] == [MeasureState.ACKNOWLEDGED, MeasureState.OPEN]
    seen = queries.get_advice(scene.desk.analyst, advice=advice.id).measures[0]
    assert [one.reason for one in seen.answers] == ["Geen geld.", ""]


def test_a_follow_up_waits_and_is_written_down(scene: cast.Scene) -> None:
    advice = cast.given(scene)
    actions.plan_follow_up(scene.desk.analyst, advice=advice.id, due_at=timezone.now() + timedelta(days=1))
    found = actions.record_follow_up(scene.desk.analyst, advice=advice.id, outcome=Outcome.PARTLY, note="Gebeld.")
    assert (found.state, found.follow_ups[0].note) == (AdviceState.PARTLY, "Gebeld.")
    with pytest.raises(StateDoesNotAllow):
        actions.record_follow_up(scene.desk.analyst, advice=advice.id, outcome=Outcome.FOLLOWED, note="Nog eens.")


def test_nobody_follows_up_what_nobody_has(scene: cast.Scene) -> None:
    advice = cast.written(scene)
    with pytest.raises(StateDoesNotAllow):
        actions.plan_follow_up(scene.desk.analyst, advice=advice.id, due_at=timezone.now())


def test_the_list_says_what_is_due_and_what_is_left(scene: cast.Scene) -> None:
    advice = cast.given(scene)
    actions.answer_measure(scene.desk.reporter, measure=advice.measures[0].id, answer=AnswerKind.DONE)
    (line,) = queries.list_advice(scene.desk.analyst, overdue=False)
    assert (line.measures, line.left, line.is_overdue) == (2, 1, False)
    actions.plan_follow_up(scene.desk.analyst, advice=advice.id, due_at=timezone.now())
    (line,) = queries.list_advice(scene.desk.analyst, overdue=True, state=AdviceState.GIVEN, cases=[scene.case])
    assert line.is_overdue
    assert queries.list_advice(scene.desk.analyst, organisation=OrganisationId(uuid4())) == ()


def test_history_is_told_in_order(scene: cast.Scene) -> None:
    advice = cast.not_followed(scene)
    history = queries.get_advice(scene.desk.analyst, advice=advice.id).history
    words = ["written", "delivered", "measure 1: acknowledged", "measure 2: refused", "follow-up planned"]
    assert [event.what.en for event in history] == words


def test_advice_goes_to_an_organisation_of_the_case(scene: cast.Scene) -> None:
    assert scene.bank.organisation
    with pytest.raises(OrganisationNotInCase):
        actions.write_advice(
            scene.desk.analyst,
            case=scene.case,
            organisation=scene.bank.organisation,
            title="Iets",
            introduction="Iets",
            measures=[MeasureForm("Iets")],
            due_on=timezone.localdate() + timedelta(days=7),
        )


@pytest.mark.parametrize(("title", "measure"), [(" ", "Iets"), ("Iets", " ")])
def test_advice_without_words_leaves_nothing(scene: cast.Scene, title: str, measure: str) -> None:
    with pytest.raises(WordingMissing):
        actions.write_advice(
            scene.desk.analyst,
            case=scene.case,
            organisation=scene.water,
            title=title,
            introduction="Iets",
            measures=[MeasureForm(measure)],
            due_on=timezone.localdate() + timedelta(days=7),
        )
    assert queries.list_advice(scene.desk.analyst) == ()


def test_a_constituent_neither_writes_advice_nor_reads_the_desks_list(scene: cast.Scene) -> None:
    with pytest.raises(PermissionMissing):
        queries.list_advice(scene.desk.reporter)
    with pytest.raises(PermissionMissing):
        actions.give_advice(
            scene.desk.reporter, advice=cast.written(scene).id, reason="Ik ook.", seen=Unshown.IN_A_PROGRAM
        )


@pytest.mark.parametrize("column", ["title", "introduction", "written_by"])
def test_the_portal_cannot_read_the_words_of_the_desk(scene: cast.Scene, column: str) -> None:
    cast.given(scene)
    with bound(scene.desk.reporter), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute(f"SELECT {column} FROM advice_advice")
        connection.needs_rollback = True


@pytest.mark.parametrize("table", ["advice", "measure", "answer", "followup", "escalation"])
@pytest.mark.parametrize("door", ["public", "sensor"])
def test_no_other_door_reaches_the_tables(table: str, door: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE meldpunt_{door}")
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute(f"SELECT count(*) FROM advice_{table}")


def test_the_delivery_holds_advice_and_measures_and_nothing_else(scene: cast.Scene) -> None:
    advice = cast.written(scene)
    told = actions.give_advice(
        scene.desk.analyst, advice=advice.id, reason="Het kan niet wachten.", seen=Unshown.IN_A_PROGRAM
    )
    assert told.state is State.DELIVERED
    assert {part.kind for part in told.kept} == {DataKind.ADVICE, DataKind.MEASURES}
    assert told.id == DisclosureId(told.id)


def test_a_colleague_who_unsealed_nothing_reads_advice_masked_and_gives_it_whole(scene: cast.Scene) -> None:
    advice = actions.write_advice(
        scene.desk.analyst,
        case=scene.case,
        organisation=scene.water,
        title="Aan Waterbedrijf Zuiderwiel",
        introduction="Bel Aafke Molenwiek.",
        measures=[MeasureForm("Zet vpn.zuiderwiel.example uit.")],
        due_on=timezone.localdate(),
    )
    colleague = scene.desk.colleague
    actions.give_advice(colleague, advice=advice.id, reason="Nu.", seen=Unshown.IN_A_PROGRAM)
    said, measure = "Zuiderwielwater wil niet.", advice.measures[0].id
    actions.answer_measure(scene.desk.reporter, measure=measure, answer=AnswerKind.REFUSE, reason=said)
    seen = repr((queries.get_advice(colleague, advice=advice.id), queries.list_advice(colleague)))
    assert not [secret for secret in SECRETS if secret in seen]
    (own,) = queries.list_own_advice(scene.desk.reporter)
    assert own.told.title == "Aan Waterbedrijf Zuiderwiel"
    unseal_identity(colleague, organisation=scene.water, purpose="Lezen")
    known = queries.get_advice(colleague, advice=advice.id)
    assert (known.introduction, known.measures[0].reason) == ("Bel Aafke Molenwiek.", said)


def test_advice_says_from_which_report_it_was_begun_and_whether_somebody_asked_for_it(scene: cast.Scene) -> None:
    report = scene.desk.receipt.report
    advice = begun(scene, report, requested_by="De directeur van Zuiderwielwater, aan de telefoon")
    (line,) = queries.list_advice(scene.desk.analyst, report=report)
    assert (line.id, line.is_requested) == (advice.id, True)
    assert "Zuiderwiel" not in queries.get_advice(scene.desk.colleague, advice=advice.id).requested_by
    assert not queries.get_advice(scene.desk.analyst, advice=begun(scene, report).id).requested_by
    other = intake_actions.receive_report(scene.desk.reporter, form=told(title="Iets anders")).report
    with pytest.raises(ReportNotInCase):
        begun(scene, other)


def begun(scene: cast.Scene, report: ReportId, *, requested_by: str = "") -> Advice:
    """Written from the page of a report."""
    return actions.write_advice(
        scene.desk.analyst,
        case=scene.case,
        organisation=scene.water,
        title="Pompen",
        introduction="Zet ze uit.",
        measures=[MeasureForm("Zet ze uit.")],
        due_on=timezone.localdate() + timedelta(days=7),
        report=report,
        requested_by=requested_by,
    )
