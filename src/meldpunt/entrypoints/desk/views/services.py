"""Services: what is delivered by whom, what leans on what, and who feels a standstill when."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.access.errors import RuleBroken
from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.uploads import takes_files
from meldpunt.services import actions as service_actions
from meldpunt.services import queries as service_queries
from meldpunt.services.errors import FileRefused
from meldpunt.services.values import DependencyId, NamingId, ServiceId

from ..forms.services import BringFile, End, Lean, Place, Register, ServiceFilters


@requires(Permission.TRIAGE_READ)
@require_GET
def list_services(request: HttpRequest) -> HttpResponse:
    """A page of what is delivered."""
    viewer, form = actor_of(request), ServiceFilters(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    text, sector = asked.get("text", ""), asked.get("sector", "")
    total = service_queries.count_services(viewer, text=text, sector=sector)
    page = Paginator(range(total), service_queries.PAGE).get_page(asked.get("page") or 1)
    found = service_queries.list_services(viewer, text=text, sector=sector, page=page.number)
    context = {"form": form, "services": found, "total": total, "page": page}
    context |= {"named": service_queries.count_named(viewer), "undone": service_queries.count_undone(viewer)}
    return render(request, "desk/services/list.html", context)


@requires(Permission.TRIAGE_READ)
@require_GET
def show_service(request: HttpRequest, service: UUID) -> HttpResponse:
    """One service: what it leans on, who leans on it, and who feels a standstill."""
    return _page(request, ServiceId(service), lean=Lean(), ending=End(auto_id="end_%s"))


@requires(Permission.TRIAGE_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """A service that is told of."""
    form = Register(request.POST or None)
    if form.is_valid():
        actor, said = actor_of(request), form.cleaned_data
        codes = constituency_queries.list_by_codes(actor, codes=[said["organisation"].upper()])
        owner = next(iter(codes.values()), None)
        if said["organisation"] and owner is None:
            form.add_error("organisation", gettext("No organisation has this code."))
        else:
            try:
                found = service_actions.register_service(
                    actor, form=form.told(owner.id if owner else None), reason=said["reason"]
                )
                return redirect("show_service", service=found)
            except RuleBroken as broken:
                form.add_error(None, in_words(broken))
    return render(request, "desk/services/new.html", {"form": form}, status=422 if form.is_bound else 200)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def tell(request: HttpRequest, service: UUID) -> HttpResponse:
    """One leans on the other."""
    form, actor = Lean(request.POST), actor_of(request)
    found = service_queries.get_service(actor, service=ServiceId(service))
    if not form.is_valid():
        return _page(request, found.id, lean=form, ending=End(auto_id="end_%s"), status=422)
    other = _node(actor, form.cleaned_data["other"])
    try:
        service_actions.tell_dependency(actor, form=form.told(found.node, other), reason=form.cleaned_data["reason"])
    except RuleBroken as broken:
        form.add_error(None, in_words(broken))
        return _page(request, found.id, lean=form, ending=End(auto_id="end_%s"), status=422)
    messages.success(request, gettext("From now on every estimate takes this dependency into account."))
    return redirect("show_service", service=service)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def end(request: HttpRequest, service: UUID) -> HttpResponse:
    """It is delivered no more."""
    form = End(request.POST, auto_id="end_%s")
    if not form.is_valid():
        return _page(request, ServiceId(service), lean=Lean(), ending=form, status=422)
    service_actions.end_service(actor_of(request), service=ServiceId(service), reason=form.cleaned_data["reason"])
    messages.success(request, gettext("This service ended, and with it what it leant on and who leant on it."))
    return redirect("show_service", service=service)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def end_dependency(request: HttpRequest, dependency: UUID) -> HttpResponse:
    """One leans on the other no more."""
    service_actions.end_dependency(
        actor_of(request), dependency=DependencyId(dependency), reason=request.POST.get("reason", "")
    )
    messages.success(request, gettext("This dependency ended. It can still be read below."))
    service = request.POST.get("service", "")
    return redirect("show_service", service=service) if _is_id(service) else redirect("list_services")


@requires(Permission.TRIAGE_READ)
@require_GET
def list_named(request: HttpRequest) -> HttpResponse:
    """Whom organisations named that their services lean on, and which of it waits for a service or a process."""
    return _named(request)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def place_naming(request: HttpRequest, naming: UUID) -> HttpResponse:
    """The name means this service or process; without one, the provider by that name."""
    form, actor = Place(request.POST), actor_of(request)
    if not form.is_valid():
        return _named(request, status=422)
    said = form.cleaned_data["on"]
    try:
        service_actions.place_naming(actor, naming=NamingId(naming), on=_node(actor, said) if said else "")
    except RuleBroken as broken:
        messages.error(request, in_words(broken))
        return _named(request, status=422)
    messages.success(request, gettext("From now on every estimate takes this dependency into account."))
    return redirect("list_named")


@requires(Permission.CONSTITUENCY_MANAGE)
@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def bring_file(request: HttpRequest) -> HttpResponse:
    """Services and dependencies from a file: all of it, or every line that is wrong."""
    form = BringFile(request.POST, request.FILES) if request.method == "POST" else BringFile()
    wrong: list[tuple[int, str]] = []
    if form.is_valid():
        try:
            brought = service_actions.import_services(
                actor_of(request), raw=form.cleaned_data["file"].read(), reason=form.cleaned_data["reason"]
            )
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
    context = {"form": form, "wrong": wrong}
    return render(request, "desk/services/file.html", context, status=422 if form.is_bound else 200)


def _named(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    viewer = actor_of(request)
    found = service_queries.list_named(viewer)
    theirs = service_queries.list_of_organisations(
        viewer, organisations={one.organisation.id for one in found if one.organisation}
    )
    rows = [(one, theirs.get(one.organisation.id, ()) if one.organisation else ()) for one in found]
    return render(request, "desk/services/named.html", {"rows": rows}, status=status)


def _page(request: HttpRequest, service: ServiceId, *, lean: Lean, ending: End, status: int = 200) -> HttpResponse:
    viewer = actor_of(request)
    found = service_queries.get_service(viewer, service=service)
    context = {
        "service": found,
        "leaning": service_queries.list_leaning(viewer, service=service),
        "trace": service_queries.trace_standstill(viewer, service=service),
        "lean": lean,
        "ending": ending,
        "may_tell": may(viewer.roles, Permission.TRIAGE_DECIDE) and found.ended_at is None,
    }
    return render(request, "desk/services/one.html", context, status=status)


def _node(actor: Actor, said: str) -> str:
    """The node that somebody typed: a code of a service; else as it was typed, for a vital process or nothing."""
    found = service_queries.find_by_code(actor, code=said)
    return found.node if found else said.strip().upper()


def _is_id(said: str) -> bool:
    try:
        UUID(said)
    except ValueError:
        return False
    return True
