"""One decision about many reports: a wave of one campaign, or a heap of spam. Each keeps its own ledger entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Actor
from meldpunt.cases import actions as case_actions
from meldpunt.cases.values import CaseId
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.intake.values import ReportLine
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.values import Decision


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many were decided, the case they are in, and what was left as it was: reference and why."""

    decided: int
    case: CaseId | None
    left: tuple[tuple[str, str], ...]


def decline_together(actor: Actor, *, lines: Iterable[ReportLine], reason: str) -> Outcome:
    """Decline each; what a colleague decided meanwhile stays as it is."""
    return _each(actor, lines, Decision.DECLINE, reason)


def _each(actor: Actor, lines: Iterable[ReportLine], decision: Decision, reason: str) -> Outcome:
    left: list[tuple[str, str]] = []
    decided = 0
    for line in lines:
        try:
            triage_actions.decide_report(actor, report=line.id, decision=decision, reason=reason)
            decided += 1
        except RuleBroken as broken:
            left.append((line.reference, in_words(broken)))
    return Outcome(decided, None, tuple(left))


def set_aside_together(actor: Actor, *, lines: Iterable[ReportLine], decision: Decision, reason: str) -> Outcome:
    """Take each in, or set each aside; what cannot be any more stays as it is."""
    return _each(actor, lines, decision, reason)


def accept_together(
    actor: Actor, *, lines: Iterable[ReportLine], reason: str, title: str, case: CaseId | None
) -> Outcome:
    """Accept each into the case; without one the first opens it and the others are merged into it."""
    left: list[tuple[str, str]] = []
    decided = 0
    for line in lines:
        try:
            case = case_actions.accept_report(actor, report=line.id, title=title, reason=reason, case=case)
            decided += 1
        except RuleBroken as broken:
            left.append((line.reference, in_words(broken)))
    return Outcome(decided, case, tuple(left))
