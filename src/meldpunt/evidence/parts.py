"""An item that came in parts, read as one file without ever holding more of it than a part or two."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import psycopg
from django.db import connection

from meldpunt.access.binding import looking
from meldpunt.access.values import Actor

from . import sealing
from .errors import SealBroken

_MOST_AT_ONCE: Final = 16 * 1024 * 1024


@dataclass(frozen=True)
class Sealed:
    """Which item it is, how many plain bytes it has, and the key that opens its parts."""

    item: UUID
    size: int
    key: bytes


def part_of(sealed: Sealed, number: int, *, is_last: bool | None = None) -> bytes:
    """The plain bytes of one part, for whoever is bound. Raises SealBroken where it is not there or not in its place.

    `is_last`: as what it was sealed, where not everything came in yet.
    """
    if is_last is None:
        is_last = number == sealing.part_count(sealed.size) - 1
    found = ciphertext_of(sealed.item, number)
    if found is None:
        raise SealBroken(f"part {number} of item {sealed.item} is gone")
    return sealing.open_part(found, key=sealed.key, item=sealed.item, number=number, is_last=is_last)


def ciphertext_of(item: UUID, number: int) -> bytes | None:
    """One part as it lies."""
    asked = "SELECT ciphertext FROM evidence_part WHERE item = %s AND number = %s"
    row = _in_binary().execute(asked, [item, number], binary=True).fetchone()
    return bytes(row[0]) if row else None


def write_part(item: UUID, number: int, ciphertext: bytes) -> None:
    """Lay one part in its place; what grew takes the place of what was there."""
    _in_binary().execute(
        "INSERT INTO evidence_part (item, number, ciphertext) VALUES (%s, %s, %s)"
        " ON CONFLICT (item, number) DO UPDATE SET ciphertext = excluded.ciphertext",
        [item, number, ciphertext],
    )


def _in_binary() -> psycopg.Cursor[tuple[Any, ...]]:
    """A cursor by which bytes go and come as bytes: as text, as Django asks for them, they are twice their size."""
    connection.ensure_connection()
    return psycopg.Cursor(connection.connection)


@dataclass(frozen=True)
class Pieces:
    """All of it from the front, as often as one likes, for `actor`: bound, or each time in a transaction of its own."""

    actor: Actor
    sealed: Sealed

    def __iter__(self) -> Iterator[bytes]:
        for number in range(sealing.part_count(self.sealed.size)):
            with looking(self.actor):
                piece = part_of(self.sealed, number)
            yield piece


def as_file(sealed: Sealed) -> io.BufferedReader:
    """It as a file that can be read from anywhere in it, for whoever is bound."""
    return io.BufferedReader(_File(sealed.size, lambda number: part_of(sealed, number)))


class _File(io.RawIOBase):
    def __init__(self, size: int, fetch: Callable[[int], bytes]) -> None:
        self._size, self._fetch = size, fetch
        self._at = 0
        self._kept: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        # Some readers of archives believe a length that stands in them.
        if len(buffer) > _MOST_AT_ONCE:
            raise OSError("more at once than is read of what may be hostile")
        number, past = divmod(self._at, sealing.PART_BYTES)
        if self._at >= self._size:
            return 0
        if self._kept[0] != number:
            self._kept = (number, self._fetch(number))
        piece = self._kept[1][past : past + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def readall(self) -> bytes:
        if self._size - self._at > _MOST_AT_ONCE:
            raise OSError("more at once than is read of what may be hostile")
        return b"".join(iter(lambda: self.read(sealing.PART_BYTES) or b"", b""))
