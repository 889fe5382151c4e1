"""Keys are brought, verified over a second channel, and revoked. The ledger keeps which, and no fingerprint: that is in
a key server, beside a name."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.errors import NotFound
from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models, rules
from ..certificates import is_for, plain_fingerprint, read_certificate
from ..errors import FingerprintDiffers, KeyKnown, KeyOfAnother
from ..values import Certificate, ContactId, KeyId


@deed(Permission.KEY_BRING)
def bring_key(actor: Actor, /, *, contact: ContactId, raw: bytes, lent: str = "") -> KeyId:
    """Keep a key for a contact; nothing is closed with it before somebody of the desk verified it.

    `lent` is why a key that names another address will do; only who keeps the register may say so. Raises NotFound,
    KeyUnreadable, KeySecret, KeyUnfit, KeyOfAnother, KeyKnown.
    """
    owner = models.Contact.objects.filter(id=contact).exclude(mail="").first()
    if owner is None:
        raise NotFound("no such contact")
    now = timezone.now()
    found = read_certificate(raw, at=now)
    said = lent.strip() if may(actor.roles, Permission.CONSTITUENCY_MANAGE) else ""
    if is_for(found, owner.mail):
        said = ""
    elif not said:
        raise KeyOfAnother("This key names another address than the one of this contact.")
    row = _row(owner, found, lent=said)
    row.added_by, row.added_at = actor.id, now
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise KeyKnown("This key is on file for this contact already.") from error
    _record(actor, row, Kind.KEY_BROUGHT)
    return KeyId(row.id)


@deed(Permission.CONSTITUENCY_MANAGE)
def verify_key(actor: Actor, /, *, key: KeyId, fingerprint: str, how: str) -> None:
    """From now on mail is closed with it: its owner read the fingerprint out, and this is how.

    Raises NotFound, PurposeMissing, FingerprintDiffers, KeyUnfit (it lapsed meanwhile).
    """
    row = _lock(key)
    said = rules.check_how(how)
    if plain_fingerprint(fingerprint) != row.fingerprint:
        raise FingerprintDiffers("What was read out is not the fingerprint of the key on file.")
    read_certificate(bytes(row.certificate), at=timezone.now())
    row.verified_by, row.verified_at, row.verified_how = actor.id, timezone.now(), said
    row.save(update_fields=["verified_by", "verified_at", "verified_how"])
    _record(actor, row, Kind.KEY_VERIFIED)


@deed(Permission.KEY_BRING)
def revoke_key(actor: Actor, /, *, key: KeyId, reason: str) -> None:
    """From now on nothing is closed with it. Raises NotFound, PurposeMissing."""
    row = _lock(key)
    row.revocation_reason = rules.check_how(reason)
    row.revoked_by, row.revoked_at = actor.id, timezone.now()
    row.save(update_fields=["revoked_by", "revoked_at", "revocation_reason"])
    _record(actor, row, Kind.KEY_REVOKED)


def _lock(key: KeyId) -> models.Key:
    row = models.Key.objects.select_for_update().filter(id=key, revoked_at=None).first()
    if row is None:
        raise NotFound("no such key")
    return row


def _row(owner: models.Contact, found: Certificate, *, lent: str) -> models.Key:
    return models.Key(
        organisation_id=owner.organisation_id,
        contact_id=owner.id,
        kind=found.kind.value,
        certificate=found.data,
        fingerprint=found.fingerprint,
        addresses=list(found.addresses),
        lent=lent,
        valid_from=found.valid_from,
        valid_until=found.valid_until,
    )


def _record(actor: Actor, row: models.Key, kind: Kind) -> None:
    ledger.record(
        actor,
        kind=kind,
        subject=row.id,
        about=row.organisation_id,
        details={"kind": row.kind, "lent": bool(row.lent)},
    )
