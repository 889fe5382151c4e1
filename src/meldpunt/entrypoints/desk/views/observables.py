"""One value that reports name, and everything that names it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meldpunt.access.values import Permission
from meldpunt.cases import queries as case_queries
from meldpunt.constituency import queries as constituency_queries
from meldpunt.engines.matching.values import ObservableKind
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import RegistrySilent
from meldpunt.ledger.values import EntryId
from meldpunt.triage import queries as triage_queries

from ..forms.decision import Reason
from ..observable_page import find_value, holders_of, indicator_of, registry_of, told_of


@requires(Permission.TRIAGE_READ)
@require_GET
def show_observable(request: HttpRequest, observable: UUID) -> HttpResponse:
    """Reports, feed rows, cases, indicators and disclosures; whose it is by the register. By id: a value says much."""
    return _page(request, observable)


@requires(Permission.REPORT_COMPLETE)
@require_POST
def ask_registry(request: HttpRequest, observable: UUID) -> HttpResponse:
    """Decide to ask the registry; the answer comes once that is kept."""
    form = Reason(request.POST, auto_id="registry_%s")
    if not form.is_valid():
        return _page(request, observable, status=422, ask=form)
    actor, (kind, value) = actor_of(request), _value(request, observable)
    entry = intake_actions.ask_registry(
        actor, observable=observable, kind=kind, value=value, reason=form.cleaned_data["reason"]
    )
    return redirect("show_registration", observable=observable, decided=entry)


@requires(Permission.REPORT_COMPLETE)
@require_GET
def show_registration(request: HttpRequest, observable: UUID, decided: UUID) -> HttpResponse:
    """What the registry answers, for ten minutes to who decided to ask it."""
    kind, value = _value(request, observable)
    try:
        told = intake_actions.read_registry(
            actor_of(request), entry=EntryId(decided), observable=observable, kind=kind, value=value
        )
    except RegistrySilent as silent:
        return _page(request, observable, silent=in_words(silent))
    return _page(request, observable, registration=told)


def _value(request: HttpRequest, observable: UUID) -> tuple[str, str]:
    found = find_value(actor_of(request), observable)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, observable: UUID, *, status: int = 200, **shown: object) -> HttpResponse:
    viewer, (kind, value) = actor_of(request), _value(request, observable)
    naming = intake_queries.find_naming(viewer, kind=kind, value=value)
    lines = triage_queries.list_lines(viewer, reports=naming.reports)
    about = {row.organisation for row in naming.rows if row.organisation} | {
        line.organisation for line in lines.values() if line.organisation
    }
    indicator = indicator_of(viewer, value=value)
    context = {
        "kind": kind,
        "value": value,
        "naming": naming,
        "reports": sorted(lines.values(), key=lambda line: line.received_at, reverse=True),
        "organisations": constituency_queries.list_by_ids(viewer, organisations=about),
        "cases": case_queries.list_naming(viewer, kind=kind, value=value),
        "indicator": indicator,
        "told": told_of(viewer, indicator),
        "holders": holders_of(viewer, kind=kind, value=value, at=timezone.now()),
        "users": constituency_queries.list_users_of_product(viewer, product=value)
        if kind == ObservableKind.PRODUCT
        else (),
        "id": observable,
        "ask": Reason(auto_id="registry_%s"),
        **registry_of(viewer, kind=kind, value=value),
        **shown,
    }
    return render(request, "desk/observables/one.html", context, status=status)
