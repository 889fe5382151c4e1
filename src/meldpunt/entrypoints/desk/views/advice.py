"""Written advice: from a case to its organisation, followed up, and where it must be to the ministry."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.advice import actions as advice_actions
from meldpunt.advice import queries as advice_queries
from meldpunt.advice.queries.inside import PAGE
from meldpunt.advice.values import AdviceId, AdviceState
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import Case, CaseId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import Sight
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report, ReportId

from ..forms.advice import (
    AdviceFilters,
    ChooseCase,
    Give,
    PlanFollowUp,
    RecordFollowUp,
    WriteAdvice,
    organisations_in,
)
from ..forms.confirming import Confirm
from ..forms.turning import page_asked, turned
from ..forms.widening import ask_why_wider


@requires(Permission.ADVICE_READ)
@require_GET
def list_advice(request: HttpRequest) -> HttpResponse:
    """Advice, newest first, with what is due."""
    viewer, form, number = actor_of(request), AdviceFilters(request.GET), page_asked(request)
    form.is_valid()
    case = form.cleaned_data.get("case")
    lines = advice_queries.list_advice(
        viewer,
        state=form.chosen_state(),
        overdue=form.chosen_overdue(),
        cases=case_queries.list_whole(viewer, case=CaseId(case)) if case else None,
        reports=_reports_in(viewer, case),
        page=number,
    )
    may_write = may(viewer.roles, Permission.ADVICE_WRITE)
    context = {
        "form": form,
        "lines": lines,
        "choose": ChooseCase(cases=case_queries.list_cases(viewer).lines) if may_write else None,
        "turn": turned(number, size=PAGE, lines=lines),
    }
    return render(request, "desk/advice/list.html", context)


def _reports_in(viewer: Actor, case: UUID | None) -> tuple[ReportId, ...]:
    """Those of the case that the list is narrowed to: advice was written from them before they were in it."""
    found = case_queries.get_case(viewer, case=CaseId(case)) if case else None
    return tuple(line.id for line in found.reports) if found else ()


@requires(Permission.ADVICE_WRITE)
@require_http_methods(["GET", "POST"])
def write_advice(request: HttpRequest) -> HttpResponse:
    """A draft from the case or the report that the address names. Nobody outside the desk sees it."""
    viewer, chosen = actor_of(request), ChooseCase(request.GET, cases=())
    if not chosen.is_valid():
        return redirect("list_advice")
    began = chosen.cleaned_data["report"]
    about = intake_queries.get_report(viewer, report=ReportId(began)) if began else None
    case = _case_for(viewer, chosen.cleaned_data["case"], about)
    if case is None and about is None:
        return redirect("list_advice")
    form = WriteAdvice(request.POST or None, organisations=_whom(viewer, case, about), about=about)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        advice = advice_actions.write_advice(
            viewer,
            case=case.id if case else None,
            organisation=form.chosen_organisation(),
            title=said["title"],
            introduction=said["introduction"],
            measures=form.measures(),
            due_on=said["due_on"],
            report=about.id if about else None,
            requested_by=said["requested_by"],
        )
        return redirect("show_advice", advice=advice.id)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/advice/write.html", {"form": form, "case": case, "about": about}, status=status)


def _case_for(viewer: Actor, chosen: UUID | None, about: Report | None) -> Case | None:
    """The case that was chosen, or that the report is in; None for a report that is in none."""
    if chosen is None and about is not None:
        line = case_queries.find_case_of(viewer, report=about.id)
        chosen = line.id if line else None
    return case_queries.get_case(viewer, case=CaseId(chosen)) if chosen else None


def _whom(viewer: Actor, case: Case | None, about: Report | None) -> list[Organisation]:
    """Who can be advised: who has a part in the case, or whom the report is about."""
    told = [line.organisation for line in case.reports] if case else [about.organisation if about else None]
    known = constituency_queries.list_by_ids(viewer, organisations=[one for one in told if one])
    return organisations_in(case, known) if case else [one for one in known.values() if one.kind == "constituent"]


@requires(Permission.ADVICE_READ)
@require_GET
def show_advice(request: HttpRequest, advice: UUID) -> HttpResponse:
    """One advice: who would see what while it is a draft; afterwards answers, rounds and history."""
    return _page(request, AdviceId(advice))


@requires(Permission.ADVICE_WRITE)
@require_POST
def give_advice(request: HttpRequest, advice: UUID) -> HttpResponse:
    """Tell the organisation."""
    form = Give(request.POST)
    if not form.is_valid():
        return _page(request, AdviceId(advice), give=form, status=422)

    def give(seen: Sight) -> HttpResponse:
        told = advice_actions.give_advice(actor_of(request), advice=AdviceId(advice), seen=seen, **form.cleaned_data)
        if told.verdict.is_refused:
            return redirect("show_disclosure", disclosure=told.id)
        messages.success(request, gettext("The advice was given."))
        return redirect("show_advice", advice=advice)

    return tell(request, give, again=lambda status: _page(request, AdviceId(advice), give=form, status=status))


@requires(Permission.ADVICE_WRITE)
@require_POST
def plan_follow_up(request: HttpRequest, advice: UUID) -> HttpResponse:
    """Plan when to ask again."""
    form = PlanFollowUp(request.POST)
    if not form.is_valid():
        return _page(request, AdviceId(advice), plan=form, status=422)
    advice_actions.plan_follow_up(actor_of(request), advice=AdviceId(advice), due_at=form.cleaned_data["due_at"])
    return redirect("show_advice", advice=advice)


@requires(Permission.ADVICE_WRITE)
@require_POST
def record_follow_up(request: HttpRequest, advice: UUID) -> HttpResponse:
    """Write down what asking again found."""
    form = RecordFollowUp(request.POST)
    if not form.is_valid():
        return _page(request, AdviceId(advice), record=form, status=422)
    advice_actions.record_follow_up(
        actor_of(request),
        advice=AdviceId(advice),
        outcome=form.chosen_outcome(),
        note=form.cleaned_data["note"],
    )
    return redirect("show_advice", advice=advice)


@requires(Permission.ADVICE_READ)
@require_GET
def show_escalation(request: HttpRequest, advice: UUID) -> HttpResponse:
    """Every condition for telling the ministry, met or not."""
    return _escalation(request, AdviceId(advice), Confirm())


@requires(Permission.ESCALATE)
@require_POST
def escalate(request: HttpRequest, advice: UUID) -> HttpResponse:
    """A letter to the ministry, for a second duty officer to approve."""
    form = Confirm(request.POST)
    if not form.is_valid():
        return _escalation(request, AdviceId(advice), form, status=422)

    def go(seen: Sight) -> HttpResponse:
        told = advice_actions.escalate(
            actor_of(request), advice=AdviceId(advice), reason=form.cleaned_data["reason"], seen=seen
        )
        return redirect("show_disclosure", disclosure=told.id)

    return tell(request, go, again=lambda status: _escalation(request, AdviceId(advice), form, status=status))


def _escalation(request: HttpRequest, advice: AdviceId, form: Confirm, *, status: int = 200) -> HttpResponse:
    viewer = actor_of(request)
    found, test = advice_queries.get_advice(viewer, advice=advice), advice_queries.may_escalate(viewer, advice=advice)
    is_ready = test.is_allowed and may(viewer.roles, Permission.ESCALATE) and found.organisation.name is not None
    preview = advice_queries.preview_escalation(viewer, advice=advice) if is_ready else None
    if preview:
        form.show(preview)
    context = {
        "advice": found,
        "test": test,
        "form": form,
        "may_escalate": test.is_allowed and may(viewer.roles, Permission.ESCALATE),
        "preview": preview,
    }
    return render(request, "desk/advice/escalation.html", context, status=status)


def _page(
    request: HttpRequest,
    advice: AdviceId,
    *,
    give: Give | None = None,
    plan: PlanFollowUp | None = None,
    record: RecordFollowUp | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer = actor_of(request)
    found = advice_queries.get_advice(viewer, advice=advice)
    may_write = may(viewer.roles, Permission.ADVICE_WRITE)
    is_draft, give = found.state is AdviceState.DRAFT, give or Give(auto_id="give_%s")
    why = str(give.data.get("widening", ""))
    preview = advice_queries.preview_advice(viewer, advice=found, widening=why) if may_write and is_draft else None
    if preview:
        give.show(preview)
    ask_why_wider(give, [preview] if preview else ())
    context = {
        "advice": found,
        "case": case_queries.list_by_ids(viewer, cases=[found.case]).get(found.case) if found.case else None,
        "may_write": may_write,
        "give": give,
        "plan": plan or PlanFollowUp(auto_id="plan_%s"),
        "record": record or RecordFollowUp(auto_id="record_%s"),
        "waiting": next((one for one in found.follow_ups if one.done is None), None),
        "is_draft": is_draft,
        "preview": preview,
    }
    return render(request, "desk/advice/one.html", context, status=status)
