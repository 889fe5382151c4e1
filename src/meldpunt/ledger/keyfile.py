"""Keys kept in one file each that only its owner reads; the ledger's own signing key is one of them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from .errors import LedgerError
from .notes import SigningKey, parse_signing_key


def load_signing_key(path: Path, *, name: str) -> SigningKey:
    """The key in `path`, made there first if there is none; losing it means beginning a new log.

    Raises Unreadable for something that is no key, LedgerError for the key of another log.
    """
    made = kept_line(path, make=lambda: SigningKey(name, secrets.token_bytes(32)).secret_text())
    key = parse_signing_key(made)
    if key.name != name:
        raise LedgerError(f"{path.name} is the key of {key.name}, not of {name}")
    return key


def kept_line(path: Path, *, make: Callable[[], str]) -> str:
    """The one line in `path` (mode 0600), written with `make` first where there is no such file."""
    if not path.exists():
        _write_once(path, make())
    return path.read_text().strip()


def _write_once(path: Path, line: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        # Of two processes that start together the first to link wins, and both read the same whole file.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
