"""Parties answer, answer anew and ask back; what one tells us in confidence goes to no other."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from tests.triage.cast import Desk, consult, consult_police, desk, party

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Actor
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Registration
from meldpunt.disclosure.values import State, Unshown
from meldpunt.law import Condition, DataKind
from meldpunt.triage import actions, queries
from meldpunt.triage.errors import (
    ClassificationUnknown,
    ConsultationNotFound,
    DecisionImpossible,
    NamesParty,
    QuestionsMissing,
    RepeatsAnswer,
    ViewChanged,
    ViewEmpty,
)
from meldpunt.triage.values import (
    Asking,
    Consultation,
    Decision,
    Heed,
    Heeding,
    Objection,
    Question,
    SequelKind,
    Severity,
    ViewForm,
)
from meldpunt.vocabulary.markings import TLP

pytestmark = pytest.mark.django_db

SECRET = "een statelijke actor die wij al maanden volgen in een lopend onderzoek"


def asked_of_service(house: Desk) -> Consultation:
    return consult(house, house.service, Condition.RECIPIENT_TASK)


def given(house: Desk, **said: object) -> Consultation:
    """The service answers."""
    asked = asked_of_service(house)
    form = ViewForm(**{"nature": SECRET, **said})  # type: ignore[arg-type]
    actions.give_view(house.service, consultation=asked.id, form=form)
    return asked


def asking(house: Desk, *parties: Actor, questions: str = "Herkent u dit?", **more: object) -> Asking:
    return Asking(
        report=house.receipt.report,
        parties=tuple(one.organisation for one in parties if one.organisation),
        questions=questions,
        due_at=timezone.now() + timedelta(hours=4),
        data=frozenset({DataKind.INCIDENT_NATURE}),
        conditions=frozenset({Condition.RECIPIENT_TASK}),
        **more,  # type: ignore[arg-type]
    )


def test_who_may_be_told_is_asked_and_the_refusal_of_another_is_kept_beside_it() -> None:
    house = desk()
    ministry = party("ministry", "Het ministerie")
    told = actions.consult_parties(
        house.analyst, asking=asking(house, house.police, house.service, ministry), seen=Unshown.IN_A_PROGRAM
    )
    assert [one.disclosure.state for one in told] == [State.REFUSED, State.DELIVERED, State.DELIVERED]
    assert len({one.round for one in told}) == 1
    assert len({one.disclosure.id for one in told}) == len(told)
    assert queries.list_asked(house.police) == ()
    assert len(queries.list_asked(ministry)) == 1


def test_each_party_is_previewed_by_itself_and_only_what_was_shown_is_asked() -> None:
    house = desk()
    wanted = asking(house, house.police, house.service)
    police, service = queries.preview_consultations(house.analyst, asking=wanted)
    assert police.verdict.is_refused
    assert not service.verdict.is_refused
    assert queries.list_consultations(house.analyst, report=house.receipt.report) == ()


def test_nobody_is_asked_when_one_of_them_is_no_party() -> None:
    house = desk()
    with pytest.raises(QuestionsMissing):
        actions.consult_parties(house.analyst, asking=asking(house), seen=Unshown.IN_A_PROGRAM)
    assert queries.list_consultations(house.analyst, report=house.receipt.report) == ()


def test_a_party_answers_on_our_scale_with_a_class_and_a_moment_until_which_to_wait() -> None:
    house = desk()
    until = timezone.now() + timedelta(days=1)
    asked = given(
        house,
        rsit="intrusions",
        severity=Severity.SEVERE,
        objection=Objection.HOLD,
        hold_until=until,
        text="Wacht.",
        has_interest=True,
    )
    view = queries.get_consultation(house.analyst, consultation=asked.id).view
    assert view
    assert view.rsit_class
    assert (view.rsit_class.id, view.severity.label.en, view.has_interest) == ("intrusions", "Severe", True)
    assert view.holds_at(until - timedelta(seconds=1))
    assert not view.holds_at(until)


@pytest.mark.parametrize(
    "unfit",
    [
        ViewForm(nature="Ja", hold_until=timezone.now() + timedelta(days=1)),
        ViewForm(objection=Objection.HOLD, text="Wacht.", hold_until=timezone.now() - timedelta(days=1)),
        ViewForm(nature="Ja", repeatable={Question.NATURE: TLP.RED}),
    ],
)
def test_a_view_that_cannot_be_is_not_kept(unfit: ViewForm) -> None:
    house = desk()
    asked = asked_of_service(house)
    with pytest.raises(ViewEmpty):
        actions.give_view(house.service, consultation=asked.id, form=unfit)
    with pytest.raises(ClassificationUnknown):
        actions.give_view(house.service, consultation=asked.id, form=ViewForm(rsit="geheim"))
    assert queries.get_asked(house.service, consultation=asked.id).view is None


def test_a_party_answers_anew_and_what_it_said_before_stays() -> None:
    house = desk()
    asked = given(house, objection=Objection.OBJECT, text="Niet doen.")
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Toch bekend.", seen=1))
    views = queries.get_consultation(house.analyst, consultation=asked.id).views
    assert [view.nature for view in views] == [SECRET, "Toch bekend."]
    (line,) = queries.list_queue(house.analyst).lines
    assert (line.asked, line.views, line.dissents) == (1, 1, 0)


def test_a_colleague_of_the_party_is_not_answered_over() -> None:
    house = desk()
    asked = given(house)
    with pytest.raises(ViewChanged):
        actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Ik wist niet van haar antwoord."))


def test_no_version_of_a_view_can_be_changed_or_taken_away() -> None:
    house = desk()
    given(house)
    for actor in (house.service, house.analyst):
        for deed in ("UPDATE triage_view SET nature = ''", "DELETE FROM triage_view"):
            with pytest.raises(Exception, match="permission denied"), bound(actor), connection.cursor() as cursor:
                cursor.execute(deed)


def test_a_party_asks_back_and_is_answered_through_the_door() -> None:
    house = desk()
    asked = asked_of_service(house)
    question = actions.ask_desk(house.service, consultation=asked.id, text="Om welk soort systeem gaat het?")
    waiting = queries.get_consultation(house.analyst, consultation=asked.id)
    assert waiting.unanswered == (question,)
    done = actions.answer_party(
        house.analyst, question=question.id, text="Bedienplekken van een gemaal.", seen=Unshown.IN_A_PROGRAM
    )
    assert done.unanswered == ()
    ((kind, told),) = queries.get_asked(house.service, consultation=asked.id).sequels
    assert kind is SequelKind.ANSWER
    assert "Om welk soort systeem" in told.parts[0].text
    assert "Bedienplekken van een gemaal." in told.parts[0].text


def test_another_party_cannot_ask_back_in_its_place() -> None:
    house = desk()
    asked = asked_of_service(house)
    with pytest.raises(ConsultationNotFound):
        actions.ask_desk(house.police, consultation=asked.id, text="Wat zei de dienst?")


def test_what_a_party_answered_in_confidence_is_stopped_on_its_way_to_another() -> None:
    house = desk()
    given(house)
    ministry = party("ministry", "Het ministerie")
    told = f"Kunt u bevestigen dat dit {SECRET} is?"
    with pytest.raises(RepeatsAnswer) as refused:
        actions.consult_parties(
            house.analyst, asking=asking(house, ministry, questions=told), seen=Unshown.IN_A_PROGRAM
        )
    assert "De dienst" in str(refused.value)
    assert queries.list_asked(ministry) == ()


def test_the_party_itself_may_be_asked_with_its_own_words() -> None:
    house = desk()
    given(house)
    own = asking(house, house.service, questions=f"U noemde {SECRET}: sinds wanneer?")
    (asked,) = actions.consult_parties(house.analyst, asking=own, seen=Unshown.IN_A_PROGRAM)
    assert asked.is_told


def test_what_a_party_allows_is_repeated_with_its_marking_and_by_name_only_where_it_may_be_named() -> None:
    house = desk()
    given(house, repeatable={Question.NATURE: TLP.AMBER})
    ministry = party("ministry", "Het ministerie")
    wanted = asking(house, ministry, questions=f"Kent u {SECRET}?", shares_views=True)
    actions.consult_parties(house.analyst, asking=wanted, seen=Unshown.IN_A_PROGRAM)
    seen = str(queries.list_asked(ministry))
    assert SECRET in seen
    assert "TLP:AMBER" in seen
    assert "De dienst" not in seen


def test_a_party_that_may_not_be_named_is_not_named_and_one_that_may_is() -> None:
    house = desk()
    asked = given(house)
    ministry = party("ministry", "Het ministerie")
    named = asking(house, ministry, questions="Wat vindt u, na De dienst?")
    with pytest.raises(NamesParty):
        actions.consult_parties(house.analyst, asking=named, seen=Unshown.IN_A_PROGRAM)
    agreed = ViewForm(nature=SECRET, repeatable={Question.ASKED: TLP.AMBER}, seen=1)
    actions.give_view(house.service, consultation=asked.id, form=agreed)
    (told,) = actions.consult_parties(house.analyst, asking=named, seen=Unshown.IN_A_PROGRAM)
    assert told.is_told


def test_a_party_is_named_by_no_other_name_either_and_not_to_who_is_asked_beside_it() -> None:
    house = desk()
    form = Registration(
        kind="party", party_kind="ministry", sector="public-order", name="Het ministerie", aliases=("MvX",)
    )
    ministry = constituency_actions.register_organisation(JOB, form=form)
    assert house.service.organisation
    both = replace(asking(house, house.service, questions="Wij vragen het MvX ook."), parties=(
        house.service.organisation, ministry))  # fmt: skip
    with pytest.raises(NamesParty, match="Het ministerie"):
        actions.consult_parties(house.analyst, asking=both, seen=Unshown.IN_A_PROGRAM)
    (told,) = actions.consult_parties(
        house.analyst, asking=replace(both, parties=(ministry,)), seen=Unshown.IN_A_PROGRAM
    )
    assert told.is_told
    with pytest.raises(NamesParty):
        actions.consult_parties(
            house.analyst, asking=replace(both, parties=(house.service.organisation,)), seen=Unshown.IN_A_PROGRAM
        )


def test_what_a_party_asked_us_back_is_not_repeated_to_another() -> None:
    house = desk()
    asked = given(house, nature="Bekend.", repeatable={Question.ASKED: TLP.AMBER, Question.NATURE: TLP.AMBER})
    actions.ask_desk(house.service, consultation=asked.id, text=f"Is dit {SECRET}?")
    told = f"Een ander vroeg of dit {SECRET} is."
    with pytest.raises(RepeatsAnswer, match="asked us"):
        actions.consult_parties(
            house.analyst,
            asking=asking(house, party("ministry", "Het ministerie"), questions=told),
            seen=Unshown.IN_A_PROGRAM,
        )


def test_what_was_allowed_and_is_taken_back_goes_no_further() -> None:
    house = desk()
    asked = given(house, repeatable={Question.NATURE: TLP.AMBER})
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Verder niets.", seen=1))
    ministry = party("ministry", "Het ministerie")
    with pytest.raises(RepeatsAnswer):
        actions.consult_parties(
            house.analyst, asking=asking(house, ministry, questions=f"Kent u {SECRET}?"), seen=Unshown.IN_A_PROGRAM
        )


def test_words_of_the_report_are_ours_to_repeat_though_a_party_wrote_them_too() -> None:
    house = desk()
    given(house, nature="Ransomware op de bedieningscomputers van een waterbedrijf; verkeer naar 203.0.113.66.")
    ministry = party("ministry", "Het ministerie")
    said = "Kent u ransomware op de bedieningscomputers, met verkeer naar 203.0.113.66?"
    (told,) = actions.consult_parties(
        house.analyst, asking=asking(house, ministry, questions=said), seen=Unshown.IN_A_PROGRAM
    )
    assert told.is_told


def test_a_silent_party_is_reminded_once_and_one_that_answered_or_has_time_is_not() -> None:
    house = desk()
    late = soon_late(house)
    consult_police(house)
    assert actions.remind_parties(JOB) == 1
    assert actions.remind_parties(JOB) == 0
    found = queries.get_consultation(house.analyst, consultation=late.id)
    assert found.reminded_at
    ((kind, told),) = queries.get_asked(house.service, consultation=late.id).sequels
    assert kind is SequelKind.REMINDER
    assert "niet als instemming" in told.parts[0].text
    assert "Ransomware" not in str(told)


def soon_late(house: Desk) -> Consultation:
    """The service is asked for an answer within a moment, and lets it pass."""
    assert house.service.organisation
    wanted = Asking(
        report=house.receipt.report,
        parties=(house.service.organisation,),
        questions="Herkent u dit?",
        due_at=timezone.now() + timedelta(milliseconds=1500),
        data=frozenset({DataKind.INCIDENT_NATURE}),
        conditions=frozenset({Condition.RECIPIENT_TASK}),
    )
    (asked,) = actions.consult_parties(house.analyst, asking=wanted, seen=Unshown.IN_A_PROGRAM)
    time.sleep(max(0.0, (asked.due_at - timezone.now()).total_seconds()))
    return asked


def test_an_answer_after_the_time_counts_and_stops_the_reminder() -> None:
    house = desk()
    late = soon_late(house)
    actions.give_view(house.service, consultation=late.id, form=ViewForm(nature="Laat, maar bekend."))
    assert actions.remind_parties(JOB) == 0


def test_a_party_hears_what_was_decided_where_the_desk_tells_it_and_not_what_others_told_us() -> None:
    house = desk()
    asked = given(house, objection=Objection.HOLD, text="Wacht tot morgen met breed delen.")
    with pytest.raises(DecisionImpossible):
        actions.tell_outcome(house.analyst, consultation=asked.id, text="Besloten.", seen=Unshown.IN_A_PROGRAM)
    actions.decide_report(
        house.analyst,
        report=house.receipt.report,
        decision=Decision.ACCEPT,
        reason="Wij gaan door.",
        followed={asked.id: Heeding(Heed.PASSED_OVER, "Het waterpeil stijgt.")},
        is_over_hold=True,
    )
    assert queries.get_asked(house.service, consultation=asked.id).sequels == ()
    done = actions.tell_outcome(
        house.analyst, consultation=asked.id, text="Wij gingen door: het peil steeg.", seen=Unshown.IN_A_PROGRAM
    )
    assert done.sequels[-1].decision == 1
    ((kind, told),) = queries.get_asked(house.service, consultation=asked.id).sequels
    assert kind is SequelKind.OUTCOME
    assert "het peil steeg" in told.parts[0].text
