"""Who was asked, what they were told, and what they think: side by side for the desk, one's own for a party."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import SEALED
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import DisclosureId
from meldpunt.engines.redaction.hiding import hide
from meldpunt.engines.redaction.identity import Identity
from meldpunt.intake.values import ReportId

from .. import models
from ..errors import ConsultationNotFound
from ..rules.wording import page_number
from ..values import Asked, By, Consultation, ConsultationId, View
from .rows import view_from

PAGE = 50
_OF_THE_PARTY = ("id", "party", "disclosure", "asked_at", "due_at")


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
    parties = constituency_queries.list_by_ids(viewer, organisations=[row.party_id for row in found])
    views = {row.consultation_id: row for row in models.View.objects.filter(consultation__in=[row.id for row in found])}
    told = disclosure_queries.list_by_ids(viewer, disclosures=[row.disclosure_id for row in found])
    sealed = {one for disclosure in told.values() for one in disclosure.sealed}
    terms = tuple(constituency_queries.list_masking_terms(viewer, organisations=sealed).values())
    return tuple(
        Consultation(
            id=ConsultationId(row.id),
            report=ReportId(row.report_id),
            party=parties[OrganisationId(row.party_id)],
            questions=hide(row.questions, terms, ground=SEALED).text,
            asked=By(ActorId(row.asked_by), row.asked_by_name, row.asked_at),
            due_at=row.due_at,
            disclosure=told[DisclosureId(row.disclosure_id)],
            view=_hidden(view_from(views[row.id]), terms) if row.id in views else None,
        )
        for row in found
    )


def _hidden(view: View, terms: tuple[Identity, ...]) -> View:
    """A party was told a name, and so its view may name it; a colleague for whom it is sealed reads a mark."""
    nature, interest, text = (
        hide(one, terms, ground=SEALED).text for one in (view.nature, view.own_interest, view.text)
    )
    return replace(view, nature=nature, own_interest=interest, text=text)


def _asked(viewer: Actor, rows: Iterable[models.Consultation]) -> tuple[Asked, ...]:
    found = list(rows)
    views = {row.consultation_id: row for row in models.View.objects.filter(consultation__in=[row.id for row in found])}
    told = disclosure_queries.find_delivered(viewer, disclosures=[row.disclosure_id for row in found])
    return tuple(
        Asked(
            id=ConsultationId(row.id),
            told=told[DisclosureId(row.disclosure_id)],
            asked_at=row.asked_at,
            due_at=row.due_at,
            view=view_from(views[row.id]) if row.id in views else None,
        )
        for row in found
    )
