"""What comes in part by part is sealed at once, under a key that only the code of its sender opens.

The key of the item is made when the first byte is announced and held under one that follows from the code (HKDF, RFC
5869), which is kept nowhere: until it is sent nobody opens it, we included. When it is sent the same key goes to the
key store, and no byte is encrypted twice.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .errors import SealBroken
from .sealing import KEY_BYTES, NONCE_BYTES


def hold_key(key: bytes, *, code: str, upload: UUID) -> bytes:
    """The key of an item as it lies while its sender still sends."""
    return _encrypt(_own_key(code, upload), key, upload.bytes + b"key")


def held_key(held: bytes, *, code: str, upload: UUID) -> bytes:
    """The key again. Raises SealBroken where it was held under another code."""
    return _decrypt(_own_key(code, upload), held, upload.bytes + b"key")


def seal_facts(facts: Mapping[str, object], *, key: bytes, upload: UUID) -> bytes:
    """What is known of it, under the key of the item: a name tells as much as the words of a draft."""
    return _encrypt(key, json.dumps(dict(facts)).encode("ascii"), upload.bytes + b"facts")


def open_facts(sealed: bytes, *, key: bytes, upload: UUID) -> dict[str, object]:
    """The same again. Raises SealBroken."""
    facts: dict[str, object] = json.loads(_decrypt(key, sealed, upload.bytes + b"facts"))
    return facts


def _own_key(code: str, upload: UUID) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=upload.bytes, info=b"meldpunt file that is coming in")
    return kdf.derive(code.encode())


def _encrypt(key: bytes, plain: bytes, what: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, what)


def _decrypt(key: bytes, sealed: bytes, what: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], what)
    except (InvalidTag, ValueError) as reason:
        raise SealBroken("what came in does not open under this code") from reason
