"""Attachments are opened on the record and never shown inside a page; what is kept until when, held and destroyed."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.downloads import as_download, as_stream
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.evidence import actions as evidence_actions
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.values import EvidenceId, HoldGround, HoldId
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId

from ..forms.evidence import HoldForm, LiftForm, ShredForm

PURPOSE_LENGTH = 500


# A POST, because to open it is a deed with a ledger entry: nothing that fetches links ahead may do it.
@requires(Permission.EVIDENCE_OPEN)
@require_POST
def open_evidence(request: HttpRequest, item: UUID) -> HttpResponseBase:
    """The bytes as a download of no type, so that no program opens them by itself."""
    purpose = request.POST.get("purpose", "")[:PURPOSE_LENGTH]
    opened = intake_actions.open_attachment(
        actor_of(request), item=EvidenceId(item), purpose=purpose, anyway="anyway" in request.POST
    )
    if opened.size > settings.EVIDENCE_LIMIT:
        return as_stream(name=opened.name, size=opened.size, pieces=opened.pieces)
    return as_download(name=opened.name, media_type="application/octet-stream", data=opened.data)


@requires(Permission.EVIDENCE_OPEN)
@require_POST
def lift_attachments(request: HttpRequest, report: UUID) -> HttpResponse:
    """Lift what the files name into the observables of the report."""
    lifted = intake_actions.lift_from_attachments(actor_of(request), report=ReportId(report))
    found = ngettext("%(count)d new value was lifted.", "%(count)d new values were lifted.", lifted.found)
    messages.success(request, found % {"count": lifted.found})
    if lifted.unread:
        left = ngettext("%(count)d file was not read.", "%(count)d files were not read.", lifted.unread)
        messages.warning(request, left % {"count": lifted.unread})
    return redirect("show_report", report=report)


@requires(Permission.EVIDENCE_HOLD)
@require_safe
def list_kept(request: HttpRequest) -> HttpResponse:
    """What goes when, what is held and why, and the terms."""
    viewer, given = actor_of(request), request.GET.get("page", "")
    page = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
    kept = evidence_queries.list_kept(viewer, page=page)
    holds = evidence_queries.list_holds(viewer)
    reports = intake_queries.list_by_ids(viewer, reports={*(one.about for one in kept), *(one.about for one in holds)})
    context = {
        "rules": evidence_queries.list_rules(viewer),
        "holds": [(hold, reports.get(ReportId(hold.about))) for hold in holds],
        "kept": [(one, reports.get(ReportId(one.about))) for one in kept[: evidence_queries.ON_A_PAGE]],
        "page": max(page, 1),
        "has_next": len(kept) > evidence_queries.ON_A_PAGE,
    }
    return render(request, "desk/evidence/kept.html", context)


@requires(Permission.EVIDENCE_SHRED)
@require_POST
def shred_due(request: HttpRequest) -> HttpResponse:
    """Destroy what was ticked, as far as its term is over and nobody holds it."""
    form = ShredForm(request.POST.getlist("item"))
    items = [EvidenceId(one) for one in form.cleaned_data.values()] if form.is_valid() else []
    gone = evidence_actions.shred_due(actor_of(request), items=items)
    said = ngettext("%(count)d file was destroyed.", "%(count)d files were destroyed.", gone) % {"count": gone}
    messages.success(request, said)
    return redirect("list_kept")


@requires(Permission.EVIDENCE_SHRED)
@require_POST
def rewrap_keys(request: HttpRequest) -> HttpResponse:
    """Keys that another wrapping key wrapped go under the one in use, some hundreds at a time."""
    moved = evidence_actions.rewrap_keys(actor_of(request))
    said = gettext("%(count)d keys were wrapped anew; once it says 0, an older wrapping key may go.") % {"count": moved}
    messages.success(request, said)
    return redirect("list_kept")


@requires(Permission.EVIDENCE_HOLD)
@require_POST
def hold_files(request: HttpRequest, report: UUID) -> HttpResponse:
    """What came with this report stays until somebody ends the hold."""
    form, actor = HoldForm(request.POST), actor_of(request)
    found = intake_queries.get_report(actor, report=ReportId(report))
    if form.is_valid():
        said = form.cleaned_data
        evidence_actions.hold_evidence(actor, about=found.id, ground=HoldGround(said["ground"]), reason=said["reason"])
        messages.success(request, gettext("These files stay until somebody ends the hold."))
    else:
        messages.error(request, gettext("Say for what they stay, and why."))
    return redirect("show_report", report=report)


@requires(Permission.EVIDENCE_HOLD)
@require_POST
def lift_hold(request: HttpRequest, hold: UUID) -> HttpResponse:
    """Nothing stops it any more, and why."""
    form = LiftForm(request.POST)
    if form.is_valid():
        evidence_actions.lift_hold(actor_of(request), hold=HoldId(hold), reason=form.cleaned_data["reason"])
        messages.success(request, gettext("The hold ended. What is due may go."))
    else:
        messages.error(request, gettext("Say why it may go."))
    return redirect("list_kept")
