"""Machines that fetch what their organisation is told: keys are handed out and taken back by who keeps the register."""

from __future__ import annotations

from meldpunt.access import actions as access_actions
from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission, Role
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from ..queries.organisations import get_organisation


@deed(Permission.CONSTITUENCY_MANAGE)
def issue_reader_key(actor: Actor, /, *, organisation: OrganisationId, name: str) -> str:
    """A key for a machine of the organisation, shown this once: from now on what it is told is there too.

    Raises NotFound.
    """
    get_organisation(actor, organisation=organisation)
    key, secret = access_actions.create_reader_key(actor, name=name, organisation=organisation)
    # Not the name of the machine, which may say whose it is: the ledger is read by who works with codes.
    ledger.record(actor, kind=Kind.ROLE_GRANTED, subject=key, about=organisation, details={"roles": [Role.READER]})
    return secret


@deed(Permission.CONSTITUENCY_MANAGE)
def revoke_reader_key(actor: Actor, /, *, key: ActorId) -> None:
    """From now on the key opens nothing. Raises NotFound."""
    organisation = access_actions.revoke_reader_key(actor, key_id=key)
    ledger.record(actor, kind=Kind.ROLE_REVOKED, subject=key, about=organisation, details={"roles": [Role.READER]})
