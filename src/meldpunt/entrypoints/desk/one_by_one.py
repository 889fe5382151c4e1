"""Reports one after another: in a review, or in the order of the queue as it was narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from meldpunt.access.values import Actor
from meldpunt.intake.values import ReportId
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import MOST_REVIEWED, Holder, ReviewId

from .forms.queue import QueueForm

ONWARD: Final = "onward"
"""What a button sends that goes on with the next of the review."""
_LONGEST = 2_000


def review_of(request: HttpRequest) -> ReviewId | None:
    """The review that the address names, if any."""
    try:
        return ReviewId(UUID(request.GET.get("review", "")))
    except ValueError:
        return None


def within(request: HttpRequest) -> str:
    """What an address ends with so that it stays in the review, if there is one."""
    review = review_of(request)
    return f"?{urlencode({'review': review})}" if review else ""


def address_of(request: HttpRequest, report: UUID) -> str:
    """The page of a report, within the review if there is one."""
    return reverse("show_report", kwargs={"report": report}) + within(request)


def to_report(request: HttpRequest, report: UUID) -> HttpResponse:
    """To the page of the report, within the review if there is one."""
    return redirect(address_of(request, report))


def go_on(request: HttpRequest, viewer: Actor, *, otherwise: HttpResponse) -> HttpResponse:
    """After a decision: the next of the review, or of the queue for who wants that; else where it leads."""
    review = review_of(request)
    if review is not None:
        return redirect("go_on_review", review=review)
    if not triage_queries.get_habit(viewer).opens_next:
        return otherwise
    following = next(in_order(viewer, request.POST.get("queue", "")), None)
    return redirect("show_report", report=following) if following else redirect("home")


def after_telling(request: HttpRequest, viewer: Actor, report: ReportId) -> HttpResponse:
    """Nothing was decided, so the same report comes back; in a review the one after it where the button said so."""
    review = review_of(request)
    if review is None or request.POST.get("confirm") != ONWARD:
        return to_report(request, report)
    triage_actions.skip_report(viewer, review=review, report=report)
    return redirect("go_on_review", review=review)


def in_order(viewer: Actor, asked: str) -> Iterator[ReportId]:
    """At most two hundred reports of the queue as it was narrowed, without what a colleague has in hand."""
    form = QueueForm(QueryDict(asked.removeprefix("?")[:_LONGEST]))
    form.is_valid()
    number, after, given = 1, "", 0
    while given < MOST_REVIEWED:
        page = triage_queries.list_queue(viewer, filters=form.filters(), order=form.sorting(), page=number, after=after)
        for line in page.lines:
            if line.decision is None and line.holder is not Holder.COLLEAGUE and given < MOST_REVIEWED:
                given += 1
                yield line.report.id
        if not page.following and number >= page.pages:
            return
        number, after = number + 1, page.following


def beside(order: list[ReportId], report: ReportId, *, step: int) -> ReportId | None:
    """The one after (1) or before (-1) it; the first where it is not among them, and None at either end."""
    if report not in order:
        return order[0] if order else None
    place = order.index(report) + step
    return order[place] if 0 <= place < len(order) else None
