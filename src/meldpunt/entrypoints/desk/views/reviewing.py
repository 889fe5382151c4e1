"""Reports looked through one at a time, in the order of the queue as it was narrowed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake.values import ReportId
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import MOST_REVIEWED, ReviewId

from ..one_by_one import beside, in_order


@requires(Permission.TRIAGE_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin_review(request: HttpRequest) -> HttpResponse:
    """How many there are; begun, the first of them."""
    actor, asked = actor_of(request), request.META.get("QUERY_STRING", "")
    order = list(in_order(actor, asked))
    if request.method != "POST" or not order:
        return render(request, "desk/review/begin.html", {"count": len(order), "most": MOST_REVIEWED, "asked": asked})
    review = triage_actions.begin_review(actor, reports=order, asked=asked)
    return redirect("go_on_review", review=review)


@requires(Permission.TRIAGE_DECIDE)
@require_GET
def go_on_review(request: HttpRequest, review: UUID) -> HttpResponse:
    """The next report that waits; after the last, what was done."""
    found = triage_queries.get_review(actor_of(request), review=ReviewId(review))
    if found.next is None:
        return redirect("show_review", review=review)
    return redirect(f"{reverse('show_report', kwargs={'report': found.next})}?review={review}")


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def skip(request: HttpRequest, review: UUID, report: UUID) -> HttpResponse:
    """Leave this one as it is."""
    triage_actions.skip_report(actor_of(request), review=ReviewId(review), report=ReportId(report))
    return redirect("go_on_review", review=review)


@requires(Permission.TRIAGE_DECIDE)
@require_GET
def show_review(request: HttpRequest, review: UUID) -> HttpResponse:
    """What was done, each with its undo; what was skipped, and what a colleague has."""
    viewer = actor_of(request)
    found = triage_queries.get_review(viewer, review=ReviewId(review))
    context = {
        "review": found,
        "steps": triage_queries.list_steps(viewer, since=found.at, reports=found.reports),
        "lines": triage_queries.list_lines(viewer, reports=found.reports),
        "here": request.path,
    }
    return render(request, "desk/review/summary.html", context)


@requires(Permission.TRIAGE_DECIDE)
@require_GET
def show_beside(request: HttpRequest, report: UUID) -> HttpResponse:
    """The report after this one in the queue as it was narrowed, or before it."""
    step = -1 if request.GET.get("way") == "previous" else 1
    order = list(in_order(actor_of(request), request.GET.get("queue", "")))
    found = beside(order, ReportId(report), step=step)
    if found is None:
        messages.info(request, gettext("There is none beyond this one in the queue."))
    return redirect("show_report", report=found or report)
