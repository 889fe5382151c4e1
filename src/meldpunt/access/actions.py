"""Accounts and keys come into being. Who hands them out (`constituency`) writes the ledger entry."""

from __future__ import annotations

import secrets
from base64 import b32decode
from collections.abc import Iterable

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from . import passwords
from .binding import deed
from .errors import AddressInUse, CertificateBound, CertificateMissing, NotFound, OwnAccount
from .models import Account, Answered, MachineCertificate, MachineKey
from .rules import MACHINE_ROLES, digest_of, door_for
from .values import Actor, ActorId, CertificateId, ClientCertificate, Door, OrganisationId, Permission, Role


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
    """An account at the one door where all `roles` live. Raises RolesDoNotMix, OrganisationUnfit, AddressInUse."""
    wanted = frozenset(roles)
    door = door_for(wanted, has_organisation=organisation is not None)
    account = Account(
        email=email.lower(),
        name=name,
        door=door.value,
        roles=sorted(wanted),
        organisation=organisation,
        language=language,
    )
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        raise AddressInUse from error
    first = passwords.derive_first(door, account.email, password)
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_give_password(%s, %s, %s)", [account.id, first.parameters, first.hash])
        if actor.door is Door.JOBS:
            cursor.execute("SELECT access_trust(%s)", [account.id])
    return ActorId(account.id)


@deed(Permission.ACCOUNT_MANAGE)
def give_second_factor(actor: Actor, *, account: ActorId, secret: str) -> None:
    """An authenticator app that goes with a new account: its secret in base32. Raises NotFound where there is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_give_factor(%s, %s)", [account, b32decode(secret)])
        if cursor.fetchone() != (True,):
            raise NotFound("the account has a second factor")


@deed(Permission.ACCOUNT_MANAGE)
def remove_ended_sessions(actor: Actor) -> int:
    """How many log-ins lapsed; they open nothing any more, and go, with what is counted no more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_tidy(), access_forget_spent()")
        ended, _ = cursor.fetchone()
    return int(ended)


@deed(Permission.ACCOUNT_MANAGE)
def forget_answers(actor: Actor) -> int:
    """How many answers to requests of machines are given again no more, and went."""
    forgotten, _ = Answered.objects.filter(expires_at__lt=timezone.now()).delete()
    return forgotten


@deed(Permission.ACCOUNT_MANAGE)
def close_account(actor: Actor, *, account: ActorId, is_closed: bool) -> None:
    """Shut an account, or open it again; who is inside is outside at the next page. Raises OwnAccount, NotFound."""
    if account == actor.id:
        raise OwnAccount
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_close(%s, %s)", [account, is_closed])
        if cursor.fetchone() != (True,):
            raise NotFound("no such account")


@deed(Permission.ACCOUNT_MANAGE)
def create_machine_key(
    actor: Actor, *, name: str, role: Role, organisation: OrganisationId | None = None, key: str = ""
) -> str:
    """A key for a machine; the secret is returned this once and only its digest is kept."""
    if role not in MACHINE_ROLES:
        raise ValueError(f"{role} is no role of a machine")
    secret = key or secrets.token_urlsafe(32)
    MachineKey(name=name, role=role.value, organisation=organisation, digest=digest_of(secret)).save(force_insert=True)
    return secret


@deed(Permission.ACCOUNT_MANAGE)
def revoke_machine_key(actor: Actor, *, key_id: ActorId) -> None:
    """From now on the key opens nothing."""
    MachineKey.objects.filter(id=key_id, revoked_at=None).update(revoked_at=timezone.now())


@deed(Permission.CONSTITUENCY_MANAGE)
def create_key_of(actor: Actor, *, name: str, role: Role, organisation: OrganisationId) -> tuple[ActorId, str]:
    """A key with which a machine of an organisation reads or forwards: who it is, and the secret, this once."""
    secret = secrets.token_urlsafe(32)
    row = MachineKey(name=name, role=role.value, organisation=organisation, digest=digest_of(secret))
    row.save(force_insert=True)
    return ActorId(row.id), secret


@deed(Permission.CONSTITUENCY_MANAGE)
def revoke_key(actor: Actor, *, key_id: ActorId) -> None:
    """From now on the key opens nothing. Raises NotFound, also where it was revoked before."""
    if not MachineKey.objects.filter(id=key_id, revoked_at=None).update(revoked_at=timezone.now()):
        raise NotFound("no such key")


@deed(Permission.CONSTITUENCY_MANAGE)
def bind_certificate(actor: Actor, *, key_id: ActorId, certificate: ClientCertificate) -> CertificateId:
    """From now on the certificate goes with the key. Raises CertificateBound."""
    row = MachineCertificate(
        machine_id=key_id,
        fingerprint=certificate.fingerprint,
        subject=certificate.subject,
        not_before=certificate.not_before,
        not_after=certificate.not_after,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise CertificateBound from error
    return CertificateId(row.id)


@deed(Permission.CONSTITUENCY_MANAGE)
def revoke_certificate(actor: Actor, *, certificate: CertificateId) -> ActorId:
    """From now on it goes with no key; whose it was. Raises NotFound, also where it was revoked before."""
    live = MachineCertificate.objects.filter(id=certificate, revoked_at=None)
    machine = live.values_list("machine", flat=True).first()
    if machine is None or not live.update(revoked_at=timezone.now()):
        raise NotFound("no such certificate")
    return ActorId(machine)


@deed(Permission.CONSTITUENCY_MANAGE)
def demand_certificate(actor: Actor, *, key_id: ActorId, is_demanded: bool) -> None:
    """From now on the key opens something only together with one of its certificates, or without.

    Raises NotFound, CertificateMissing where it has none that holds: it would open nothing.
    """
    now = timezone.now()
    bound_ones = MachineCertificate.objects.filter(machine=key_id, revoked_at=None, not_after__gt=now)
    if is_demanded and not bound_ones.exists():
        raise CertificateMissing
    if not MachineKey.objects.filter(id=key_id, revoked_at=None).update(needs_certificate=is_demanded):
        raise NotFound("no such key")
