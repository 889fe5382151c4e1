"""Accounts and keys come into being. Who hands them out (`constituency`) writes the ledger entry."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from .binding import deed
from .models import Account, MachineKey
from .rules import PERMISSIONS, digest_of
from .values import Actor, ActorId, Door, OrganisationId, Permission, Role

# Which roles live behind which door: a role of the desk can never log in at the portal.
_PORTAL = frozenset({Role.CONSTITUENT, Role.PARTY})
_MACHINE = frozenset({Role.SENSOR, Role.FORWARDER})
_DESK = frozenset(PERMISSIONS) - _PORTAL - _MACHINE - {Role.STRANGER, Role.JOB}


@deed(Permission.ACCOUNT_MANAGE)
def create_account(
    actor: Actor,
    *,
    email: str,
    name: str,
    roles: Iterable[Role],
    password: str,
    organisation: OrganisationId | None = None,
    language: str = "nl",
) -> ActorId:
    """An account at the one door where all `roles` live. Raises ValueError for roles of more than one door."""
    wanted = frozenset(roles)
    if wanted and wanted <= _PORTAL:
        door = Door.PORTAL
    elif wanted and wanted <= _DESK:
        door = Door.DESK
    else:
        raise ValueError(f"no one door holds the roles {sorted(wanted)}")
    account = Account(
        email=email.lower(),
        name=name,
        door=door.value,
        roles=sorted(wanted),
        organisation=organisation,
        language=language,
        password=make_password(password),
    )
    account.save(force_insert=True)
    return ActorId(account.id)


@deed(Permission.ACCOUNT_MANAGE)
def create_machine_key(
    actor: Actor, *, name: str, role: Role, organisation: OrganisationId | None = None, key: str = ""
) -> str:
    """A key for a machine; the secret is returned this once and only its digest is kept."""
    if role not in _MACHINE:
        raise ValueError(f"{role} is no role of a machine")
    secret = key or secrets.token_urlsafe(32)
    MachineKey(name=name, role=role.value, organisation=organisation, digest=digest_of(secret)).save(force_insert=True)
    return secret


@deed(Permission.ACCOUNT_MANAGE)
def revoke_machine_key(actor: Actor, *, key_id: ActorId) -> None:
    """From now on the key opens nothing."""
    MachineKey.objects.filter(id=key_id, revoked_at=None).update(revoked_at=timezone.now())
