"""Keys as owners make them: whole, expired, revoked, for signing only, of another address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pysequoia import Cert, Tsk

NOW = datetime.now(UTC)
LONG = timedelta(days=730)


@dataclass(frozen=True)
class Owned:
    """A key with its secret half, as its owner has it; `public` is what they send."""

    public: bytes
    secret: bytes


def openpgp_key(address: str, *, name: str = "Jantine Verhoog", lasts: timedelta | None = LONG) -> Owned:
    """A key to sign and to encrypt with; without `lasts` it has no end."""
    made = Tsk.generate(user_id=f"{name} <{address}>", validity_seconds=None)
    if lasts is None:
        return Owned(bytes(made.extract_certificate()), str(made).encode())
    ending = made.extract_certificate().set_expiration(datetime.now(UTC) + lasts, made.certifier())
    return Owned(bytes(ending), str(made).encode())


def revoked_openpgp_key(address: str) -> Owned:
    """A key whose owner took it back."""
    made = Tsk.generate(user_id=f"Jantine Verhoog <{address}>")
    public = made.extract_certificate()
    return Owned(bytes(Cert.from_bytes(bytes(public) + bytes(public.revoke(made.certifier())))), str(made).encode())


def smime_key(
    address: str,
    *,
    begins: datetime = NOW - timedelta(days=1),
    ends: datetime = NOW + LONG,
    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | None = None,
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.EMAIL_PROTECTION,
    encrypts: bool = True,
) -> Owned:
    """A certificate that signs itself; both halves as PEM."""
    private = private or rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Jantine Verhoog")])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=encrypts,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        .sign(private, SHA256())
    )
    secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Owned(made.public_bytes(Encoding.PEM), secret)
