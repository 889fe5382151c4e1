"""Who was asked, what they were told, and what they think: side by side for the desk, one's own for a party."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import SEALED
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Delivered, Disclosure, DisclosureId
from meldpunt.engines.redaction.hiding import hide
from meldpunt.engines.redaction.identity import Identity
from meldpunt.intake.values import ReportId

from .. import models
from ..errors import ConsultationNotFound
from ..rules.wording import page_number
from ..values import (
    Asked,
    By,
    Consultation,
    ConsultationId,
    CounterQuestion,
    CounterQuestionId,
    RoundId,
    Sequel,
    SequelKind,
    View,
)
from .rows import counter_questions_of, views_of

PAGE = 50
_OF_THE_PARTY = ("id", "party", "disclosure", "asked_at", "due_at")
_SEQUEL_OF_THE_PARTY = ("id", "consultation", "kind", "disclosure", "at")
_Terms: TypeAlias = tuple[Identity, ...]


@look(Permission.TRIAGE_READ)
def list_consultations(viewer: Actor, /, *, report: ReportId) -> tuple[Consultation, ...]:
    """The consultations about a report with their views, in the order they were asked; refused ones too.

    What points at an organisation that is sealed for the viewer is masked.
    """
    return _consultations(viewer, models.Consultation.objects.filter(report_id=report).order_by("asked_at", "id"))


@look(Permission.TRIAGE_READ)
def get_consultation(viewer: Actor, /, *, consultation: ConsultationId) -> Consultation:
    """One consultation. Raises ConsultationNotFound."""
    found = _consultations(viewer, models.Consultation.objects.filter(id=consultation))
    if not found:
        raise ConsultationNotFound("no such consultation")
    return found[0]


@look(Permission.TRIAGE_READ)
def list_dissents(viewer: Actor, /, *, reports: Collection[UUID]) -> Mapping[ReportId, tuple[Consultation, ...]]:
    """Of each of these reports the parties that have something against going on; the others are left out."""
    asked = models.Consultation.objects.filter(report_id__in=list(reports), refused=False).order_by("asked_at", "id")
    found: defaultdict[ReportId, tuple[Consultation, ...]] = defaultdict(tuple)
    for one in _consultations(viewer, asked) if reports else ():
        if one.view is not None and one.view.is_dissent:
            found[one.report] += (one,)
    return found


@look(Permission.CONSULTATION_ANSWER)
def list_asked(viewer: Actor, /, *, page: int = 1) -> tuple[Asked, ...]:
    """What the viewer's party was asked, newest first; fifty a page."""
    rows = models.Consultation.objects.only(*_OF_THE_PARTY).order_by("-asked_at", "id")
    first = PAGE * (page_number(page) - 1)
    return _asked(viewer, rows[first : first + PAGE])


@look(Permission.CONSULTATION_ANSWER)
def get_asked(viewer: Actor, /, *, consultation: ConsultationId) -> Asked:
    """One of them. Raises ConsultationNotFound."""
    found = _asked(viewer, models.Consultation.objects.only(*_OF_THE_PARTY).filter(id=consultation))
    if not found:
        raise ConsultationNotFound("no such consultation")
    return found[0]


def _consultations(viewer: Actor, rows: Iterable[models.Consultation]) -> tuple[Consultation, ...]:
    found = list(rows)
    ids = [row.id for row in found]
    parties = constituency_queries.list_by_ids(viewer, organisations=[row.party_id for row in found])
    views, asked_back = views_of(ids), counter_questions_of(ids)
    later = list(models.Sequel.objects.filter(consultation__in=ids).select_related("decision").order_by("at", "id"))
    told = disclosure_queries.list_by_ids(viewer, disclosures=_disclosures(found, later))
    sequels = _sequels(later, told)
    sealed = {one for disclosure in told.values() for one in disclosure.sealed}
    terms = tuple(constituency_queries.list_masking_terms(viewer, organisations=sealed).values())
    return tuple(
        Consultation(
            id=ConsultationId(row.id),
            report=ReportId(row.report_id),
            round=RoundId(row.round),
            party=parties[OrganisationId(row.party_id)],
            questions=_masked(row.questions, terms),
            asked=By(ActorId(row.asked_by), row.asked_by_name, row.asked_at),
            due_at=row.due_at,
            disclosure=told[DisclosureId(row.disclosure_id)],
            views=tuple(_hidden(view, terms) for view in views[row.id]),
            counter_questions=tuple(_hidden_question(one, terms) for one in asked_back[row.id]),
            sequels=sequels[row.id],
        )
        for row in found
    )


def _sequels(
    rows: Iterable[models.Sequel], told: Mapping[DisclosureId, Disclosure]
) -> Mapping[UUID, tuple[Sequel, ...]]:
    found: defaultdict[UUID, tuple[Sequel, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.consultation_id] += (
            Sequel(
                kind=SequelKind(row.kind),
                at=row.at,
                by_name=row.by_name,
                disclosure=told[DisclosureId(row.disclosure_id)],
                question=CounterQuestionId(row.question_id) if row.question_id else None,
                decision=row.decision.number if row.decision else None,
            ),
        )
    return found


def _disclosures(asked: Iterable[models.Consultation], later: Iterable[models.Sequel]) -> list[UUID]:
    return [*(row.disclosure_id for row in asked), *(row.disclosure_id for row in later)]


def _masked(text: str, terms: _Terms) -> str:
    return hide(text, terms, ground=SEALED).text


def _hidden(view: View, terms: _Terms) -> View:
    """A party was told a name, and so its view may name it; a colleague for whom it is sealed reads a mark."""
    nature, interest, text = (_masked(one, terms) for one in (view.nature, view.own_interest, view.text))
    return replace(view, nature=nature, own_interest=interest, text=text)


def _hidden_question(asked: CounterQuestion, terms: _Terms) -> CounterQuestion:
    return replace(asked, text=_masked(asked.text, terms))


def _asked(viewer: Actor, rows: Iterable[models.Consultation]) -> tuple[Asked, ...]:
    found = list(rows)
    ids = [row.id for row in found]
    views, asked_back = views_of(ids), counter_questions_of(ids)
    later = list(
        models.Sequel.objects.only(*_SEQUEL_OF_THE_PARTY).filter(consultation__in=ids).order_by("at", "id")
        if ids
        else ()
    )
    told = disclosure_queries.find_delivered(viewer, disclosures=_disclosures(found, later))
    sequels: defaultdict[UUID, list[tuple[SequelKind, Delivered]]] = defaultdict(list)
    for row in later:
        sequels[row.consultation_id].append((SequelKind(row.kind), told[DisclosureId(row.disclosure_id)]))
    return tuple(
        Asked(
            id=ConsultationId(row.id),
            told=told[DisclosureId(row.disclosure_id)],
            asked_at=row.asked_at,
            due_at=row.due_at,
            views=views[row.id],
            counter_questions=asked_back[row.id],
            sequels=tuple(sequels[row.id]),
        )
        for row in found
    )
