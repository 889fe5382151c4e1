"""Sealing bytes: AES-256-GCM (NIST SP 800-38D) under a key made for this one item.

What came in parts is sealed in parts of one size, each with its number bound in and the last one marked as such: none
of them can be moved, left out, repeated or added, as in the STREAM construction (Hoang, Reyhanitabar, Rogaway and
Vizár, 2015).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .errors import SealBroken

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 32
PART_BYTES = 1024 * 1024
"""Plain bytes of each part but the last."""


@dataclass(frozen=True)
class Sealed:
    """`ciphertext` starts with its nonce and ends with the tag; `key` opens it, bound to the item's id."""

    ciphertext: bytes
    key: bytes = field(repr=False)


def seal(data: bytes, *, item: UUID) -> Sealed:
    """Encrypt under a fresh key. The id goes in as associated data, so ciphertexts cannot be swapped."""
    key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)
    return Sealed(nonce + AESGCM(key).encrypt(nonce, data, item.bytes), key)


def unseal(ciphertext: bytes, *, key: bytes, item: UUID) -> bytes:
    """The plain bytes. Raises SealBroken where ciphertext, key and id do not belong together."""
    nonce, rest = ciphertext[:NONCE_BYTES], ciphertext[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, rest, item.bytes)
    except (InvalidTag, ValueError) as reason:
        raise SealBroken(f"item {item} does not open under its key") from reason


def part_count(size: int) -> int:
    """Of how many parts an item of so many bytes is; of nothing there is one, which is empty."""
    return max(1, -(-size // PART_BYTES))


def seal_part(data: bytes, *, key: bytes, item: UUID, number: int, is_last: bool) -> bytes:
    """One part, from 0 on, bound to its place. A part may be sealed again as it grows: each time under a new nonce."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, data, _place(item, number, is_last=is_last))


def open_part(sealed: bytes, *, key: bytes, item: UUID, number: int, is_last: bool) -> bytes:
    """The plain bytes of the part in this place. Raises SealBroken where another part, or none, belongs there."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _place(item, number, is_last=is_last))
    except (InvalidTag, ValueError) as reason:
        raise SealBroken(f"part {number} of item {item} does not open in its place") from reason


def _place(item: UUID, number: int, *, is_last: bool) -> bytes:
    return item.bytes + number.to_bytes(8) + bytes([is_last])


def commitment_to(digest: bytes, *, salt: bytes) -> bytes:
    """What the ledger says of the content: SHA-256 of salt and hash. With the salt gone it confirms no guess."""
    return hashlib.sha256(salt + digest).digest()
