"""Joint response: who stands together, who does what, how it stands, and who has the shift."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import Case, CaseId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import Sight
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell
from meldpunt.response import actions as response_actions
from meldpunt.response import queries as response_queries
from meldpunt.response.values import ActionId, Activation, ActivationId, HandoverId

from ..forms.advice import ChooseCase, organisations_in
from ..forms.disclosures import Reason
from ..forms.response import Activate, Assign, HandOver, Situation
from ..forms.turning import page_asked, turned
from ..forms.widening import ask_why_wider

PAGE = 50


@requires(Permission.RESPONSE_READ)
@require_GET
def list_responses(request: HttpRequest) -> HttpResponse:
    """Joint responses, newest first."""
    viewer, number = actor_of(request), page_asked(request)
    lines = response_queries.list_activations(viewer, page=number)
    may_lead = may(viewer.roles, Permission.RESPONSE_LEAD)
    context = {
        "lines": lines,
        "choose": ChooseCase(cases=case_queries.list_cases(viewer).lines) if may_lead else None,
        "turn": turned(number, size=PAGE, lines=lines),
    }
    return render(request, "desk/response/list.html", context)


@requires(Permission.RESPONSE_LEAD)
@require_http_methods(["GET", "POST"])
def activate_response(request: HttpRequest) -> HttpResponse:
    """Stand together on the case that the address names."""
    viewer, chosen = actor_of(request), ChooseCase(request.GET, cases=())
    if not chosen.is_valid():
        return redirect("list_responses")
    case = case_queries.get_case(viewer, case=CaseId(chosen.cleaned_data["case"]))
    form = Activate(request.POST or None, organisations=_candidates(viewer, case))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        active = response_actions.activate_response(
            viewer,
            case=case.id,
            reason=said["reason"],
            members=form.chosen(),
            override_reason=said["override_reason"],
        )
        return redirect("show_response", response=active.id)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/response/activate.html", {"form": form, "case": case}, status=status)


@requires(Permission.RESPONSE_READ)
@require_GET
def show_response(request: HttpRequest, response: UUID) -> HttpResponse:
    """One joint response."""
    return _page(request, ActivationId(response))


@requires(Permission.RESPONSE_LEAD)
@require_POST
def assign_action(request: HttpRequest, response: UUID) -> HttpResponse:
    """Give a member something to do."""
    viewer = actor_of(request)
    members = response_queries.get_activation(viewer, activation=ActivationId(response)).members
    form = Assign(request.POST, organisations=members)
    if not form.is_valid():
        return _page(request, ActivationId(response), assign=form, status=422)
    response_actions.assign_action(
        viewer,
        activation=ActivationId(response),
        organisation=form.chosen(),
        text=form.cleaned_data["text"],
        due_at=form.cleaned_data["due_at"],
    )
    return redirect("show_response", response=response)


@requires(Permission.RESPONSE_LEAD)
@require_POST
def finish_action(request: HttpRequest, action: UUID) -> HttpResponse:
    """It was done."""
    active = response_actions.finish_action(actor_of(request), action=ActionId(action))
    return redirect("show_response", response=active.id)


@requires(Permission.RESPONSE_LEAD)
@require_http_methods(["GET", "POST"])
def tell_situation(request: HttpRequest, response: UUID) -> HttpResponse:
    """Who would be told what; once that was seen and confirmed, each member is told."""
    viewer, form = actor_of(request), Situation(request.POST or None)
    active = response_queries.get_activation(viewer, activation=ActivationId(response))
    if request.method == "POST" and form.is_valid():
        if not form.is_confirmed:
            return _preview(request, active, form)

        def publish(seen: Sight) -> HttpResponse:
            told = response_actions.publish_situation_report(
                viewer, activation=active.id, reason=form.cleaned_data["reason"], seen=seen, **form.said()
            )
            refused = sum(one.verdict.is_refused for one in told)
            counts = {"told": len(told) - refused, "refused": refused}
            messages.success(request, gettext("Decided for %(told)d members; refused for %(refused)d.") % counts)
            return redirect("show_response", response=response)

        return tell(request, publish, again=lambda status: _preview(request, active, form, status=status))
    ask_why_wider(form)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/response/tell.html", {"active": active, "form": form}, status=status)


@requires(Permission.RESPONSE_LEAD)
@require_POST
def hand_over(request: HttpRequest, response: UUID) -> HttpResponse:
    """Write down what is open, for whoever takes the shift."""
    form = HandOver(request.POST)
    if not form.is_valid():
        return _page(request, ActivationId(response), handover=form, status=422)
    response_actions.hand_over(
        actor_of(request), activation=ActivationId(response), open_points=form.cleaned_data["open_points"]
    )
    return redirect("show_response", response=response)


@requires(Permission.RESPONSE_LEAD)
@require_POST
def sign_handover(request: HttpRequest, handover: UUID) -> HttpResponse:
    """Take the shift."""
    active = response_actions.sign_off(actor_of(request), handover=HandoverId(handover))
    return redirect("show_response", response=active.id)


@requires(Permission.RESPONSE_LEAD)
@require_POST
def end_response(request: HttpRequest, response: UUID) -> HttpResponse:
    """The joint response is over; the case goes on."""
    form = Reason(request.POST, auto_id="end_%s")
    if not form.is_valid():
        return _page(request, ActivationId(response), end=form, status=422)
    response_actions.end_response(
        actor_of(request), activation=ActivationId(response), reason=form.cleaned_data["reason"]
    )
    return redirect("show_response", response=response)


def _preview(request: HttpRequest, active: Activation, form: Situation, *, status: int = 200) -> HttpResponse:
    """For each member who would see what, above what was written."""
    previews = response_queries.preview_situation_report(actor_of(request), activation=active.id, **form.said())
    form.show(*(preview for _member, preview in previews))
    ask_why_wider(form, (preview for _member, preview in previews))
    context = {"active": active, "form": form, "previews": previews}
    return render(request, "desk/response/tell.html", context, status=status)


def _candidates(viewer: Actor, case: Case) -> list[Organisation]:
    """Constituents with a part in the case, and every government party."""
    known = constituency_queries.list_by_ids(
        viewer, organisations=[line.organisation for line in case.reports if line.organisation]
    )
    return [*organisations_in(case, known), *constituency_queries.list_parties(viewer)]


def _page(
    request: HttpRequest,
    response: ActivationId,
    *,
    assign: Assign | None = None,
    handover: HandOver | None = None,
    end: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer = actor_of(request)
    active = response_queries.get_activation(viewer, activation=response)
    context = {
        "active": active,
        "may_lead": active.is_active and may(viewer.roles, Permission.RESPONSE_LEAD),
        "viewer_id": viewer.id,
        "assign": assign or Assign(organisations=active.members),
        "handover": handover or HandOver(auto_id="handover_%s"),
        "end": end or Reason(auto_id="end_%s"),
    }
    return render(request, "desk/response/one.html", context, status=status)
