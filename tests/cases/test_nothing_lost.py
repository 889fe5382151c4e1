"""Whatever order people accept, merge, split, take out, close and reopen in: nothing is lost, and undoing undoes.

Three people of a desk over a few reports and the cases they make of them. Beside them a model that holds four facts:
which case holds a report, which case was merged into which, what was written where, and what was decided. After every
step every page is asked whether it still shows all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TypeVar

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.cases.cast import read
from tests.triage.cast import desk, told

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import STRANGER
from meldpunt.cases import actions, queries
from meldpunt.cases.errors import NotInCase, NotMerged
from meldpunt.cases.values import Case, CaseId, CaseState, DocumentKind, EntryKind
from meldpunt.entrypoints.desk.together import Planned, decide_together
from meldpunt.evidence import queries as evidence_queries
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ENDED, Attached, ReportForm, ReportId, Stage, State
from meldpunt.law import Clock
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.errors import DecisionImpossible
from meldpunt.triage.values import Decision

pytestmark = pytest.mark.django_db

REPORTS = 4
WHO, WHICH, SOME = st.integers(0, 2), st.integers(0, REPORTS - 1), st.integers(0, 30)
TEXTS = ("Verkeer naar 203.0.113.66.", "Ook 203.0.113.66 en 198.51.100.7.", "Alleen 198.51.100.9.", "Zie bijlage.")
_Made = TypeVar("_Made")
NATURES = ("malicious-code/infected-system", "fraud/phishing", "availability/dos")


@dataclass
class Written:
    """What stands in one case by itself, and what it was merged into."""

    state: CaseState = CaseState.OPEN
    into: list[CaseId] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tasks: dict[str, bool] = field(default_factory=dict)
    documents: list[str] = field(default_factory=list)
    observables: set[str] = field(default_factory=set)


class Desk(RuleBasedStateMachine):
    """A desk at work on a few reports."""

    @initialize()
    def open_the_desk(self) -> None:
        self.sid = transaction.savepoint()
        house = desk()
        self.people = (house.analyst, house.colleague, house.officer)
        self.viewer, self.reporter = house.analyst, house.reporter
        self.reports = [house.receipt.report, *(self._receive(number) for number in range(1, REPORTS))]
        self.held: dict[ReportId, CaseId] = {}
        self.order: list[ReportId] = []
        self.decided: dict[ReportId, Decision | None] = dict.fromkeys(self.reports)
        self.looked_at: set[ReportId] = set()
        self.stages: Counter[ReportId] = Counter()
        self.cases: dict[CaseId, Written] = {}
        self.clocks: Mapping[ReportId, tuple[Clock, ...]] = self._clocks()
        self.files = evidence_queries.list_evidence_of(self.viewer, things=self.reports)
        assert all(self.files[one] for one in self.reports[1:])
        self.before = {
            report: sum(bool(one.text or one.answers) for one in read(self.viewer, report).stages)
            for report in self.reports
        }
        self.named = {
            report: {one.value for one in intake_queries.list_observables(self.viewer, report=report)}
            for report in self.reports
        }
        self.number = 0
        for number in range(2):
            self._accept(who=number, report=self.reports[number], case=None)

    def teardown(self) -> None:
        if hasattr(self, "sid"):
            transaction.savepoint_rollback(self.sid)

    def _receive(self, number: int) -> ReportId:
        file = Attached("log.txt", "text/plain", f"192.0.2.{number}".encode())
        if number % 2:
            form, by = told(text=TEXTS[number]), self.reporter
        else:
            form, by = ReportForm(f"Melding {number}", TEXTS[number]), STRANGER
        return intake_actions.receive_report(by, form=form, attachments=[file]).report

    # --- what people do ---------------------------------------------------------------------------------

    @rule(who=WHO, which=WHICH, into=st.none() | SOME)
    def accept(self, who: int, which: int, into: int | None) -> None:
        self._accept(who, self.reports[which], self._case(into))

    def _accept(self, who: int, report: ReportId, case: CaseId | None) -> None:
        may = self.decided[report] is None and (case is None or self.cases[case].state is CaseState.OPEN)
        found = self._try(
            may, lambda: actions.accept_report(self.people[who], report=report, case=case, reason="Hoort erbij.")
        )
        if found:
            self._came_into(found, report, is_new=case is None)

    @rule(who=WHO, which=st.sets(WHICH, min_size=1), into=st.none() | SOME)
    def accept_several(self, who: int, which: set[int], into: int | None) -> None:
        case = self._case(into)
        if case is not None and self.cases[case].state is not CaseState.OPEN:
            return
        lines = triage_queries.list_lines(self.viewer, reports=[self.reports[one] for one in which])
        planned = [Planned(line, Decision.ACCEPT, "Samen.", case) for line in lines.values()]
        outcome = decide_together(self.people[who], planned=planned, title="")
        free = [one for one in lines if self.decided[one] is None]
        assert (outcome.decided, len(outcome.left)) == (len(free), len(lines) - len(free))
        for number, report in enumerate(free):
            into = case or outcome.opened
            assert into
            self._came_into(into, report, is_new=case is None and number == 0)

    @rule(who=WHO, which=st.sets(WHICH, min_size=1))
    def decline_several(self, who: int, which: set[int]) -> None:
        lines = triage_queries.list_lines(self.viewer, reports=[self.reports[one] for one in which])
        planned = [Planned(line, Decision.DECLINE, "Niets voor ons.") for line in lines.values()]
        decide_together(self.people[who], planned=planned, title="")
        for report in lines:
            self.decided[report] = self.decided[report] or Decision.DECLINE

    @rule(who=WHO, which=WHICH, by_reopening=st.booleans())
    def take_out(self, who: int, which: int, by_reopening: bool) -> None:
        report = self.reports[which]
        if by_reopening:
            self._try(
                self.decided[report] is not None,
                lambda: actions.reopen_report(self.people[who], report=report, reason="Opnieuw bezien."),
            )
            self._came_out(report)
            return
        if report not in self.held:
            with pytest.raises(NotInCase):
                actions.take_out_report(self.people[who], report=report, reason="Toch niet.")
            return
        actions.take_out_report(self.people[who], report=report, reason="Iets anders.")
        self._came_out(report)

    @rule(who=WHO, into=SOME, other=SOME, then=st.sampled_from(["nothing", "split", "close, split"]))
    def merge(self, who: int, into: int, other: int, then: str) -> None:
        """Merge two cases; and often think better of it at once, after which all is as it was."""
        one, two = self._case(into), self._case(into + other % len(self.cases))
        if one is None or two is None:
            return
        may = one != two and {self.cases[one].state, self.cases[two].state} == {CaseState.OPEN}
        before = self._seen()
        if not self._try(
            may, lambda: actions.merge_cases(self.people[who], into=one, other=two, reason="Zelfde dader.") or True
        ):
            return
        self.cases[two].state = CaseState.MERGED
        self.cases[two].into.append(one)
        if then == "close, split":
            self._close(who, one)
        if then != "nothing":
            self._split(who, two)
        if then == "split":
            assert self._seen() == before

    @rule(who=WHO, which=SOME)
    def split(self, who: int, which: int) -> None:
        case = self._case(which)
        if case is None:
            return
        if not self.cases[case].into:
            with pytest.raises(NotMerged):
                actions.split_case(self.people[who], case=case, reason="Niets te splitsen.")
            return
        self._split(who, case)
        with pytest.raises(NotMerged):
            actions.split_case(self.people[who], case=case, reason="Nog eens.")

    @rule(who=WHO, which=SOME, undone=st.booleans())
    def close(self, who: int, which: int, undone: bool) -> None:
        case = self._case(which)
        if case is None:
            return
        before = self._seen()
        if self._close(who, case) and undone:
            self._reopen(who, case)
            assert self._seen() == before

    @rule(who=WHO, which=SOME)
    def reopen(self, who: int, which: int) -> None:
        case = self._case(which)
        if case is not None:
            self._reopen(who, case)

    @rule(who=WHO, which=SOME, what=st.sampled_from(["note", "task", "document", "observable", "refresh"]))
    def write(self, who: int, which: int, what: str) -> None:
        case = self._case(which)
        if case is None:
            return
        self.number += 1
        written, actor, text = self.cases[case], self.people[who], f"Tekst {self.number}"
        deeds: dict[str, Callable[[], object]] = {
            "note": lambda: actions.add_entry(actor, case=case, text=text),
            "task": lambda: actions.add_task(actor, case=case, title=text, due_at=timezone.now() + timedelta(1)),
            "document": lambda: actions.add_document(actor, case=case, title=text, text=text),
            "observable": lambda: actions.add_observables(actor, case=case, text=f"192.0.2.{100 + self.number % 99}"),
            "refresh": lambda: actions.refresh_case(actor, case=case),
        }
        self._try(written.state is CaseState.OPEN, deeds[what])
        if written.state is not CaseState.OPEN:
            return
        if what == "note":
            written.notes.append(text)
        if what == "task":
            written.tasks[text] = False
        if what == "document":
            written.documents.append(text)
        if what == "observable":
            written.observables.add(f"192.0.2.{100 + self.number % 99}")

    @rule(who=WHO, which=SOME)
    def finish(self, who: int, which: int) -> None:
        case = self._case(which)
        for task in queries.get_case(self.viewer, case=case).tasks if case else ():
            if task.done_at is None:
                actions.finish_task(self.people[who], task=task.id)
                self.cases[task.case].tasks[task.title] = True

    @rule(which=WHICH)
    def add_a_stage(self, which: int) -> None:
        """The only thing that may move a clock."""
        report = self.reports[which]
        text = f"Nu ook 203.0.113.{100 + self.stages[report]}."
        intake_actions.submit_stage(self.viewer, report=report, stage=Stage.ADDITION, text=text)
        self.stages[report] += 1
        self.clocks = self._clocks()

    @rule(who=WHO, which=WHICH, nature=st.sampled_from(NATURES))
    def assess(self, who: int, which: int, nature: str) -> None:
        triage_actions.assess_report(self.people[who], report=self.reports[which], rsit=nature, reason="Gezien.")
        if self.decided[self.reports[which]] is None:
            self.looked_at.add(self.reports[which])
        for case in self.cases:
            if self.cases[case].state is CaseState.OPEN:
                actions.refresh_case(self.people[who], case=case)

    # --- what must hold ---------------------------------------------------------------------------------

    @invariant()
    def every_report_leads_to_where_the_work_goes_on(self) -> None:
        lines = triage_queries.list_lines(self.viewer, reports=self.reports)
        for report in self.reports:
            found, held = queries.find_case_of(self.viewer, report=report), self.held.get(report)
            assert (found.id if found else None) == (self._top(held) if held else None)
            assert lines[report].state is self._state(report)

    @invariant()
    def every_case_shows_all_of_its_parts(self) -> None:
        for case in self.cases:
            seen, parts = queries.get_case(self.viewer, case=case), self._whole(case)
            inside = [one for one in self.order if self.held.get(one) in parts]
            written = [self.cases[part] for part in parts]
            assert seen.state is self.cases[case].state
            assert sorted(seen.whole) == sorted(parts)
            assert sorted(line.id for line in seen.reports) == sorted(inside)
            assert {one.report for one in queries.origins_of(self.viewer, case=case)} == set(inside)
            assert {task.title for task in seen.tasks} == {one for part in written for one in part.tasks}
            notes = {entry.text for entry in seen.entries if entry.kind is EntryKind.NOTE}
            assert notes >= {one for part in written for one in part.notes}
            assert {one.title for one in seen.documents} >= {one for part in written for one in part.documents}
            assert {one.value for one in seen.observables} >= {one for part in written for one in part.observables}
            if seen.state is CaseState.OPEN:
                self._check_what_came(seen, inside)

    def _check_what_came(self, seen: Case, inside: list[ReportId]) -> None:
        """Of what was told nothing is lost: it is in the case, or stands there as news of it."""
        news = Counter(one.report for one in queries.list_news(self.viewer, case=seen.id))
        kinds = Counter(one.kind for one in seen.documents)
        assert kinds[DocumentKind.REPORT] == len(inside)
        assert kinds[DocumentKind.STAGE] + news.total() == sum(self._told_later(one) for one in inside)
        values = {one.value for one in seen.observables}
        for report in inside:
            named = {one.value for one in intake_queries.list_observables(self.viewer, report=report)}
            assert values >= (self.named[report] if news[report] else named)

    @invariant()
    def the_list_counts_what_was_merged(self) -> None:
        lines = queries.list_by_ids(self.viewer, cases=self.cases)
        due = queries.list_due(self.viewer, cases=list(self.cases))
        for case, line in lines.items():
            parts = self._whole(case)
            inside = [one for one, held in self.held.items() if held in parts]
            tasks = [done for part in parts for done in self.cases[part].tasks.values()]
            assert (line.reports, line.open_tasks) == (len(inside), tasks.count(False))
            clocks = [clock.deadline for one in inside for clock in self.clocks[one] if clock.met_at is None]
            assert due.get(case) == min((one for one in clocks if one), default=None)

    @invariant()
    def no_clock_moved_and_no_file_went(self) -> None:
        assert self._clocks() == self.clocks
        assert evidence_queries.list_evidence_of(self.viewer, things=self.reports) == self.files
        for kept in evidence_queries.list_kept(self.viewer):
            assert (kept.ended_at is not None) == (self._state(ReportId(kept.about)) in ENDED)

    def _clocks(self) -> Mapping[ReportId, tuple[Clock, ...]]:
        return intake_queries.list_clocks(self.viewer, reports=self.reports)

    def _told_later(self, report: ReportId) -> int:
        """Stages that say something: those from before, which the form made, and those that were added."""
        return self.before[report] + self.stages[report]

    # --- the model --------------------------------------------------------------------------------------

    def _case(self, number: int | None) -> CaseId | None:
        return list(self.cases)[number % len(self.cases)] if number is not None and self.cases else None

    def _top(self, case: CaseId) -> CaseId:
        while self.cases[case].into:
            case = self.cases[case].into[-1]
        return case

    def _whole(self, case: CaseId) -> set[CaseId]:
        return {case} | {
            part for other in self.cases if self.cases[other].into == [case] for part in self._whole(other)
        }

    def _state(self, report: ReportId) -> State:
        decided = self.decided[report]
        if report in self.held and self.cases[self._top(self.held[report])].state is CaseState.CLOSED:
            return State.CLOSED
        if decided is None:
            return State.IN_TRIAGE if report in self.looked_at else State.RECEIVED
        return {
            Decision.ACCEPT: State.ACCEPTED,
            Decision.MERGE: State.MERGED,
            Decision.DECLINE: State.DECLINED,
        }[decided]

    def _came_into(self, case: CaseId, report: ReportId, *, is_new: bool) -> None:
        self.cases.setdefault(case, Written())
        self.held[report] = case
        self.order.append(report)
        self.decided[report] = Decision.ACCEPT if is_new else Decision.MERGE

    def _came_out(self, report: ReportId) -> None:
        if self.decided[report] is not None:
            self.looked_at.add(report)
        self.decided[report] = None
        if self.held.pop(report, None):
            self.order.remove(report)

    def _split(self, who: int, case: CaseId) -> None:
        actions.split_case(self.people[who], case=case, reason="Toch twee.")
        self.cases[case].into.clear()
        self.cases[case].state = CaseState.OPEN

    def _close(self, who: int, case: CaseId) -> bool:
        done = [done for part in self._whole(case) for done in self.cases[part].tasks.values()]
        may = self.cases[case].state is CaseState.OPEN and all(done)
        if self._try(may, lambda: actions.close_case(self.people[who], case=case, reason="Hersteld.") or True):
            self.cases[case].state = CaseState.CLOSED
        return may

    def _reopen(self, who: int, case: CaseId) -> None:
        may = self.cases[case].state is CaseState.CLOSED
        if self._try(may, lambda: actions.reopen_case(self.people[who], case=case, reason="Weer.") or True):
            self.cases[case].state = CaseState.OPEN

    def _seen(self) -> tuple[object, ...]:
        """Every page of every case and the state of every report; the timeline keeps what was done and undone."""
        pages = tuple(replace(queries.get_case(self.viewer, case=case), entries=()) for case in self.cases)
        return pages, triage_queries.list_lines(self.viewer, reports=self.reports)

    def _try(self, may: bool, deed: Callable[[], _Made]) -> _Made | None:
        """What may be done is done, and what may not is refused with nothing changed."""
        try:
            with transaction.atomic():
                made = deed()
        except (RuleBroken, DecisionImpossible):
            assert not may
            return None
        assert may
        return made


def test_no_order_of_deeds_loses_anything_and_undoing_undoes() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=5,
            stateful_step_count=20,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
