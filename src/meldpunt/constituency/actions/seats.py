"""Who sits where: ISACs, the detection network, and the authorities over a sector."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models
from ..errors import SeatTaken
from ..values import IsacId, Oversight


@deed(Permission.CONSTITUENCY_MANAGE)
def create_isac(actor: Actor, /, *, sector: str, name: str) -> IsacId:
    """A table for a sector; empty until members join."""
    isac = IsacId(uuid.uuid4())
    models.Isac(id=isac, sector=sector, name=name).save(force_insert=True)
    ledger.record(actor, kind=Kind.CONFIGURED, subject=isac, details={"isac": name, "sector": sector})
    return isac


@deed(Permission.CONSTITUENCY_MANAGE)
def join_isac(
    actor: Actor, /, *, isac: IsacId, organisation: OrganisationId, hidden: bool = False, chair: bool = False
) -> None:
    """A seat from now on; `hidden` keeps the member from the eyes of the others. Raises SeatTaken."""
    row = models.Membership(
        isac_id=isac, organisation_id=organisation, member_from=timezone.now(), hidden=hidden, chair=chair
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise SeatTaken("This organisation sits there already.") from None
    ledger.record(actor, kind=Kind.CONFIGURED, subject=isac, about=organisation, details={"isac": "joined"})


@deed(Permission.CONSTITUENCY_MANAGE)
def leave_isac(actor: Actor, /, *, isac: IsacId, organisation: OrganisationId) -> None:
    """From now on the seat is empty; that it was taken stays known. Raises `NotFound` for who has no seat."""
    seat = models.Membership.objects.filter(isac_id=isac, organisation_id=organisation, member_until=None)
    if not seat.update(member_until=timezone.now()):
        raise NotFound("this organisation has no seat there")
    ledger.record(actor, kind=Kind.CONFIGURED, subject=isac, about=organisation, details={"isac": "left"})


@deed(Permission.CONSTITUENCY_MANAGE)
def hide_seat(actor: Actor, /, *, isac: IsacId, organisation: OrganisationId, is_hidden: bool) -> None:
    """From now on the other members see this seat, or do not. Raises `NotFound` for who has no seat."""
    seat = models.Membership.objects.filter(isac_id=isac, organisation_id=organisation, member_until=None)
    if not seat.update(hidden=is_hidden):
        raise NotFound("this organisation has no seat there")
    shown = "hidden" if is_hidden else "open"
    ledger.record(actor, kind=Kind.CONFIGURED, subject=isac, about=organisation, details={"isac": shown})


@deed(Permission.CONSTITUENCY_MANAGE)
def pass_chair(actor: Actor, /, *, isac: IsacId, organisation: OrganisationId) -> None:
    """From now on who sits there chairs it, and nobody else does. Raises `NotFound` for who has no seat."""
    taken = models.Membership.objects.filter(isac_id=isac, member_until=None)
    if not taken.filter(organisation_id=organisation).update(chair=True):
        raise NotFound("this organisation has no seat there")
    taken.exclude(organisation_id=organisation).filter(chair=True).update(chair=False)
    ledger.record(actor, kind=Kind.CONFIGURED, subject=isac, about=organisation, details={"isac": "chairs"})


@deed(Permission.CONSTITUENCY_MANAGE)
def join_detection_network(actor: Actor, /, *, organisation: OrganisationId) -> None:
    """The organisation takes part in the national detection network: indicators go to it, sightings come back."""
    models.Participation(organisation_id=organisation, participates_from=timezone.now()).save(force_insert=True)
    ledger.record(
        actor, kind=Kind.CONFIGURED, subject=organisation, about=organisation, details={"detection-network": "joined"}
    )


@deed(Permission.CONSTITUENCY_MANAGE)
def appoint_authority(actor: Actor, /, *, sector: str, oversight: Oversight, party: OrganisationId) -> None:
    """From now on this party is the sector's supervisor or ministry; the one before it steps back."""
    now = timezone.now()
    models.Supervision.objects.filter(sector=sector, oversight=oversight.value, valid_until=None).update(
        valid_until=now
    )
    models.Supervision(sector=sector, oversight=oversight.value, party_id=party, valid_from=now).save(force_insert=True)
    ledger.record(
        actor, kind=Kind.CONFIGURED, subject=party, about=party, details={"sector": sector, "oversight": oversight}
    )
