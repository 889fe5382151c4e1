"""Where the key lives that wraps the keys of the items (AES key wrap, RFC 3394)."""

from __future__ import annotations

import base64
import hashlib
import secrets
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from meldpunt.ledger.keyfile import kept_line

from .errors import KeyUnusable, SealBroken

_KEY_BYTES = 32


class KeyStore(Protocol):
    """A file here; a hardware module or a key service elsewhere."""

    @property
    def name(self) -> str:
        """Says which key wrapped an item's key, and nothing about the key."""

    def wrap(self, key: bytes) -> bytes:
        """The key of an item, fit to be stored."""

    def unwrap(self, wrapped: bytes) -> bytes:
        """The key of an item again. Raises SealBroken."""


class FileKeyStore:
    """The wrapping key in one file, mode 0600, made at first use. Whoever loses it loses every item."""

    def __init__(self, path: Path, *, in_use: str | None) -> None:
        """`in_use` is the name of the key that items were sealed under. Raises KeyUnusable.

        A key is made where none was in use, and never in the place of one that was lost: what was sealed under the new
        one would be lost when the old one is put back.
        """
        if in_use is not None and not path.exists():
            raise KeyUnusable(f"{path.name} is gone; items were sealed under {in_use}")
        try:
            line = kept_line(path, make=lambda: base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode())
            self._key = base64.b64decode(line, validate=True)
        except OSError as reason:
            raise KeyUnusable(f"{path.name} cannot be read or made: {reason.strerror}") from reason
        except ValueError as reason:
            raise KeyUnusable(f"{path.name} holds no key") from reason
        if len(self._key) != _KEY_BYTES:
            raise KeyUnusable(f"{path.name} holds a key of {len(self._key)} bytes, not {_KEY_BYTES}")
        if in_use not in (None, self.name):
            raise KeyUnusable(f"{path.name} holds {self.name}; items were sealed under {in_use}")

    @property
    def name(self) -> str:
        return "file:" + hashlib.sha256(b"meldpunt evidence key\0" + self._key).hexdigest()[:16]

    def wrap(self, key: bytes) -> bytes:
        return aes_key_wrap(self._key, key)

    def unwrap(self, wrapped: bytes) -> bytes:
        try:
            return aes_key_unwrap(self._key, wrapped)
        except (InvalidUnwrap, ValueError) as reason:
            raise SealBroken("the key of the item was wrapped by another key store") from reason
