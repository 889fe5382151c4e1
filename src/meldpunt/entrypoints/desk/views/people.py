"""Who may come in: for the administrator, who sees accounts and no casework."""

from __future__ import annotations

import secrets
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meldpunt.access import queries as access_queries
from meldpunt.access.errors import AddressInUse, OrganisationUnfit, RolesDoNotMix
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires

from ..forms.people import Admission

_FIELD_OF: Final = {AddressInUse: "email", RolesDoNotMix: "roles", OrganisationUnfit: "code"}


@requires(Permission.ACCOUNT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def list_people(request: HttpRequest) -> HttpResponse:
    """Everybody who may come in, and the form; after it the first password, shown this once."""
    viewer, form = actor_of(request), Admission(request.POST if request.method == "POST" else None)
    if form.is_valid():
        organisation = _organisation(viewer, form)
        password = secrets.token_urlsafe(15)
        if not form.errors and _admit(viewer, form, organisation=organisation, password=password):
            return render(request, "desk/people/admitted.html", {"who": form.cleaned_data, "password": password})
    accounts = access_queries.list_accounts(viewer)
    codes = constituency_queries.list_codes(
        viewer, organisations=[one.organisation for one in accounts if one.organisation]
    )
    context = {
        "form": form,
        "people": [(one, codes.get(one.organisation, "") if one.organisation else "") for one in accounts],
    }
    return render(request, "desk/people/list.html", context, status=422 if form.is_bound else 200)


@requires(Permission.ACCOUNT_MANAGE)
@require_POST
def close_account(request: HttpRequest, account: UUID) -> HttpResponse:
    """Shut somebody out."""
    constituency_actions.close_account(actor_of(request), account=ActorId(account), is_closed=True)
    messages.success(request, gettext("The account is closed."))
    return redirect("list_people")


@requires(Permission.ACCOUNT_MANAGE)
@require_POST
def open_account(request: HttpRequest, account: UUID) -> HttpResponse:
    """Let somebody in again."""
    constituency_actions.close_account(actor_of(request), account=ActorId(account), is_closed=False)
    messages.success(request, gettext("The account is open again."))
    return redirect("list_people")


def _organisation(viewer: Actor, form: Admission) -> OrganisationId | None:
    code = form.cleaned_data["code"].strip()
    found = constituency_queries.find_by_code(viewer, code=code) if code else None
    if code and found is None:
        form.add_error("code", gettext("No organisation has this code."))
    return found


def _admit(viewer: Actor, form: Admission, *, organisation: OrganisationId | None, password: str) -> bool:
    said = form.cleaned_data
    try:
        constituency_actions.admit_person(
            viewer,
            email=said["email"],
            name=said["name"],
            roles=form.chosen_roles(),
            password=password,
            organisation=organisation,
            language=said["language"],
        )
    except (AddressInUse, RolesDoNotMix, OrganisationUnfit) as refusal:
        form.add_error(_FIELD_OF[type(refusal)], in_words(refusal))
        return False
    return True
