"""Many reports, one decision."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from meldpunt.access.values import Permission
from meldpunt.cases import queries as case_queries
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId, ReportLine
from meldpunt.triage import queries as triage_queries

from ..forms.together import DECLINE, MOST, Together
from ..together import Outcome, accept_together, decline_together


@requires(Permission.CASE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_together(request: HttpRequest) -> HttpResponse:
    """What was ticked in the queue, to look at once more, with what looks alike; then the decision on each."""
    actor, asked = actor_of(request), ids_of((request.POST or request.GET).getlist("report"))
    if request.method != "POST":
        alike = intake_queries.list_behind(actor, heads=asked, most=MOST - len(asked))
        asked = tuple(dict.fromkeys((*asked, *alike)))
    known = triage_queries.list_lines(actor, reports=asked)
    lines, cases = tuple(known.values()), case_queries.list_cases(actor).lines
    form = Together(request.POST or None, lines=lines, cases=cases, initial={"report": [str(one) for one in known]})
    if not form.is_valid():
        return render(request, "desk/queue/together.html", {"form": form}, status=422 if form.is_bound else 200)
    said, still = form.cleaned_data, _in_turn([one for one in lines if one.id in form.chosen()])
    if said["becomes"] == DECLINE:
        outcome = decline_together(actor, lines=still, reason=said["reason"])
    else:
        outcome = accept_together(actor, lines=still, reason=said["reason"], title=said["title"], case=form.case())
    say(request, outcome)
    return redirect("show_case", case=outcome.case) if outcome.case else redirect("home")


def _in_turn(lines: list[ReportLine]) -> list[ReportLine]:
    """The oldest, which leads the look-alikes and opens the case, and then from the newest on, which lead nobody."""
    return [*lines[:1], *reversed(lines[1:])]


def ids_of(asked: list[str]) -> tuple[ReportId, ...]:
    """The ids among what was asked, as many as are decided at once; what is no id is left out."""
    found: dict[ReportId, None] = {}
    for one in asked[:MOST]:
        try:
            found[ReportId(UUID(one))] = None
        except ValueError:
            continue
    return tuple(found)


def say(request: HttpRequest, outcome: Outcome) -> None:
    """How many were decided, and which were left as they were, and why."""
    decided = ngettext("%(count)d report was decided.", "%(count)d reports were decided.", outcome.decided)
    messages.success(request, decided % {"count": outcome.decided})
    for reference, why in outcome.left:
        messages.warning(
            request, gettext("%(reference)s stays as it was: %(why)s") % {"reference": reference, "why": why}
        )
