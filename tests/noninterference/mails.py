"""Every mail that left for an outsider, as its mail program shows it: the outside as it was, and what it opens to."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Final

from aiosmtpd.smtp import Envelope
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs7 import pkcs7_decrypt_der
from pysequoia import Tsk, decrypt
from tests.noninterference.country import Country

from meldpunt.access.values import Door

MAILBOX: Final = "mail"
"""How the place of a mail begins: a mail is not fetched from an address."""

CAST_OF: Final[Mapping[str, str]] = {
    "peer-security": "peer",
    "hidden-security": "hidden",
    "bank-security": "bank",
    "police-officer": "police",
    "service-officer": "service",
    "supervisor-officer": "supervisor",
    "ministry-official": "ministry",
}
"""Whose mailboxes an outsider reads."""


@dataclass(frozen=True)
class Mail:
    """What the server was handed."""

    sender: str
    recipient: str
    raw: bytes


@dataclass(frozen=True)
class Opened:
    """A mail whose ciphertext made place for how long it is, and for what its reader's key opens it to."""

    headers: tuple[tuple[str, str], ...]
    body: bytes


def mail_of(envelope: Envelope) -> Mail:
    """As it came over the wire."""
    [recipient] = envelope.rcpt_tos
    return Mail(str(envelope.mail_from), recipient, envelope.original_content or b"")


def mails_to(outsider: str, door: Door, country: Country, mails: list[Mail]) -> Iterator[Mail]:
    """What lies in the mailboxes of the outsider's organisation, in the order in which it came."""
    boxes = country.mailboxes[CAST_OF[outsider]] if door is Door.PORTAL else ()
    yield from (one for one in mails if one.recipient in boxes)


def opened(mail: Mail, keyrings: Mapping[str, Mapping[str, str]]) -> Opened:
    """The envelope and the headers in their order, and the body with what is closed in it opened."""
    message = email.message_from_bytes(mail.raw, policy=email.policy.compat32)
    envelope = (("(envelope from)", mail.sender), ("(envelope to)", mail.recipient))
    headers = (*envelope, *((name, str(value)) for name, value in message.items()))
    closed = _closed_in(message)
    if closed is None:
        return Opened(headers, mail.raw.partition(b"\r\n\r\n")[2])
    length = f"({len(mail.raw)} bytes, of which {len(closed)} closed)\n".encode()
    return Opened(headers, length + _decrypted(closed, keyrings[mail.recipient]))


def _closed_in(message: Message) -> bytes | None:
    kind = message.get_content_type()
    if kind == "application/pkcs7-mime":
        return message.get_payload(decode=True)  # type: ignore[return-value]
    if kind == "multipart/encrypted":
        _, closed = message.get_payload()  # type: ignore[misc]
        return closed.get_payload(decode=True)  # type: ignore[union-attr, return-value]
    return None


def _decrypted(closed: bytes, keyring: Mapping[str, str]) -> bytes:
    secret = keyring["secret"].encode()
    if b"PGP" in secret:
        inside = decrypt(decryptor=Tsk.from_bytes(secret).decryptor(), bytes=closed).bytes
        assert inside is not None
        return bytes(inside)
    key = load_pem_private_key(secret, password=None)
    assert isinstance(key, RSAPrivateKey)
    certificate = x509.load_pem_x509_certificate(keyring["public"].encode())
    return pkcs7_decrypt_der(closed, certificate, key, [])
