"""Back to the page somebody came from, where the form named it; else to the page of the report, or to another."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from .one_by_one import to_report


def back_to(request: HttpRequest, *, report: UUID) -> HttpResponse:
    """A redirect; a `next` of another host is ignored."""
    return _named(request) or to_report(request, report)


def back(request: HttpRequest, *, otherwise: str) -> HttpResponse:
    """The same, else to the page of this name."""
    return _named(request) or redirect(otherwise)


def _named(request: HttpRequest) -> HttpResponse | None:
    named = request.POST.get("next", "")
    is_ours = named and url_has_allowed_host_and_scheme(named, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(named) if is_ours else None
