"""Reports of one's own organisation: making one, its receipt, and what became of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.entrypoints.portal.forms.reports import OwnReportForm
from meldpunt.entrypoints.web import drafts
from meldpunt.entrypoints.web.codes import carried_code, carry_code, drop_code
from meldpunt.entrypoints.web.downloads import as_download
from meldpunt.entrypoints.web.draft_codes import go_on
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.proofs import proofs_of_report
from meldpunt.entrypoints.web.reporting import PutRightForm, StageForm, weigh_again
from meldpunt.entrypoints.web.statutory import first_reply, kept_until, still_open, weighed
from meldpunt.entrypoints.web.uploads import attached_of, takes_files
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Draft, ReportId
from meldpunt.law import Clock, Event, clocks_for
from meldpunt.vocabulary.entities import EntityKind


@requires(Permission.REPORT_SUBMIT)
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
def report_incident(request: HttpRequest) -> HttpResponse:
    """The form that the law and the kind of entity ask for; then on to the receipt. Sent twice it is one report."""
    actor = actor_of(request)
    kind = _own_organisation(actor).entity_kind
    if request.method != "POST":
        kept = drafts.find_kept(request, actor)
        form = OwnReportForm(drafts.as_data(kept), entity_kind=kind).unchecked() if kept and kept.fields else None
        return _form(request, form or OwnReportForm(entity_kind=kind), kept=kept)
    if drafts.drop(request, actor):
        return _form(request, OwnReportForm(request.POST, entity_kind=kind).unchecked())
    if "save" in request.POST:
        draft = drafts.save_with_files(request, actor)
        return drafts.remember(redirect(f"{reverse('report_incident')}#saved"), request, draft.code)
    form = OwnReportForm(request.POST, request.FILES, entity_kind=kind)
    if not form.is_valid():
        return _form(request, form)
    files = attached_of(form.cleaned_data["attachments"])
    code = drafts.code_in(request)
    receipt = intake_actions.receive_report(actor, form=form.report(), attachments=files, draft=code)
    return drafts.forget(carry_code(redirect("show_receipt", report=receipt.report), receipt.code), request)


@requires(Permission.REPORT_SUBMIT)
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """What the script of the form sends while somebody writes."""
    return drafts.saved(request, actor_of(request))


@requires(Permission.REPORT_SUBMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def continue_draft(request: HttpRequest) -> HttpResponse:
    """Go on with what was saved in another browser."""
    return go_on(request, actor_of(request), page="portal/continue_draft.html", to="report_incident")


@requires(Permission.REPORT_SUBMIT)
@require_POST
def discard_draft(request: HttpRequest) -> HttpResponse:
    """Take away what this browser saved."""
    drafts.discard(request, actor_of(request))
    return drafts.forget(redirect("report_incident"), request)


@requires(Permission.REPORT_FOLLOW)
@require_safe
def show_receipt(request: HttpRequest, report: UUID) -> HttpResponse:
    """The receipt; the code is on it the first time only."""
    viewer = actor_of(request)
    found = intake_queries.get_own_report(viewer, report=ReportId(report))
    clocks = intake_queries.clocks_of(viewer, report=found.id)
    context = {
        "report": found,
        "clocks": clocks,
        "code": carried_code(request),
        "phone": settings.CSIRT_CONTACT["phone"],
        "first_reply": first_reply(found),
        "kept_until": kept_until(found),
        "weighed": weighed(found),
    }
    return drop_code(render(request, "portal/receipt.html", context))


@requires(Permission.REPORT_FOLLOW)
@require_safe
def list_reports(request: HttpRequest) -> HttpResponse:
    """What the organisation reported, newest first."""
    page = intake_queries.list_own_reports(actor_of(request), page=request.GET.get("page", ""))
    return render(request, "portal/reports.html", {"page_of_reports": page})


@requires(Permission.REPORT_FOLLOW)
@require_safe
def show_report(request: HttpRequest, report: UUID) -> HttpResponse:
    """One report: stages, clocks, progress, and every disclosure made from it."""
    return _show(request, ReportId(report))


@requires(Permission.REPORT_SUBMIT)
@require_POST
@takes_files
def submit_stage(request: HttpRequest, report: UUID) -> HttpResponse:
    """More about the report: a statutory stage, or whatever else they know now."""
    actor, found = actor_of(request), ReportId(report)
    own = intake_queries.get_own_report(actor, report=found)
    clocks = intake_queries.clocks_of(actor, report=found)
    form = StageForm(request.POST, request.FILES, clocks=clocks, report=own)
    if drafts.drop(request, actor):
        return _show(request, found, stage_form=form.unchecked())
    if not form.is_valid():
        return _show(request, found, stage_form=form)
    given = form.cleaned_data
    intake_actions.submit_stage_once(
        actor,
        draft=drafts.stage_code_in(request, actor, own),
        report=found,
        stage=form.chosen,
        answers=form.answers(),
        text=given["text"],
        ended_at=given["ended_at"],
        attachments=form.files_sent,
    )
    weigh_again(actor, own, form.answers())
    return redirect(f"{reverse('show_report', kwargs={'report': report})}#sent")


@requires(Permission.REPORT_SUBMIT)
@require_POST
def put_right(request: HttpRequest, report: UUID) -> HttpResponse:
    """Another kind, sector or capacity under the same reference; what stood before is kept."""
    actor, found = actor_of(request), ReportId(report)
    form = PutRightForm(intake_queries.get_own_report(actor, report=found), request.POST)
    if not form.is_valid():
        return _show(request, found, put_right=form)
    given = form.cleaned_data
    intake_actions.put_own_right(
        actor,
        report=found,
        kind=form.kind_computed,
        sector=given["sector"],
        entity_kind=given["entity_kind"],
        reason=given["reason"],
    )
    return redirect(f"{reverse('show_report', kwargs={'report': report})}#sent")


@requires(Permission.LEDGER_PROVE)
@require_safe
def download_proofs(request: HttpRequest, report: UUID) -> HttpResponse:
    """One file that proves every entry about the report; `meldpunt ledger verify` reads it."""
    viewer = actor_of(request)
    found = intake_queries.get_own_report(viewer, report=ReportId(report))
    data = proofs_of_report(viewer, found)
    return as_download(name=f"{found.reference}.proofs.jsonl", media_type="application/x-ndjson", data=data)


def _show(
    request: HttpRequest,
    report: ReportId,
    *,
    stage_form: StageForm | None = None,
    put_right: PutRightForm | None = None,
) -> HttpResponse:
    viewer = actor_of(request)
    found = intake_queries.get_own_report(viewer, report=report)
    clocks = intake_queries.clocks_of(viewer, report=report)
    context = {
        "report": found,
        "clocks": clocks,
        "files": intake_queries.list_own_attachments(viewer, report=report),
        "trace": disclosure_queries.trace_report(viewer, report=report),
        "not_yet": disclosure_queries.find_not_yet(viewer, report=report),
        "kept_until": kept_until(found),
        "weighed": weighed(found),
        "stage_form": stage_form or StageForm(clocks=clocks, report=found),
        "still_open": still_open(found),
        "put_right": put_right or PutRightForm(found),
        "put_right_url": reverse("put_right", kwargs={"report": report}),
        **drafts.files_under(viewer, drafts.stage_code(viewer, found)),
    }
    status = 422 if put_right or (stage_form and stage_form.errors) else 200
    return render(request, "portal/report_detail.html", context, status=status)


def _form(request: HttpRequest, form: OwnReportForm, *, kept: Draft | None = None) -> HttpResponse:
    organisation = _own_organisation(actor_of(request))
    context = {
        "form": form,
        "organisation": organisation,
        "duties": _duties_of(organisation, timezone.now()),
        "kept": kept,
        "save_url": reverse("save_draft"),
        **drafts.files_under(actor_of(request), kept.code if kept else drafts.code_in(request)),
    }
    return render(request, "portal/report.html", context, status=422 if form.is_bound and form.errors else 200)


def _own_organisation(actor: Actor) -> Organisation:
    if actor.organisation is None:
        raise NotFound("the account speaks for no organisation")
    return constituency_queries.get_organisation(actor, organisation=actor.organisation)


def _duties_of(organisation: Organisation, now: datetime) -> tuple[Clock, ...]:
    """What the law of this moment would ask of it for an incident it became aware of just now."""
    if organisation.entity_kind not in list(EntityKind):
        return ()
    return clocks_for(entity_kind=EntityKind(organisation.entity_kind), event=Event(aware_at=now))
