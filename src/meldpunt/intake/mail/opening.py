"""Mail that was encrypted to us is opened, and a signature checked: OpenPGP (RFC 3156) and S/MIME (RFC 8551).

Only a mail that is one encrypted whole is opened. Whoever changes a mail on its way puts an encrypted part beside parts
of their own, so that a program that opens it sends the words out; a part beside others stays closed. The same holds for
what is signed: a signature of a part says nothing of the mail. What a signature proves is which key made it, and never
who sent this mail to us, or when.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from email.message import Message
from typing import Final

from .closed import STAYS_CLOSED, Known, Opened, Opening, Signature
from .keys import OwnKeys
from .openpgp import check_openpgp, open_openpgp
from .parsing import message_of
from .reading import MALFORMED
from .smime import check_smime, open_smime

_DEEPEST: Final = 3
"""Layers: signed in encrypted in signed, and no more."""
_INLINE: Final = re.compile(rb"\s*(-----BEGIN PGP MESSAGE-----\r?\n.*-----END PGP MESSAGE-----)\s*\Z", re.DOTALL)
_CMS: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime")


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
        return open_openpgp(found, _bytes(parts[1]), keys, known)
    if kind == "multipart/signed" and len(parts) == 2 and found.signature is None:
        return _check(message, parts[1], found, known)
    if kind in _CMS and message.get_param("smime-type") == "signed-data":
        return check_smime(found, _bytes(message), None, known)
    if kind in _CMS:
        return open_smime(found, _bytes(message), keys)
    inline = _INLINE.match(_bytes(message)) if kind == "text/plain" and found.opening is None else None
    return _open_inline(found, inline[1], keys, known) if inline else None


def _check(message: Message, made: Message, found: Opened, known: Callable[[], Known]) -> Opened | None:
    content = _signed_bytes(found.inside, message)
    if made.get_content_type() == "application/pgp-signature":
        return check_openpgp(found, content, _bytes(made), known)
    if made.get_content_type() in ("application/pkcs7-signature", "application/x-pkcs7-signature"):
        return check_smime(found, _bytes(made), content, known)
    return None


def _open_inline(found: Opened, closed: bytes, keys: OwnKeys, known: Callable[[], Known]) -> Opened:
    opened = open_openpgp(found, closed, keys, known)
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


def _signed_bytes(raw: bytes, message: Message) -> bytes:
    """The first part as it was signed: every byte between the boundaries, lines ended by CRLF (RFC 1847, 2.1)."""
    boundary = str(message.get_boundary() or "").encode("ascii", "replace")
    whole = re.sub(rb"\r?\n", b"\r\n", raw)
    pieces = re.split(rb"(?:\A|\r\n)--" + re.escape(boundary) + rb"(?:--)?[ \t]*(?:\r\n|\Z)", whole)
    return pieces[1] if len(pieces) > 2 else b""


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
