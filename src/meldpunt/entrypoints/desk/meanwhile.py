"""What somebody wrote was refused: the page comes back with it, and with what a colleague did meanwhile beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.forms import BoundField, Form
from django.http import HttpRequest

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Actor
from meldpunt.cases import actions as case_actions
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.intake.values import ReportId, StageLine
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.errors import AddedMeanwhile, AnsweredMeanwhile, ChangedMeanwhile, DecidedMeanwhile
from meldpunt.triage.values import Assessment, Consultation, DecisionLine, Stood, Triage, View, standing_line

from .forms.decision import Decide, as_seen

_NOT_AGAIN = frozenset({"csrfmiddlewaretoken", "seen", "seen_stages", "seen_views", "over"})


@dataclass(frozen=True, slots=True)
class Unseen:
    """What was added and answered since the page was opened, the oldest first."""

    added: tuple[StageLine, ...] = ()
    answered: tuple[tuple[Consultation, View], ...] = ()


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Why it was refused, what stands now and was not seen, what was written, and the form that sends it over that."""

    said: str
    decision: DecisionLine | None
    assessment: Assessment | None
    unseen: Unseen
    written: tuple[tuple[str, str], ...]
    again: tuple[tuple[str, str], ...]


def meanwhile(request: HttpRequest, report: ReportId, form: Form, broken: RuleBroken) -> Meanwhile:
    """What the page says about a form that was refused; nothing of it was kept."""
    triage = triage_queries.get_triage(request.actor, report=report)  # type: ignore[attr-defined]
    decision = standing_line(triage.decisions) if triage.decision else None
    assessment = triage.assessment if isinstance(broken, ChangedMeanwhile) else None
    over: Mapping[str, int | None] = {}
    if assessment:
        over = {"seen": triage.version}
    elif decision:
        over = as_seen(triage.stood) | {"over": decision.number}
    elif isinstance(broken, AddedMeanwhile | AnsweredMeanwhile):
        over = as_seen(triage.stood)
    sent = [(name, value) for name, values in request.POST.lists() if name not in _NOT_AGAIN for value in values]
    again = (*sent, *((name, str(value)) for name, value in over.items())) if over else ()
    unseen = unseen_in(triage, form.stood) if isinstance(form, Decide) else Unseen()
    return Meanwhile(in_words(broken), decision, assessment, unseen, tuple(_written(form)), again)


def reopen_over(actor: Actor, report: ReportId, over: int | None, reason: str) -> None:
    """Reopen the decision that was seen and is decided over on purpose. Raises DecidedMeanwhile for a later one."""
    lines = triage_queries.get_triage(actor, report=report).decisions
    standing = standing_line(lines)
    if over is None or standing is None:
        return
    if lines[-1].number != over:
        raise DecidedMeanwhile(lines[-1].by.name)
    case_actions.reopen_report(actor, report=report, reason=reason)


def unseen_in(triage: Triage, seen: Stood) -> Unseen:
    """What stands there beyond what was `seen`; of what is not asked about, nothing."""
    views = [(one, view) for one in triage.consultations for view in one.views]
    views.sort(key=lambda one: one[1].by.at)
    added = triage.report.stages[seen.stages :] if seen.stages is not None else ()
    return Unseen(tuple(added), tuple(views[seen.views :]) if seen.views is not None else ())


def _written(form: Form) -> Iterator[tuple[str, str]]:
    for field in form.visible_fields():
        said = field.data if isinstance(field.data, str) else ", ".join(field.data or ())
        if said.strip():
            yield str(field.label), _chosen(field, said)


def _chosen(field: BoundField, said: str) -> str:
    """What a choice is called; what was typed is itself."""
    for value, label in getattr(field.field, "choices", ()):
        options = label if isinstance(label, (list, tuple)) else ((value, label),)
        for one, name in options:
            if str(one) == said:
                return str(name)
    return said
