"""Machines of an organisation: keys are handed out once and taken back, and certificates go with them."""

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
from meldpunt.access.values import ActorId, CertificateId, MachineLine, OrganisationId, Permission, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.entrypoints.web.gate import actor_of, requires

from ..forms.organisations import MachineCertificate, MachineName


@requires(Permission.CONSTITUENCY_MANAGE)
@require_POST
def issue_key(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """A key for a machine. It stands on this answer and nowhere else: looking again shows it no more."""
    form, actor = MachineName(request.POST), actor_of(request)
    whose = constituency_queries.get_organisation(actor, organisation=OrganisationId(organisation))
    if not form.is_valid():
        messages.error(request, gettext("Say which machine the key is for."))
        return redirect("show_organisation", organisation=organisation)
    name, role = form.cleaned_data["name"], Role(form.cleaned_data["role"])
    secret = constituency_actions.hand_out_key(actor, organisation=whose.id, name=name, role=role)
    context = {"organisation": whose, "name": name, "secret": secret, "role": role}
    answer = render(request, "desk/organisations/key.html", context, status=201)
    answer["Cache-Control"] = "no-store"
    return answer


@requires(Permission.CONSTITUENCY_MANAGE)
@require_POST
def revoke_key(request: HttpRequest, organisation: UUID, machine: UUID) -> HttpResponse:
    """From now on the key opens nothing."""
    constituency_actions.take_back_key(actor_of(request), key=ActorId(machine))
    messages.success(request, gettext("This key opens nothing any more."))
    return redirect("show_organisation", organisation=organisation)


@requires(Permission.CONSTITUENCY_MANAGE)
@require_safe
def show_machine(request: HttpRequest, organisation: UUID, machine: UUID) -> HttpResponse:
    """One machine: its key, and the certificates that go with it."""
    return _page(request, organisation, machine, MachineCertificate())


@requires(Permission.CONSTITUENCY_MANAGE)
@require_POST
def bind_certificate(request: HttpRequest, organisation: UUID, machine: UUID) -> HttpResponse:
    """From now on a certificate goes with the key."""
    form, line = MachineCertificate(request.POST), _machine(request, organisation, machine)
    if not form.is_valid():
        return _page(request, organisation, machine, form, status=422)
    constituency_actions.bind_certificate(actor_of(request), key=line.id, raw=form.cleaned_data["key"].encode())
    messages.success(request, gettext("The certificate goes with this key."))
    return redirect("show_machine", organisation=organisation, machine=machine)


@requires(Permission.CONSTITUENCY_MANAGE)
@require_POST
def revoke_certificate(request: HttpRequest, organisation: UUID, machine: UUID, certificate: UUID) -> HttpResponse:
    """From now on it goes with no key."""
    constituency_actions.revoke_certificate(actor_of(request), certificate=CertificateId(certificate))
    messages.success(request, gettext("The certificate goes with this key no more."))
    return redirect("show_machine", organisation=organisation, machine=machine)


@requires(Permission.CONSTITUENCY_MANAGE)
@require_POST
def demand_certificate(request: HttpRequest, organisation: UUID, machine: UUID) -> HttpResponse:
    """Whether the key opens something only together with one of its certificates."""
    line, is_demanded = _machine(request, organisation, machine), request.POST.get("demanded") == "yes"
    constituency_actions.demand_certificate(actor_of(request), key=line.id, is_demanded=is_demanded)
    said = (
        gettext("The key opens nothing without a certificate.") if is_demanded else gettext("The key opens by itself.")
    )
    messages.success(request, said)
    return redirect("show_machine", organisation=organisation, machine=machine)


def _page(
    request: HttpRequest, organisation: UUID, machine: UUID, form: MachineCertificate, *, status: int = 200
) -> HttpResponse:
    line, actor, now = _machine(request, organisation, machine), actor_of(request), timezone.now()
    context = {
        "organisation": constituency_queries.get_organisation(actor, organisation=OrganisationId(organisation)),
        "machine": line,
        "form": form,
        "ending": [one for one in line.certificates if one.ends_soon(now)],
    }
    return render(request, "desk/organisations/machine.html", context, status=status)


def _machine(request: HttpRequest, organisation: UUID, machine: UUID) -> MachineLine:
    line = access_queries.get_key(actor_of(request), key=ActorId(machine))
    if line.organisation != organisation:
        raise NotFound("another organisation has it")
    return line
