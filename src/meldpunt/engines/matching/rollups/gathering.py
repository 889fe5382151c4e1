"""The values of a day's records, each once for a column, with counts; nobody's own address among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.kernel.attributing import Fields
from meldpunt.engines.matching.kernel.saying import (
    Gathered,
    Said,
    gather_values,
    lay_again,
    say_values,
)
from meldpunt.engines.matching.kernel.sighting import NO_SEPARATOR
from meldpunt.engines.matching.rollups.leaving_out import LeavingOut, Own, pack
from meldpunt.engines.matching.said import Value
from meldpunt.engines.matching.sighting import values_of
from meldpunt.engines.matching.values import FieldKind, IndicatorKind
from meldpunt.engines.matching.watching import LogBlock, Watched

SHOWN: Final = 3
"""Records whose places are kept of a value."""

_KINDS: Final = tuple(IndicatorKind)
_FIELD_KINDS: Final = tuple(FieldKind)
_NO_FIELDS: Final = Fields(np.zeros(1, np.uint8), np.zeros(0, np.int32), np.zeros(0, np.int32))
_ROOM: Final = 1 << 14
_MOST_FILES: Final = (1 << 15) - 1
"""The upper bits of a place say which log."""

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


class Gathering:
    """What is gathered of one day. `files` and `columns` name what the numbers in it stand for.

    A column is a kind of log, a name, and whether its fields are lists.
    """

    def __init__(self, seed: npt.NDArray[np.uint64], own: Own) -> None:
        self.files: list[str] = []
        self.columns: list[tuple[str, str, bool]] = []
        self.records = 0
        self._rows = 0
        self._seed, self._own, self._leaving_out = seed, own, LeavingOut(own)
        self._held = _room(1 << 12, 1 << 17)

    @property
    def values(self) -> int:
        """How many there are."""
        return int(self._held.sizes[0])

    @property
    def is_full(self) -> bool:
        """Whether it has no number left for another log."""
        return len(self.files) >= _MOST_FILES

    def add(self, block: LogBlock, file: str, at: npt.NDArray[np.int64], is_wanted: npt.NDArray[np.bool_]) -> None:
        """Gather what the wanted records of a block say. `at`: when each was."""
        if file not in self.files:
            self.files.append(file)
        number = self.files.index(file)
        places = (np.int64(number) << 48) | (block.first + block.records[:-1].astype(np.int64))
        for watched in block.watched:
            if watched.names_client and not (watched.kind is FieldKind.ADDRESS and self._own.networks):
                continue
            for said, count in _said(watched, block.rows):
                wanted = is_wanted[said.rows[:count]] & self._leaving_out.may_be_kept(said, count)
                column = self._column((block.log, watched.name, bool(watched.separator)))
                self._take(said, count, wanted, column, (at, places))
        self.records += int(is_wanted.sum())
        self._rows += block.rows

    def gathered(self) -> Gathered:
        """Everything, in arrays that have no room left."""
        held, values, filled = self._held, self.values, int(self._held.sizes[1])
        cut = {
            name: getattr(held, name)[:values] for name in Gathered._fields if name not in ("sizes", "slots", "text")
        }
        return Gathered(sizes=held.sizes.copy(), slots=held.slots, text=held.text[:filled], **cut)

    def _column(self, column: tuple[str, str, bool]) -> int:
        if column not in self.columns:
            self.columns.append(column)
        return self.columns.index(column)

    def _take(self, said: Said, count: int, wanted: Flags, column: int, where: tuple[Numbers, Numbers]) -> None:
        at, places = where
        start = 0
        while start < count:
            held = self._held
            start = gather_values(self._seed, said, wanted, column, at, places, self._rows, start, count, held)
            if start < count:
                self._held = _grown(held, int(said.ends[count - 1]))


def _said(watched: Watched, rows: int) -> Iterator[tuple[Said, int]]:
    """What a column says, stretch by stretch."""
    target = _NO_FIELDS if watched.target is None else watched.target
    separator = ord(watched.separator) if watched.separator else NO_SEPARATOR
    kind, unsure = _FIELD_KINDS.index(watched.kind), np.zeros(rows, np.bool_)
    first, size = 0, max(_ROOM, rows)
    while first < rows:
        said = _said_room(size)
        after, count = say_values(kind, watched.fields, target, separator, watched.is_escaped, first, said, unsure)
        if after == first:
            size *= 4
            continue
        yield said, count
        first = after
    again = [(row, value) for row in np.flatnonzero(unsure).tolist() for value in sorted(values_of(watched, row))]
    if again:
        yield _said_again(again), len(again)


def _said_again(values: Sequence[tuple[int, Value]]) -> Said:
    """What the specification read, as the kernel says it."""
    texts = [pack(one.text) if one.kind is IndicatorKind.ADDRESS else one.text.encode() for _, one in values]
    return Said(
        np.array([row for row, _ in values], np.int32),
        np.array([_KINDS.index(one.kind) for _, one in values], np.uint8),
        np.cumsum([len(text) for text in texts], dtype=np.int64),
        np.frombuffer(b"".join(texts), np.uint8),
    )


def _said_room(size: int) -> Said:
    return Said(
        np.empty(size, np.int32), np.empty(size, np.uint8), np.empty(size, np.int64), np.empty(64 * size, np.uint8)
    )


def _room(values: int, text: int) -> Gathered:
    return Gathered(
        sizes=np.zeros(2, np.int64),
        slots=np.full(2 * values, -1, np.int32),
        hashes=np.empty(values, np.uint64),
        kinds=np.empty(values, np.uint8),
        columns=np.empty(values, np.uint16),
        ends=np.empty(values, np.int64),
        text=np.empty(text, np.uint8),
        counts=np.empty(values, np.int64),
        firsts=np.empty(values, np.int64),
        lasts=np.empty(values, np.int64),
        last_rows=np.empty(values, np.int64),
        places=np.empty((values, SHOWN), np.int64),
    )


def _grown(held: Gathered, needed: int) -> Gathered:
    """The same with twice the room of what is full."""
    values, filled = int(held.sizes[0]), int(held.sizes[1])
    is_full = values == held.kinds.size
    room = _room(
        held.kinds.size * 2 if is_full else held.kinds.size,
        held.text.size if filled + needed <= held.text.size else max(held.text.size * 2, filled + needed),
    )
    for name in Gathered._fields:
        if name not in ("slots", "text"):
            getattr(room, name)[: values if name != "sizes" else 2] = getattr(held, name)[
                : values if name != "sizes" else 2
            ]
    room.text[:filled] = held.text[:filled]
    lay_again(room.hashes, values, room.slots)
    return room
