"""Government parties are asked to look along, and told what follows: first who will see what and why."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure.errors import DeferralUnfit
from meldpunt.disclosure.values import Sight
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell
from meldpunt.intake.values import ReportId
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.errors import (
    ConditionNotShown,
    ConsultationNotFound,
    NamesParty,
    NothingKnown,
    QuestionsMissing,
    RepeatsAnswer,
)
from meldpunt.triage.values import Asking, Consultation, ConsultationId, CounterQuestionId, SequelKind

from ..forms.consultation import Consult, Tell
from ..one_by_one import after_telling, within
from ..report_page import report_page

_SEPARATOR = "; "
_FIELDS: Mapping[type[RuleBroken], str] = {
    NothingKnown: "kinds",
    QuestionsMissing: "due_at",
    ConditionNotShown: "conditions",
}
"""Beside which field it is said what cannot be asked so."""


@requires(Permission.CONSULTATION_ASK)
@require_POST
def consult(request: HttpRequest, report: UUID) -> HttpResponse:
    """The previews side by side; once confirmed, the consultations. What the law refuses is kept with the verdict."""
    actor = actor_of(request)
    form = Consult(request.POST, parties=constituency_queries.list_parties(actor), auto_id="consult_%s")
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, consult=form)
    asking = form.asking(ReportId(report))

    def ask(seen: Sight) -> HttpResponse:
        asked = triage_actions.consult_parties(actor, asking=asking, vouching=form.cleaned_data["vouching"], seen=seen)
        _say(request, asked)
        triage_actions.forget_draft(actor, report=ReportId(report), form="consult")
        return after_telling(request, actor, ReportId(report))

    try:
        if not form.is_confirmed:
            return _preview(request, form, asking)
        return tell(request, ask, again=lambda status: _preview(request, form, asking, status=status))
    except DeferralUnfit as unfit:
        form.add_error("deferral", in_words(unfit))
    except (RepeatsAnswer, NamesParty) as refused:
        form.add_error("questions", in_words(refused))
    except (NothingKnown, QuestionsMissing, ConditionNotShown) as unfit:
        form.add_error(_FIELDS[type(unfit)], in_words(unfit))
    return report_page(request, ReportId(report), status=422, consult=form)


def _say(request: HttpRequest, asked: tuple[Consultation, ...]) -> None:
    """What became of asking, with the names: one may be refused and the next asked."""
    refused = [one.party.label for one in asked if one.is_refused]
    told = [one.party.label for one in asked if one.is_told]
    waiting = [one.party.label for one in asked if not one.is_refused and not one.is_told]
    if refused:
        said = gettext("The law refuses asking: %(parties)s. That is kept with the verdict.")
        messages.warning(request, said % {"parties": _SEPARATOR.join(refused)})
    if told:
        messages.success(request, gettext("Asked: %(parties)s.") % {"parties": _SEPARATOR.join(told)})
    if waiting:
        said = gettext("It waits for a second person; nothing is seen yet by: %(parties)s.")
        messages.success(request, said % {"parties": _SEPARATOR.join(waiting)})


def _preview(request: HttpRequest, form: Consult, asking: Asking, *, status: int = 200) -> HttpResponse:
    viewer = actor_of(request)
    previews = triage_queries.preview_consultations(viewer, asking=asking)
    form.show(*previews)
    parties = constituency_queries.list_by_ids(viewer, organisations=asking.parties)
    context = {
        "form": form,
        "previews": [(parties[party].label, one) for party, one in zip(asking.parties, previews, strict=True)],
        "is_refused": all(one.verdict.is_refused for one in previews),
        "report_id": asking.report,
        "within": within(request),
    }
    return render(request, "desk/reports/consult.html", context, status=status)


@requires(Permission.CONSULTATION_ASK)
@require_safe
def write_to_party(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """What can be told further: an answer to the first question that waits for one, or else what was decided."""
    asked = triage_queries.get_consultation(actor_of(request), consultation=ConsultationId(consultation))
    return _further(request, asked, Tell())


@requires(Permission.CONSULTATION_ASK)
@require_POST
def tell_party(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """The preview of that; once confirmed, it goes."""
    actor, form = actor_of(request), Tell(request.POST)
    asked = triage_queries.get_consultation(actor, consultation=ConsultationId(consultation))
    if not form.is_valid():
        return _further(request, asked, form, status=422)
    question, text = _question_in(request, asked), form.cleaned_data["text"]

    def go(seen: Sight) -> HttpResponse:
        if question:
            triage_actions.answer_party(actor, question=question, text=text, seen=seen)
        else:
            triage_actions.tell_outcome(actor, consultation=asked.id, text=text, seen=seen)
        messages.success(request, gettext("It went through the door. The report shows how far it came."))
        return after_telling(request, actor, asked.report)

    try:
        if not form.is_confirmed:
            return _further(request, asked, form, question=question, is_shown=True)
        return tell(
            request,
            go,
            again=lambda status: _further(request, asked, form, question=question, is_shown=True, status=status),
        )
    except (RepeatsAnswer, NamesParty) as refused:
        form.add_error("text", in_words(refused))
    return _further(request, asked, form, question=question, status=422)


def _question_in(request: HttpRequest, asked: Consultation) -> CounterQuestionId | None:
    """The question that is answered; none where what was decided is told. Raises ConsultationNotFound."""
    said = request.POST.get("answers", "")
    for one in asked.counter_questions:
        if str(one.id) == said:
            return one.id
    if said:
        raise ConsultationNotFound("no such question")
    return None


def _further(
    request: HttpRequest,
    asked: Consultation,
    form: Tell,
    *,
    question: CounterQuestionId | None = None,
    is_shown: bool = False,
    status: int = 200,
) -> HttpResponse:
    viewer = actor_of(request)
    waiting = asked.unanswered[0].id if asked.unanswered and not form.is_bound else None
    answers = question or waiting
    preview = None
    if is_shown:
        kind = SequelKind.ANSWER if answers else SequelKind.OUTCOME
        preview = triage_queries.preview_sequel(
            viewer, consultation=asked.id, kind=kind, text=form.cleaned_data["text"], question=answers
        )
        form.show(preview)
    context = {
        "form": form,
        "asked": asked,
        "answers": next((one for one in asked.counter_questions if one.id == answers), None),
        "preview": preview,
        "within": within(request),
    }
    return render(request, "desk/reports/tell_party.html", context, status=status)
