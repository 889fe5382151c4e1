"""From what somebody shows at a door to the actor they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from .binding import look, looking
from .errors import NotFound
from .models import Account, MachineCertificate, MachineKey
from .values import (
    AccountLine,
    Actor,
    ActorId,
    CertificateId,
    CertificateLine,
    Door,
    MachineLine,
    OrganisationId,
    Permission,
    Role,
)


def find_actor(account_id: UUID, *, door: Door) -> Actor | None:
    """The actor of an account at its own `door`; None where it is closed or belongs to another."""
    with looking(Actor(id=ActorId(account_id), name="", door=door, roles=frozenset())):
        account = Account.objects.filter(id=account_id, door=door.value, is_active=True).first()
    if account is None:
        return None
    return Actor(
        id=ActorId(account.id),
        name=account.name,
        door=Door(account.door),
        roles=frozenset(Role(role) for role in account.roles),
        organisation=OrganisationId(account.organisation) if account.organisation else None,
        language=account.language,
    )


def find_actor_by_key(key: str, *, certificate: str = "") -> Actor | None:
    """The machine that shows this key, or None where the key is unknown, revoked or past its term.

    `certificate` is the SHA-256 (hex) of what it came with: a key that asks for one is found with one of its own alone.
    """
    nobody = frozenset[Role]()
    machine = Actor(ActorId(UUID(int=0)), "", Door.SENSOR, nobody, key=key, certificate=certificate)
    with looking(machine):
        row = MachineKey.objects.first()
    if row is None:
        return None
    organisation = OrganisationId(row.organisation) if row.organisation else None
    return Actor(
        id=ActorId(row.id),
        name=row.name,
        door=Door.SENSOR,
        roles=frozenset({Role(row.role)}),
        organisation=organisation,
        key=key,
        certificate=certificate,
    )


@look(Permission.CONSTITUENCY_MANAGE)
def list_keys_of(viewer: Actor, /, *, organisation: OrganisationId) -> tuple[MachineLine, ...]:
    """The keys of the machines of an organisation, oldest first, revoked ones too, with their certificates."""
    return _lines(MachineKey.objects.filter(organisation=organisation))


@look(Permission.CONSTITUENCY_MANAGE)
def get_key(viewer: Actor, /, *, key: ActorId) -> MachineLine:
    """One of them. Raises NotFound."""
    for line in _lines(MachineKey.objects.filter(id=key)):
        return line
    raise NotFound("no such key")


@look(Permission.ORGANISATION_READ_OWN)
def list_own_keys(viewer: Actor, /) -> tuple[MachineLine, ...]:
    """Every key of a machine that the viewer's own organisation has or had, oldest first."""
    return _lines(MachineKey.objects.filter(organisation=viewer.organisation))


def _lines(keys: QuerySet[MachineKey]) -> tuple[MachineLine, ...]:
    # The digest is granted to nobody who lists.
    columns = keys.order_by("created_at", "id").values_list(
        "id", "name", "role", "created_at", "expires_at", "revoked_at", "organisation", "needs_certificate"
    )
    rows = list(columns)
    certificates = _certificates_of([row[0] for row in rows]) if rows else {}
    return tuple(
        MachineLine(
            ActorId(key),
            name,
            Role(role),
            created_at,
            expires_at,
            revoked_at,
            OrganisationId(organisation) if organisation else None,
            needs_certificate,
            tuple(certificates.get(key, ())),
        )
        for key, name, role, created_at, expires_at, revoked_at, organisation, needs_certificate in rows
    )


def _certificates_of(keys: Collection[UUID]) -> dict[UUID, list[CertificateLine]]:
    found: dict[UUID, list[CertificateLine]] = {}
    for row in MachineCertificate.objects.filter(machine__in=list(keys)).order_by("bound_at", "id"):
        line = CertificateLine(
            CertificateId(row.id), bytes(row.fingerprint).hex(), row.subject, row.not_after, row.revoked_at
        )
        found.setdefault(row.machine_id, []).append(line)
    return found


@look(Permission.DISCLOSURE_PROPOSE)
def list_fetching(viewer: Actor, /, *, organisations: Collection[UUID]) -> frozenset[UUID]:
    """Which of these organisations have a machine that fetches what is told to them."""
    if not organisations:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_fetching(%s)", [list(organisations)])
        return frozenset(organisation for (organisation,) in cursor.fetchall())


@look(Permission.COLLEAGUE_READ)
def list_names(viewer: Actor, /, *, people: Collection[UUID]) -> Mapping[UUID, str]:
    """The names of these people of the desk; whoever has no account there is left out."""
    if not people:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT account, name FROM access_colleagues(%s)", [list(people)])
        return dict(cursor.fetchall())


@look(Permission.ACCOUNT_MANAGE)
def list_accounts(viewer: Actor, /) -> tuple[AccountLine, ...]:
    """Everybody who may come in, or might once, by door and name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account, email, name, door, roles, organisation, is_active, last_login FROM access_people()"
            " ORDER BY door, lower(name), account"
        )
        rows = cursor.fetchall()
    return tuple(
        AccountLine(
            id=ActorId(account),
            email=email,
            name=name,
            door=Door(door),
            roles=tuple(Role(role) for role in roles),
            organisation=OrganisationId(organisation) if organisation else None,
            is_active=is_active,
            last_login=last_login,
        )
        for account, email, name, door, roles, organisation, is_active, last_login in rows
    )
