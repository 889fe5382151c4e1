"""Many reports, one decision, and what is otherwise for some of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.access.values import Permission
from meldpunt.cases import queries as case_queries
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Decision, StepKind

from .. import together
from ..forms.ticking import ticked
from ..forms.together import MOST, NEW, Together, in_figures
from ..meanwhile import unseen_in
from ..together import Outcome, Planned


@requires(Permission.CASE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_together(request: HttpRequest) -> HttpResponse:
    """What was ticked in the queue, to look at once more, with what looks alike; then the decision on each."""
    actor, asked = actor_of(request), ids_of((request.POST or request.GET).getlist("report"))
    if request.method != "POST":
        alike = intake_queries.list_behind(actor, heads=asked, most=MOST - len(asked))
        asked = tuple(dict.fromkeys((*asked, *alike)))
    known = triage_queries.list_lines(actor, reports=ids_of([*map(str, asked), *request.POST.getlist("shown")]))
    cases, seen = case_queries.list_cases(actor).lines, triage_queries.list_stood(actor, reports=tuple(known))
    initial = {"report": [str(one) for one in known]}
    form = Together(request.POST or None, lines=tuple(known.values()), cases=cases, seen=seen, initial=initial)
    if not form.is_valid():
        context = {"form": form, "unseen": {}}
        return render(request, "desk/queue/together.html", context, status=422 if form.is_bound else 200)
    outcome = together.decide_together(actor, planned=_in_turn(form.planned()), title=form.cleaned_data["title"])
    say(request, outcome)
    if outcome.unseen:
        return _once_more(request, outcome)
    return redirect("decided_together" if outcome.decided else "home")


@requires(Permission.CASE_WRITE)
@require_safe
def decided_together(request: HttpRequest) -> HttpResponse:
    """What one decided last in one go, and the way back from it within the hour."""
    viewer = actor_of(request)
    steps = [one for one in triage_queries.find_last_steps(viewer) if one.kind is StepKind.DECIDED]
    opened = next((one for one in steps if one.decision in (Decision.ACCEPT, Decision.MERGE)), None)
    case = case_queries.find_case_of(viewer, report=opened.report) if opened else None
    return render(request, "desk/queue/decided.html", {"steps": steps, "case": case})


@requires(Permission.CASE_WRITE)
@require_POST
def undo_together(request: HttpRequest) -> HttpResponse:
    """All that one decided last in one go is undone; what somebody went on with stays, and is named."""
    actor, named = actor_of(request), ticked(request.POST, "together")
    steps = [one for one in triage_queries.find_last_steps(actor) if one.together in named]
    outcome = together.undo_together(actor, steps=steps)
    undone = ngettext("%(count)d decision was undone.", "%(count)d decisions were undone.", outcome.decided)
    messages.success(request, undone % {"count": outcome.decided})
    _name_left(request, outcome)
    return redirect("home")


def _once_more(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """Those about which somebody said more meanwhile come back with it, beside what was written."""
    viewer, reports = actor_of(request), [one.line.id for one in outcome.unseen]
    now, said = triage_queries.list_stood(viewer, reports=reports), request.POST.copy()
    said.setlist("report", [str(one) for one in reports])
    for report, seen in now.items():
        said[f"seen_{report}"] = in_figures(seen)
    if outcome.opened and said.get("becomes") == NEW:
        said["becomes"] = str(outcome.opened)
    lines = tuple(triage_queries.list_lines(viewer, reports=reports).values())
    form = Together(said, lines=lines, cases=case_queries.list_cases(viewer).lines, seen=now)
    unseen = {
        one.line.id: unseen_in(triage_queries.get_triage(viewer, report=one.line.id), one.stood)
        for one in outcome.unseen
        if one.stood
    }
    return render(request, "desk/queue/together.html", {"form": form, "unseen": unseen}, status=409)


def _in_turn(planned: list[Planned]) -> list[Planned]:
    """The oldest, which leads the look-alikes and opens the case, and then from the newest on, which lead nobody."""
    return [*planned[:1], *reversed(planned[1:])]


def ids_of(asked: list[str]) -> tuple[ReportId, ...]:
    """The ids among what was asked, as many as are decided at once; what is no id is left out."""
    found: dict[ReportId, None] = {}
    for one in asked:
        if len(found) == MOST:
            break
        try:
            found[ReportId(UUID(one))] = None
        except ValueError:
            continue
    return tuple(found)


def say(request: HttpRequest, outcome: Outcome) -> None:
    """How many were decided, and which were left as they were, and why."""
    decided = ngettext("%(count)d report was decided.", "%(count)d reports were decided.", outcome.decided)
    messages.success(request, decided % {"count": outcome.decided})
    _name_left(request, outcome)


def _name_left(request: HttpRequest, outcome: Outcome) -> None:
    for reference, why in outcome.left:
        messages.warning(
            request, gettext("%(reference)s stays as it was: %(why)s") % {"reference": reference, "why": why}
        )
