"""Advice begins at a report: to whom it is about without a case, and to others whom it concerns."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from tests.constituency.cast import member_of, register
from tests.triage.cast import Desk, desk, told

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Actor, OrganisationId
from meldpunt.advice import actions, models, queries
from meldpunt.advice.errors import EscalationNotAllowed, NotConcerned, TooManyAtOnce
from meldpunt.advice.queries.others import MOST_AT_ONCE
from meldpunt.advice.values import AdviceForm, AdviceState, AnswerKind, Chosen, Concerned, MeasureForm
from meldpunt.cases import actions as case_actions
from meldpunt.constituency.queries.organisations import PAGE
from meldpunt.constituency.values import Registration
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import SeenChanged
from meldpunt.disclosure.values import Disclosure, Seen, Sight, State, Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.law import Condition
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.values import Disruption
from meldpunt.vocabulary.markings import TLP

pytestmark = pytest.mark.django_db

PUMP = "PompBesturing 7"
TEXT = "Bij Waterbedrijf Zuiderwiel kwam iemand binnen langs het onderhoudsaccount van de leverancier."


def others(house: Desk) -> tuple[Actor, Actor]:
    """One in the sector that uses the pump as well, and one in another sector that does."""
    del house
    near = Registration(kind="constituent", sector="drinking-water", name="Waterschap De Meent", products=(PUMP,))
    far = Registration(kind="constituent", sector="energy", name="Netbeheer De Kabelaar", products=(PUMP,))
    return member_of(register(near)), member_of(register(far))


def form() -> AdviceForm:
    due_on = timezone.localdate() + timedelta(days=14)
    return AdviceForm("Sluit het onderhoudsaccount", TEXT, (MeasureForm("Zet het uit."),), due_on)


def advise(
    house: Desk, concerned: Concerned, whom: Sequence[OrganisationId], seen: Seen, *, widening: str = ""
) -> tuple[Disclosure, ...]:
    return actions.advise_others(
        house.analyst,
        report=house.receipt.report,
        concerned=concerned,
        organisations=whom,
        form=form(),
        reason="Dezelfde leverancier.",
        widening=widening,
        seen=seen,
    )


BY_PRODUCT = Concerned(Chosen.PRODUCT, (PUMP,))
BY_SECTOR = Concerned(Chosen.SECTOR, ("drinking-water",))


def own(*actors: Actor) -> list[OrganisationId]:
    return [one.organisation for one in actors if one.organisation]


def test_who_registered_the_product_or_is_in_the_sector_and_never_whose_report_it_is() -> None:
    house = desk()
    near, far = others(house)
    by_product = queries.list_concerned(house.analyst, report=house.receipt.report, concerned=BY_PRODUCT)
    by_sector = queries.list_concerned(house.analyst, report=house.receipt.report, concerned=BY_SECTOR)
    assert {one.id for one in by_product} == set(own(near, far))
    assert {one.id for one in by_sector} == set(own(near))


def test_each_is_told_by_a_disclosure_of_its_own_and_learns_not_whose_report_it_was_nor_who_else() -> None:
    house = desk()
    near, far = others(house)
    told = advise(house, BY_PRODUCT, own(near, far), Unshown.IN_A_PROGRAM)
    assert [one.state for one in told] == [State.DELIVERED, State.DELIVERED]
    for reader, other in ((near, "Kabelaar"), (far, "Meent")):
        (advice,) = queries.list_own_advice(reader)
        said = str(advice)
        assert "onderhoudsaccount" in said
        assert "Zuiderwiel" not in said
        assert other not in said
        assert "uw melding" not in said
    assert queries.list_own_advice(house.reporter) == ()


def test_of_who_merely_is_in_the_sector_nothing_of_its_own_systems_is_claimed() -> None:
    house = desk()
    near, far = others(house)
    (by_product,) = advise(house, BY_PRODUCT, own(far), Unshown.IN_A_PROGRAM)
    (by_sector,) = advise(house, BY_SECTOR, own(near), Unshown.IN_A_PROGRAM)
    assert (by_product.conditions, by_sector.conditions) == (frozenset({Condition.ABOUT_RECIPIENT}), frozenset())
    assert by_product.verdict.grounds != by_sector.verdict.grounds


def test_who_is_not_concerned_is_not_advised_by_this_way() -> None:
    house = desk()
    near, far = others(house)
    for concerned, whom in (
        (BY_SECTOR, own(far)),
        (BY_PRODUCT, [house.water]),
        (BY_PRODUCT, []),
        (BY_SECTOR, own(near, far)),
    ):
        with pytest.raises(NotConcerned):
            advise(house, concerned, whom, Unshown.IN_A_PROGRAM)
    assert queries.list_advice(house.analyst) == ()


def test_a_government_party_that_registered_the_product_is_no_other_whom_it_concerns() -> None:
    house = desk()
    party = register(
        Registration(
            kind="party", party_kind="supervisor", sector="energy", name="Inspectie De Meent", products=(PUMP,)
        )
    )
    for concerned in (BY_PRODUCT, Concerned(Chosen.SECTOR, ("energy",))):
        found = queries.list_concerned(house.analyst, report=house.receipt.report, concerned=concerned)
        assert party not in {one.id for one in found}
        with pytest.raises(NotConcerned):
            advise(house, concerned, [party], Unshown.IN_A_PROGRAM)


def test_a_sector_of_more_than_a_page_is_all_of_it() -> None:
    house = desk()
    for number in range(PAGE + 1):
        register(Registration(kind="constituent", sector="energy", name=f"Netbeheer {number}"))
    concerned = Concerned(Chosen.SECTOR, ("energy",))
    found = queries.list_concerned(house.analyst, report=house.receipt.report, concerned=concerned)
    assert len({one.id for one in found}) == len(found) == PAGE + 1


def test_more_than_five_hundred_at_once_are_refused() -> None:
    house = desk()
    whom = [OrganisationId(uuid.uuid4()) for _ in range(MOST_AT_ONCE + 1)]
    with pytest.raises(TooManyAtOnce):
        advise(house, BY_PRODUCT, whom, Unshown.IN_A_PROGRAM)
    with pytest.raises(NotConcerned):
        advise(house, BY_PRODUCT, whom[1:], Unshown.IN_A_PROGRAM)


def test_what_stands_on_the_page_is_what_goes() -> None:
    house = desk()
    near, far = others(house)
    with pytest.raises(SeenChanged):
        advise(house, BY_PRODUCT, own(near, far), Sight("iets anders"))
    assert queries.list_advice(house.analyst) == ()


def test_the_reporter_sees_each_in_the_list_of_what_was_told_from_its_report_and_not_to_whom() -> None:
    house = desk()
    near, far = others(house)
    advise(house, BY_PRODUCT, own(near, far), Unshown.IN_A_PROGRAM)
    lines = disclosure_queries.trace_report(house.reporter, report=house.receipt.report)
    assert len([one for one in lines if one.item == "advice"]) == 2
    assert "Meent" not in str(lines)


def test_the_ledger_says_why_each_was_chosen() -> None:
    house = desk()
    near, _far = others(house)
    advise(house, BY_SECTOR, own(near), Unshown.IN_A_PROGRAM)
    entry = ledger_queries.list_entries(house.officer, kind=Kind.ADVISED)[0]
    assert (entry.details["chosen"], entry.details["report"]) == ("sector", str(house.receipt.report))
    assert "onderhoudsaccount" not in str(entry.details)


def test_what_the_reporter_asked_to_keep_to_itself_starts_from_there_and_goes_further_only_with_a_reason_it_reads() -> (
    None
):
    house = desk()
    kept = replace(told(), tlp=TLP.RED)
    house = replace(house, receipt=intake_actions.receive_report(house.reporter, form=kept))
    near, far = others(house)
    (narrow,) = advise(house, BY_PRODUCT, own(near), Unshown.IN_A_PROGRAM)
    (wider,) = advise(house, BY_PRODUCT, own(far), Unshown.IN_A_PROGRAM, widening="Zij moeten het uitvoeren.")
    assert (narrow.tlp, wider.tlp) == (TLP.RED, TLP.AMBER_STRICT)
    lines = disclosure_queries.trace_report(house.reporter, report=house.receipt.report)
    assert {one.widening for one in lines if one.item == "advice"} == {"", "Zij moeten het uitvoeren."}


def test_an_organisation_that_somebody_else_reported_about_is_masked_to_the_others() -> None:
    house = desk()
    near, _far = others(house)
    mail = b"From: iemand@zuiderwiel.example\nSubject: hallo\n\nEr kwam iemand binnen."
    receipt = intake_actions.receive_mail(JOB, raw=mail)
    intake_actions.attribute_reports(JOB)
    found = intake_queries.get_report(house.analyst, report=receipt.report)
    assert (found.organisation, found.is_own) == (house.water, False)
    advise(replace(house, receipt=receipt), BY_PRODUCT, own(near), Unshown.IN_A_PROGRAM)
    (advice,) = queries.list_own_advice(near)
    assert "Zuiderwiel" not in str(advice)
    assert "onderhoudsaccount" in str(advice)


def written_from(house: Desk, organisation: OrganisationId) -> None:
    said = form()
    actions.write_advice(
        house.analyst,
        organisation=organisation,
        title=said.title,
        introduction=said.introduction,
        measures=said.measures,
        due_on=said.due_on,
        report=house.receipt.report,
    )


def test_advice_is_written_and_given_from_a_report_that_is_in_no_case() -> None:
    house = desk()
    written_from(house, house.water)
    (line,) = queries.list_advice(house.analyst, report=house.receipt.report)
    actions.give_advice(house.analyst, advice=line.id, reason="Nu.", seen=Unshown.IN_A_PROGRAM)
    (own_advice,) = queries.list_own_advice(house.reporter)
    assert "Zuiderwiel" in str(own_advice)
    given = queries.get_advice(house.analyst, advice=line.id)
    assert (given.state, given.case, given.chosen) == (AdviceState.GIVEN, None, Chosen.REPORT)


def test_without_a_case_only_whom_the_report_is_about_is_advised() -> None:
    house = desk()
    near, _far = others(house)
    with pytest.raises(NotConcerned):
        written_from(house, own(near)[0])


def test_once_the_report_is_in_a_case_so_is_its_advice() -> None:
    house = desk()
    written_from(house, house.water)
    case = case_actions.accept_report(house.analyst, report=house.receipt.report, reason="Ernstig.")
    (line,) = queries.list_advice(house.analyst, cases=[case], reports=[house.receipt.report])
    assert queries.get_advice(house.analyst, advice=line.id).case == case


def test_the_ministry_is_not_told_before_there_is_a_case() -> None:
    house = desk()
    written_from(house, house.water)
    (line,) = queries.list_advice(house.analyst, report=house.receipt.report)
    with pytest.raises(EscalationNotAllowed):
        actions.escalate(house.officer, advice=line.id, reason="Nu.", seen=Unshown.IN_A_PROGRAM)
    triage_actions.override_disruption(
        house.analyst, report=house.receipt.report, disruption=Disruption.LIKELY, reason="Drinkwater valt uit."
    )
    actions.give_advice(house.analyst, advice=line.id, reason="Nu.", seen=Unshown.IN_A_PROGRAM)
    (measure,) = queries.get_advice(house.analyst, advice=line.id).measures
    actions.answer_measure(house.reporter, measure=measure.id, answer=AnswerKind.REFUSE, reason="Geen geld.")
    actions.plan_follow_up(house.analyst, advice=line.id, due_at=timezone.now())
    unmet = queries.may_escalate(house.officer, advice=line.id).unmet
    assert not [one for one in unmet if "ontwrichting" in one.sentence.nl]


def test_the_database_keeps_no_advice_that_comes_from_nowhere() -> None:
    house = desk()
    row = models.Advice(
        organisation_id=house.water,
        title="Sluit het",
        introduction=TEXT,
        due_on=timezone.localdate(),
        state=AdviceState.DRAFT.value,
        written_by=house.analyst.id,
        written_by_name=house.analyst.name,
        written_at=timezone.now(),
        chosen=Chosen.REPORT.value,
    )
    with pytest.raises(IntegrityError, match="advice_from_a_case_or_report"), bound(house.analyst):
        row.save(force_insert=True)
