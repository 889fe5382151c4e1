"""Reporting one question a screen: each screen saves what it was told, and nothing is sent before the last."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meldpunt.entrypoints.public_site import steps
from meldpunt.entrypoints.public_site.contact import contact
from meldpunt.entrypoints.public_site.forms.reports import IncidentForm
from meldpunt.entrypoints.public_site.receipts import remember_receipt
from meldpunt.entrypoints.web import drafts
from meldpunt.entrypoints.web.gate import actor_of, open_to_strangers
from meldpunt.entrypoints.web.uploads import attached_of, takes_files
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import ReportKind

_ANYBODY = "anybody may report, also without a name"


@open_to_strangers(reason=_ANYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def show_step(request: HttpRequest, step: str) -> HttpResponse:
    """One screen. What it is told is saved under the code of this browser, and the next screen asks on."""
    known = _known(request)
    form = IncidentForm(known)
    if step not in steps.HEADINGS or not steps.fields_of(form, step):
        raise Http404
    if request.method != "POST":
        return _screen(request, form.unchecked(), step)
    for field in steps.fields_of(form, step):
        known.setlist(field.name, request.POST.getlist(field.name))
    form = IncidentForm(known)
    if "back" not in request.POST and any(field.errors for field in steps.fields_of(form, step)):
        return _screen(request, form, step, status=422)
    actor = actor_of(request)
    origin = drafts.origin_of(request, actor)
    draft = intake_actions.save_draft(actor, code=drafts.code_in(request), fields=dict(known.lists()), origin=origin)
    to = steps.before(form, step) if "back" in request.POST else steps.after(form, step)
    return drafts.remember(redirect("report_step", step=to) if to else redirect("check_report"), request, draft.code)


@open_to_strangers(reason=_ANYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@takes_files
def check_report(request: HttpRequest) -> HttpResponse:
    """All that was told, with the way back to each screen; from here it is sent, and files with it."""
    known = _known(request)
    if drafts.drop(request, actor_of(request)):
        return redirect("check_report")
    form = IncidentForm(known, request.FILES if request.method == "POST" else None)
    if not form.told("title").strip():
        return redirect("report_step", step=steps.FIRST)
    if request.method != "POST" or not form.is_valid():
        return _summary(request, form, status=422 if request.method == "POST" else 200)
    files, code = attached_of(form.cleaned_data["attachments"]), drafts.code_in(request)
    receipt = intake_actions.receive_report(actor_of(request), form=form.report(), attachments=files, draft=code)
    return drafts.forget(remember_receipt(redirect("show_receipt"), receipt.code), request)


def _known(request: HttpRequest) -> MultiValueDict[str, str]:
    kept = drafts.find_kept(request, actor_of(request))
    return drafts.as_data(kept) if kept else MultiValueDict({"kind": [ReportKind.VOLUNTARY.value]})


def _screen(request: HttpRequest, form: IncidentForm, step: str, *, status: int = 200) -> HttpResponse:
    names = steps.steps_of(form)
    context = {
        "step": step,
        "heading": steps.HEADINGS[step],
        "fields": steps.fields_of(form, step),
        "number": names.index(step) + 1,
        "count": len(names) + 1,
        "before": steps.before(form, step),
        "draft_code": drafts.code_in(request),
        "has_errors": status == 422,
        "contact": contact(),
    }
    return render(request, "public_site/step.html", context, status=status)


def _summary(request: HttpRequest, form: IncidentForm, *, status: int) -> HttpResponse:
    parts = [(step, steps.HEADINGS[step], steps.fields_of(form, step)) for step in steps.steps_of(form)]
    context = {"parts": parts, "attachments": [form["attachments"]]}
    context |= drafts.files_under(actor_of(request), drafts.code_in(request))
    return render(request, "public_site/check_report.html", context, status=status)
