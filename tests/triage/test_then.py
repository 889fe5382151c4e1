"""What was known at a moment is what stood on the page at that moment, whatever came later."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.triage.cast import Desk, another_supervises, approve, consult, consult_supervisor, desk, later

from meldpunt.access.errors import NotFound, RuleBroken
from meldpunt.access.values import Actor
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import State, Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Stage
from meldpunt.law import Condition, DataKind
from meldpunt.triage import actions, queries
from meldpunt.triage.values import (
    AskedState,
    Asking,
    Consultation,
    Decision,
    Heed,
    Heeding,
    Objection,
    Severity,
    Then,
    Triage,
    Unknown,
    ViewForm,
)

pytestmark = pytest.mark.django_db


@dataclass
class Program:
    """Deeds about one report, drawn; of those that are refused nothing is to be seen."""

    house: Desk
    draw: random.Random
    asked: list[Consultation] = field(default_factory=list)

    def step(self) -> None:
        try:
            self.draw.choice(DEEDS)(self)
        except (NotFound, RuleBroken):
            return

    def somebody(self) -> Actor:
        return self.draw.choice((self.house.analyst, self.house.colleague))

    def consultation(self) -> Consultation:
        return self.draw.choice(self.asked or [ask(self)])


def ask(one: Program) -> Consultation:
    one.asked.append(consult(one.house, one.house.service, Condition.RECIPIENT_TASK))
    return one.asked[-1]


def ask_in_vain(one: Program) -> None:
    consult(one.house, one.house.police)


def take(one: Program) -> None:
    actions.take_report(one.somebody(), report=one.house.receipt.report, from_colleague=True)


def release(one: Program) -> None:
    actions.release_report(one.somebody(), report=one.house.receipt.report)


def assess(one: Program) -> None:
    kind = one.draw.choice(("intrusions", "availability/ddos", "fraud"))
    actions.assess_report(one.somebody(), report=one.house.receipt.report, rsit=kind, reason="Zo lijkt het.")


def estimate(one: Program) -> None:
    share = one.draw.choice((0.25, 0.5, 1.0))
    actions.estimate_consequence(one.somebody(), report=one.house.receipt.report, outage={"E1": share})


def answer(one: Program) -> None:
    asked = queries.get_asked(one.house.service, consultation=one.consultation().id)
    form = ViewForm(
        nature=f"Zienswijze {one.draw.random()}",
        severity=one.draw.choice(list(Severity)),
        objection=one.draw.choice(list(Objection)),
        text="Daarom.",
        seen=len(asked.views),
    )
    actions.give_view(one.house.service, consultation=asked.id, form=form)


def ask_back(one: Program) -> None:
    actions.ask_desk(one.house.service, consultation=one.consultation().id, text="Waar speelt dit?")


def ask_with_second_person(one: Program) -> None:
    one.asked.append(consult(one.house, one.house.service, Condition.RECIPIENT_TASK, deferred=later("uavg-41-a")))


def ask_supervisor(one: Program) -> None:
    one.asked.append(consult_supervisor(one.house))


def let_another_supervise(one: Program) -> None:
    another_supervises(one.house)


def agree(one: Program) -> None:
    approve(one.house, one.consultation())


def withdraw(one: Program) -> None:
    disclosure = one.consultation().disclosure.id
    disclosure_actions.withdraw_disclosure(one.house.analyst, disclosure=disclosure, reason="Vergissing.")


def add(one: Program) -> None:
    text = f"Ook gezien: 203.0.113.{one.draw.randrange(250)}."
    intake_actions.submit_stage(one.house.reporter, report=one.house.receipt.report, stage=Stage.ADDITION, text=text)


def decide(one: Program) -> None:
    report = one.house.receipt.report
    found = queries.list_consultations(one.house.analyst, report=report)
    said = {each.id: Heeding(Heed.PASSED_OVER, "Nu.") for each in found if each.is_told and each.view}
    wanted = one.draw.choice((Decision.DECLINE, Decision.REDIRECT, Decision.SET_ASIDE, Decision.TAKE_IN))
    actions.decide_report(
        one.somebody(), report=report, decision=wanted, reason="Zo is het.", followed=said, is_over_hold=True
    )


def reopen(one: Program) -> None:
    report = one.house.receipt.report
    actions.decide_report(one.somebody(), report=report, decision=Decision.REOPEN, reason="Meer gehoord.")


DEEDS: tuple[Callable[[Program], object], ...] = (
    *(ask_with_second_person, ask_supervisor, let_another_supervise, agree, agree, agree),
    *(ask, ask_in_vain, take, release, assess, estimate, answer, answer, ask_back, withdraw, add, decide, reopen),
)


def on_the_page(triage: Triage) -> Mapping[str, object]:
    """What the page of now says, told from the page itself."""
    report = triage.report
    return {
        "state": report.state,
        "stages": [(one.id, one.text) for one in report.stages],
        "observables": {(one.kind, one.value) for one in report.observables},
        "assessment": triage.assessment,
        "holder": (triage.taken.actor, triage.taken.name) if triage.taken else None,
        "decisions": triage.decisions,
        "asked": [
            (one.id, one.state_at(timezone.now()), one.disclosure.state, one.views, one.counter_questions, one.sequels)
            for one in triage.consultations
        ],
    }


def as_known(then: Then) -> Mapping[str, object]:
    """The same of what was known then."""
    return {
        "state": then.state,
        "stages": [(one.id, one.text) for one in then.stages],
        "observables": {(one.kind, one.value) for one in then.observables},
        "assessment": then.assessment,
        "holder": (then.holder.actor, then.holder.name) if then.holder else None,
        "decisions": then.decisions,
        "asked": [
            (
                one.consultation.id,
                one.state,
                one.consultation.disclosure.state_at(then.at),
                one.consultation.views,
                one.consultation.counter_questions,
                one.consultation.sequels,
            )
            for one in then.asked
        ],
    }


@pytest.mark.parametrize("seed", range(6))
def test_the_page_of_a_moment_says_what_the_page_said_at_that_moment(seed: int) -> None:
    house = desk()
    program, report = Program(house, random.Random(seed)), house.receipt.report
    kept: list[tuple[datetime, Mapping[str, object]]] = []
    for _ in range(24):
        program.step()
        kept.append((timezone.now(), on_the_page(queries.get_triage(house.analyst, report=report))))
    for at, said in kept:
        assert as_known(queries.get_then(house.analyst, report=report, at=at)) == said


def test_nothing_of_later_stands_on_it() -> None:
    house = desk()
    report, before = house.receipt.report, timezone.now()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Later gezegd."))
    actions.take_report(house.analyst, report=report)
    then = queries.get_then(house.analyst, report=report, at=before)
    assert (then.asked, then.holder, then.assessment, then.decisions) == ((), None, None, ())
    assert "Later gezegd." not in repr(then)


def state_then(house: Desk, at: datetime) -> AskedState:
    (asked,) = queries.get_then(house.analyst, report=house.receipt.report, at=at).asked
    return asked.state


def test_refused_by_the_law_when_a_second_person_agreed_it_was_waiting_until_then() -> None:
    house = desk()
    asked = consult_supervisor(house)
    another_supervises(house)
    before = timezone.now()
    refused = approve(house, asked)
    assert refused.disclosure.approved
    at = refused.disclosure.approved.at
    assert state_then(house, before) is AskedState.WAITING
    assert state_then(house, at - timedelta(microseconds=1)) is AskedState.WAITING
    assert state_then(house, at) is AskedState.REFUSED


def test_refused_at_once_it_was_refused_from_the_start() -> None:
    house = desk()
    asked = consult(house, house.police)
    assert state_then(house, asked.asked.at) is AskedState.REFUSED


def test_a_second_person_agrees_and_only_then_the_party_has_it() -> None:
    house = desk()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK, deferred=later("uavg-41-a"))
    told = approve(house, asked)
    at = told.disclosure.delivered_at
    assert at
    assert state_then(house, at - timedelta(microseconds=1)) is AskedState.WAITING
    assert state_then(house, at) is AskedState.AWAITED


def test_who_had_not_answered_had_time_or_was_silent() -> None:
    house = desk()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK, due_in=timedelta(seconds=0.5))
    time.sleep(0.6)
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Te laat, maar toch."))
    (view,) = queries.get_consultation(house.analyst, consultation=asked.id).views
    assert state_then(house, asked.due_at - timedelta(microseconds=1)) is AskedState.AWAITED
    assert state_then(house, asked.due_at) is AskedState.SILENT
    assert state_then(house, view.by.at - timedelta(microseconds=1)) is AskedState.SILENT
    assert state_then(house, view.by.at) is AskedState.ANSWERED


def test_withdrawn_it_was_answered_until_then() -> None:
    house = desk()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Herkend."))
    gone = disclosure_actions.withdraw_disclosure(house.analyst, disclosure=asked.disclosure.id, reason="Vergissing.")
    assert gone.withdrawn
    assert state_then(house, gone.withdrawn.at - timedelta(microseconds=1)) is AskedState.ANSWERED
    assert state_then(house, gone.withdrawn.at) is AskedState.WITHDRAWN


def test_what_nobody_decided_yet_is_proposed() -> None:
    house = desk()
    (draft,) = queries.draft_consultations(house.analyst, asking=asking_service(house))
    proposed = disclosure_actions.propose_disclosure(house.analyst, draft=draft, seen=Unshown.IN_A_PROGRAM)
    asked = replace(consult(house, house.service, Condition.RECIPIENT_TASK), disclosure=proposed)
    assert asked.state_at(timezone.now()) is AskedState.PROPOSED
    told = disclosure_actions.decide_disclosure(
        house.analyst, disclosure=proposed.id, reason="Nodig.", seen=proposed.sight
    )
    assert told.decided
    assert told.state_at(told.decided.at - timedelta(microseconds=1)) is State.PROPOSED
    assert told.state_at(told.decided.at) is State.DELIVERED


def asking_service(house: Desk) -> Asking:
    assert house.service.organisation
    return Asking(
        report=house.receipt.report,
        parties=(house.service.organisation,),
        questions="Herkent u dit?",
        data=frozenset({DataKind.INCIDENT_NATURE}),
        conditions=frozenset({Condition.RECIPIENT_TASK}),
        due_at=timezone.now() + timedelta(hours=1),
    )


def test_before_it_came_in_there_was_nothing() -> None:
    house = desk()
    then = queries.get_then(house.analyst, report=house.receipt.report, at=timezone.now() - timedelta(days=1))
    assert not then.was_there
    assert (then.stages, then.observables) == ((), ())


def test_whose_it_was_before_it_was_found_out_is_said_to_be_unknown() -> None:
    house = desk()
    report = queries.get_triage(house.analyst, report=house.receipt.report).report
    assert report.attributed_at
    then = queries.get_then(house.analyst, report=report.id, at=report.attributed_at - timedelta(microseconds=1))
    assert then.attributed is None
    assert Unknown.ATTRIBUTION in then.unknown
    at_once = queries.get_then(house.analyst, report=report.id, at=report.attributed_at)
    assert at_once.attributed
    assert at_once.attributed.organisation == report.organisation


def test_who_may_not_see_a_name_now_does_not_see_it_in_the_past_either() -> None:
    house = desk()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Bij Zuiderwielwater."))
    then = queries.get_then(house.colleague, report=house.receipt.report, at=timezone.now())
    assert "Zuiderwiel" not in repr(then)
    assert Unknown.SEALED in then.unknown


def test_reopened_it_says_what_came_since_the_decision() -> None:
    house = desk()
    report = house.receipt.report
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    actions.decide_report(house.analyst, report=report, decision=Decision.DECLINE, reason="Een oefening.")
    nothing = queries.get_triage(house.analyst, report=report).since
    assert nothing
    assert nothing.is_nothing
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Geen oefening."))
    actions.assess_report(house.analyst, report=report, rsit="intrusions", reason="Toch.")
    intake_actions.submit_stage(house.reporter, report=report, stage=Stage.ADDITION, text="Nog een gemaal.")
    actions.decide_report(house.analyst, report=report, decision=Decision.REOPEN, reason="Geen oefening.")
    since = queries.get_triage(house.analyst, report=report).since
    assert since
    assert [one.id for one in since.views] == [asked.id]
    assert (since.before, since.after and since.after.rsit) == (None, "intrusions")
    assert [stage.stage for stage in since.stages] == [Stage.ADDITION]
