"""Receipt codes and references: made, and read back as people type them.

Both use Crockford's base32 (crockford.com/base32): no I, L, O or U, so that a code read over the telephone
has one spelling. A receipt code is a capability of 100 random bits; a reference is a name of 40 and opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import replace
from typing import Final

from meldpunt.access.values import STRANGER, Actor

from .errors import ReceiptMalformed

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
_CODE_LENGTH = 20
_GROUP = 4
REFERENCE: Final = re.compile(rf"\bMP-[{_ALPHABET}]{{4}}-[{_ALPHABET}]{{4}}\b", re.ASCII | re.IGNORECASE)
"""A reference as it stands in a text."""


def new_code() -> str:
    """A receipt code such as `7F3K-92QX-0GDM-V4TT-H1WZ`."""
    return _grouped(_random(_CODE_LENGTH))


def code_from(secret: str, *, about: str) -> str:
    """A code like a receipt's that follows from a secret: found again by who has it, and by nobody else (HMAC)."""
    digest = hmac.digest(secret.encode(), about.encode(), hashlib.sha256)
    return _grouped("".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest[:_CODE_LENGTH]))


def new_reference() -> str:
    """The name of a report, such as `MP-7F3K-92QX`."""
    return f"MP-{_grouped(_random(2 * _GROUP))}"


def read_code(typed: str) -> str:
    """The code in its one spelling, from whatever case, spaces, hyphens and look-alikes somebody typed.

    Raises ReceiptMalformed.
    """
    plain = typed.strip().upper().translate(_READ_AS)
    if len(plain) != _CODE_LENGTH or any(sign not in _ALPHABET for sign in plain):
        raise ReceiptMalformed
    return _grouped(plain)


def reporter_with(typed: str) -> Actor:
    """Somebody at the public door who holds this receipt code. Raises ReceiptMalformed."""
    return replace(STRANGER, receipt=read_code(typed))


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _grouped(plain: str) -> str:
    return "-".join(plain[start : start + _GROUP] for start in range(0, len(plain), _GROUP))
