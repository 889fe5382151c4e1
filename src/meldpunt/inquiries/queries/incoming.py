"""Inquiries of bodies as the desk sees them: what is wanted first on top, each with every reply, given or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import SEALED
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import TOLD, DisclosureId
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.engines.redaction.hiding import hide

from .. import models
from ..errors import InquiryNotFound
from ..values import HandledIncoming, IncomingId, IncomingLine
from .rows import incoming_from

PAGE: Final = 50
_UNDECIDED: Final = frozenset({DisclosureState.PROPOSED, DisclosureState.WAITING_FOR_APPROVAL})


@look(Permission.INQUIRY_HANDLE)
def list_incoming(viewer: Actor, /, *, is_open: bool = True, page: int = 1) -> tuple[IncomingLine, ...]:
    """What bodies ask us: without any reply yet, or whose reply waits; or all of it, newest first."""
    rows = models.Incoming.objects.all()
    if is_open:
        told = models.Reply.objects.filter(incoming_id=OuterRef("id"), disclosure__delivered_at__isnull=False)
        rows = rows.filter(~Exists(told)).order_by("wanted_at", "id")
    else:
        rows = rows.order_by("-received_at", "id")
    first = PAGE * (max(page, 1) - 1)
    return _lines(viewer, list(rows[first : first + PAGE]))


@look(Permission.INQUIRY_HANDLE)
def get_incoming(viewer: Actor, /, *, incoming: IncomingId) -> HandledIncoming:
    """One of them; masked where a reply points at somebody sealed for the viewer. Raises InquiryNotFound."""
    row = models.Incoming.objects.filter(id=incoming).first()
    if row is None:
        raise InquiryNotFound("no such inquiry")
    body = constituency_queries.get_organisation(viewer, organisation=OrganisationId(row.body_id))
    replies = list(models.Reply.objects.filter(incoming_id=row.id).order_by("replied_at", "id"))
    told = disclosure_queries.list_by_ids(viewer, disclosures=[one.disclosure_id for one in replies])
    sealed = {one for disclosure in told.values() for one in disclosure.sealed}
    terms = tuple(constituency_queries.list_sealed_terms(viewer, organisations=sealed).values())
    asked = incoming_from(row, body, hidden=lambda text: hide(text, terms, ground=SEALED).text if terms else text)
    return HandledIncoming(asked, tuple(told[DisclosureId(one.disclosure_id)] for one in replies))


def _lines(viewer: Actor, rows: Sequence[models.Incoming]) -> tuple[IncomingLine, ...]:
    bodies = constituency_queries.list_by_ids(viewer, organisations={OrganisationId(row.body_id) for row in rows})
    replies: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for incoming, disclosure in models.Reply.objects.filter(incoming__in=[row.id for row in rows]).values_list(
        "incoming_id", "disclosure_id"
    ):
        replies[incoming].append(disclosure)
    told = disclosure_queries.list_progress(viewer, disclosures=[one for each in replies.values() for one in each])
    lines = []
    for row in rows:
        mine = [told[DisclosureId(one)] for one in replies[row.id] if DisclosureId(one) in told]
        given = [one.delivered_at for one in mine if one.state in TOLD and one.delivered_at]
        lines.append(
            IncomingLine(
                incoming=incoming_from(row, bodies[OrganisationId(row.body_id)]),
                replied_at=max(given, default=None),
                is_waiting=any(one.state in _UNDECIDED for one in mine),
            )
        )
    return tuple(lines)
