"""The page of one case. Forms that were refused come back in it."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.advice import queries as advice_queries
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import Case, CaseId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.detection import queries as detection_queries
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.entrypoints.web.gate import actor_of
from meldpunt.response import queries as response_queries
from meldpunt.triage import queries as triage_queries

from .forms.cases import AddParty, Document, Merge, Note, Task
from .forms.decision import Reason


def case_page(request: HttpRequest, case: CaseId, *, status: int = 200, **refused: Form) -> HttpResponse:
    """The page; `refused` are bound forms that take the place of the fresh ones, by the name of the fresh one."""
    viewer = actor_of(request)
    found = case_queries.get_case(viewer, case=case)
    context: dict[str, object] = {"case": found, "may_write": may(viewer.roles, Permission.CASE_WRITE)}
    context["may_reply"] = may(viewer.roles, Permission.REPORT_COMPLETE)
    if may(viewer.roles, Permission.TRIAGE_READ):
        context["dissents"] = triage_queries.list_dissents(viewer, reports=[one.id for one in found.reports]).items()
    context["news"] = case_queries.list_news(viewer, case=case)
    if context["may_write"]:
        others = [line for line in case_queries.list_cases(viewer).lines if line.id != case]
        context |= {
            "note": Note(auto_id="note_%s"),
            "task": Task(auto_id="task_%s"),
            "document": Document(auto_id="document_%s"),
            "party": AddParty(organisations=constituency_queries.list_parties(viewer), auto_id="party_%s"),
            "merge": Merge(cases=others, auto_id="merge_%s"),
            "reason": Reason(auto_id="reason_%s"),
        }
    return render(request, "desk/cases/one.html", context | _outward(viewer, found) | refused, status=status)


def _outward(viewer: Actor, case: Case) -> dict[str, object]:
    """What already goes out of the case, as far as the viewer may know; to each its own way back."""
    found: dict[str, object] = {}
    if may(viewer.roles, Permission.TRIAGE_READ):
        found["scenarios"] = triage_queries.list_scenarios(viewer, reports=[one.id for one in case.reports])
    if may(viewer.roles, Permission.RESPONSE_READ):
        responses = response_queries.list_activations(viewer, cases=case.whole)
        found |= {"responses": responses, "is_responding": any(one.ended_at is None for one in responses)}
    if may(viewer.roles, Permission.ADVICE_READ):
        found["advice"] = advice_queries.list_advice(viewer, cases=case.whole, reports=[one.id for one in case.reports])
    if may(viewer.roles, Permission.INDICATOR_READ):
        found["indicators"] = detection_queries.list_indicators(viewer, cases=case.whole)
    if may(viewer.roles, Permission.DISCLOSURE_PROPOSE):
        found["told"] = disclosure_queries.list_disclosures(viewer, reports=[one.id for one in case.reports])
    return found
