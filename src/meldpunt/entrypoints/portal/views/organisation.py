"""What we know of the organisation of whoever looks, and the keys with which it is written to."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from meldpunt.access import queries as access_queries
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Permission
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.errors import KeyRefused
from meldpunt.constituency.values import ContactId, KeyId, Reachable
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires

from ..forms.keys import KeyForm, RevocationForm


@requires(Permission.ORGANISATION_READ_OWN)
@require_safe
def show_organisation(request: HttpRequest) -> HttpResponse:
    """Networks, domains, contacts, keys and tables, as they stand with us."""
    return _page(request)


@requires(Permission.KEY_BRING)
@require_POST
def bring_key(request: HttpRequest) -> HttpResponse:
    """A key for one of one's own contacts; it is used once the desk called."""
    form = _form(_reachable(request), request)
    if form.is_valid():
        said = form.cleaned_data
        try:
            constituency_actions.bring_key(
                actor_of(request), contact=ContactId(UUID(said["contact"])), raw=said["key"].strip().encode()
            )
        except KeyRefused as refusal:
            form.add_error("key", in_words(refusal))
            # Not shown again: what was refused may have been a secret key.
            form.data = request.POST.copy() | {"key": ""}
        else:
            messages.success(request, gettext("Thank you. We will call to compare the fingerprint before we use it."))
            return redirect("show_organisation")
    return _page(request, form, status=422)


@requires(Permission.KEY_BRING)
@require_POST
def revoke_key(request: HttpRequest, key: UUID) -> HttpResponse:
    """From now on it is not used."""
    form = RevocationForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Say why the key is no longer used."))
        return redirect("show_organisation")
    constituency_actions.revoke_key(actor_of(request), key=KeyId(key), reason=form.cleaned_data["reason"])
    messages.success(request, gettext("This key is not used any more."))
    return redirect("show_organisation")


def _reachable(request: HttpRequest) -> tuple[Reachable, ...]:
    viewer = actor_of(request)
    if viewer.organisation is None:
        raise NotFound("the account speaks for no organisation")
    return constituency_queries.list_reachable(viewer, organisation=viewer.organisation)


def _form(contacts: tuple[Reachable, ...], request: HttpRequest | None = None) -> KeyForm:
    form = KeyForm(request.POST if request else None)
    form.fields["contact"].choices = [  # type: ignore[attr-defined]
        (str(one.contact), f"{one.name} ({one.mail})") for one in contacts
    ]
    return form


def _page(request: HttpRequest, form: KeyForm | None = None, *, status: int = 200) -> HttpResponse:
    viewer, reachable = actor_of(request), _reachable(request)
    if viewer.organisation is None:
        raise NotFound("the account speaks for no organisation")
    machines = access_queries.list_own_keys(viewer)
    context = {
        "organisation": constituency_queries.get_organisation(viewer, organisation=viewer.organisation),
        "identity": constituency_queries.get_identity(viewer, organisation=viewer.organisation),
        "contacts": constituency_queries.list_contacts(viewer, organisation=viewer.organisation),
        "reachable": reachable,
        "machines": machines,
        "ending_keys": [one for one in machines if one.ends_soon(timezone.now())],
        "ending_certificates": [
            each for one in machines for each in one.certificates if each.ends_soon(timezone.now())
        ],
        "seats": [one for one in constituency_queries.list_own_seats(viewer) if one.member_until is None],
        "form": form or _form(reachable),
    }
    return render(request, "portal/organisation.html", context, status=status)
