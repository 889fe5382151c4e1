"""A report that somebody is still writing, sealed under a code that only they hold: AES-256-GCM (NIST SP 800-38D).

The key follows from the code (HKDF, RFC 5869) and is kept nowhere; of the code itself only the digest is. Without the
code nobody reads a draft, we included, and once its row is gone not even the code opens anything.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12
_KEY_BYTES = 32


def seal_fields(fields: Mapping[str, Sequence[str]], *, code: str, draft: UUID) -> bytes:
    """The fields of a form, as one ciphertext that starts with its nonce."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    plain = json.dumps({name: list(values) for name, values in fields.items()}).encode("ascii")
    return nonce + AESGCM(_key(code, draft)).encrypt(nonce, plain, draft.bytes)


def open_fields(sealed: bytes, *, code: str, draft: UUID) -> dict[str, list[str]]:
    """The fields again. Raises cryptography's InvalidTag where code, draft and ciphertext do not belong together."""
    plain = AESGCM(_key(code, draft)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], draft.bytes)
    fields: dict[str, list[str]] = json.loads(plain)
    return fields


def _key(code: str, draft: UUID) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=draft.bytes, info=b"meldpunt draft of a report")
    return kdf.derive(code.encode("ascii"))
