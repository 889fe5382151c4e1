"""The signing key of the ledger, kept in one file that only its owner reads. Made once; losing it is a new log."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from .errors import LedgerError
from .notes import SigningKey, parse_signing_key


def load_signing_key(path: Path, *, name: str) -> SigningKey:
    """The key in `path`, made there first if there is none.

    Raises Unreadable for something that is no key, LedgerError for the key of another log.
    """
    if not path.exists():
        _make(path, SigningKey(name, secrets.token_bytes(32)))
    key = parse_signing_key(path.read_text().strip())
    if key.name != name:
        raise LedgerError(f"{path.name} is the key of {key.name}, not of {name}")
    return key


def _make(path: Path, key: SigningKey) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key.secret_text() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        # Of two processes that start together the first to link wins, and both read the same whole file.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
