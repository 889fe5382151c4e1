"""Certificates with which a machine begins a TLS connection. The proxy that ends TLS follows the chain."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID

from meldpunt.access.values import ClientCertificate

from ..errors import KeySecret, KeyUnfit, KeyUnreadable

LONGEST: Final = 20_000
_FOR_CLIENTS: Final = {ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}


def read_client_certificate(raw: bytes, *, at: datetime) -> ClientCertificate:
    """What is in the one certificate, in PEM or DER, fit to begin a connection with at this instant.

    Raises KeyUnreadable, KeySecret, KeyUnfit.
    """
    if b"PRIVATE KEY" in raw:
        raise KeySecret("This holds a secret key, which nobody but you may have. Replace it, and send the public key.")
    found = _load(raw)
    if not at < found.not_valid_after_utc:
        raise KeyUnfit("This certificate has expired.")
    if _is_authority(found) or not _is_for_clients(found):
        raise KeyUnfit("This certificate is not meant for a machine that connects: ask for one for clients of TLS.")
    return ClientCertificate(
        fingerprint=found.fingerprint(SHA256()),
        subject=found.subject.rfc4514_string()[:500],
        not_before=found.not_valid_before_utc,
        not_after=found.not_valid_after_utc,
    )


def _load(raw: bytes) -> x509.Certificate:
    try:
        if len(raw) > LONGEST:
            raise ValueError
        (found,) = [x509.load_der_x509_certificate(raw)] if raw[:1] == b"\x30" else x509.load_pem_x509_certificates(raw)
    except ValueError as error:
        raise KeyUnreadable("This is not one certificate in PEM. Send it alone, without its chain.") from error
    return found


def _is_authority(found: x509.Certificate) -> bool:
    try:
        return found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _is_for_clients(found: x509.Certificate) -> bool:
    try:
        purposes = found.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return bool(set(purposes) & _FOR_CLIENTS)
