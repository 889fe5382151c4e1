"""Reporting without an account, and the receipt for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.entrypoints.public_site.contact import contact
from meldpunt.entrypoints.public_site.forms.reports import IncidentForm
from meldpunt.entrypoints.public_site.receipts import remember_receipt
from meldpunt.entrypoints.web import drafts
from meldpunt.entrypoints.web.draft_codes import go_on
from meldpunt.entrypoints.web.gate import actor_of, open_to_strangers
from meldpunt.entrypoints.web.statutory import first_reply, kept_until, possible_duty, weighed
from meldpunt.entrypoints.web.uploads import attached_of, takes_files
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Draft


@open_to_strangers(reason="anybody may report, also without a name")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@takes_files
def report_incident(request: HttpRequest) -> HttpResponse:
    """One screen. The receipt is shown by the page after it; sent twice it is one report."""
    actor = actor_of(request)
    if request.method != "POST":
        kept = drafts.find_kept(request, actor)
        form = IncidentForm(drafts.as_data(kept)).unchecked() if kept and kept.fields else IncidentForm()
        return _form(request, form, kept=kept)
    if drafts.drop(request, actor):
        return _form(request, IncidentForm(request.POST).unchecked())
    if "save" in request.POST:
        draft = drafts.save_with_files(request, actor)
        return drafts.remember(redirect(f"{reverse('report_incident')}#saved"), request, draft.code)
    form = IncidentForm(request.POST, request.FILES)
    if "show" in request.POST:
        return _form(request, form.unchecked())
    if not form.is_valid():
        return _form(request, form, status=422)
    files = attached_of(form.cleaned_data["attachments"])
    code = drafts.code_in(request)
    receipt = intake_actions.receive_report(actor, form=form.report(), attachments=files, draft=code)
    return drafts.forget(remember_receipt(redirect("show_receipt"), receipt.code), request)


@open_to_strangers(reason="what somebody is still writing is theirs, under a code that they hold")
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """What the script of the form sends while somebody writes."""
    return drafts.saved(request, actor_of(request))


@open_to_strangers(reason="whoever holds the code of a draft wrote it")
@require_http_methods(["GET", "HEAD", "POST"])
def continue_draft(request: HttpRequest) -> HttpResponse:
    """Go on with what was saved in another browser."""
    return go_on(request, actor_of(request), page="public_site/continue_draft.html", to="report_incident")


@open_to_strangers(reason="who forgets a draft needs no code")
@require_POST
def discard_draft(request: HttpRequest) -> HttpResponse:
    """Take away what this browser saved."""
    drafts.discard(request, actor_of(request))
    return drafts.forget(redirect("report_incident"), request)


@open_to_strangers(reason="whoever holds the receipt made the report")
@require_safe
def show_receipt(request: HttpRequest) -> HttpResponse:
    """The receipt of the report that was just made: reference, code, clocks, and what happens now."""
    viewer = actor_of(request)
    if not viewer.receipt:
        return redirect("follow_report")
    report = intake_queries.follow_report(viewer)
    clocks = intake_queries.clocks_of(viewer, report=report.id)
    context = {
        "report": report,
        "code": viewer.receipt,
        "clocks": clocks,
        "contact": contact(),
        "address": request.build_absolute_uri(reverse("follow_report")),
        "first_reply": first_reply(report),
        "kept_until": kept_until(report),
        "possible_duty": possible_duty(report),
        "weighed": weighed(report),
    }
    return render(request, "public_site/receipt.html", context)


def _form(request: HttpRequest, form: IncidentForm, *, kept: Draft | None = None, status: int = 200) -> HttpResponse:
    code = kept.code if kept else drafts.code_in(request)
    context = {"form": form, "contact": contact(), "kept": kept, "save_url": reverse("save_draft")}
    context |= drafts.files_under(actor_of(request), code)
    return render(request, "public_site/report.html", context, status=status)
