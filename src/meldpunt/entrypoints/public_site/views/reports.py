"""Reporting without an account, and the receipt for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from meldpunt.entrypoints.public_site.contact import contact
from meldpunt.entrypoints.public_site.forms.reports import IncidentForm
from meldpunt.entrypoints.public_site.receipts import remember_receipt
from meldpunt.entrypoints.web.gate import actor_of, open_to_strangers
from meldpunt.entrypoints.web.statutory import weighed
from meldpunt.entrypoints.web.uploads import attached_of, takes_files
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries


@open_to_strangers(reason="anybody may report, also without a name")
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
def report_incident(request: HttpRequest) -> HttpResponse:
    """One screen. The receipt is shown by the page after it, so that reloading reports nothing twice."""
    if request.method != "POST":
        return render(request, "public_site/report.html", {"form": IncidentForm(), "contact": contact()})
    form = IncidentForm(request.POST, request.FILES)
    if "show" in request.POST:
        return render(request, "public_site/report.html", {"form": form.unchecked(), "contact": contact()})
    if not form.is_valid():
        return render(request, "public_site/report.html", {"form": form, "contact": contact()}, status=422)
    files = attached_of(form.cleaned_data["attachments"])
    receipt = intake_actions.receive_report(actor_of(request), form=form.report(), attachments=files)
    return remember_receipt(redirect("show_receipt"), receipt.code)


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
        "weighed": weighed(report),
    }
    return render(request, "public_site/receipt.html", context)
