"""Keys kept in one file each that only its owner reads; the ledger's own signing key is one of them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from .errors import KeyLost, LedgerError
from .keys import SigningKey, Use, parse_signing_key


def load_signing_key(path: Path, *, name: str, use: Use = Use.LOG) -> SigningKey:
    """The key in `path`, made there first if there is none; losing it means beginning a new log.

    Raises Unreadable for something that is no key, LedgerError for the key of another log.
    """
    made = kept_line(path, make=lambda: SigningKey(name, secrets.token_bytes(32), use).secret_text())
    key = parse_signing_key(made, use=use)
    if key.name != name:
        raise LedgerError(f"{path.name} is the key of {key.name}, not of {name}")
    return key


def load_current_key(path: Path, *, name: str, vkey: str | None) -> SigningKey:
    """The key that signed last (`vkey`), also where a rotation was cut short between its commit and its files.

    Raises KeyLost where it is not there, and what `load_signing_key` raises.
    """
    if vkey is None or path.exists():
        key = load_signing_key(path, name=name)
        if vkey is None or str(key.verifier) == vkey:
            return key
    if _next(path).exists() and str(load_signing_key(_next(path), name=name).verifier) == vkey:
        _promote(path)
        return load_signing_key(path, name=name)
    raise KeyLost(f"the key in {path.name} is not the one that signed last, {vkey}: put that one back")


def prepare_key(path: Path, *, name: str) -> SigningKey:
    """A new key, on disk beside the one in use before anything is signed with it."""
    _next(path).unlink(missing_ok=True)
    return load_signing_key(_next(path), name=name)


def take_over(path: Path, *, old: SigningKey, kept: bool) -> None:
    """Put the prepared key into use, and lay the old one aside (where `aside` says) or destroy it."""
    _promote(path)
    if kept:
        return
    destroyed = aside(path, old)
    with suppress(FileNotFoundError):
        # What a file system or a backup copied meanwhile is beyond us.
        with destroyed.open("r+b") as file:
            file.write(bytes(len(old.secret_text()) + 1))
            os.fsync(file.fileno())
        destroyed.unlink()


def kept_line(path: Path, *, make: Callable[[], str]) -> str:
    """The one line in `path` (mode 0600), written with `make` first where there is no such file."""
    if not path.exists():
        _write_once(path, make())
    return path.read_text().strip()


def _promote(path: Path) -> None:
    # Two processes may do this at once after a crash; each step happens once, and the old key is never overwritten.
    with suppress(FileNotFoundError):
        if _next(path).exists():
            path.rename(aside(path, parse_signing_key(path.read_text().strip())))
    with suppress(FileNotFoundError):
        _next(path).replace(path)


def _next(path: Path) -> Path:
    return path.with_name(f"{path.name}.next")


def aside(path: Path, old: SigningKey) -> Path:
    """Where the secret of an earlier key is kept."""
    return path.with_name(f"{path.name}.{old.verifier.id.hex()}")


def _write_once(path: Path, line: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
        # Of two processes that start together the first to link wins, and both read the same whole file.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        # Also of a disk that is full half a key is left nowhere.
        draft.unlink(missing_ok=True)
