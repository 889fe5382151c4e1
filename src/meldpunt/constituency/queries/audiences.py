"""Who can be told something: parties, authorities over a sector, ISACs, the detection network."""

from __future__ import annotations

from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, Permission

from .. import models
from ..rows import organisations_from
from ..values import Isac, IsacId, Organisation, Oversight


@look(Permission.ORGANISATION_READ)
def list_parties(viewer: Actor, /) -> tuple[Organisation, ...]:
    """Government parties and partner CSIRTs, by kind and code; their names are not sealed."""
    return organisations_from(models.Organisation.objects.filter(kind="party").order_by("party_kind", "code"))


@look(Permission.ORGANISATION_READ)
def supervisor_of(viewer: Actor, /, *, sector: str) -> Organisation:
    """Who supervises the sector now. Raises `NotFound` where nobody does."""
    return _authority(sector, Oversight.SUPERVISOR)


@look(Permission.ORGANISATION_READ)
def ministry_of(viewer: Actor, /, *, sector: str) -> Organisation:
    """Which ministry answers for the sector now. Raises `NotFound` where none does."""
    return _authority(sector, Oversight.MINISTRY)


@look(Permission.ORGANISATION_READ)
def list_isacs(viewer: Actor, /) -> tuple[Isac, ...]:
    """All ISACs for the desk; at the portal those the viewer's organisation sits in."""
    return tuple(Isac(IsacId(row.id), row.sector, row.name) for row in models.Isac.objects.order_by("name"))


@look(Permission.CONSTITUENCY_READ)
def list_members(viewer: Actor, /, *, isac: UUID) -> tuple[Organisation, ...]:
    """Who sits in the ISAC now, the hidden ones too: a disclosure to it reaches them all."""
    seats = models.Membership.objects.filter(isac_id=isac, member_until=None).values("organisation_id")
    return organisations_from(models.Organisation.objects.filter(id__in=seats).order_by("code"))


@look(Permission.CONSTITUENCY_READ)
def list_network_participants(viewer: Actor, /) -> tuple[Organisation, ...]:
    """Who takes part in the national detection network."""
    participants = models.Participation.objects.values("organisation_id")
    return organisations_from(models.Organisation.objects.filter(id__in=participants).order_by("code"))


def _authority(sector: str, oversight: Oversight) -> Organisation:
    now = models.Supervision.objects.filter(sector=sector, oversight=oversight.value, valid_until=None)
    found = organisations_from(models.Organisation.objects.filter(id__in=now.values("party_id")))
    if not found:
        raise NotFound(f"the sector {sector} has no {oversight}")
    return found[0]
