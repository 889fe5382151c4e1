"""OpenPGP mail (RFC 9580) is opened with a key of ours, and a signature checked against the keys on file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pysequoia import Cert, Sig, Tsk, decrypt, verify
from pysequoia.packet import PacketPile

from .closed import Kind, Known, Opened, Opening, Signature
from .compressed_signatures import signatures_within
from .keys import OwnKeys
from .measuring import MOST_BYTES, Size, measure


def open_openpgp(found: Opened, closed: bytes, keys: OwnKeys, known: Callable[[], Known]) -> Opened:
    found = replace(found, closed=Kind.OPENPGP)
    for key in keys.openpgp:
        size = measure(closed, key)
        if size is Size.TOO_MUCH:
            return replace(found, opening=Opening.TOO_MUCH)
        if size is Size.NOT_OURS:
            continue
        try:
            # Asked for no certificate the library checks no signature; what is not whole it refuses all the same.
            inside = decrypt(bytes=closed, decryptor=key.decryptor())
        except RuntimeError:
            continue
        return _check_within(replace(found, inside=inside.bytes or b"", opening=Opening.OPENED), closed, key, known)
    return replace(found, opening=Opening.NO_KEY)


def _check_within(opened: Opened, closed: bytes, key: Tsk, known: Callable[[], Known]) -> Opened:
    check = _Checking(known)
    try:
        made = decrypt(bytes=closed, decryptor=key.decryptor(), store=check.store)
    except RuntimeError as refused:
        if not check.was_asked:
            return opened
        opened = replace(opened, signed=Kind.OPENPGP)
        if str(refused).startswith("Unexpected message structure"):
            return _check_compressed(opened, closed, key, known)
        return replace(opened, signature=check.refused)
    return _signed(opened, check, [one.certificate for one in made.valid_sigs])


def _check_compressed(opened: Opened, closed: bytes, key: Tsk, known: Callable[[], Known]) -> Opened:
    """The best that is true of the signatures in compressed data; of one that cannot be taken out nothing is."""
    found = [
        check_openpgp(opened, opened.inside, bytes(one), known)
        for one in signatures_within(closed, key, opened.inside, most=MOST_BYTES)
    ]
    best = (Signature.VALID, Signature.INVALID, Signature.UNKNOWN_KEY)
    ranked = sorted(found, key=lambda one: best.index(one.signature) if one.signature else len(best))
    return ranked[0] if ranked else replace(opened, signature=Signature.NOT_CHECKED)


def check_openpgp(found: Opened, content: bytes, signature: bytes, known: Callable[[], Known]) -> Opened:
    check = _Checking(known)
    found = replace(found, inside=content, signed=Kind.OPENPGP)
    try:
        made = verify(bytes=content, store=check.store, signature=Sig.from_bytes(signature))
    except RuntimeError:
        return replace(found, signature=check.refused)
    return _signed(found, check, [one.certificate for one in made.valid_sigs])


def _signed(found: Opened, check: _Checking, by: Sequence[str]) -> Opened:
    if not by:
        return found
    return replace(found, signed=Kind.OPENPGP, signature=Signature.VALID, signed_by=by[0].lower())


class _Checking:
    """The certificates on file, as the library asks for them."""

    def __init__(self, known: Callable[[], Known]) -> None:
        self._known = known
        self.was_asked = False
        self._has_one = False

    def store(self, key_ids: list[str]) -> list[Cert]:
        """Those of the sender; whether one of them holds a key that was asked for is remembered."""
        self.was_asked = self.was_asked or bool(key_ids)
        certificates = [Cert.from_bytes(data) for _, data in self._known().openpgp]
        wanted = {one.lower()[-16:] for one in key_ids}
        for certificate in certificates:
            self._has_one = self._has_one or bool(wanted & _key_ids(certificate))
        return certificates

    @property
    def refused(self) -> Signature:
        """Why nothing was found valid."""
        return Signature.INVALID if self._has_one or not self.was_asked else Signature.UNKNOWN_KEY


def _key_ids(certificate: Cert) -> set[str]:
    prints = (packet.fingerprint for packet in PacketPile.from_bytes(bytes(certificate)))
    return {one.lower()[-16:] for one in prints if one}
