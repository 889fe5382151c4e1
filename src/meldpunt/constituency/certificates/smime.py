"""Certificates for S/MIME (RFC 8550): X.509 with the address in it, and RSA, the one kind that our library can use.

No chain is followed: whoever verified the fingerprint over a second channel is worth more than any issuer.
"""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from ..errors import KeySecret, KeyUnfit, KeyUnreadable
from ..values import Certificate, KeyKind

SMALLEST_RSA = 2048
_FOR_MAIL = {ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}


def is_x509(raw: bytes) -> bool:
    """Is this PEM of a certificate, or DER? OpenPGP begins with a bit that no DER sequence has."""
    return b"-----BEGIN CERTIFICATE-----" in raw or b"-----BEGIN PRIVATE KEY-----" in raw or raw[:1] == b"\x30"


def read(raw: bytes, *, at: datetime) -> Certificate:
    """What is in a certificate. Raises KeyUnreadable, KeySecret, KeyUnfit."""
    if b"PRIVATE KEY" in raw:
        raise KeySecret("This holds a secret key, which nobody but you may have. Replace it, and send the public key.")
    found = load(raw)
    check_fit(found, at=at)
    return Certificate(
        kind=KeyKind.SMIME,
        data=found.public_bytes(Encoding.DER),
        fingerprint=found.fingerprint(SHA256()).hex(),
        addresses=_addresses(found),
        valid_from=found.not_valid_before_utc,
        valid_until=found.not_valid_after_utc,
    )


def load(raw: bytes) -> x509.Certificate:
    """The one certificate in PEM or DER. Raises KeyUnreadable."""
    try:
        found = [x509.load_der_x509_certificate(raw)] if raw[:1] == b"\x30" else x509.load_pem_x509_certificates(raw)
    except ValueError as error:
        raise KeyUnreadable("This is no OpenPGP key and no S/MIME certificate.") from error
    if len(found) != 1:
        raise KeyUnreadable("Send one key at a time.")
    return found[0]


def check_fit(found: x509.Certificate, *, at: datetime) -> None:
    """Raise KeyUnfit where mail cannot or may not be encrypted with it at this instant."""
    if not found.not_valid_before_utc <= at < found.not_valid_after_utc:
        raise KeyUnfit("This key has expired.")
    key = found.public_key()
    if not isinstance(key, RSAPublicKey) or key.key_size < SMALLEST_RSA:
        raise KeyUnfit("Only S/MIME certificates with an RSA key of 2048 bits or more can be used here.")
    usage, purposes = _usage(found), _purposes(found)
    if (usage and not usage.key_encipherment) or (purposes and not purposes & _FOR_MAIL):
        raise KeyUnfit("Mail cannot be encrypted with this key: it has no part for that, or that part has expired.")


def _usage(found: x509.Certificate) -> x509.KeyUsage | None:
    try:
        return found.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def _purposes(found: x509.Certificate) -> set[x509.ObjectIdentifier]:
    try:
        return set(found.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return set()


def _addresses(found: x509.Certificate) -> tuple[str, ...]:
    said = [str(one.value) for one in found.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)]
    try:
        named = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return tuple(said)
    return (*named.get_values_for_type(x509.RFC822Name), *said)
