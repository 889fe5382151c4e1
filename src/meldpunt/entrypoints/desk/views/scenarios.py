"""Scenarios of a report: supposed, kept, laid beside each other, and one taken for its estimate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.access.errors import RuleBroken
from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report, ReportId
from meldpunt.services import queries as service_queries
from meldpunt.services.values import service_in
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.errors import OutageImpossible
from meldpunt.triage.values import Change, Compared, Scenario, ScenarioId
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.vital import all_vital_processes

from ..forms.scenarios import Suppose

_PROCESSES: Final = {process.id: process.name for process in all_vital_processes()}


@requires(Permission.TRIAGE_READ)
@require_GET
def list_scenarios(request: HttpRequest, report: UUID) -> HttpResponse:
    """Those that were kept; and the chosen ones computed again, side by side."""
    viewer = actor_of(request)
    found = intake_queries.get_report(viewer, report=ReportId(report))
    scenarios = triage_queries.list_scenarios(viewer, reports=[report])
    chosen = [one.id for one in scenarios if str(one.id) in request.GET.getlist("compare")]
    compared: tuple[Compared, ...] = ()
    trouble = ""
    if chosen:
        try:
            compared = triage_queries.compare_scenarios(viewer, scenarios=chosen)
        except OutageImpossible as broken:
            trouble = in_words(broken)
    names = _names(viewer, scenarios)
    oldest = min((one.scenario.by.at for one in compared if one.is_of_another_network), default=None)
    context = {
        "report": found,
        "scenarios": scenarios,
        "lines": [(one, *_supposed(one, names)) for one in scenarios],
        "chosen": set(chosen),
        "compared": compared,
        "trouble": trouble,
        "changes": service_queries.list_changes(viewer, since=oldest) if oldest else (),
        "may_decide": may(viewer.roles, Permission.TRIAGE_DECIDE),
        "most": triage_queries.MOST_COMPARED,
    }
    return render(request, "desk/scenarios/list.html", context, status=409 if trouble else 200)


@requires(Permission.TRIAGE_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def suppose(request: HttpRequest, report: UUID) -> HttpResponse:
    """An outage as somebody supposes it, computed and kept."""
    actor = actor_of(request)
    found = intake_queries.get_report(actor, report=ReportId(report))
    form = Suppose(request.POST) if request.method == "POST" else Suppose(outage=_suggested(actor, found))
    if form.is_valid():
        nodes = {said: _node(actor, said) for said in form.said()}
        for said, node in nodes.items():
            if service_in(node) is None and node not in _PROCESSES:
                form.add_error(
                    None, gettext("%(said)s is no code of a service, and no vital process.") % {"said": said}
                )
    if form.is_valid():
        try:
            triage_actions.keep_scenario(
                actor,
                report=found.id,
                name=form.cleaned_data["name"],
                outage=form.outage(nodes),
                changes=form.supposed(nodes),
            )
        except RuleBroken as broken:
            form.add_error(None, in_words(broken))
        else:
            messages.success(request, gettext("The scenario was computed and kept."))
            return redirect("list_scenarios", report=report)
    context = {"report": found, "form": form}
    return render(request, "desk/scenarios/new.html", context, status=422 if form.is_bound else 200)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def adopt(request: HttpRequest, scenario: UUID) -> HttpResponse:
    """It is the estimate of its report from now on."""
    assessed = triage_actions.adopt_scenario(actor_of(request), scenario=ScenarioId(scenario))
    messages.success(request, gettext("This scenario is the estimate of the report from now on."))
    return redirect("show_report", report=assessed.report)


def _names(viewer: Actor, scenarios: Sequence[Scenario]) -> Mapping[str, Bilingual]:
    """What the scenarios name, as it is called."""
    out = (node for one in scenarios for node in one.estimate.outage.shares)
    otherwise = (end for one in scenarios for change in one.changes for end in (change.of, change.on))
    named = {service for node in (*out, *otherwise) if (service := service_in(node))}
    services = service_queries.list_by_ids(viewer, services=named) if named else {}
    return _PROCESSES | {one.node: Bilingual(one.label, one.label) for one in services.values()}


def _supposed(
    scenario: Scenario, names: Mapping[str, Bilingual]
) -> tuple[list[tuple[Bilingual, float]], list[tuple[Bilingual, Bilingual, Change]]]:
    """What a scenario supposes: that this stands still, and that this leans on that otherwise."""
    shares = scenario.estimate.outage.shares
    out = [(names[node], share) for node, share in shares.items() if node in names]
    changes = [(names[one.of], names[one.on], one) for one in scenario.changes if {one.of, one.on} <= names.keys()]
    return out, changes


def _suggested(actor: Actor, report: Report) -> list[tuple[str, float]]:
    """What the estimate says that is out; else what the organisation of a report about availability delivers."""
    assessment = triage_queries.find_assessment(actor, report=report.id)
    if assessment and assessment.estimate:
        shares = assessment.estimate.outage.shares
        known = [one for node in shares if (one := service_in(node))]
        services = service_queries.list_by_ids(actor, services=known)
        codes = {one.node: one.code for one in services.values()}
        return [(codes.get(node, node), share) for node, share in shares.items()]
    if report.organisation is None:
        return []
    delivered = service_queries.list_of_organisation(actor, organisation=report.organisation)
    return [(one.code, 1.0) for one in delivered]


def _node(actor: Actor, said: str) -> str:
    """The node that somebody typed: a code of a service, else as it was typed."""
    found = service_queries.find_by_code(actor, code=said)
    return found.node if found else said.strip().upper()
