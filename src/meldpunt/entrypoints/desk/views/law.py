"""The law as a lawyer reads it: what held on a day, and what it says to a question. Nothing here is about anybody."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.gate import requires
from meldpunt.law import (
    IN_FORCE,
    Clause,
    Deferral,
    Ground,
    GroundKind,
    RecipientKind,
    limits_of,
    successors_of,
    verdict,
    withholding_grounds,
)

from ..forms.law import LawFilters, Question


@requires(Permission.LAW_READ)
@require_GET
def show_law(request: HttpRequest) -> HttpResponse:
    """Regimes, grounds, grounds to withhold with what became of them, deferrals, terms and forms of one day."""
    form = LawFilters(request.GET)
    form.is_valid()
    day, recipient = form.chosen_day(), form.chosen_recipient()
    context = {
        "form": form,
        "day": day,
        "law": IN_FORCE,
        "in_force": IN_FORCE.regimes_on(day),
        "regimes": sorted(IN_FORCE.regimes, key=lambda regime: regime.valid_from, reverse=True),
        "deeds": [(kind, _grounds_of(kind, day, recipient)) for kind in GroundKind],
        "withholding": [(ground, successors_of(ground), limits_of(ground)) for ground in withholding_grounds(day)],
        "deferrals": [one for one in IN_FORCE.deferrals if one.is_valid_on(day) and _reaches(one, recipient)],
        "clocks": [rule for rule in IN_FORCE.clocks if rule.is_valid_on(day)],
        "forms": [rule for rule in IN_FORCE.forms if rule.is_valid_on(day)],
        "criteria": [one for one in IN_FORCE.criteria if one.is_valid_on(day)],
        "clauses": [one for one in _clauses() if one is not None],
    }
    return render(request, "desk/law/one.html", context)


@requires(Permission.LAW_READ)
@require_GET
def ask_law(request: HttpRequest) -> HttpResponse:
    """A question of any kind, and the verdict on it sentence by sentence; nothing is kept of it."""
    form = Question(request.GET) if "recipient" in request.GET else Question(initial=request.GET.dict())
    facts = form.facts() if form.is_bound and form.is_valid() else None
    context = {"form": form, "facts": facts, "verdict": verdict(facts) if facts else None}
    return render(request, "desk/law/verdict.html", context)


def _clauses() -> tuple[Clause | None, ...]:
    said = IN_FORCE.clauses
    return said.mandate, said.remedy, said.waiting, said.waiting_requester


def _grounds_of(kind: GroundKind, day: date, recipient: RecipientKind | None) -> list[Ground]:
    return [
        ground
        for ground in IN_FORCE.grounds
        if ground.kind is kind and ground.is_valid_on(day) and _reaches(ground, recipient)
    ]


def _reaches(one: Ground | Deferral, recipient: RecipientKind | None) -> bool:
    return recipient is None or not one.recipients or recipient in one.recipients
