"""Inquiries of ours as the desk sees them: what we wait for, and each with what was told, answered and reminded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission
from meldpunt.cases.values import CaseId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import SEALED
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Disclosure, DisclosureId
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.engines.redaction.hiding import hide
from meldpunt.engines.redaction.identity import Identity
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.values import EvidenceItem

from .. import models
from ..errors import InquiryNotFound
from ..rules.terms import state_of
from ..values import Answer, AnswerId, Inquiry, InquiryId, InquiryLine, Outcome, State
from .rows import answer_from, answers_by_inquiry, reminder_from

PAGE: Final = 50
_MASKED: Final = "-"


@look(Permission.INQUIRY_HANDLE)
def list_inquiries(
    viewer: Actor, /, *, is_awaited: bool = True, case: CaseId | None = None, page: int = 1
) -> tuple[InquiryLine, ...]:
    """What we wait for, what is due first on top; or all of it, newest first. `PAGE` at a time."""
    last = models.Answer.objects.filter(inquiry_id=OuterRef("id")).order_by("-given_at", "-id").values("outcome")[:1]
    rows = models.Inquiry.objects.annotate(last=Subquery(last))
    if case is not None:
        rows = rows.filter(case_id=case)
    if is_awaited:
        open_ = rows.filter(closed_at=None, refused=False).filter(Q(last=None) | Q(last=Outcome.PART))
        rows = open_.order_by("due_at", "id")
    else:
        rows = rows.order_by("-asked_at", "id")
    first = PAGE * (max(page, 1) - 1)
    return _lines(viewer, list(rows[first : first + PAGE]))


@look(Permission.INQUIRY_HANDLE)
def get_inquiry(viewer: Actor, /, *, inquiry: InquiryId) -> Inquiry:
    """One of them, whole; what points at somebody who is sealed for the viewer is masked. Raises InquiryNotFound."""
    row = models.Inquiry.objects.filter(id=inquiry).first()
    if row is None:
        raise InquiryNotFound("no such inquiry")
    body = constituency_queries.get_organisation(viewer, organisation=OrganisationId(row.body_id))
    told = disclosure_queries.get_disclosure(viewer, disclosure=DisclosureId(row.disclosure_id))
    terms = _sealed_terms(viewer, [row])
    answers = _answers(viewer, [row], terms)
    reminders = models.Reminder.objects.filter(inquiry_id=row.id).order_by("number")
    return Inquiry(
        id=InquiryId(row.id),
        reference=row.reference,
        subject=_hidden(row.subject, terms),
        body=body,
        case=CaseId(row.case_id) if row.case_id else None,
        necessity=_hidden(row.necessity, terms),
        asked_by=ActorId(row.asked_by),
        asked_by_name=row.asked_by_name,
        asked_at=row.asked_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
        closing_reason=_hidden(row.closing_reason, terms),
        state=_state(row, told.state, answers[-1].outcome if answers else None),
        disclosure=told,
        answers=answers,
        reminders=tuple(reminder_from(one) for one in reminders),
        is_sealed=bool(terms),
    )


@look(Permission.INQUIRY_HANDLE)
def find_of_answer(viewer: Actor, /, *, answer: AnswerId) -> InquiryId:
    """The inquiry that was answered with it. Raises InquiryNotFound."""
    found = models.Answer.objects.filter(id=answer).values_list("inquiry_id", flat=True).first()
    if found is None:
        raise InquiryNotFound("no such answer")
    return InquiryId(found)


def questions_of(told: Disclosure) -> int:
    """How many questions the body was told: the first part says why they are asked."""
    return max(len(told.kept) - 1, 0)


def _lines(viewer: Actor, rows: Sequence[models.Inquiry]) -> tuple[InquiryLine, ...]:
    ids = [row.id for row in rows]
    bodies = constituency_queries.list_by_ids(viewer, organisations={OrganisationId(row.body_id) for row in rows})
    told = disclosure_queries.list_progress(viewer, disclosures=[row.disclosure_id for row in rows])
    counted = models.Answer.objects.filter(inquiry__in=ids).values_list("inquiry_id").annotate(Count("id"))
    answers = dict(counted)
    reminded = models.Reminder.objects.filter(inquiry__in=ids).values_list("inquiry_id").annotate(Count("id"))
    reminders = dict(reminded)
    terms = _sealed_terms(viewer, rows)
    return tuple(
        InquiryLine(
            id=InquiryId(row.id),
            reference=row.reference,
            subject=_hidden(row.subject, terms),
            body=bodies[OrganisationId(row.body_id)],
            asked_at=row.asked_at,
            due_at=row.due_at,
            state=_state(row, told[DisclosureId(row.disclosure_id)].state, _last(row)),
            answers=answers.get(row.id, 0),
            reminders=reminders.get(row.id, 0),
        )
        for row in rows
    )


def _last(row: models.Inquiry) -> Outcome | None:
    said: str | None = getattr(row, "last", None)
    return Outcome(said) if said else None


def _state(row: models.Inquiry, told: DisclosureState, outcome: Outcome | None) -> State:
    return state_of(told, outcome, is_closed=row.closed_at is not None, due_at=row.due_at, now=timezone.now())


def _answers(viewer: Actor, rows: Sequence[models.Inquiry], terms: Sequence[Identity]) -> tuple[Answer, ...]:
    ids = [row.id for row in rows]
    found = answers_by_inquiry(models.Answer.objects.filter(inquiry__in=ids).order_by("given_at", "id"))
    answers = [one for each in found.values() for one in each]
    files = _files(viewer, [one.id for one in answers], is_sealed=bool(terms))
    return tuple(answer_from(one, files=files[one.id], hidden=lambda text: _hidden(text, terms)) for one in answers)


def _files(viewer: Actor, answers: Iterable[UUID], *, is_sealed: bool) -> Mapping[UUID, tuple[EvidenceItem, ...]]:
    """What came with each answer; a name that the body chose stays out of sight where the words are masked."""
    found = evidence_queries.list_evidence_of(viewer, things=list(answers))
    return found if not is_sealed else {one: tuple(map(_nameless, items)) for one, items in found.items()}


def _nameless(item: EvidenceItem) -> EvidenceItem:
    return EvidenceItem(
        item.id,
        item.about,
        item.purpose,
        _MASKED,
        item.media_type,
        item.media_type,
        item.size,
        None,
        item.sealed_at,
        item.shredded_at,
    )


def _sealed_terms(viewer: Actor, rows: Iterable[models.Inquiry]) -> tuple[Identity, ...]:
    named = {OrganisationId(one) for row in rows for one in row.about}
    return tuple(constituency_queries.list_sealed_terms(viewer, organisations=named).values())


def _hidden(text: str, terms: Sequence[Identity]) -> str:
    return hide(text, terms, ground=SEALED).text if terms and text else text
