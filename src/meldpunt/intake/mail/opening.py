"""Mail that was encrypted to us is opened, and a signature checked: OpenPGP (RFC 3156) and S/MIME (RFC 8551).

Only a mail that is one encrypted whole is opened. Whoever changes a mail on its way puts an encrypted part beside parts
of their own, so that a program that opens it sends the words out; a part beside others stays closed. The same holds for
what is signed: a signature of a part says nothing of the mail. What a signature proves is which key made it, and never
who sent this mail to us, or when.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from email.message import Message
from enum import StrEnum
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import pkcs7_decrypt_der
from pysequoia import Cert, Sig, Tsk, decrypt, verify
from pysequoia.packet import PacketPile

from .keys import OwnKeys
from .measuring import Size, measure
from .parsing import message_of
from .reading import MALFORMED

_DEEPEST: Final = 3
"""Layers: signed in encrypted in signed, and no more."""
_INLINE: Final = re.compile(rb"\s*(-----BEGIN PGP MESSAGE-----\r?\n.*-----END PGP MESSAGE-----)\s*\Z", re.DOTALL)
_CMS: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SECONDS: Final = 20


class Kind(StrEnum):
    """How it was closed or signed."""

    OPENPGP = "openpgp"
    SMIME = "smime"


class Opening(StrEnum):
    """What came of opening it."""

    OPENED = "opened"
    NO_KEY = "not-opened"
    TOO_MUCH = "opens-to-too-much"
    PART_LEFT = "part-not-opened"


STAYS_CLOSED: Final = frozenset({Opening.NO_KEY, Opening.TOO_MUCH})


class Signature(StrEnum):
    """What can be said of a signature. `PART`: it covers not the whole mail, so it was not asked.

    `NOT_CHECKED`: it lies in compressed data, where the library looks for none.
    """

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN_KEY = "unknown-key"
    NOT_CHECKED = "not-checked"
    PART = "not-of-the-whole"


@dataclass(frozen=True)
class Opened:
    """The mail within, as bytes, and how it was closed and signed. `inside` is the mail itself where nothing was.

    `signed_by` is the fingerprint of the certificate on file whose owner signed.
    """

    inside: bytes
    closed: Kind | None = None
    opening: Opening | None = None
    signed: Kind | None = None
    signature: Signature | None = None
    signed_by: str = ""


@dataclass(frozen=True)
class Known:
    """Certificates on file that name the sender: OpenPGP, and S/MIME in DER, by fingerprint."""

    openpgp: Sequence[tuple[str, bytes]] = ()
    smime: Sequence[tuple[str, bytes]] = ()


def open_mail(raw: bytes, keys: OwnKeys, known: Callable[[], Known]) -> Opened:
    """Open what is one closed whole, layer by layer, and check what is one signed whole.

    What cannot be read stays as it was. `known` is asked where there is a signature.
    """
    found = Opened(raw)
    try:
        return _layers(found, keys, known)
    except MALFORMED:
        return found


def _layers(found: Opened, keys: OwnKeys, known: Callable[[], Known]) -> Opened:
    for _ in range(_DEEPEST):
        message = message_of(found.inside)
        further = _layer(message, found, keys, known)
        if further is None:
            return _with_parts_left(message, found)
        found = further
        if found.opening in STAYS_CLOSED or found.inside == b"":
            return found
    return found


def _layer(message: Message, found: Opened, keys: OwnKeys, known: Callable[[], Known]) -> Opened | None:
    """The mail without its outermost layer; None where it has none."""
    kind, parts = message.get_content_type(), _parts(message)
    if kind == "multipart/encrypted" and len(parts) == 2:
        return _open_openpgp(found, _bytes(parts[1]), keys, known)
    if kind == "multipart/signed" and len(parts) == 2 and found.signature is None:
        return _check(message, parts[1], found, known)
    if kind in _CMS and message.get_param("smime-type") == "signed-data":
        return _check_smime(found, _bytes(message), None, known)
    if kind in _CMS:
        return _open_smime(found, _bytes(message), keys)
    inline = _INLINE.match(_bytes(message)) if kind == "text/plain" and found.opening is None else None
    return _open_inline(found, inline[1], keys, known) if inline else None


def _check(message: Message, made: Message, found: Opened, known: Callable[[], Known]) -> Opened | None:
    content = _signed_bytes(found.inside, message)
    if made.get_content_type() == "application/pgp-signature":
        return _check_openpgp(found, content, _bytes(made), known)
    if made.get_content_type() in ("application/pkcs7-signature", "application/x-pkcs7-signature"):
        return _check_smime(found, _bytes(made), content, known)
    return None


def _open_inline(found: Opened, closed: bytes, keys: OwnKeys, known: Callable[[], Known]) -> Opened:
    opened = _open_openpgp(found, closed, keys, known)
    if opened.opening is not Opening.OPENED:
        return opened
    return replace(opened, inside=b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + opened.inside)


def _parts(message: Message) -> list[Message]:
    parts = message.get_payload()
    return [one for one in parts if isinstance(one, Message)] if isinstance(parts, list) else []


def _with_parts_left(message: Message, found: Opened) -> Opened:
    """What is closed or signed somewhere within is said, and left as it is."""
    if not message.is_multipart():
        return found
    kinds = {part.get_content_type() for part in message.walk()}
    if found.opening is None and kinds & {"multipart/encrypted", *_CMS}:
        found = replace(found, opening=Opening.PART_LEFT)
    if found.signature is None and "multipart/signed" in kinds:
        found = replace(found, signature=Signature.PART)
    return found


def _open_openpgp(found: Opened, closed: bytes, keys: OwnKeys, known: Callable[[], Known]) -> Opened:
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
        is_hidden = str(refused).startswith("Unexpected message structure")
        state = Signature.NOT_CHECKED if is_hidden else check.refused
        return replace(opened, signed=Kind.OPENPGP, signature=state)
    return _signed(opened, check, [one.certificate for one in made.valid_sigs])


def _check_openpgp(found: Opened, content: bytes, signature: bytes, known: Callable[[], Known]) -> Opened:
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


def _open_smime(found: Opened, closed: bytes, keys: OwnKeys) -> Opened:
    found = replace(found, closed=Kind.SMIME)
    for certificate, key in keys.smime:
        try:
            inside = pkcs7_decrypt_der(closed, certificate, key, [])
        except (ValueError, TypeError, UnsupportedAlgorithm):
            continue
        return replace(found, inside=inside, opening=Opening.OPENED)
    return replace(found, opening=Opening.NO_KEY)


def _check_smime(found: Opened, signature: bytes, content: bytes | None, known: Callable[[], Known]) -> Opened:
    """Ask `openssl cms`: the library that we have makes signatures and checks none. No chain is followed."""
    found = replace(found, signed=Kind.SMIME)
    inside: bytes = content or _cms(signature, ["-noverify", "-nosigs"]) or b""
    for fingerprint, der in known().smime:
        checked = _cms(signature, ["-noverify", "-nointern"], content=content, certificate=der)
        if checked is not None:
            return replace(found, inside=inside, signature=Signature.VALID, signed_by=fingerprint)
    # Under the certificate that came along: then it is whole, and nobody that we know made it.
    whole = _cms(signature, ["-noverify"], content=content)
    state = Signature.UNKNOWN_KEY if whole is not None else Signature.INVALID
    return replace(found, inside=inside, signature=state)


def _cms(
    signature: bytes, options: Sequence[str], *, content: bytes | None = None, certificate: bytes | None = None
) -> bytes | None:
    """What was signed, where openssl says so; None otherwise."""
    with tempfile.TemporaryDirectory(prefix="cms-") as name:
        folder = Path(name)
        (folder / "signature").write_bytes(signature)
        command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", str(folder / "signature"), *options]
        if content is not None:
            (folder / "content").write_bytes(content)
            command += ["-content", str(folder / "content")]
        if certificate is not None:
            (folder / "certificate").write_bytes(_pem(certificate))
            command += ["-certfile", str(folder / "certificate")]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout if done.returncode == 0 else None


def _pem(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def _signed_bytes(raw: bytes, message: Message) -> bytes:
    """The first part as it was signed: every byte between the boundaries, lines ended by CRLF (RFC 1847, 2.1)."""
    boundary = str(message.get_boundary() or "").encode("ascii", "replace")
    whole = re.sub(rb"\r?\n", b"\r\n", raw)
    pieces = re.split(rb"(?:\A|\r\n)--" + re.escape(boundary) + rb"(?:--)?[ \t]*(?:\r\n|\Z)", whole)
    return pieces[1] if len(pieces) > 2 else b""


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
