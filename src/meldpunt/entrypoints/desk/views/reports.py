"""One report: its page, who has it in hand, who sent it, and the rows of a feed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId, ReportKind
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.errors import AlreadyTaken

from ..forms.attaching import Attach
from ..forms.organisations import Purpose
from ..forms.putting_right import PutRight
from ..one_by_one import to_report
from ..report_page import report_page
from ..returning import back_to


@requires(Permission.TRIAGE_READ)
@require_GET
def show_report(request: HttpRequest, report: UUID) -> HttpResponse:
    """The triage page."""
    page = report_page(request, ReportId(report))
    triage_actions.note_reading(actor_of(request), report=ReportId(report))
    return page


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def take(request: HttpRequest, report: UUID) -> HttpResponse:
    """Have it in hand; colleagues see so."""
    is_over = "from_colleague" in request.POST
    try:
        triage_actions.take_report(actor_of(request), report=ReportId(report), from_colleague=is_over)
    except AlreadyTaken as taken:
        messages.warning(request, in_words(taken))
    return back_to(request, report=report)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def release(request: HttpRequest, report: UUID) -> HttpResponse:
    """Put it back for anybody."""
    triage_actions.release_report(actor_of(request), report=ReportId(report))
    return back_to(request, report=report)


@requires(Permission.IDENTITY_UNSEAL)
@require_POST
def unseal(request: HttpRequest, report: UUID) -> HttpResponse:
    """Know who the organisation of the report is, and so who sent it."""
    actor, form = actor_of(request), Purpose(request.POST, auto_id="purpose_%s")
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, purpose=form)
    about = intake_queries.get_report(actor, report=ReportId(report)).organisation
    if about is None:
        raise Http404
    constituency_actions.unseal_identity(actor, organisation=about, purpose=form.cleaned_data["purpose"])
    messages.success(request, gettext("You may know this identity for now. The ledger holds your purpose."))
    return to_report(request, report)


@requires(Permission.REPORT_COMPLETE)
@require_POST
def attach(request: HttpRequest, report: UUID) -> HttpResponse:
    """Say which organisation made it; the reference stays."""
    actor, form = actor_of(request), Attach(request.POST, auto_id="attach_%s")
    found = _with_code(actor, form.cleaned_data["code"]) if form.is_valid() else None
    if form.is_valid() and found is None:
        form.add_error("code", gettext("No organisation has this code."))
    if found is None:
        return report_page(request, ReportId(report), status=422, attach=form)
    intake_actions.attach_reporter(
        actor, report=ReportId(report), organisation=found, reason=form.cleaned_data["reason"]
    )
    messages.success(request, gettext("Attached. The organisation reads it in its portal, under the same reference."))
    return redirect("show_report", report=report)


@requires(Permission.REPORT_COMPLETE)
@require_POST
def put_right(request: HttpRequest, report: UUID) -> HttpResponse:
    """Another kind, sector or capacity under the same reference; the reporter reads why."""
    form = PutRight(request.POST, auto_id="right_%s")
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, put_right=form)
    said = form.cleaned_data
    intake_actions.put_right(
        actor_of(request),
        report=ReportId(report),
        kind=ReportKind(said["kind"]),
        sector=said["sector"],
        entity_kind=said["entity_kind"],
        reason=said["reason"],
    )
    messages.success(request, gettext("Put right. The reporter reads why, and what stood before is kept."))
    return redirect("show_report", report=report)


def _with_code(viewer: Actor, code: str) -> OrganisationId | None:
    found = constituency_queries.list_organisations(viewer, text=code)
    return next((one.id for one in found if one.code.casefold() == code.casefold()), None)


@requires(Permission.REPORT_READ)
@require_GET
def list_rows(request: HttpRequest, report: UUID) -> HttpResponse:
    """The rows of a feed, two hundred at a time."""
    viewer, after = actor_of(request), request.GET.get("after", "")
    rows = intake_queries.list_feed_rows(
        viewer, report=ReportId(report), after=int(after) if after.isdecimal() and len(after) < 10 else 0
    )
    about = {row.organisation for row in rows if row.organisation}
    context = {
        "report": intake_queries.get_report(viewer, report=ReportId(report)),
        "count": intake_queries.count_feed_rows(viewer, report=ReportId(report)),
        "rows": rows,
        "organisations": constituency_queries.list_by_ids(viewer, organisations=about),
    }
    return render(request, "desk/reports/rows.html", context)
