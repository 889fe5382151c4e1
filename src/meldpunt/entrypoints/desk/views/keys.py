"""Keys for mail: for who keeps the register."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.access.values import OrganisationId, Permission
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.errors import KeyRefused, PurposeMissing
from meldpunt.constituency.values import ContactId, KeyId
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires

from ..forms.keys import KeyForm, Reason, Verification


@requires(Permission.CONSTITUENCY_MANAGE)
@require_GET
def list_gaps(request: HttpRequest) -> HttpResponse:
    """Whom mail does not reach, or soon will not."""
    return render(request, "desk/keys/gaps.html", {"gaps": constituency_queries.list_gaps(actor_of(request))})


@requires(Permission.CONSTITUENCY_MANAGE)
@require_http_methods(["GET", "HEAD"])
def show_keys(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """The contacts of one organisation with their keys."""
    return _page(request, OrganisationId(organisation), KeyForm())


@requires(Permission.CONSTITUENCY_MANAGE)
@require_POST
def bring_key(request: HttpRequest, organisation: UUID, contact: UUID) -> HttpResponse:
    """Keep a key for a contact; it is not used before somebody verified it."""
    form = KeyForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            constituency_actions.bring_key(
                actor_of(request), contact=ContactId(contact), raw=said["key"].strip().encode(), lent=said["lent"]
            )
        except KeyRefused as refusal:
            form.add_error("key", in_words(refusal))
        else:
            messages.success(request, gettext("The key is kept. It is used once its fingerprint was verified."))
            return redirect("show_keys", organisation=organisation)
    return _page(request, OrganisationId(organisation), form, status=422, at=contact)


@requires(Permission.CONSTITUENCY_MANAGE)
@require_POST
def verify_key(request: HttpRequest, organisation: UUID, key: UUID) -> HttpResponse:
    """The owner read the fingerprint out."""
    form = Verification(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            constituency_actions.verify_key(
                actor_of(request), key=KeyId(key), fingerprint=said["fingerprint"], how=said["how"]
            )
        except (KeyRefused, PurposeMissing) as refusal:
            form.add_error("fingerprint", in_words(refusal))
        else:
            messages.success(request, gettext("From now on mail to this contact is encrypted with this key."))
            return redirect("show_keys", organisation=organisation)
    return _page(request, OrganisationId(organisation), form, status=422, at=key)


@requires(Permission.CONSTITUENCY_MANAGE)
@require_POST
def revoke_key(request: HttpRequest, organisation: UUID, key: UUID) -> HttpResponse:
    """From now on it is not used."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, OrganisationId(organisation), form, status=422, at=key)
    constituency_actions.revoke_key(actor_of(request), key=KeyId(key), reason=form.cleaned_data["reason"])
    messages.success(request, gettext("This key is not used any more."))
    return redirect("show_keys", organisation=organisation)


def _page(
    request: HttpRequest, organisation: OrganisationId, form: forms.Form, *, status: int = 200, at: UUID | None = None
) -> HttpResponse:
    viewer = actor_of(request)
    context = {
        "organisation": constituency_queries.get_organisation(viewer, organisation=organisation),
        "contacts": constituency_queries.list_reachable(viewer, organisation=organisation),
        "answered": form,
        "at": at,
        "bringing": KeyForm(),
        "verifying": Verification(),
        "revoking": Reason(),
    }
    return render(request, "desk/keys/one.html", context, status=status)
