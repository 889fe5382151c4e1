"""Sealing bytes: AES-256-GCM (NIST SP 800-38D) under a key made for this one item."""

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


def commitment_to(digest: bytes, *, salt: bytes) -> bytes:
    """What the ledger says of the content: SHA-256 of salt and hash. With the salt gone it confirms no guess."""
    return hashlib.sha256(salt + digest).digest()
