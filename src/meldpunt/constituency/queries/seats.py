"""Who sits at the table of an ISAC, as far as each may know."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission

from .. import models
from ..rows import organisations_from
from ..values import Isac, IsacId, Neighbour, OwnSeat, Seat, SeatId


@look(Permission.ORGANISATION_READ)
def list_own_seats(viewer: Actor, /) -> tuple[OwnSeat, ...]:
    """Where the viewer's own organisation sits, and where it sat: each table once, the last seat of it."""
    if viewer.organisation is None:
        return ()
    rows = models.Membership.objects.filter(organisation_id=viewer.organisation).select_related("isac")
    last = {row.isac_id: row for row in rows.order_by("member_from")}
    return tuple(
        OwnSeat(
            SeatId(row.id),
            Isac(IsacId(row.isac_id), row.isac.sector, row.isac.name),
            row.member_from,
            row.member_until,
            is_hidden=row.hidden,
            is_chair=row.chair,
        )
        for row in sorted(last.values(), key=lambda row: row.isac.name)
    )


@look(Permission.ISAC_SPEAK)
def list_table(viewer: Actor, /, *, isac: UUID) -> tuple[Neighbour, ...]:
    """Who sits there with the viewer's organisation, by name; nobody where it does not sit there itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seat, name, chair, hidden, is_own FROM constituency_table(%s) ORDER BY name, seat", [isac]
        )
        return tuple(
            Neighbour(SeatId(seat), name, is_chair=chair, is_hidden=hidden, is_own=is_own)
            for seat, name, chair, hidden, is_own in cursor.fetchall()
        )


@look(Permission.CONSTITUENCY_READ)
def list_seats(viewer: Actor, /, *, isac: UUID | None = None) -> tuple[Seat, ...]:
    """Every seat that is taken, at this table or at all of them; who sits hidden as well, by what may be known."""
    taken = models.Membership.objects.filter(member_until=None)
    rows = list(taken.filter(isac_id=isac) if isac else taken)
    seated = models.Organisation.objects.filter(id__in=[row.organisation_id for row in rows]).order_by("code")
    known = {one.id: one for one in organisations_from(seated)}
    order = {one: number for number, one in enumerate(known)}
    return tuple(
        Seat(
            SeatId(row.id),
            IsacId(row.isac_id),
            known[OrganisationId(row.organisation_id)],
            row.member_from,
            is_hidden=row.hidden,
            is_chair=row.chair,
        )
        for row in sorted(rows, key=lambda row: order[OrganisationId(row.organisation_id)])
    )
