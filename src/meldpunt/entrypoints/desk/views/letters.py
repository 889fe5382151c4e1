"""Somebody asked for information on paper or by mail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.openness import actions as openness_actions
from meldpunt.openness.errors import NoActInForce

from ..forms.openness import Letter


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def enter_letter(request: HttpRequest) -> HttpResponse:
    """The form; and after it the receipt, whose code goes into the confirmation to who asked."""
    form = Letter(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            receipt = openness_actions.receive_request(actor_of(request), form=form.request())
            return render(request, "desk/openness/letter_receipt.html", {"receipt": receipt})
        except NoActInForce as refusal:
            form.add_error("as_of" if form.cleaned_data["as_of"] else "received_on", in_words(refusal))
    return render(request, "desk/openness/letter.html", {"form": form}, status=422 if form.is_bound else 200)
