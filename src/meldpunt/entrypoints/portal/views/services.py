"""What one's own organisation delivers, and what that leans on."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.uploads import takes_files
from meldpunt.services import actions as service_actions
from meldpunt.services import queries as service_queries
from meldpunt.services.errors import FileRefused, ServiceNotFound
from meldpunt.services.values import OWN_COLUMNS, DependencyId, NamingId, ServiceId

from ..forms.services import AddForm, FileForm, LeanForm, PeopleForm


@requires(Permission.SERVICE_TELL)
@require_safe
def list_services(request: HttpRequest) -> HttpResponse:
    """What it delivers, and what that is used for."""
    return _list(request)


@requires(Permission.SERVICE_TELL)
@require_POST
def add_service(request: HttpRequest) -> HttpResponse:
    """A service more."""
    form = AddForm(request.POST, auto_id="add_%s")
    if form.is_valid():
        try:
            added = service_actions.add_own_service(actor_of(request), form=form.told())
        except RuleBroken as broken:
            form.add_error("name", in_words(broken))
        else:
            messages.success(request, gettext("Thank you. Now say what this service leans on."))
            return redirect("show_service", service=added)
    return _list(request, adding=form, status=422)


@requires(Permission.SERVICE_TELL)
@takes_files
@require_POST
def bring_services(request: HttpRequest) -> HttpResponse:
    """Services from a file: all of it, or every line that is wrong."""
    form = FileForm(request.POST, request.FILES, auto_id="file_%s")
    wrong: list[tuple[int, str]] = []
    if form.is_valid():
        try:
            brought = service_actions.import_own_services(actor_of(request), raw=form.cleaned_data["file"].read())
        except FileRefused as refused:
            form.add_error("file", in_words(refused))
            wrong = [(line.number, in_words(line.why)) for line in refused.lines]
        else:
            said = gettext("%(services)s services and %(dependencies)s dependencies came in, %(replaced)s told anew.")
            counts = {
                "services": brought.services,
                "dependencies": brought.dependencies,
                "replaced": brought.replaced,
            }
            messages.success(request, said % counts)
            return redirect("list_services")
    return _list(request, bringing=form, wrong=wrong, status=422)


@requires(Permission.SERVICE_TELL)
@require_safe
def show_service(request: HttpRequest, service: UUID) -> HttpResponse:
    """One service, and what it leans on."""
    return _one(request, ServiceId(service))


@requires(Permission.SERVICE_TELL)
@require_POST
def count_served(request: HttpRequest, service: UUID) -> HttpResponse:
    """How many people it serves."""
    form = PeopleForm(request.POST)
    if not form.is_valid():
        return _one(request, ServiceId(service), people=form, status=422)
    service_actions.count_served(actor_of(request), service=ServiceId(service), people=form.cleaned_data["people"])
    messages.success(request, gettext("This was changed."))
    return redirect("show_service", service=service)


@requires(Permission.SERVICE_TELL)
@require_POST
def lean(request: HttpRequest, service: UUID) -> HttpResponse:
    """It leans on this."""
    form = _lean_form(request, ServiceId(service))
    if form.is_valid():
        try:
            service_actions.tell_own_dependency(actor_of(request), form=form.told(ServiceId(service)))
        except RuleBroken as broken:
            form.add_error(None, in_words(broken))
        else:
            messages.success(request, gettext("Thank you. We take this into account from now on."))
            return redirect("show_service", service=service)
    return _one(request, ServiceId(service), leaning=form, status=422)


@requires(Permission.SERVICE_TELL)
@require_POST
def end_service(request: HttpRequest, service: UUID) -> HttpResponse:
    """It is delivered no more."""
    service_actions.end_own_service(actor_of(request), service=ServiceId(service))
    messages.success(request, gettext("This service ended, and with it what you told that it leans on."))
    return redirect("list_services")


@requires(Permission.SERVICE_TELL)
@require_POST
def end_dependency(request: HttpRequest, service: UUID, dependency: UUID) -> HttpResponse:
    """It leans on this no more."""
    service_actions.end_own_dependency(actor_of(request), dependency=DependencyId(dependency))
    messages.success(request, gettext("This was ended."))
    return redirect("show_service", service=service)


@requires(Permission.SERVICE_TELL)
@require_POST
def end_naming(request: HttpRequest, service: UUID, naming: UUID) -> HttpResponse:
    """It leans on this provider no more."""
    service_actions.end_own_naming(actor_of(request), naming=NamingId(naming))
    messages.success(request, gettext("This was ended."))
    return redirect("show_service", service=service)


def _lean_form(request: HttpRequest, service: ServiceId) -> LeanForm:
    own = service_queries.list_own_services(actor_of(request))
    if all(one.id != service for one, _ in own):
        raise ServiceNotFound("no such service")
    data = request.POST if request.method == "POST" else None
    return LeanForm(data, others=[one for one, _ in own if one.id != service])


def _list(
    request: HttpRequest,
    *,
    adding: AddForm | None = None,
    bringing: FileForm | None = None,
    wrong: list[tuple[int, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer = actor_of(request)
    named = service_queries.list_own_namings(viewer)
    context = {
        "services": [
            (one, sum(1 for each in told.it_on if not each.naming) + sum(1 for each in named if each.of == one.id))
            for one, told in service_queries.list_own_services(viewer)
        ],
        "adding": adding or AddForm(auto_id="add_%s"),
        "bringing": bringing or FileForm(auto_id="file_%s"),
        "columns": OWN_COLUMNS,
        "wrong": wrong or [],
    }
    return render(request, "portal/services/list.html", context, status=status)


def _one(
    request: HttpRequest,
    service: ServiceId,
    *,
    people: PeopleForm | None = None,
    leaning: LeanForm | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer = actor_of(request)
    own = service_queries.list_own_services(viewer)
    one, told = next(((one, told) for one, told in own if one.id == service), (None, None))
    if one is None or told is None:
        raise ServiceNotFound("no such service")
    context = {
        "service": one,
        "told": [each for each in told.it_on if each.naming is None],
        "named": [each for each in service_queries.list_own_namings(viewer) if each.of == service],
        "people": people or PeopleForm({"people": one.people}),
        "leaning": leaning or LeanForm(others=[other for other, _ in own if other.id != service]),
    }
    return render(request, "portal/services/one.html", context, status=status)
