"""People and machines are let in; who did so is in the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from meldpunt.access import actions as access_actions
from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission, Role
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind


@deed(Permission.ACCOUNT_MANAGE)
def admit_person(
    actor: Actor,
    /,
    *,
    email: str,
    name: str,
    roles: Iterable[Role],
    password: str,
    organisation: OrganisationId | None = None,
    language: str = "nl",
) -> ActorId:
    """An account for somebody of the desk or of an organisation. Raises ValueError for roles of more than one door."""
    wanted = frozenset(roles)
    admitted = access_actions.create_account(
        actor,
        email=email,
        name=name,
        roles=wanted,
        password=password,
        organisation=organisation,
        language=language,
    )
    ledger.record(
        actor, kind=Kind.ROLE_GRANTED, subject=admitted, about=organisation, details={"roles": sorted(wanted)}
    )
    return admitted


@deed(Permission.ACCOUNT_MANAGE)
def issue_key(
    actor: Actor, /, *, name: str, role: Role, organisation: OrganisationId | None = None, key: str = ""
) -> str:
    """A key for an organisation's machine, shown this once. Raises ValueError for a role no machine has."""
    secret = access_actions.create_machine_key(actor, name=name, role=role, organisation=organisation, key=key)
    ledger.record(actor, kind=Kind.ROLE_GRANTED, about=organisation, details={"machine": name, "roles": [role]})
    return secret
