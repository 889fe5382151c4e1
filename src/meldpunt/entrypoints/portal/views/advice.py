"""Measures that were advised, and the organisation's answers."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from meldpunt.access.values import Permission
from meldpunt.advice import actions as advice_actions
from meldpunt.advice import queries as advice_queries
from meldpunt.advice.values import AdviceId, AnswerKind, OwnAdvice
from meldpunt.entrypoints.portal.forms.advice import MeasureForm
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.reading import open_told


@requires(Permission.ADVICE_ANSWER)
@require_safe
def show_advice(request: HttpRequest, advice: UUID) -> HttpResponse:
    """The advice, which counts as read from now on, with a form for each measure."""
    viewer = actor_of(request)
    found = advice_queries.get_own_advice(viewer, advice=AdviceId(advice))
    open_told(request, viewer, disclosure=found.told.id)
    return _show(request, found)


@requires(Permission.ADVICE_ANSWER)
@require_POST
def answer_measure(request: HttpRequest, advice: UUID, number: int) -> HttpResponse:
    """Promise it, say that it is done, or refuse with a reason."""
    found = advice_queries.get_own_advice(actor_of(request), advice=AdviceId(advice))
    measure = next((one for one in found.measures if one.number == number), None)
    if measure is None:
        raise Http404
    form = MeasureForm(measure, request.POST)
    if not form.is_valid():
        return _show(request, found, wrong=form)
    given = form.cleaned_data
    advice_actions.answer_measure(
        actor_of(request), measure=measure.id, answer=AnswerKind(given["answer"]), reason=given["reason"]
    )
    return redirect("show_advice", advice=advice)


def _show(request: HttpRequest, advice: OwnAdvice, *, wrong: MeasureForm | None = None) -> HttpResponse:
    forms = [wrong if wrong and wrong.measure.id == one.id else MeasureForm(one) for one in advice.measures]
    context = {"advice": advice, "told": advice.told, "forms": forms}
    return render(request, "portal/advice.html", context, status=422 if wrong else 200)
