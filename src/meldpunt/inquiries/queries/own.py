"""What a body was asked and what it asked: its own, as it sees it, and nothing of another's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import DisclosureId, ItemKind
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.values import EvidenceItem

from .. import models
from ..errors import InquiryNotFound
from ..values import FollowedIncoming, Incoming, IncomingId, InquiryId, OwnInquiry
from .rows import ANSWER_OF_A_BODY, answer_from, answers_by_inquiry, incoming_from

PAGE: Final = 50
_OWN: Final = ("id", "disclosure_id", "asked_at", "due_at", "closed_at")


@look(Permission.INQUIRY_ANSWER)
def list_own_inquiries(viewer: Actor, /, *, page: int = 1) -> tuple[OwnInquiry, ...]:
    """What the viewer's organisation was asked, newest first; `PAGE` at a time."""
    first = PAGE * (max(page, 1) - 1)
    rows = models.Inquiry.objects.only(*_OWN).order_by("-asked_at", "id")[first : first + PAGE]
    return _own(viewer, rows)


@look(Permission.INQUIRY_ANSWER)
def get_own_inquiry(viewer: Actor, /, *, inquiry: InquiryId) -> OwnInquiry:
    """One of them, with the files that went along. Raises InquiryNotFound."""
    found = _own(viewer, models.Inquiry.objects.only(*_OWN).filter(id=inquiry), with_files=True)
    if not found:
        raise InquiryNotFound("no such inquiry")
    return found[0]


@look(Permission.INQUIRY_SUBMIT)
def list_own_incoming(viewer: Actor, /, *, page: int = 1) -> tuple[FollowedIncoming, ...]:
    """What the viewer's body asked us, newest first, each with what it was told; `PAGE` at a time."""
    first = PAGE * (max(page, 1) - 1)
    return _followed(viewer, models.Incoming.objects.order_by("-received_at", "id")[first : first + PAGE])


@look(Permission.INQUIRY_SUBMIT)
def get_own_incoming(viewer: Actor, /, *, incoming: IncomingId) -> FollowedIncoming:
    """One of them. Raises InquiryNotFound."""
    found = _followed(viewer, models.Incoming.objects.filter(id=incoming))
    if not found:
        raise InquiryNotFound("no such inquiry")
    return found[0]


def _own(viewer: Actor, rows: Iterable[models.Inquiry], *, with_files: bool = False) -> tuple[OwnInquiry, ...]:
    found = list(rows)
    told = disclosure_queries.find_delivered(viewer, disclosures=[row.disclosure_id for row in found])
    given = models.Answer.objects.only(*ANSWER_OF_A_BODY).filter(inquiry__in=[row.id for row in found])
    answers = answers_by_inquiry(given.order_by("given_at", "id"))
    files = _files(viewer, answers) if with_files else {}
    return tuple(
        OwnInquiry(
            id=InquiryId(row.id),
            told=told[DisclosureId(row.disclosure_id)],
            asked_at=row.asked_at,
            due_at=row.due_at,
            is_open=row.closed_at is None and told[DisclosureId(row.disclosure_id)].withdrawn_at is None,
            answers=tuple(answer_from(one, files=files.get(one.id, ())) for one in answers.get(row.id, ())),
        )
        for row in found
    )


def _files(viewer: Actor, answers: Mapping[UUID, Sequence[models.Answer]]) -> Mapping[UUID, tuple[EvidenceItem, ...]]:
    given = [one.id for each in answers.values() for one in each]
    return evidence_queries.list_evidence_of(viewer, things=given)


def _followed(viewer: Actor, rows: Iterable[models.Incoming]) -> tuple[FollowedIncoming, ...]:
    asked = _incoming(viewer, list(rows))
    told = defaultdict(list)
    for one in disclosure_queries.list_about(
        viewer, subjects=[incoming.id for incoming in asked], item=ItemKind.INQUIRY_ANSWER
    ):
        told[one.subject].append(one)
    return tuple(FollowedIncoming(one, tuple(told.get(one.id, ()))) for one in asked)


def _incoming(viewer: Actor, rows: Sequence[models.Incoming]) -> tuple[Incoming, ...]:
    bodies = constituency_queries.list_by_ids(viewer, organisations={OrganisationId(row.body_id) for row in rows})
    return tuple(incoming_from(row, bodies[OrganisationId(row.body_id)]) for row in rows)
