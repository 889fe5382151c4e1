"""S/MIME (RFC 8551) is opened with a key of ours, and a signature checked against the certificates on file."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs7 import pkcs7_decrypt_der

from .closed import Kind, Known, Opened, Opening, Signature
from .keys import OwnKeys

_SECONDS: Final = 20
# The type of AuthEnvelopedData (RFC 5083, 2), which stands in the first bytes.
_AUTHENTICATED: Final = bytes.fromhex("060b2a864886f70d0109100117")
_HEAD: Final = 40


def open_smime(found: Opened, closed: bytes, keys: OwnKeys) -> Opened:
    found = replace(found, closed=Kind.SMIME)
    for certificate, key in keys.smime:
        inside = _authenticated(closed, certificate, key) if _AUTHENTICATED in closed[:_HEAD] else None
        try:
            inside = inside or pkcs7_decrypt_der(closed, certificate, key, [])
        except (ValueError, TypeError, UnsupportedAlgorithm):
            continue
        return replace(found, inside=inside, opening=Opening.OPENED)
    return replace(found, opening=Opening.NO_KEY)


def _authenticated(closed: bytes, certificate: x509.Certificate, key: RSAPrivateKey) -> bytes | None:
    """What AES-GCM closed (AuthEnvelopedData, RFC 5083 and 5084), as openssl opens it; None where it was changed.

    The key goes by a pipe: it is written nowhere.
    """
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    reading, writing = os.pipe()
    try:
        os.write(writing, secret)
    finally:
        os.close(writing)
    with tempfile.TemporaryDirectory(prefix="cms-") as name, os.fdopen(reading, "rb") as pipe:
        (Path(name) / "closed").write_bytes(closed)
        (Path(name) / "certificate").write_bytes(certificate.public_bytes(Encoding.PEM))
        command = ["openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", str(Path(name) / "closed")]
        command += ["-recip", str(Path(name) / "certificate"), "-inkey", f"/dev/fd/{pipe.fileno()}"]
        try:
            done = subprocess.run(  # noqa: S603
                command, capture_output=True, check=False, timeout=_SECONDS, pass_fds=[pipe.fileno()]
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout if done.returncode == 0 else None


def check_smime(found: Opened, signature: bytes, content: bytes | None, known: Callable[[], Known]) -> Opened:
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
