"""Keys in the text forms of C2SP signed-note v1.0.0: of a log (Ed25519, type 01) and of a witness (type 04).

Decoding is strict: one key has exactly one text, so that no changed byte goes unseen.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .errors import Unreadable

NAME: Final = re.compile(r"[^\s+]+")
_KEY_BYTES = 32
_KEY_MARK = "PRIVATE+KEY+"


class Use(Enum):
    """What a key signs; the byte is part of the key, so that one can never pass for the other."""

    LOG = b"\x01"
    COSIGNATURE = b"\x04"


@dataclass(frozen=True)
class VerifierKey:
    """Who signs, and by what to know the signature."""

    name: str
    public: bytes
    use: Use = Use.LOG

    @property
    def id(self) -> bytes:
        """The four bytes that point from a signature to its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.use.value + self.public).digest()[:4]

    def fits(self, signature: bytes, message: bytes) -> bool:
        """Is this its signature (64 bytes) over the message?"""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encode(self.use.value + self.public)}"


@dataclass(frozen=True)
class SigningKey:
    """The secret half. `seed` is the 32 bytes of RFC 8032; it never shows in a repr."""

    name: str
    seed: bytes
    use: Use = Use.LOG

    def __repr__(self) -> str:
        return f"SigningKey(name={self.name!r})"

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self._private().public_key().public_bytes_raw(), self.use)

    def sign(self, message: bytes) -> bytes:
        """64 bytes of Ed25519."""
        return self._private().sign(message)

    def secret_text(self) -> str:
        """The one line in which the key is kept, as other tools of this format keep theirs."""
        return f"{_KEY_MARK}{self.name}+{self.verifier.id.hex()}+{encode(self.use.value + self.seed)}"

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def parse_verifier_key(text: str, *, use: Use = Use.LOG) -> VerifierKey:
    """The key in `name+id+key` form. Raises Unreadable where any part does not fit the others."""
    name, material = _split_key(text, use)
    key = VerifierKey(name, material, use)
    if str(key) != text:
        raise Unreadable("the id of the key does not belong to it")
    return key


def parse_signing_key(text: str, *, use: Use = Use.LOG) -> SigningKey:
    """The key that `secret_text` wrote. Raises Unreadable."""
    if not text.startswith(_KEY_MARK):
        raise Unreadable("not a signing key")
    name, material = _split_key(text.removeprefix(_KEY_MARK), use)
    key = SigningKey(name, material, use)
    if key.secret_text() != text:
        raise Unreadable("the id of the signing key does not belong to it")
    return key


def encode(data: bytes) -> str:
    """Base64 as it stands in notes and keys."""
    return base64.b64encode(data).decode()


def decode(text: str) -> bytes:
    """The reverse of `encode`, and of nothing else. Raises Unreadable."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as reason:
        raise Unreadable("not base64") from reason
    # The last character of base64 may carry bits that decoding ignores; only the one true text passes.
    if encode(data) != text:
        raise Unreadable("not the canonical base64 of its bytes")
    return data


def _split_key(text: str, use: Use) -> tuple[str, bytes]:
    parts = text.split("+", 2)
    if len(parts) != 3 or not NAME.fullmatch(parts[0]):
        raise Unreadable("a key is written as name+id+key")
    material = decode(parts[2])
    if len(material) != 1 + _KEY_BYTES or material[:1] not in {each.value for each in Use}:
        raise Unreadable("not an Ed25519 key")
    if material[:1] != use.value:
        raise Unreadable(_OTHER_USE[use])
    return parts[0], material[1:]


_OTHER_USE: Final = {
    Use.LOG: "this is the key of a witness, not of a log",
    Use.COSIGNATURE: "this is the key of a log, not of a witness",
}
