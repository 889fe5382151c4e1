"""Closing a letter to a certificate: PGP/MIME (RFC 3156) or S/MIME (RFC 8551), signed where we have a key."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Final

from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7EnvelopeBuilder,
    PKCS7Options,
    PKCS7SignatureBuilder,
)
from pysequoia import encrypt

from meldpunt.constituency.certificates import openpgp, smime
from meldpunt.constituency.errors import KeyUnfit
from meldpunt.constituency.values import Certificate, KeyKind

from .office import Office, SmimeIdentity

_LINE: Final = 76


@dataclass(frozen=True)
class Closed:
    """A body that says nothing, and the headers that tell a mail program how to open it."""

    headers: Mapping[str, str]
    body: bytes


def close(inside: bytes, certificate: Certificate, office: Office, *, at: datetime) -> Closed:
    """The letter, to be opened by the owner of the certificate alone. Raises KeyUnfit, and then nothing was made."""
    if certificate.kind is KeyKind.SMIME:
        return _smime(inside, certificate, office.smime, at=at)
    return _openpgp(inside, certificate, office, at=at)


def _openpgp(inside: bytes, certificate: Certificate, office: Office, *, at: datetime) -> Closed:
    recipient = openpgp.fit_for_mail(certificate.data, at=at)
    signer = office.openpgp.signer() if office.openpgp else None
    try:
        closed = encrypt(recipients=[recipient], signer=signer, bytes=inside)
    except RuntimeError as error:
        raise KeyUnfit("Mail cannot be encrypted with this key: it has no part for that, or it is too weak.") from error
    boundary = f"closed-{token_hex(12)}"
    body = (
        f"--{boundary}\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n"
        f"--{boundary}\r\nContent-Type: application/octet-stream\r\n\r\n"
    ).encode() + b"\r\n".join(closed.splitlines())
    return Closed(
        headers={
            "Content-Type": f'multipart/encrypted; protocol="application/pgp-encrypted"; boundary="{boundary}"',
        },
        body=body + f"\r\n--{boundary}--\r\n".encode(),
    )


def _smime(inside: bytes, certificate: Certificate, ours: SmimeIdentity | None, *, at: datetime) -> Closed:
    recipient = smime.load(certificate.data)
    smime.check_fit(recipient, at=at)
    if ours is not None:
        signed = (
            PKCS7SignatureBuilder()
            .set_data(inside)
            .add_signer(ours.certificate, ours.key, SHA256())
            .sign(Encoding.DER, [PKCS7Options.Binary])
        )
        inside = _entity("signed-data", signed)
    closed = (
        PKCS7EnvelopeBuilder()
        .set_data(inside)
        .set_content_encryption_algorithm(AES256)
        .add_recipient(recipient)
        .encrypt(Encoding.DER, [PKCS7Options.Binary])
    )
    return Closed(_smime_headers("enveloped-data"), _in_lines(closed))


def _entity(kind: str, data: bytes) -> bytes:
    headers = "".join(f"{name}: {value}\r\n" for name, value in _smime_headers(kind).items())
    return headers.encode() + b"\r\n" + _in_lines(data)


def _smime_headers(kind: str) -> dict[str, str]:
    return {
        "Content-Type": f'application/pkcs7-mime; smime-type={kind}; name="smime.p7m"',
        "Content-Transfer-Encoding": "base64",
        "Content-Disposition": 'attachment; filename="smime.p7m"',
    }


def _in_lines(data: bytes) -> bytes:
    text = base64.b64encode(data)
    return b"".join(text[start : start + _LINE] + b"\r\n" for start in range(0, len(text), _LINE))
