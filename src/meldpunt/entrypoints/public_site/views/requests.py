"""Asking for information, and following what becomes of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from meldpunt.entrypoints.public_site.contact import contact
from meldpunt.entrypoints.public_site.forms.requests import InformationForm
from meldpunt.entrypoints.public_site.receipts import remember_receipt
from meldpunt.entrypoints.web.downloads import as_download
from meldpunt.entrypoints.web.gate import actor_of, open_to_strangers
from meldpunt.openness.actions import asking as openness_actions
from meldpunt.openness.queries import following as openness_queries
from meldpunt.openness.values import ReleaseId


@open_to_strangers(reason="anybody may ask for information (Woo article 4.1)")
@require_http_methods(["GET", "HEAD", "POST"])
def request_information(request: HttpRequest) -> HttpResponse:
    """The form; then on to the receipt."""
    if request.method != "POST":
        return render(request, "public_site/request.html", {"form": InformationForm()})
    form = InformationForm(request.POST)
    if not form.is_valid():
        return render(request, "public_site/request.html", {"form": form}, status=422)
    receipt = openness_actions.receive_request(actor_of(request), form=form.request())
    return remember_receipt(redirect("show_request_receipt"), receipt.code)


@open_to_strangers(reason="whoever holds the receipt asked")
@require_safe
def show_request_receipt(request: HttpRequest) -> HttpResponse:
    """The receipt: reference, code, and before when we decide."""
    viewer = actor_of(request)
    if not viewer.receipt:
        return redirect("follow_report")
    context = {"asked": openness_queries.follow_request(viewer), "code": viewer.receipt, "contact": contact()}
    return render(request, "public_site/request_receipt.html", context)


@open_to_strangers(reason="row policies show a release to who was told of the decision, which may be everybody")
@require_safe
def download_release(request: HttpRequest, release: UUID) -> HttpResponse:
    """A released document. Nothing that was withheld is in it."""
    found = openness_queries.open_release(actor_of(request), release=ReleaseId(release))
    return as_download(name=found.name, media_type="application/pdf", data=found.data)
