"""Requests as those see them who handle them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, Permission
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Disclosure, DisclosureId
from meldpunt.law import DataKind, local_day, withholding_ground, withholding_grounds

from .. import models, rules
from ..errors import RequestNotFound, SelectionNotFound
from ..values import (
    Decision,
    DecisionId,
    Passage,
    PassageId,
    Release,
    ReleaseId,
    ReleaseLine,
    Request,
    RequesterDetails,
    RequestId,
    RequestLine,
    Selection,
    SelectionId,
    State,
)
from .following import name_of, pauses_of
from .hearing import list_hearings

PAGE: Final = 50
"""Lines on one page of a list."""


@look(Permission.INFORMATION_REQUEST_HANDLE)
def list_requests(viewer: Actor, /, *, state: State | None = None, page: int = 1) -> tuple[RequestLine, ...]:
    """Requests by when they must be decided, `PAGE` at a time."""
    rows = models.Request.objects.order_by("decide_before", "id")
    if state is not None:
        rows = rows.filter(state=state.value)
    first = PAGE * (max(page, 1) - 1)
    found = list(rows[first : first + PAGE])
    ids = [row.id for row in found]
    selected = _counted(models.Selection.objects.filter(request__in=ids).values_list("request_id"))
    withheld = _counted(models.Passage.objects.filter(selection__request__in=ids).values_list("selection__request_id"))
    pauses = pauses_of(ids)
    return tuple(
        RequestLine(
            id=RequestId(row.id),
            reference=row.reference,
            subject=row.subject,
            received_at=row.received_at,
            decide_before=_decide_before(row, pauses.get(row.id, ())),
            state=State(row.state),
            selections=selected.get(row.id, 0),
            passages=withheld.get(row.id, 0),
        )
        for row in found
    )


@look(Permission.INFORMATION_REQUEST_HANDLE)
def get_request(viewer: Actor, /, *, request: RequestId) -> Request:
    """The request whole. Raises RequestNotFound."""
    row = models.Request.objects.filter(id=request).first()
    if row is None:
        raise RequestNotFound("no such request")
    requester = models.Requester.objects.get(request_id=request)
    decisions = _decisions(viewer, request)
    language: Literal["nl", "en"] = "en" if row.language == "en" else "nl"
    decided_at = decisions[-1].decided_at if decisions and row.state == State.DECIDED.value else None
    hearings = list_hearings(viewer, request=request)
    pauses = pauses_of([request]).get(request, ())
    on = _act_day(row, decided_at, timezone.now())
    return Request(
        id=request,
        reference=row.reference,
        subject=row.subject,
        requester=RequesterDetails(requester.name, requester.email, requester.address),
        received_at=row.received_at,
        period_from=row.period_from,
        period_until=row.period_until,
        on=on,
        as_of=row.as_of,
        is_of_another_act=rules.is_another_act(local_day(row.received_at), on),
        language=language,
        state=State(row.state),
        clock=rules.decision_clock(
            row.received_at, adjourned_at=row.adjourned_at, decided_at=decided_at, pauses=pauses
        ),
        adjourned_at=row.adjourned_at,
        adjournment_reason=row.adjournment_reason,
        grounds=withholding_grounds(on),
        selections=_selections(
            models.Selection.objects.filter(request_id=request).order_by("position").select_related("request")
        ),
        decisions=decisions,
        hearings=hearings,
        suspended_until=rules.suspended_until(pauses, now=timezone.now()),
    )


@look(Permission.INFORMATION_REQUEST_HANDLE)
def get_selection(viewer: Actor, /, *, selection: SelectionId) -> Selection:
    """One document with its passages. Raises SelectionNotFound."""
    found = _selections(models.Selection.objects.filter(id=selection).select_related("request"))
    if not found:
        raise SelectionNotFound("no such document in a request")
    return found[0]


@look(Permission.INFORMATION_REQUEST_HANDLE)
def get_release(viewer: Actor, /, *, release: ReleaseId) -> Release:
    """A PDF as it was or will be released, for who handles the request. Raises RequestNotFound."""
    row = models.Release.objects.filter(id=release).first()
    if row is None:
        raise RequestNotFound("no such document")
    return Release(name_of(row.position), bytes(row.pdf), bytes(row.digest))


def _decide_before(row: models.Request, pauses: Sequence[rules.Pause]) -> datetime:
    """Who was heard and answered early gave days back, which its own door does not write on the request."""
    if not pauses:
        return row.decide_before
    clock = rules.decision_clock(row.received_at, adjourned_at=row.adjourned_at, pauses=pauses)
    return clock.deadline or row.decide_before


def act_day_of(request: RequestId) -> date:
    """The day whose act the request is, or was, decided under."""
    row = models.Request.objects.get(id=request)
    decided = models.Decision.objects.filter(request_id=request).aggregate(at=Max("decided_at"))["at"]
    return _act_day(row, decided, timezone.now())


def _act_day(row: models.Request, last_decision: datetime | None, now: datetime) -> date:
    decided_at = last_decision if row.state == State.DECIDED.value else None
    return rules.act_day(as_of=row.as_of, decided_at=decided_at, now=now)


def _counted(rows: Iterable[tuple[UUID, ...]]) -> Mapping[UUID, int]:
    found: dict[UUID, int] = {}
    for (key,) in rows:
        found[key] = found.get(key, 0) + 1
    return found


def _selections(rows: Iterable[models.Selection]) -> tuple[Selection, ...]:
    found = list(rows)
    withheld: dict[UUID, list[Passage]] = {row.id: [] for row in found}
    now = timezone.now()
    for one in models.Passage.objects.filter(selection__in=list(withheld)).order_by("start", "end", "ground"):
        withheld[one.selection_id].append(
            Passage(
                id=PassageId(one.id),
                start=one.start,
                end=one.end,
                ground=withholding_ground(one.ground),
                note=one.note,
                by=ActorId(one.by),
                at=one.at,
            )
        )
    return tuple(
        Selection(
            id=SelectionId(row.id),
            request=RequestId(row.request_id),
            document=row.document_id,
            position=row.position,
            text=row.text,
            digest=bytes(row.digest),
            kind=DataKind(row.kind),
            made_at=row.made_at,
            passages=tuple(withheld[row.id]),
            needs_reasons=rules.is_aged(
                local_day(row.made_at), rules.act_day(as_of=row.request.as_of, decided_at=None, now=now)
            ),
        )
        for row in found
    )


def _decisions(viewer: Actor, request: RequestId) -> tuple[Decision, ...]:
    rows = models.Decision.objects.filter(request_id=request).order_by("decided_at")
    found = list(rows)
    told = disclosure_queries.list_by_ids(
        viewer, disclosures=[one for row in found for one in (row.disclosure_id, row.publication_id) if one]
    )
    return tuple(_decision(row, told) for row in found)


def _decision(row: models.Decision, told: Mapping[DisclosureId, Disclosure]) -> Decision:
    disclosure = told[DisclosureId(row.disclosure_id)]
    publication = told[DisclosureId(row.publication_id)] if row.publication_id else None
    approved = disclosure.approved
    return Decision(
        id=DecisionId(row.id),
        text=row.text,
        reasons=dict(row.reasons),
        decided_by=ActorId(row.decided_by),
        decided_at=row.decided_at,
        disclosure=disclosure.id,
        state=disclosure.state,
        releases=_releases(row.id),
        publication=publication.id if publication else None,
        publication_state=publication.state if publication else None,
        approved_by=approved.by if approved else None,
        approved_at=approved.at if approved else None,
        sight=disclosure.sight,
        unheard=row.unheard,
        waits=row.waits,
        release_from=row.release_from,
    )


def _releases(decision: UUID) -> tuple[ReleaseLine, ...]:
    rows = models.Release.objects.filter(decision_id=decision).defer("pdf").order_by("position")
    return tuple(
        ReleaseLine(
            id=ReleaseId(row.id),
            selection=SelectionId(row.selection_id),
            position=row.position,
            digest=bytes(row.digest),
            size=row.size,
            passages=row.passages,
            terms=row.terms,
            places=tuple(row.places),
            checked_at=row.checked_at,
        )
        for row in rows
    )
