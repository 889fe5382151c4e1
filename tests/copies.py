"""Databases that are made once for each state of what decides them, kept, and copied by whoever needs one."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.values import SUPERUSER


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Held by one process at a time; the kernel lets go of it when its holder dies."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def state_of(paths: Iterable[Path], *more: str) -> str:
    """Sixteen characters that differ where a name or a byte does."""
    digest = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def made_once(server: launcher.Server, kind: str, state: str, *, of: str | None, fill: Callable[[str], None]) -> str:
    """The name of the database of this kind and state. Where there is none, `fill` is given a copy of `of` to fill.

    Those of the same kind and another state are dropped.
    """
    name, unfinished = f"{kind}_{state}", f"{kind}_unfinished"
    with hold(server.folder / f"{kind}.lock"):
        kept = [one for one in _names(server) if one.startswith(f"{kind}_")]
        if name not in kept:
            for old in kept:
                launcher.drop_database(server, old)
            launcher.create_database(server, unfinished, template=of)
            fill(unfinished)
            _rename(server, unfinished, name)
    return name


@contextmanager
def copied(server: launcher.Server, name: str, *, of: str) -> Iterator[str]:
    """A database with this name, as long as the block lasts."""
    launcher.drop_database(server, name)
    launcher.create_database(server, name, template=of)
    try:
        yield name
    finally:
        launcher.drop_database(server, name)


def _names(server: launcher.Server) -> list[str]:
    with psycopg.connect(server.dsn(SUPERUSER, SUPERUSER), autocommit=True) as connection:
        return [name for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()]


def _rename(server: launcher.Server, before: str, after: str) -> None:
    with psycopg.connect(server.dsn(SUPERUSER, SUPERUSER), autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{before}" RENAME TO "{after}"')
