"""OpenPGP certificates (RFC 9580, RFC 4880).

The library encrypts to whatever it is handed, also to a certificate that is expired or revoked, so all that is judged
here and `fit_for_mail` leaves no subkey in that was judged unfit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pysequoia import Cert, encrypt
from pysequoia.packet import Packet, PacketPile, SignatureType, Tag

from ..errors import KeySecret, KeyUnfit, KeyUnreadable
from ..values import Certificate, KeyKind

_SUBKEYS = (Tag.PublicSubkey,)
_SECRET = (Tag.SecretKey, Tag.SecretSubkey)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Subkey:
    """A subkey with the binding that counts: the latest one that the owner made (RFC 9580, 5.2.3.10)."""

    packet: Packet
    binding: Packet

    @property
    def ends_at(self) -> datetime | None:
        """The instant at which it expires, if ever."""
        created, lasts = self.packet.key_created, self.binding.key_validity_period
        return created + lasts if created and lasts else None


def read(raw: bytes, *, at: datetime) -> Certificate:
    """What is in an OpenPGP certificate. Raises KeyUnreadable, KeySecret, KeyUnfit."""
    cert = _parsed(raw)
    kept = _kept(cert, at=at)
    ends = [one for one in (cert.expiration, _last([subkey.ends_at for subkey in kept])) if one is not None]
    created = min(subkey.packet.key_created or at for subkey in kept)
    return Certificate(
        kind=KeyKind.OPENPGP,
        data=bytes(cert),
        fingerprint=cert.fingerprint,
        addresses=tuple(_addresses(cert)),
        valid_from=created,
        valid_until=min(ends) if ends else None,
    )


def fit_for_mail(raw: bytes, *, at: datetime) -> Cert:
    """The certificate with only those subkeys to which mail may be encrypted now. Raises KeyUnreadable, KeyUnfit."""
    cert = _parsed(raw)
    return Cert.from_packets(
        [*_head(cert), *(one for subkey in _kept(cert, at=at) for one in (subkey.packet, subkey.binding))]
    )


def _kept(cert: Cert, *, at: datetime) -> list[_Subkey]:
    """The subkeys to which mail may be encrypted now, at least one. Raises KeyUnfit."""
    if cert.is_revoked:
        raise KeyUnfit("This key was revoked by its owner.")
    if cert.expiration is not None and cert.expiration <= at:
        raise KeyUnfit("This key has expired.")
    head = _head(cert)
    found = [_bound(head, packets) for packets in _subkeys(cert)]
    kept = [one for one in found if one is not None and (one.ends_at is None or at < one.ends_at)]
    if not kept:
        raise KeyUnfit("Mail cannot be encrypted with this key: it has no part for that, or that part has expired.")
    return kept


def _bound(head: list[Packet], packets: tuple[Packet, ...]) -> _Subkey | None:
    """The subkey with its newest binding that is good and lets it encrypt; None where it was revoked or has none.

    A binding says of itself when it ends, whoever made it. The library checks whose it is when it encrypts, and only
    then, so it is asked to; what it refuses does not count.
    """
    subkey, *signatures = packets
    if any(one.signature_type == SignatureType.SubkeyRevocation for one in signatures):
        return None
    bindings = [one for one in signatures if one.signature_type == SignatureType.SubkeyBinding]
    for binding in sorted(bindings, key=lambda one: one.signature_created or _NEVER, reverse=True):
        try:
            encrypt(recipients=[Cert.from_packets([*head, subkey, binding])], bytes=b"")
        except RuntimeError:
            continue
        return _Subkey(subkey, binding)
    return None


def _head(cert: Cert) -> list[Packet]:
    """The primary key and the names, before the first subkey."""
    whole = list(PacketPile.from_bytes(bytes(cert)))
    first = next((place for place, packet in enumerate(whole) if packet.tag in _SUBKEYS), len(whole))
    return whole[:first]


def _parsed(raw: bytes) -> Cert:
    try:
        tags = [packet.tag for packet in PacketPile.from_bytes(raw)]
        found = Cert.split_bytes(raw)
    except RuntimeError as error:
        # Its message carries a backtrace with paths: none of it goes further.
        raise KeyUnreadable("This is no OpenPGP key and no S/MIME certificate.") from error
    if any(tag in _SECRET for tag in tags):
        raise KeySecret("This holds a secret key, which nobody but you may have. Replace it, and send the public key.")
    if len(found) != 1:
        raise KeyUnreadable("Send one key at a time.")
    return found[0]


def _subkeys(cert: Cert) -> Iterator[tuple[Packet, ...]]:
    """Each subkey with what follows it, up to the next."""
    group: list[Packet] = []
    for packet in PacketPile.from_bytes(bytes(cert)):
        if packet.tag in _SUBKEYS:
            if group:
                yield tuple(group)
            group = [packet]
        elif group:
            group.append(packet)
    if group:
        yield tuple(group)


def _addresses(cert: Cert) -> Iterator[str]:
    valid = {str(one) for one in cert.user_ids}
    for packet in PacketPile.from_bytes(bytes(cert)):
        if packet.tag == Tag.UserID and packet.user_id in valid and packet.user_id_email:
            yield packet.user_id_email


def _last(ends: list[datetime | None]) -> datetime | None:
    return None if None in ends else max(one for one in ends if one is not None)
