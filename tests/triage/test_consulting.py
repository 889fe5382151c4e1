"""Parties look along: told what the law allows, each for itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from tests.constituency.cast import BANK, SECRETS
from tests.services.cast import lean, leaning, register
from tests.triage.cast import Desk, consult, consult_police, desk, party, told

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Actor
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.constituency.values import Oversight
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import State, Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import ReportKind
from meldpunt.law import Condition, DataKind
from meldpunt.services import queries as service_queries
from meldpunt.services.values import ServiceForm, node_of
from meldpunt.triage import actions, queries
from meldpunt.triage.errors import (
    ConditionNotShown,
    ConsultationNotFound,
    NoGovernmentParty,
    NothingKnown,
    QuestionsMissing,
    ViewChanged,
    ViewEmpty,
)
from meldpunt.triage.values import Asking, Objection, Severity, ViewForm
from meldpunt.vocabulary.vital import vital_process

pytestmark = pytest.mark.django_db


def everything_told(house: Desk, who: str = "service") -> str:
    viewer = house.service if who == "service" else house.police
    return str(queries.list_asked(viewer))


def test_a_service_with_a_task_is_told_and_sees_neither_name_nor_own_words_of_the_reporter() -> None:
    house = desk()
    asked = consult(
        house,
        house.service,
        Condition.RECIPIENT_TASK,
        data=frozenset({DataKind.INCIDENT_NATURE, DataKind.INDICATORS, DataKind.CONFIDENTIAL_BUSINESS_DATA}),
    )
    assert asked.disclosure.state is State.DELIVERED
    seen = everything_told(house)
    assert "Herkent u dit?" in seen
    assert "203" in seen
    assert "Zuiderwiel" not in seen
    assert "bedieningscomputers" not in seen


def test_a_consultation_the_law_refuses_is_kept_with_its_reason_and_the_party_sees_nothing() -> None:
    house = desk()
    asked = consult(house, house.police)
    assert asked.is_refused
    assert asked.disclosure.verdict.explanation
    assert queries.list_consultations(house.analyst, report=house.receipt.report) == (asked,)
    assert queries.list_asked(house.police) == ()


NAMED = frozenset({DataKind.REPORTER_IDENTITY, DataKind.INCIDENT_NATURE})


def supervisor(*, of: str) -> Actor:
    """Somebody of the party that supervises this sector."""
    found = party("supervisor", f"Toezicht {of}")
    assert found.organisation
    constituency_actions.appoint_authority(JOB, sector=of, oversight=Oversight.SUPERVISOR, party=found.organisation)
    return found


def named_to(house: Desk, whom: Actor) -> frozenset[DataKind]:
    """Which kinds of data a supervisor would get, once the analyst knows the name."""
    constituency_actions.unseal_identity(house.analyst, organisation=house.water, purpose="Het toezicht vraagt wie.")
    return consult(house, whom, Condition.RECIPIENT_TASK, data=NAMED).disclosure.verdict.given


def test_supervisor_of_the_sector_learns_who_reported_what_had_to_be_reported() -> None:
    house = desk()
    assert named_to(house, supervisor(of="drinking-water")) == NAMED


def test_supervisor_does_not_learn_who_reported_voluntarily_and_nobody_can_vouch_for_a_duty() -> None:
    house = desk()
    voluntary = replace(told(), kind=ReportKind.VOLUNTARY, stage=None)
    house = replace(house, receipt=intake_actions.receive_report(house.reporter, form=voluntary))
    whom = supervisor(of="drinking-water")
    assert named_to(house, whom) == {DataKind.INCIDENT_NATURE}
    claimed = consult(house, whom, Condition.RECIPIENT_TASK, Condition.DUTY_TO_REPORT, data=NAMED)
    assert claimed.disclosure.verdict.given == {DataKind.INCIDENT_NATURE}


def test_supervisor_of_another_sector_has_no_task_here_whatever_is_vouched_for() -> None:
    house = desk()
    supervisor(of="drinking-water")
    asked = consult(house, supervisor(of="banking"), Condition.RECIPIENT_TASK)
    assert asked.is_refused
    assert any("does not supervise the sector" in one.en for one in asked.disclosure.verdict.explanation)


def test_the_police_are_told_only_after_a_second_person_looked() -> None:
    house = desk()
    actions.estimate_consequence(house.analyst, report=house.receipt.report, outage={"E1": 1.0})
    asked = consult(house, house.police, Condition.CRIMINAL_OFFENCE_SUSPECTED, Condition.RISK_OF_SOCIETAL_DISRUPTION)
    assert asked.disclosure.state is State.WAITING_FOR_APPROVAL
    assert queries.list_asked(house.police) == ()
    disclosure_actions.approve_disclosure(
        house.officer, disclosure=asked.disclosure.id, reason="Gezien.", seen=asked.disclosure.sight
    )
    assert len(queries.list_asked(house.police)) == 1


def test_a_risk_for_society_is_not_vouched_for_before_anybody_estimated_it() -> None:
    house = desk()
    with pytest.raises(ConditionNotShown):
        consult(house, house.police, Condition.CRIMINAL_OFFENCE_SUSPECTED, Condition.RISK_OF_SOCIETAL_DISRUPTION)


def test_views_stand_side_by_side_with_their_dissent() -> None:
    house = desk()
    consult_police(house)
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    (for_police,) = queries.list_asked(house.police)
    actions.give_view(
        house.police,
        consultation=for_police.id,
        form=ViewForm("Afpersing", Severity.HIGH, text="Doe mee."),
    )
    actions.give_view(
        house.service,
        consultation=asked.id,
        form=ViewForm("Statelijk", Severity.SEVERE, "Lopend onderzoek", Objection.HOLD, "Wacht tot donderdag."),
    )
    views = [one.view for one in queries.get_triage(house.analyst, report=house.receipt.report).consultations]
    assert [view.is_dissent for view in views if view] == [False, True]
    (line,) = queries.list_queue(house.analyst).lines
    assert (line.asked, line.views, line.dissents) == (2, 2, 1)


def test_a_party_reads_nothing_of_another_partys_consultation_or_view() -> None:
    house = desk()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Statelijk"))
    with pytest.raises(ConsultationNotFound):
        queries.get_asked(house.police, consultation=asked.id)
    with pytest.raises(ConsultationNotFound):
        actions.give_view(house.police, consultation=asked.id, form=ViewForm(nature="Nee"))
    with bound(house.police), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(id) FROM triage_consultation) + (SELECT count(*) FROM triage_view)")
        assert cursor.fetchone() == (0,)


def test_a_view_is_given_once_and_says_something() -> None:
    house = desk()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    for empty in (ViewForm(), ViewForm(nature="Wel iets", objection=Objection.OBJECT)):
        with pytest.raises(ViewEmpty):
            actions.give_view(house.service, consultation=asked.id, form=empty)
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Statelijk"))
    with pytest.raises(ViewChanged):
        actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Toch niet"))


def test_an_answer_counts_as_an_acknowledgement() -> None:
    house = desk()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Statelijk"))
    assert queries.get_asked(house.service, consultation=asked.id).told.acknowledged_at


def test_a_withdrawn_consultation_is_not_answered() -> None:
    house = desk()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    disclosure_actions.withdraw_disclosure(house.analyst, disclosure=asked.disclosure.id, reason="Vergissing.")
    with pytest.raises(ConsultationNotFound):
        actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Statelijk"))


def test_the_reporter_follows_the_consultation_once_it_left_and_not_before() -> None:
    house = desk()
    report = house.receipt.report
    consult(house, house.police)
    assert disclosure_queries.trace_report(house.reporter, report=report) == ()
    consult(house, house.service, Condition.RECIPIENT_TASK)
    (line,) = disclosure_queries.trace_report(house.reporter, report=report)
    assert line.addressees[0].label.nl == "De dienst"


def test_a_name_is_passed_on_only_by_who_unsealed_it() -> None:
    house = desk()
    data = frozenset({DataKind.REPORTER_IDENTITY})
    with pytest.raises(IdentitySealed):
        consult(house, house.police, Condition.REPORTER_CONSENT, data=data)
    constituency_actions.unseal_identity(house.analyst, organisation=house.water, purpose="Aangifte met toestemming.")
    asked = consult(house, house.police, Condition.REPORTER_CONSENT, data=data)
    assert asked.disclosure.state is State.DELIVERED
    assert "Waterbedrijf Zuiderwiel" in everything_told(house, "police")


def test_constituents_are_not_consulted_and_a_question_is_asked_in_time() -> None:
    house = desk()
    with pytest.raises(NoGovernmentParty):
        consult(house, house.reporter)
    with pytest.raises(QuestionsMissing):
        consult(house, house.police, questions=" ")
    assert house.police.organisation
    with pytest.raises(QuestionsMissing):
        actions.consult_parties(
            house.analyst,
            asking=Asking(
                report=house.receipt.report,
                parties=(house.police.organisation,),
                questions="Herkent u dit?",
                data=frozenset(),
                due_at=timezone.now() - timedelta(minutes=1),
            ),
            seen=Unshown.IN_A_PROGRAM,
        )


def test_a_party_reads_which_processes_fail_and_not_which_services_lean_on_each_other() -> None:
    house = desk()
    bank = constituency_actions.register_organisation(JOB, form=BANK)
    pumping = register(house.analyst, ServiceForm("pompen op afstand", organisation=house.water))
    payments = register(house.analyst, ServiceForm("betaalautomaten", organisation=bank))
    lean(house.analyst, leaning(payments, pumping, strength=(100, 100, 100), buffer_hours=(0, 0, 0)))
    lean(house.analyst, leaning("F1", payments, strength=(100, 100, 100), buffer_hours=(0, 0, 0)))
    report = house.receipt.report
    assessed = actions.estimate_consequence(house.analyst, report=report, outage={node_of(pumping): 1.0})
    assert assessed.estimate
    failing = {one.node for one in assessed.estimate.readings[-1].standings if one.is_failing}
    assert {node_of(pumping), node_of(payments), "F1"} <= failing
    consult(house, house.service, Condition.RECIPIENT_TASK, data=frozenset({DataKind.IMPACT}))
    seen = everything_told(house, "service")
    assert vital_process("F1").name.nl in seen
    told = [service_queries.get_service(house.analyst, service=one) for one in (pumping, payments)]
    assert not [word for one in told for word in (one.code, one.name) if word in seen]


def test_a_kind_of_data_nobody_has_is_asked_for_in_words() -> None:
    house = desk()
    with pytest.raises(NothingKnown):
        consult(house, house.service, Condition.RECIPIENT_TASK, data=frozenset({DataKind.SYSTEMS}))


def test_mail_addresses_of_who_reported_are_no_indicators_even_where_the_name_is_passed_on() -> None:
    house = desk()
    constituency_actions.unseal_identity(house.analyst, organisation=house.water, purpose="Aangifte met toestemming.")
    text = "Bel Aafke of mail aafke@zuiderwiel.example; de lokmail kwam van factuur@lokaas.example."
    receipt = intake_actions.receive_report(house.reporter, form=told(text=text))
    data = frozenset({DataKind.REPORTER_IDENTITY, DataKind.INDICATORS})
    consult(replace(house, receipt=receipt), house.police, Condition.REPORTER_CONSENT, data=data)
    seen = everything_told(house, "police")
    assert "Waterbedrijf Zuiderwiel" in seen
    assert "lokaas" in seen
    assert "aafke" not in seen.casefold()


NEXT_YEAR = timezone.now().year + 1


@pytest.mark.parametrize(
    ("due_at", "shown"),
    [
        (datetime(NEXT_YEAR, 1, 24, 4, 13, tzinfo=UTC), f"24-01-{NEXT_YEAR} 05:13 CET"),
        (datetime(NEXT_YEAR, 7, 1, 22, 30, tzinfo=UTC), f"02-07-{NEXT_YEAR} 00:30 CEST"),
    ],
)
def test_a_party_reads_by_when_to_answer_in_the_time_of_amsterdam(due_at: datetime, shown: str) -> None:
    house = desk()
    asking = Asking(house.receipt.report, (house.service.organisation or house.water,), "Herkent u dit?", due_at)
    (draft,) = queries.draft_consultations(house.analyst, asking=asking)
    assert draft.parts[0].text.endswith(f"before {shown})")


def test_a_party_that_was_told_a_name_answers_with_it_and_colleagues_read_a_mark() -> None:
    house = desk()
    constituency_actions.unseal_identity(house.analyst, organisation=house.water, purpose="Aangifte met toestemming.")
    asked = consult(house, house.service, Condition.RECIPIENT_TASK, questions="Kent u Waterbedrijf Zuiderwiel?")
    form = ViewForm(nature="Bij Zuiderwielwater", text="Bel Aafke Molenwiek.")
    actions.give_view(house.service, consultation=asked.id, form=form)
    seen = queries.get_consultation(house.colleague, consultation=asked.id)
    assert not [secret for secret in SECRETS if secret in repr(seen)]
    known = queries.get_consultation(house.analyst, consultation=asked.id)
    assert known.questions == "Kent u Waterbedrijf Zuiderwiel?"
    assert known.view
    assert (known.view.nature, known.view.text) == (form.nature, form.text)
