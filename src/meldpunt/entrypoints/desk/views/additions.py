"""What was added to a report after it was decided."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake.values import ReportId, StageId
from meldpunt.triage import actions as triage_actions


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def read_addition(request: HttpRequest, report: UUID, stage: UUID) -> HttpResponse:
    """Somebody read it, and the decision stands."""
    triage_actions.read_addition(actor_of(request), report=ReportId(report), stage=StageId(stage))
    messages.success(request, gettext("It is out of the queue again; the decision stands."))
    return redirect("show_report", report=report)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def split_addition(request: HttpRequest, report: UUID, stage: UUID) -> HttpResponse:
    """It is another incident, and becomes a report of its own."""
    became = triage_actions.split_addition(actor_of(request), report=ReportId(report), stage=StageId(stage))
    messages.success(request, gettext("It is a report of its own now. Its files are with the report it was added to."))
    return redirect("show_report", report=became)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def take_back_follow_up(request: HttpRequest, report: UUID, stage: UUID) -> HttpResponse:
    """It waits for somebody again."""
    triage_actions.take_back_follow_up(actor_of(request), report=ReportId(report), stage=StageId(stage))
    messages.success(request, gettext("It waits for somebody again."))
    return redirect("show_report", report=report)
