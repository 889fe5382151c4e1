"""Machines of organisations: who keeps the register hands out keys, takes them back, and binds certificates to them."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access import actions as access_actions
from meldpunt.access import queries as access_queries
from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, ActorId, CertificateId, OrganisationId, Permission, Role
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from ..certificates.tls import read_client_certificate
from ..queries.organisations import get_organisation


@deed(Permission.CONSTITUENCY_MANAGE)
def hand_out_key(actor: Actor, /, *, organisation: OrganisationId, name: str, role: Role = Role.READER) -> str:
    """A key for a machine of the organisation, shown this once. One that reads has what it is told from now on.

    Raises NotFound.
    """
    get_organisation(actor, organisation=organisation)
    key, secret = access_actions.create_key_of(actor, name=name, role=role, organisation=organisation)
    # Not the name of the machine, which may say whose it is: the ledger is read by who works with codes.
    ledger.record(actor, kind=Kind.ROLE_GRANTED, subject=key, about=organisation, details={"roles": [role]})
    return secret


@deed(Permission.CONSTITUENCY_MANAGE)
def take_back_key(actor: Actor, /, *, key: ActorId) -> None:
    """From now on the key opens nothing. Raises NotFound."""
    line = access_queries.get_key(actor, key=key)
    access_actions.revoke_key(actor, key_id=key)
    ledger.record(actor, kind=Kind.ROLE_REVOKED, subject=key, about=line.organisation, details={"roles": [line.role]})


@deed(Permission.CONSTITUENCY_MANAGE)
def bind_certificate(actor: Actor, /, *, key: ActorId, raw: bytes) -> CertificateId:
    """From now on the certificate in these bytes (PEM or DER) goes with the key; nothing is demanded by it.

    Raises NotFound, KeyUnreadable, KeySecret, KeyUnfit, access.CertificateBound.
    """
    line = access_queries.get_key(actor, key=key)
    found = read_client_certificate(raw, at=timezone.now())
    certificate = access_actions.bind_certificate(actor, key_id=key, certificate=found)
    # The ledger keeps which key, and no fingerprint: that leads to a certificate, which has a name in it.
    ledger.record(actor, kind=Kind.CERTIFICATE_BOUND, subject=key, about=line.organisation)
    return certificate


@deed(Permission.CONSTITUENCY_MANAGE)
def revoke_certificate(actor: Actor, /, *, certificate: CertificateId) -> None:
    """From now on it goes with no key. A key that asks for one opens nothing without another. Raises NotFound."""
    key = access_actions.revoke_certificate(actor, certificate=certificate)
    line = access_queries.get_key(actor, key=key)
    ledger.record(actor, kind=Kind.CERTIFICATE_REVOKED, subject=key, about=line.organisation)


@deed(Permission.CONSTITUENCY_MANAGE)
def demand_certificate(actor: Actor, /, *, key: ActorId, is_demanded: bool) -> None:
    """From now on the key opens something only with one of its certificates, or without. Raises NotFound,
    access.CertificateMissing."""
    line = access_queries.get_key(actor, key=key)
    access_actions.demand_certificate(actor, key_id=key, is_demanded=is_demanded)
    details = {"demanded": is_demanded}
    ledger.record(actor, kind=Kind.CERTIFICATE_DEMANDED, subject=key, about=line.organisation, details=details)
