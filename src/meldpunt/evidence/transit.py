"""A key service as key store: the transit engine of OpenBao and Vault, over its HTTP API."""

from __future__ import annotations

import base64
import binascii
import json
import re
import ssl
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

from .errors import KeyUnusable, SealBroken
from .sealing import KEY_BYTES

_PATIENCE_SECONDS: Final = 5.0
_LONGEST_ANSWER: Final = 64 * 1024
_BAD_REQUEST: Final = 400
_WRAPPED: Final = re.compile(r"vault:v[1-9]\d{0,8}:[A-Za-z0-9+/]{40,2000}={0,2}", re.ASCII)


class TransitKeyStore:
    """Wraps and unwraps without the wrapping key ever leaving the service.

    `address` is `https://host:port/mount/key?token=FILE&ca=FILE`: where the engine is mounted, the name of its key,
    the file with the token, and that with the authorities to believe, where not those of the machine.
    """

    def __init__(self, address: str, *, patience: float = _PATIENCE_SECONDS) -> None:
        """Raises KeyUnusable where the address or what it names cannot be read. Nothing is asked yet."""
        parts, said = urlsplit(address), parse_qs(urlsplit(address).query)
        mount, _, self._key = parts.path.strip("/").rpartition("/")
        if parts.scheme != "https" or not parts.hostname or not mount or not self._key or set(said) - {"token", "ca"}:
            raise KeyUnusable("the address of the key service is not https://host/mount/key?token=FILE&ca=FILE")
        self.name = f"transit:{parts.netloc}/{mount}/{self._key}"[:100]
        self._at, self._patience = f"https://{parts.netloc}/v1/{mount}", patience
        try:
            self._token = Path(said["token"][0]).read_text().strip()
            authorities = said["ca"][0] if "ca" in said else None
            self._trust = ssl.create_default_context(cafile=authorities)
        except (OSError, KeyError, ValueError) as reason:
            raise KeyUnusable("the token or the authorities of the key service cannot be read") from reason

    def wrap(self, key: bytes) -> bytes:
        """Raises KeyUnusable where the service cannot be asked."""
        return _wrapped(self._asked("encrypt", {"plaintext": base64.b64encode(key).decode()}, "ciphertext"))

    def unwrap(self, wrapped: bytes) -> bytes:
        """Raises SealBroken where the service says that it did not wrap this, KeyUnusable where it says nothing."""
        given = self._asked("decrypt", {"ciphertext": wrapped.decode(errors="replace")}, "plaintext")
        try:
            key = base64.b64decode(given, validate=True)
        except binascii.Error as reason:
            raise KeyUnusable("the key service answers with no key") from reason
        if len(key) != KEY_BYTES:
            raise KeyUnusable("the key service answers with no key")
        return key

    def rewrap(self, wrapped: bytes) -> bytes:
        """The same key under the newest version of the wrapping key, unseen by us. Raises as `unwrap`."""
        return _wrapped(self._asked("rewrap", {"ciphertext": wrapped.decode(errors="replace")}, "ciphertext"))

    def _asked(self, what: str, body: dict[str, str], given: str) -> str:
        headers = {"X-Vault-Token": self._token, "Content-Type": "application/json"}
        request = urllib.request.Request(  # noqa: S310 - the scheme is https, see above
            f"{self._at}/{what}/{self._key}", json.dumps(body).encode(), headers, method="POST"
        )
        try:
            opener = urllib.request.build_opener(_NoRedirect, urllib.request.HTTPSHandler(context=self._trust))
            with opener.open(request, timeout=self._patience) as answer:
                said = json.loads(answer.read(_LONGEST_ANSWER))
                if not isinstance(said["data"][given], str):
                    raise TypeError(given)
                return str(said["data"][given])
        except urllib.error.HTTPError as refusal:
            refusal.close()
            if refusal.code == _BAD_REQUEST and what != "encrypt":
                raise SealBroken("the key service did not wrap this key") from refusal
            raise KeyUnusable(f"the key service answers {refusal.code}") from refusal
        except (OSError, ValueError, KeyError, TypeError) as reason:
            raise KeyUnusable(f"the key service cannot be asked: {type(reason).__name__}") from reason


def _wrapped(given: str) -> bytes:
    """What opens later. Raises KeyUnusable for what no version of a key wrapped: under that an item would be lost."""
    if not _WRAPPED.fullmatch(given):
        raise KeyUnusable("the key service answers with no wrapped key")
    return given.encode()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token goes where it was meant to go, and nowhere else."""

    def redirect_request(self, *_: object) -> None:
        return None
