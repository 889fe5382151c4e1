"""One decision about many reports, with exceptions: a wave of one campaign, or a heap of spam.

Each keeps its own ledger entry, and all of them are undone in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Actor
from meldpunt.cases import actions as case_actions
from meldpunt.cases.values import CaseId
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.intake.values import ReportLine
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.errors import AddedMeanwhile, AnsweredMeanwhile
from meldpunt.triage.together import in_one_go
from meldpunt.triage.values import Decision, Step, Stood

_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to become of one report, and why: a decision, and for an accepted one the case that is open already."""

    line: ReportLine
    decision: Decision
    reason: str
    case: CaseId | None = None
    stood: Stood | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many were decided, what was left as it was (reference and why), and the case that was opened with them.

    `unseen` are those left because somebody added or answered after the page was opened.
    """

    decided: int
    left: tuple[tuple[str, str], ...]
    unseen: tuple[Planned, ...] = ()
    opened: CaseId | None = None


def decide_together(actor: Actor, *, planned: Iterable[Planned], title: str) -> Outcome:
    """Do what is planned; what is to go into a new case opens it with the first, and the others are merged into it.

    What somebody decided, added or answered meanwhile stays as it is.
    """
    opened: CaseId | None = None
    unseen: list[Planned] = []

    def decide(one: Planned) -> None:
        try:
            carry_out(one)
        except (AddedMeanwhile, AnsweredMeanwhile):
            unseen.append(one)
            raise

    def carry_out(one: Planned) -> None:
        nonlocal opened
        if one.decision is not Decision.ACCEPT:
            triage_actions.decide_report(
                actor, report=one.line.id, decision=one.decision, reason=one.reason, stood=one.stood
            )
            return
        into = one.case or opened
        case = case_actions.accept_report(
            actor, report=one.line.id, title=title, reason=one.reason, case=into, stood=one.stood
        )
        opened = opened if one.case else case

    done = _each(planned, decide, lambda one: one.line.reference)
    return replace(done, opened=opened, unseen=tuple(unseen))


def set_aside_together(actor: Actor, *, lines: Iterable[ReportLine], decision: Decision, reason: str) -> Outcome:
    """Take each in, or set each aside; what cannot be any more stays as it is."""
    return decide_together(actor, planned=[Planned(line, decision, reason) for line in lines], title="")


def undo_together(actor: Actor, *, steps: Iterable[Step]) -> Outcome:
    """Undo each, the last first; where somebody went on meanwhile it stays as it is."""
    return _each(
        steps,
        lambda step: case_actions.undo_step(actor, step=step.id),
        lambda step: step.reference,
    )


def _each(ones: Iterable[_One], do: Callable[[_One], object], reference: Callable[[_One], str]) -> Outcome:
    left: list[tuple[str, str]] = []
    decided = 0
    with in_one_go():
        for one in ones:
            try:
                do(one)
                decided += 1
            except RuleBroken as broken:
                left.append((reference(one), in_words(broken)))
    return Outcome(decided, tuple(left))
