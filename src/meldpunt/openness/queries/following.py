"""What is seen outside: a request by its receipt, and released documents by who was told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure.values import DisclosureId

from .. import models, rules
from ..errors import RequestNotFound
from ..values import Progress, PublicRelease, Release, ReleaseId

_SHOWN = ("id", "reference", "subject", "received_at", "adjourned_at", "adjournment_reason")
_LISTED = ("id", "position", "digest", "size", "passages")


@look(Permission.DISCLOSURE_READ)
def follow_request(viewer: Actor, /) -> Progress:
    """The request of the receipt the viewer came with, and its answer once there is one. Raises RequestNotFound."""
    row = models.Request.objects.only(*_SHOWN).first() if viewer.receipt else None
    if row is None:
        raise RequestNotFound("no request has this receipt")
    decision = models.Decision.objects.filter(request_id=row.id).only(
        "id", "disclosure_id", "decided_at", "waits", "release_from"
    )
    told = decision.order_by("-decided_at").first()
    pauses = pauses_of([row.id]).get(row.id, ())
    return Progress(
        reference=row.reference,
        subject=row.subject,
        received_at=row.received_at,
        clock=rules.decision_clock(
            row.received_at,
            adjourned_at=row.adjourned_at,
            decided_at=told.decided_at if told else None,
            pauses=pauses,
        ),
        adjournment_reason=row.adjournment_reason,
        answer=DisclosureId(told.disclosure_id) if told else None,
        releases=_lines([told.id]) if told else (),
        suspended_until=None if told else rules.suspended_until(pauses, now=timezone.now()),
        waits=bool(told and told.waits),
        release_from=told.release_from if told else None,
    )


@look(Permission.DISCLOSURE_READ)
def list_releases(viewer: Actor, /, *, disclosure: DisclosureId) -> tuple[PublicRelease, ...]:
    """The released documents of a decision that was disclosed to this viewer; none for who was not told."""
    decisions = models.Decision.objects.filter(Q(disclosure_id=disclosure) | Q(publication_id=disclosure))
    return _lines(decisions.values_list("id", flat=True))


@look(Permission.DISCLOSURE_READ)
def open_release(viewer: Actor, /, *, release: ReleaseId) -> Release:
    """The PDF itself. Raises RequestNotFound for who was not told."""
    row = models.Release.objects.filter(id=release).only("position", "pdf", "digest").first()
    if row is None:
        raise RequestNotFound("no such document")
    return Release(name_of(row.position), bytes(row.pdf), bytes(row.digest))


def pauses_of(requests: Collection[UUID]) -> Mapping[UUID, tuple[rules.Pause, ...]]:
    """By request, while whom was heard its term stood still. Who asked reads this too, so whom is not in it."""
    found: dict[UUID, tuple[rules.Pause, ...]] = {}
    rows = models.Hearing.objects.filter(request_id__in=requests, is_told=True)
    for request, told_at, due_at, answered_at in rows.values_list("request_id", "asked_at", "due_at", "answered_at"):
        found[request] = (*found.get(request, ()), rules.Pause(told_at, due_at, answered_at))
    return found


def name_of(position: int) -> str:
    """What the file is called: a number, because a title may tell."""
    return f"document-{position}.pdf"


def _lines(decisions: Iterable[UUID]) -> tuple[PublicRelease, ...]:
    # Outside, a role has the listed columns and no other.
    rows = models.Release.objects.filter(decision_id__in=list(decisions)).order_by("position").only(*_LISTED)
    return tuple(
        PublicRelease(ReleaseId(row.id), name_of(row.position), bytes(row.digest), row.size, row.passages)
        for row in rows
    )
