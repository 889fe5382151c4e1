"""People and machines are let in; who did so is in the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from meldpunt.access import actions as access_actions
from meldpunt.access import queries as access_queries
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
    """An account for somebody of the desk or of an organisation.

    Raises RolesDoNotMix, OrganisationUnfit, AddressInUse.
    """
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
def close_account(actor: Actor, /, *, account: ActorId, is_closed: bool) -> None:
    """Shut somebody out, or let them in again. Raises OwnAccount, NotFound."""
    access_actions.close_account(actor, account=account, is_closed=is_closed)
    [organisation] = [one.organisation for one in access_queries.list_accounts(actor) if one.id == account]
    kind = Kind.ACCOUNT_CLOSED if is_closed else Kind.ACCOUNT_OPENED
    ledger.record(actor, kind=kind, subject=account, about=organisation)


@deed(Permission.ACCOUNT_MANAGE)
def issue_key(
    actor: Actor, /, *, name: str, role: Role, organisation: OrganisationId | None = None, key: str = ""
) -> str:
    """A key for an organisation's machine, shown this once. Raises ValueError for a role no machine has."""
    secret = access_actions.create_machine_key(actor, name=name, role=role, organisation=organisation, key=key)
    ledger.record(actor, kind=Kind.ROLE_GRANTED, about=organisation, details={"machine": name, "roles": [role]})
    return secret
