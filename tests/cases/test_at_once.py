"""Two people of the desk press at the same moment: each deed is done or refused, and no two wait for each other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connections, transaction
from tests.cases.cast import accepted, another_report, read
from tests.triage.cast import Desk, desk

from meldpunt.access.errors import RuleBroken
from meldpunt.cases import actions, queries
from meldpunt.cases.values import CaseState
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId, ReportKind, Stage, State
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.errors import AddedMeanwhile
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


def _while_undone(first: Deed, second: Deed) -> None:
    """The first deed is done and not committed; the second begins, and the first commits while it waits."""
    done, begun = Event(), Event()

    def follow() -> None:
        done.wait(10)
        begun.set()
        second()
        connections.close_all()

    with ThreadPoolExecutor(1) as other:
        following = other.submit(follow)
        with transaction.atomic():
            first()
            done.set()
            begun.wait(10)
            time.sleep(0.3)
            assert not following.done()
        following.result(10)


def _adds(house: Desk, stage: Stage = Stage.ADDITION) -> Deed:
    return lambda: intake_actions.submit_stage(
        house.reporter, report=house.receipt.report, stage=stage, text="Nog iets."
    )


def _declines(house: Desk) -> Deed:
    return lambda: triage_actions.decide_report(
        house.analyst, report=house.receipt.report, decision=Decision.DECLINE, reason="Geen incident."
    )


def _late(house: Desk) -> list[ReportId]:
    return [one.report.id for one in triage_queries.list_queue(house.analyst).late]


def test_what_the_reporter_adds_while_the_desk_declines_leaves_no_open_line_and_comes_back() -> None:
    """The line of the queue is laid by both; who comes second reads what the first committed."""
    house = desk()
    _while_undone(_declines(house), _adds(house))
    assert triage_queries.list_queue(house.analyst).lines == ()
    assert _late(house) == [house.receipt.report]


@pytest.mark.parametrize("is_merged", [True, False], ids=["merged", "declined"])
def test_a_final_report_in_the_moment_of_a_decision_comes_back_where_nobody_works_on_it(is_merged: bool) -> None:
    house = desk()
    report = house.receipt.report
    case = actions.accept_report(house.analyst, report=another_report(house), reason="Los.")
    _while_undone(
        (lambda: actions.accept_report(house.analyst, report=report, case=case, reason="Zelfde."))
        if is_merged
        else _declines(house),
        _adds(house, Stage.FINAL),
    )
    assert read(house.analyst, report).stages[-1].stage is Stage.FINAL
    assert _late(house) == ([] if is_merged else [report])


def test_what_came_in_just_before_the_decision_is_waited_for_and_does_not_come_back() -> None:
    house = desk()
    _while_undone(_adds(house), _declines(house))
    assert triage_queries.list_queue(house.analyst).lines == ()
    assert _late(house) == []


def test_over_what_came_in_after_the_page_was_opened_nothing_is_decided_also_in_that_moment() -> None:
    house = desk()
    stood = triage_queries.get_triage(house.analyst, report=house.receipt.report).stood
    report = house.receipt.report

    def is_refused() -> None:
        with pytest.raises(AddedMeanwhile):
            triage_actions.decide_report(
                house.analyst, report=report, decision=Decision.DECLINE, reason="Niets.", stood=stood
            )

    _while_undone(_adds(house), is_refused)
    assert [line.report.id for line in triage_queries.list_queue(house.analyst).lines] == [report]


def test_what_is_added_in_the_moment_that_a_report_is_reopened_stands_in_the_queue_once() -> None:
    house = desk()
    report = house.receipt.report
    _declines(house)()
    _while_undone(lambda: actions.reopen_report(house.colleague, report=report, reason="Toch."), _adds(house))
    page = triage_queries.list_queue(house.analyst)
    assert ([one.report.id for one in page.lines], page.late) == ([report], ())


def test_two_who_add_at_once_both_add_and_after_the_decision_both_come_back(at_once: AtOnce) -> None:
    house = desk()
    for is_late in (False, True):
        for _ in range(ROUNDS):
            assert at_once(_adds(house), _adds(house)) == [True, True]
        added = triage_queries.get_triage(house.analyst, report=house.receipt.report).additions
        assert len(added) == (2 * ROUNDS if is_late else 0)
        if not is_late:
            _declines(house)()


def test_who_puts_right_what_the_desk_decides_in_that_moment_waits_for_it_and_never_in_a_ring(at_once: AtOnce) -> None:
    house = desk()
    report = house.receipt.report
    for turn in range(ROUNDS):
        sector = ("banking", "energy")[turn % 2]
        done = at_once(
            _declines(house),
            lambda sector=sector: intake_actions.put_own_right(
                house.reporter,
                report=report,
                kind=ReportKind.STATUTORY,
                sector=sector,
                entity_kind="essential",
                reason="Toch anders.",
            ),
        )
        assert done == [True, True]
        actions.reopen_report(house.colleague, report=report, reason="Toch.")
