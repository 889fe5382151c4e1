"""Who is heard on a request: for the desk all of them, for an organisation its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import DisclosureId

from .. import models, rules
from ..errors import HearingNotFound
from ..values import Hearing, HearingId, OwnHearing, PartyView, RequestId, Selection, Stance
from .sources import concerned_by

PAGE: Final = 50
_OWN: Final = ("id", "disclosure_id", "asked_at", "due_at")


@look(Permission.INFORMATION_REQUEST_HANDLE)
def list_hearings(viewer: Actor, /, *, request: RequestId) -> tuple[Hearing, ...]:
    """Everybody who was asked for a view on the request, in the order they were asked; refused ones too."""
    rows = list(models.Hearing.objects.filter(request_id=request).order_by("asked_at", "id"))
    known = constituency_queries.list_by_ids(
        viewer, organisations={OrganisationId(row.organisation_id) for row in rows}
    )
    views = _views(row.id for row in rows)
    return tuple(
        Hearing(
            id=HearingId(row.id),
            organisation=known[OrganisationId(row.organisation_id)],
            disclosure=DisclosureId(row.disclosure_id),
            is_told=row.is_told,
            asked_at=row.asked_at,
            due_at=row.due_at,
            view=views.get(row.id),
        )
        for row in rows
    )


@look(Permission.INFORMATION_REQUEST_HANDLE)
def list_to_hear(viewer: Actor, /, *, request: RequestId, selections: Sequence[Selection]) -> tuple[Organisation, ...]:
    """The organisations concerned that were not heard on what would now be released of them."""
    rows = list(models.Hearing.objects.filter(request_id=request, is_told=True))
    by_id = {one.id: one for one in selections}
    left = []
    for organisation, concern in concerned_by(viewer, request=request).items():
        about = [by_id[one] for one in concern.selections if one in by_id]
        if not any(row.organisation_id == organisation and rules.still_covers(row.shown, about) for row in rows):
            left.append(organisation)
    known = constituency_queries.list_by_ids(viewer, organisations=left)
    return tuple(known[one] for one in left)


@look(Permission.HEARING_ANSWER)
def list_own_hearings(viewer: Actor, /) -> tuple[OwnHearing, ...]:
    """On what the viewer's organisation was asked for its view, newest first; the last `PAGE`."""
    return _own(viewer, models.Hearing.objects.only(*_OWN).order_by("-asked_at", "id")[:PAGE])


@look(Permission.HEARING_ANSWER)
def get_own_hearing(viewer: Actor, /, *, hearing: HearingId) -> OwnHearing:
    """One of them. Raises HearingNotFound."""
    found = _own(viewer, models.Hearing.objects.only(*_OWN).filter(id=hearing))
    if not found:
        raise HearingNotFound("no such hearing")
    return found[0]


def _own(viewer: Actor, rows: Iterable[models.Hearing]) -> tuple[OwnHearing, ...]:
    found = list(rows)
    views = _views(row.id for row in found)
    told = disclosure_queries.find_delivered(viewer, disclosures=[row.disclosure_id for row in found])
    return tuple(
        OwnHearing(
            HearingId(row.id), told[DisclosureId(row.disclosure_id)], row.asked_at, row.due_at, views.get(row.id)
        )
        for row in found
    )


def _views(hearings: Iterable[UUID]) -> dict[UUID, PartyView]:
    rows = models.PartyView.objects.filter(hearing__in=list(hearings))
    return {row.hearing_id: PartyView(Stance(row.stance), row.text, row.given_by_name, row.given_at) for row in rows}
