"""Two people of the desk press at the same moment: each deed is done or refused, and no two wait for each other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connections, transaction
from tests.cases.cast import accepted, another_report
from tests.triage.cast import desk

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import JOB
from meldpunt.cases import actions, queries
from meldpunt.cases.values import CaseState
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Stage, State
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Decision

pytestmark = pytest.mark.usefixtures("own_database")

ROUNDS = 6
Deed = Callable[[], object]
AtOnce = Callable[[Deed, Deed], list[bool]]


@pytest.fixture
def at_once() -> Iterator[AtOnce]:
    """Does two deeds at the same moment; which of them were done. Any error but a refusal is raised."""
    gate = Barrier(2)

    def press(deed: Deed) -> bool:
        gate.wait(10)
        try:
            deed()
        except RuleBroken:
            return False
        return True

    with ThreadPoolExecutor(2) as people:
        yield lambda one, other: list(people.map(press, (one, other)))
        list(people.map(lambda _: (gate.wait(10), connections.close_all()), range(2)))


def test_of_two_who_merge_crosswise_one_is_done(at_once: AtOnce) -> None:
    house = desk()
    one, other = accepted(house), actions.accept_report(house.analyst, report=another_report(house), reason="Los.")
    for _ in range(ROUNDS):
        done = at_once(
            lambda: actions.merge_cases(house.analyst, into=one, other=other, reason="Zelfde."),
            lambda: actions.merge_cases(house.colleague, into=other, other=one, reason="Zelfde."),
        )
        assert sorted(done) == [False, True]
        case = other if done[0] else one
        undone = at_once(
            lambda case=case: actions.split_case(house.analyst, case=case, reason="Twee."),
            lambda case=case: actions.split_case(house.colleague, case=case, reason="Twee."),
        )
        assert sorted(undone) == [False, True]


def test_a_report_is_taken_out_once_also_while_its_case_closes(at_once: AtOnce) -> None:
    house = desk()
    case = accepted(house)
    for _ in range(ROUNDS):
        report = another_report(house)
        actions.accept_report(house.analyst, report=report, case=case, reason="Hoort erbij.")
        done = at_once(
            lambda: actions.close_case(house.analyst, case=case, reason="Hersteld."),
            lambda report=report: actions.take_out_report(house.colleague, report=report, reason="Toch niet."),
        )
        assert done == [True, True]
        assert intake_queries.get_report(house.analyst, report=report).state is State.IN_TRIAGE
        actions.reopen_case(house.analyst, case=case, reason="Weer.")
        assert intake_queries.get_report(house.analyst, report=report).state is State.IN_TRIAGE


def test_nothing_is_added_to_a_case_in_the_moment_it_closes(at_once: AtOnce) -> None:
    house = desk()
    case = accepted(house)
    for _ in range(ROUNDS):
        done = at_once(
            lambda: actions.close_case(house.analyst, case=case, reason="Hersteld."),
            lambda: actions.add_task(house.colleague, case=case, title="Nog even bellen"),
        )
        assert sorted(done) == [False, True]
        seen = queries.get_case(house.analyst, case=case)
        assert (seen.state is CaseState.CLOSED) == (not any(one.done_at is None for one in seen.tasks))
        for task in seen.tasks:
            if task.done_at is None:
                actions.finish_task(house.analyst, task=task.id)
        if seen.state is CaseState.CLOSED:
            actions.reopen_case(house.analyst, case=case, reason="Weer.")


def test_what_the_reporter_adds_while_the_desk_declines_leaves_no_open_line_in_the_queue() -> None:
    """The line of the queue is laid by both; who comes second reads what the first committed."""
    house = desk()
    report = house.receipt.report
    decided, waits = Event(), Event()

    def add() -> None:
        decided.wait(10)
        waits.set()
        intake_actions.submit_stage(JOB, report=report, stage=Stage.ADDITION, text="Nog iets.")
        connections.close_all()

    with ThreadPoolExecutor(1) as reporter:
        adding = reporter.submit(add)
        with transaction.atomic():
            triage_actions.decide_report(
                house.analyst, report=report, decision=Decision.DECLINE, reason="Geen incident."
            )
            decided.set()
            waits.wait(10)
            time.sleep(0.5)
        adding.result(10)
    assert [one.report.id for one in triage_queries.list_queue(house.analyst).lines] == []
