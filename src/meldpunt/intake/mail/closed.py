"""What is found of a mail that was encrypted to us or signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


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

    `NOT_CHECKED`: it lies in compressed data, and could not be taken out of it.
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
