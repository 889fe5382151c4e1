"""The seal is lifted: for one person, one organisation, one purpose, one working day."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models, rules
from ..queries.organisations import get_organisation
from ..values import Unsealing


@deed(Permission.IDENTITY_UNSEAL)
def unseal_identity(actor: Actor, /, *, organisation: OrganisationId, purpose: str) -> Unsealing:
    """Let this actor know who the organisation is, until the unsealing lapses. Raises `NotFound`, `PurposeMissing`."""
    said = rules.check_purpose(purpose)
    found = get_organisation(actor, organisation=organisation)
    now = timezone.now()
    unsealing = Unsealing(found.id, said, unsealed_at=now, lapses_at=rules.lapse_of(now))
    entry = ledger.record(
        actor, kind=Kind.UNSEALED, subject=found.id, about=found.id, details={"code": found.code, "purpose": said}
    )
    models.Unsealing(
        actor=actor.id,
        organisation_id=found.id,
        purpose=said,
        unsealed_at=unsealing.unsealed_at,
        lapses_at=unsealing.lapses_at,
        entry_id=entry,
    ).save(force_insert=True)
    return unsealing
