"""The desk asks a body: on a ground, with a term; the body answers, and nobody else learns of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.constituency.cast import somebody
from tests.inquiries import cast

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB, Door, Role
from meldpunt.cases import queries as case_queries
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import ItemKind, Unshown
from meldpunt.inquiries import actions, models, queries
from meldpunt.inquiries.errors import (
    AnswerEmpty,
    ConditionNotShown,
    InquiryClosed,
    InquiryIncomplete,
    InquiryNotFound,
    TermUnfit,
)
from meldpunt.inquiries.values import AnswerForm, Outcome, Question, ReminderKind, State
from meldpunt.intake.values import Attached
from meldpunt.law import Condition, DataKind, GroundKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> cast.House:
    return cast.house()


def test_what_is_asked_rests_on_a_ground_to_ask_and_not_on_one_to_tell(house: cast.House) -> None:
    asked = cast.ask(house, house.supervisor)
    assert asked.state is State.ASKED
    assert {one.kind for one in asked.disclosure.verdict.grounds} == {GroundKind.REQUEST}


def test_a_kind_of_data_that_no_ground_lets_us_ask_is_left_out(house: cast.House) -> None:
    more = (Question(DataKind.REPORTER_IDENTITY, "Wie meldde het bij u?"),)
    asked = actions.ask_body(house.analyst, form=cast.question(house.supervisor, more=more), seen=Unshown.IN_A_PROGRAM)
    (own,) = queries.list_own_inquiries(house.supervisor)
    assert [one.kind for one in asked.disclosure.left_out] == [DataKind.REPORTER_IDENTITY]
    assert "Wie meldde" not in str(own.told)


def test_what_the_law_refuses_is_kept_and_leaves_no_sign_outside(house: cast.House) -> None:
    refused = actions.ask_body(
        house.analyst, form=cast.question(house.police, kind=DataKind.SYSTEMS), seen=Unshown.IN_A_PROGRAM
    )
    assert refused.state is State.REFUSED_BY_LAW
    assert refused.disclosure.verdict.explanation
    assert queries.list_own_inquiries(house.police) == ()
    task = frozenset({Condition.RECIPIENT_TASK})
    allowed = actions.ask_body(
        house.analyst,
        form=cast.question(house.police, kind=DataKind.SYSTEMS, conditions=task),
        seen=Unshown.IN_A_PROGRAM,
    )
    assert allowed.state is State.ASKED


def test_a_constituent_is_asked_where_a_ground_lets_us(house: cast.House) -> None:
    asked = cast.ask(house, house.people.reporter)
    cast.answered(house.people.reporter, asked)
    assert queries.get_inquiry(house.analyst, inquiry=asked.id).state is State.ANSWERED


def test_one_body_never_sees_what_another_was_asked(house: cast.House) -> None:
    asked = cast.ask(house, house.supervisor)
    cast.answered(house.supervisor, asked)
    assert queries.list_own_inquiries(house.police) == ()
    with pytest.raises(InquiryNotFound):
        queries.get_own_inquiry(house.police, inquiry=asked.id)
    with pytest.raises(InquiryNotFound):
        cast.answered(house.police, asked)
    with bound(house.police):
        assert models.Answer.objects.count() == 0


def test_the_reporter_sees_that_its_case_led_to_a_question_and_the_body_not_who_reported(house: cast.House) -> None:
    text = f"Legde u {cast.NAME} eerder maatregelen op?"
    actions.ask_body(
        house.analyst, form=cast.question(house.supervisor, text=text, case=house.case), seen=Unshown.IN_A_PROGRAM
    )
    (own,) = queries.list_own_inquiries(house.supervisor)
    assert cast.NAME not in str(own.told)
    trace = disclosure_queries.trace_report(house.people.reporter, report=house.people.receipt.report)
    assert ItemKind.INQUIRY in {one.item for one in trace}


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_term_lies_in_the_coming_half_year(house: cast.House, days: int) -> None:
    with pytest.raises(TermUnfit):
        actions.ask_body(house.analyst, form=cast.question(house.supervisor, days=days), seen=Unshown.IN_A_PROGRAM)


def test_nothing_is_asked_without_saying_why(house: cast.House) -> None:
    with pytest.raises(InquiryIncomplete):
        actions.ask_body(house.analyst, form=cast.question(house.supervisor, necessity=" "), seen=Unshown.IN_A_PROGRAM)
    with pytest.raises(InquiryIncomplete):
        actions.ask_body(house.analyst, form=cast.question(house.supervisor, text=" "), seen=Unshown.IN_A_PROGRAM)


def test_a_risk_for_society_is_vouched_for_only_where_a_case_shows_it(house: cast.House) -> None:
    risk = frozenset({Condition.RISK_OF_SOCIETAL_DISRUPTION})
    with pytest.raises(ConditionNotShown):
        actions.ask_body(
            house.analyst, form=cast.question(house.supervisor, conditions=risk), seen=Unshown.IN_A_PROGRAM
        )


def test_part_of_an_answer_keeps_it_awaited_and_the_rest_ends_it(house: cast.House) -> None:
    asked = cast.ask(house, house.supervisor)
    cast.answered(house.supervisor, asked, outcome=Outcome.PART)
    assert queries.get_inquiry(house.analyst, inquiry=asked.id).state is State.PARTLY
    assert [one.id for one in queries.list_inquiries(house.analyst)] == [asked.id]
    own = cast.answered(house.supervisor, asked, text="Ook het dossier van vorig jaar.")
    found = queries.get_inquiry(house.analyst, inquiry=asked.id)
    assert (found.state, len(found.answers)) == (State.ANSWERED, 2)
    assert not own.is_awaited
    assert queries.list_inquiries(house.analyst) == ()


def test_a_body_may_refuse_and_says_why(house: cast.House) -> None:
    asked = cast.ask(house, house.supervisor)
    with pytest.raises(AnswerEmpty):
        actions.answer_inquiry(house.supervisor, inquiry=asked.id, form=AnswerForm(Outcome.REFUSAL))
    no = AnswerForm(Outcome.REFUSAL, explanation="Onze geheimhouding staat eraan in de weg.")
    actions.answer_inquiry(house.supervisor, inquiry=asked.id, form=no)
    assert queries.get_inquiry(house.analyst, inquiry=asked.id).state is State.REFUSED


def test_an_answer_names_its_own_ground(house: cast.House) -> None:
    asked = cast.ask(house, house.supervisor)
    form = AnswerForm(Outcome.WHOLE, texts=("Ja.",), kinds=frozenset({DataKind.MEASURES}))
    with pytest.raises(AnswerEmpty):
        actions.answer_inquiry(house.supervisor, inquiry=asked.id, form=form)


def test_to_answer_is_to_acknowledge_and_stands_in_the_ledger(house: cast.House) -> None:
    asked = cast.ask(house, house.supervisor)
    own = cast.answered(house.supervisor, asked)
    assert own.told.acknowledged_at is not None


def test_files_of_an_answer_are_sealed_and_open_at_the_desk_alone(house: cast.House) -> None:
    asked = cast.ask(house, house.supervisor)
    form = AnswerForm(Outcome.WHOLE, ("Zie het dossier.",), frozenset({DataKind.MEASURES}), "Onze taak.")
    actions.answer_inquiry(
        house.supervisor, inquiry=asked.id, form=form, files=(Attached("dossier.txt", "text/plain", b"vier keer"),)
    )
    (answer,) = queries.get_inquiry(house.analyst, inquiry=asked.id).answers
    (file,) = answer.files
    assert actions.open_answer_file(house.analyst, item=file.id).data == b"vier keer"
    with pytest.raises(PermissionMissing):
        actions.open_answer_file(house.supervisor, item=file.id)


def test_an_answer_about_somebody_sealed_is_masked_and_its_files_stay_shut_until_it_is_unsealed(
    house: cast.House,
) -> None:
    asked = cast.ask(house, house.supervisor, case=house.case)
    form = AnswerForm(
        Outcome.WHOLE, (f"{cast.NAME} kreeg een aanwijzing.",), frozenset({DataKind.MEASURES}), "Onze taak."
    )
    actions.answer_inquiry(
        house.supervisor, inquiry=asked.id, form=form, files=(Attached("dossier.txt", "text/plain", b"vier keer"),)
    )
    found = queries.get_inquiry(house.people.colleague, inquiry=asked.id)
    assert found.is_sealed
    assert cast.NAME not in str(found)
    (file,) = found.answers[0].files
    assert "dossier" not in file.name
    with pytest.raises(IdentitySealed):
        actions.open_answer_file(house.people.colleague, item=file.id)
    constituency_actions.unseal_identity(
        house.people.colleague, organisation=house.people.water, purpose="terugbellen over het dossier"
    )
    assert cast.NAME in str(queries.get_inquiry(house.people.colleague, inquiry=asked.id).answers)
    assert actions.open_answer_file(house.people.colleague, item=file.id).data == b"vier keer"


def test_an_answer_becomes_a_document_of_the_case_and_names_nobody_there(house: cast.House) -> None:
    asked = cast.ask(house, house.supervisor, case=house.case)
    cast.answered(house.supervisor, asked, text=f"{cast.NAME} kreeg een aanwijzing.")
    constituency_actions.unseal_identity(house.analyst, organisation=house.people.water, purpose="terugbellen vandaag")
    (answer,) = queries.get_inquiry(house.analyst, inquiry=asked.id).answers
    document = actions.file_answer(house.analyst, answer=answer.id, case=house.case)
    kept = case_queries.get_document(house.analyst, document=document)
    assert "kreeg een aanwijzing" in kept.text
    assert cast.NAME not in kept.text


def test_a_withdrawn_inquiry_takes_no_answer_and_says_why(house: cast.House) -> None:
    asked = cast.ask(house, house.supervisor)
    done = actions.withdraw_inquiry(house.analyst, inquiry=asked.id, reason="Het is al opgelost.")
    assert done.state is State.WITHDRAWN
    (own,) = queries.list_own_inquiries(house.supervisor)
    assert not own.is_open
    assert own.told.withdrawal_reason == "Het is al opgelost."
    with pytest.raises(InquiryClosed):
        cast.answered(house.supervisor, asked)
    with pytest.raises(InquiryClosed):
        actions.close_inquiry(house.analyst, inquiry=asked.id, reason="Nogmaals.")


def test_the_database_refuses_an_answer_to_what_is_closed(house: cast.House) -> None:
    asked = cast.ask(house, house.supervisor)
    actions.close_inquiry(house.analyst, inquiry=asked.id, reason="Niet meer nodig.")
    row = models.Answer(
        inquiry_id=asked.id,
        outcome="whole",
        ground="Onze taak.",
        given_by=house.supervisor.id,
        given_by_name="",
        given_at=timezone.now(),
    )
    with pytest.raises(DatabaseError), bound(house.supervisor), transaction.atomic():
        row.save(force_insert=True)


def test_a_body_reads_no_word_of_an_inquiry_but_what_it_was_told(house: cast.House) -> None:
    cast.ask(house, house.supervisor)
    for column in ("subject", "necessity", "case_id", "about", "asked_by_name"):
        with pytest.raises(DatabaseError), bound(house.supervisor), transaction.atomic():
            list(models.Inquiry.objects.values_list(column))


def remind(days: float) -> int:
    return actions.remind_bodies(JOB, now=timezone.now() + timedelta(days=days))


def test_a_body_is_reminded_before_the_term_when_it_is_over_and_again(house: cast.House) -> None:
    asked = cast.ask(house, house.supervisor)
    assert remind(10) == 0
    assert (remind(11.1), remind(11.2)) == (1, 0)
    assert (remind(14.1), remind(15)) == (1, 0)
    assert (remind(21.2), remind(22)) == (1, 0)
    found = queries.get_inquiry(house.analyst, inquiry=asked.id)
    assert [one.kind for one in found.reminders] == [ReminderKind.BEFORE, ReminderKind.OVERDUE, ReminderKind.AGAIN]
    told = disclosure_queries.list_delivered(house.supervisor, item=ItemKind.INQUIRY_REMINDER)
    assert len(told) == 3
    assert all(asked.reference in one.parts[0].text for one in told)
    assert disclosure_queries.list_delivered(house.police, item=ItemKind.INQUIRY_REMINDER) == ()


def test_nobody_is_reminded_of_what_was_answered_refused_withdrawn_or_never_told(house: cast.House) -> None:
    cast.answered(house.supervisor, cast.ask(house, house.supervisor))
    gone = cast.ask(house, house.supervisor)
    actions.withdraw_inquiry(house.analyst, inquiry=gone.id, reason="Niet meer nodig.")
    cast.ask(house, house.police)
    assert remind(20) == 0


def test_a_part_of_an_answer_does_not_stop_the_reminder(house: cast.House) -> None:
    asked = cast.ask(house, house.supervisor)
    cast.answered(house.supervisor, asked, outcome=Outcome.PART)
    assert remind(15) == 1


def test_only_the_job_reminds(house: cast.House) -> None:
    with pytest.raises(PermissionMissing):
        actions.remind_bodies(house.analyst)


def test_what_is_due_first_stands_on_top_of_what_we_wait_for(house: cast.House) -> None:
    later, sooner = cast.ask(house, house.supervisor, days=20), cast.ask(house, house.supervisor, days=2)
    assert [one.id for one in queries.list_inquiries(house.analyst)] == [sooner.id, later.id]
    assert len(queries.list_inquiries(house.analyst, is_awaited=False)) == 2


def test_who_does_no_casework_reads_no_inquiry(house: cast.House) -> None:
    cast.ask(house, house.supervisor)
    for role in (Role.WOO_OFFICER, Role.STATISTICIAN, Role.ADMINISTRATOR):
        with pytest.raises(PermissionMissing):
            queries.list_inquiries(somebody(Door.DESK, role))
