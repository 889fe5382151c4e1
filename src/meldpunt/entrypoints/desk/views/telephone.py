"""Somebody calls."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import TimeImpossible
from meldpunt.intake.values import Channel

from ..forms.telephone import Call


# The permission of triage: at the desk, who reports by telephone is who takes the call.
@requires(Permission.TRIAGE_READ)
@never_cache
def take_call(request: HttpRequest) -> HttpResponse:
    """The form; and after it the receipt, to read out, with the code that is shown this once."""
    form = Call(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "desk/telephone/form.html", {"form": form}, status=422 if form.is_bound else 200)
    actor = actor_of(request)
    try:
        receipt = intake_actions.receive_report(actor, form=form.report(), channel=Channel.TELEPHONE)
    except TimeImpossible as problem:
        form.add_error("aware_at", in_words(problem))
        return render(request, "desk/telephone/form.html", {"form": form}, status=422)
    clocks = intake_queries.clocks_of(actor, report=receipt.report)
    return render(request, "desk/telephone/receipt.html", {"receipt": receipt, "clocks": clocks})
