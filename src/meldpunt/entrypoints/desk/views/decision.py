"""What becomes of a report: into a case, elsewhere, or nowhere; and back again."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Permission
from meldpunt.cases import actions as case_actions
from meldpunt.cases import queries as case_queries
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.errors import DissentUnanswered, HoldStands
from meldpunt.triage.together import in_one_go
from meldpunt.triage.values import Decision, Stood

from ..forms.decision import Accept, Decide
from ..forms.heeding import Heeds
from ..meanwhile import meanwhile, reopen_over
from ..one_by_one import go_on, to_report
from ..report_page import report_page


@requires(Permission.CASE_WRITE)
@require_POST
def accept(request: HttpRequest, report: UUID) -> HttpResponse:
    """Into a new case, or into one about the same incident."""
    actor = actor_of(request)
    told = intake_queries.get_report(actor, report=ReportId(report))
    form = Accept(
        request.POST,
        suggestions=case_queries.suggest_cases(actor, report=told),
        offered=triage_queries.list_reasons(actor),
        auto_id="accept_%s",
    )

    def deed(stood: Stood, heeds: Heeds) -> HttpResponse:
        case = case_actions.accept_report(
            actor,
            report=told.id,
            title=form.cleaned_data["title"],
            reason=form.cleaned_data["reason"],
            case=form.chosen(),
            stood=stood,
            followed=heeds.followed(),
            is_over_hold=heeds.is_over_hold,
        )
        messages.success(request, gettext("%(reference)s is in a case now.") % {"reference": told.reference})
        return redirect("show_case", case=case)

    return _carry_out(request, told.id, "accept", form, deed)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def decline(request: HttpRequest, report: UUID) -> HttpResponse:
    """Nothing for us."""
    return _decide(request, report, Decision.DECLINE)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def send_on(request: HttpRequest, report: UUID) -> HttpResponse:
    """Somebody else's work: the reason says whose."""
    return _decide(request, report, Decision.REDIRECT)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def reopen(request: HttpRequest, report: UUID) -> HttpResponse:
    """Decide anew, out of its case if it is in one; the decision before it stays in the history."""
    actor, of = actor_of(request), ReportId(report)
    form = Decide(request.POST, offered=triage_queries.list_reasons(actor), auto_id="close_%s")
    if not form.is_valid():
        return report_page(request, of, status=422, close=form)
    case_actions.reopen_report(actor, report=of, reason=form.cleaned_data["reason"])
    triage_actions.forget_draft(actor, report=of, form="close")
    _say_kept(request, of)
    return to_report(request, report)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def set_aside(request: HttpRequest, report: UUID) -> HttpResponse:
    """Where spam lies; it can be taken in from there."""
    return _decide(request, report, Decision.SET_ASIDE)


def _say_kept(request: HttpRequest, report: ReportId) -> None:
    """By its reference, for the page that comes may be of another report."""
    told = intake_queries.get_report(actor_of(request), report=report)
    said = gettext("The decision about %(reference)s was kept, with its reason.")
    messages.success(request, said % {"reference": told.reference})


def _decide(request: HttpRequest, report: UUID, decision: Decision) -> HttpResponse:
    actor, of = actor_of(request), ReportId(report)
    form = Decide(request.POST, offered=triage_queries.list_reasons(actor), auto_id="close_%s")

    def deed(stood: Stood, heeds: Heeds) -> HttpResponse:
        triage_actions.decide_report(
            actor,
            report=of,
            decision=decision,
            reason=form.cleaned_data["reason"],
            stood=stood,
            followed=heeds.followed() if decision is not Decision.SET_ASIDE else None,
            is_over_hold=heeds.is_over_hold,
        )
        _say_kept(request, of)
        return redirect("show_report", report=report)

    return _carry_out(request, of, "close", form, deed)


def _carry_out(
    request: HttpRequest,
    report: ReportId,
    name: str,
    form: Decide,
    deed: Callable[[Stood, Heeds], HttpResponse],
) -> HttpResponse:
    """Decide, over a colleague's decision only where that was seen. Refused, what was typed comes back."""
    actor, refused = actor_of(request), {name: form}
    if not form.is_valid():
        return report_page(request, report, refused, status=422)
    over, heeds = form.cleaned_data["over"], heeds_in(request, report, f"{name}_%s")
    try:
        with transaction.atomic(), in_one_go():
            reopen_over(actor, report, over, form.cleaned_data["reason"])
            done = deed(form.stood, heeds)
    except (DissentUnanswered, HoldStands) as unheeded:
        heeds.add_error(None, in_words(unheeded))
        return report_page(request, report, {**refused, f"heeds_{name}": heeds}, status=422)
    except RuleBroken as broken:
        return report_page(request, report, refused, status=409, stands=meanwhile(request, report, form, broken))
    for typed in ("accept", "close"):
        triage_actions.forget_draft(actor, report=report, form=typed)
    return go_on(request, actor, otherwise=done)


def heeds_in(request: HttpRequest, report: ReportId, auto_id: str) -> Heeds:
    """What was said of the views; of a form that was tampered with nothing, and then the deed asks for it."""
    heeds = Heeds(
        request.POST, asked=triage_queries.list_consultations(actor_of(request), report=report), auto_id=auto_id
    )
    if not heeds.is_valid():
        heeds.cleaned_data = {field: heeds.cleaned_data.get(field, "") for field in heeds.fields}
    return heeds
