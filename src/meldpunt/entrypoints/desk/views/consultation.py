"""A government party is asked to look along: first who will see what and why, then the asking."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from meldpunt.access.values import OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure.errors import DeferralUnfit
from meldpunt.disclosure.values import Deferred, Sight
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell
from meldpunt.intake.values import ReportId
from meldpunt.law import Condition, DataKind
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries

from ..forms.consultation import Consult
from ..report_page import report_page


class Asked(TypedDict):
    """What is asked of whom; the same for the preview and for the asking."""

    report: ReportId
    party: OrganisationId
    questions: str
    data: frozenset[DataKind]
    conditions: frozenset[Condition]
    due_at: datetime
    deferred: Deferred | None


@requires(Permission.CONSULTATION_ASK)
@require_POST
def consult(request: HttpRequest, report: UUID) -> HttpResponse:
    """The preview; once confirmed, the consultation. What the law refuses is kept with the verdict."""
    actor = actor_of(request)
    form = Consult(request.POST, parties=constituency_queries.list_parties(actor), auto_id="consult_%s")
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, consult=form)
    said = form.cleaned_data
    asked: Asked = {
        "report": ReportId(report),
        "party": OrganisationId(said["party"]),
        "questions": said["questions"],
        "data": frozenset(DataKind(kind) for kind in said["kinds"]),
        "conditions": frozenset(Condition(condition) for condition in said["conditions"]),
        "due_at": said["due_at"],
        "deferred": form.deferred(),
    }

    def ask(seen: Sight) -> HttpResponse:
        consultation = triage_actions.consult_party(actor, **asked, vouching=said["vouching"], seen=seen)
        if consultation.is_refused:
            messages.warning(request, gettext("The law refuses this consultation. It is kept with the verdict."))
        else:
            messages.success(request, gettext("The party was asked."))
        return redirect("show_report", report=report)

    try:
        if not form.is_confirmed:
            return _preview(request, form, asked)
        return tell(request, ask, again=lambda status: _preview(request, form, asked, status=status))
    except DeferralUnfit as unfit:
        form.add_error("deferral", in_words(unfit))
        return report_page(request, ReportId(report), status=422, consult=form)


def _preview(request: HttpRequest, form: Consult, asked: Asked, *, status: int = 200) -> HttpResponse:
    preview = triage_queries.preview_consultation(actor_of(request), **asked)
    form.show(preview)
    context = {"form": form, "preview": preview, "report_id": asked["report"]}
    return render(request, "desk/reports/consult.html", context, status=status)
