"""Certificates of those we write to: what is in one, and whether mail may be closed with it. Plain Python, no clock.

`read_certificate` is asked once, when somebody brings it; what it says is kept beside it and asked again at each use.
"""

from __future__ import annotations

from datetime import datetime

from ..errors import KeyUnreadable
from ..values import Certificate
from . import openpgp, smime

LONGEST = 100_000
"""Bytes of a certificate; what is longer carries the signatures of strangers."""


def read_certificate(raw: bytes, *, at: datetime) -> Certificate:
    """The one certificate in these bytes, fit to write to now. Raises KeyUnreadable, KeySecret, KeyUnfit."""
    if len(raw) > LONGEST:
        raise KeyUnreadable("This key is too long: export it without the signatures of others.")
    if smime.is_x509(raw):
        return smime.read(raw, at=at)
    return openpgp.read(raw, at=at)


def is_for(certificate: Certificate, address: str) -> bool:
    """Does the certificate itself say that it belongs to this address?"""
    return folded(address) in {folded(one) for one in certificate.addresses}


def folded(address: str) -> str:
    """An address as it is compared: two that differ in case only reach the same person everywhere we write to."""
    return address.strip().casefold()


def plain_fingerprint(said: str) -> str:
    """A fingerprint as people read it out, without blanks and colons."""
    return "".join(one for one in said.casefold() if one.isalnum())
