"""From the records of a log to the indicators seen in them: a pure function, the same wherever it runs."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from meldpunt.engines.matching.attribution import fields_of
from meldpunt.engines.matching.compiling import micros
from meldpunt.engines.matching.compiling_indicators import CompiledIndicators
from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.instants import read_log_time
from meldpunt.engines.matching.kernel.attributing import Fields
from meldpunt.engines.matching.kernel.characters import READ, UNREADABLE, UNSURE
from meldpunt.engines.matching.kernel.instants import read_times
from meldpunt.engines.matching.kernel.looking import NO_ROOM, Seen, When
from meldpunt.engines.matching.kernel.sighting import NO_SEPARATOR, look_for_value, look_through
from meldpunt.engines.matching.said import Value, values_in
from meldpunt.engines.matching.values import FieldKind, IndicatorKind
from meldpunt.engines.matching.watching import LogBlock, Watched

MOST_RECORDS: Final = 3
"""Records that a sighting shows."""

LONGEST_TEXT: Final = 4_000
"""Characters that are shown of a record."""
_KINDS: Final = tuple(IndicatorKind)
_FIELD_KINDS: Final = tuple(FieldKind)
_NO_FIELDS: Final = Fields(np.zeros(1, np.uint8), np.zeros(0, np.int32), np.zeros(0, np.int32))
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ROOM: Final = 1024


@dataclass(frozen=True, slots=True)
class Hits:
    """What was seen: of each hit its row, its column (a place in `LogBlock.watched`) and the number of the indicator.

    An indicator counts once for a row and column. `at` and `is_timed` are of each row of the block: microseconds since
    1970, and whether it says when it was.
    """

    rows: npt.NDArray[np.int32]
    columns: npt.NDArray[np.int16]
    indicators: npt.NDArray[np.int32]
    at: npt.NDArray[np.int64]
    is_timed: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return int(self.rows.size)


def sight_block(block: LogBlock, indicators: CompiledIndicators, *, whenever: bool = False) -> Hits:
    """Every indicator seen in the columns watched, as of the time of each record; see `indicators` for what counts.

    A record whose time cannot be read is matched with indicators that have no window alone; `whenever` leaves windows
    out of account.
    """
    at, is_timed = times_of(block.time, block.rows)
    when = When(at, is_timed, whenever)
    found = [_look(watched, column, indicators, when, block.rows) for column, watched in enumerate(block.watched)]
    rows, columns, numbers = (
        np.concatenate([one[part] for one in found]) if found else np.zeros(0, kind)
        for part, kind in enumerate((np.int32, np.int16, np.int32))
    )
    order = np.lexsort((numbers, columns, rows))
    return Hits(rows[order], columns[order], numbers[order], at, is_timed)


def sight_batch(
    batch: pa.RecordBatch,
    indicators: CompiledIndicators,
    columns: Mapping[str, FieldKind],
    *,
    time: str | None = None,
    whenever: bool = False,
) -> Hits:
    """The same for an Arrow batch: `columns` says which to look through and what stands in each, `time` when it was.

    The columns hold text (string, large_string or binary). Raises KeyError for one that is not there.
    """
    watched = tuple(Watched(name, kind, fields_of(batch, name)) for name, kind in columns.items())
    times = _NO_FIELDS if time is None else fields_of(batch, time)
    records = np.zeros(batch.num_rows + 1, np.int32)
    block = LogBlock("", np.zeros(1, np.uint8), records, 0, times, watched)
    return sight_block(block, indicators, whenever=whenever)


def times_of(time: Fields, rows: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """(microseconds since 1970, whether it can be read) of each record."""
    at, verdicts = np.zeros(rows, np.int64), np.full(rows, UNREADABLE, np.uint8)
    if time.starts.size:
        read_times(time.data, time.starts, time.ends, at, verdicts)
        for row in np.flatnonzero(verdicts == UNSURE).tolist():
            try:
                at[row], verdicts[row] = micros(read_log_time(text_of(time, row))), READ
            except Unreadable:
                continue
    return at, verdicts == READ


def text_of(fields: Fields, row: int) -> str:
    """The field as text; bytes that are no UTF-8 become characters that no grammar takes."""
    return bytes(fields.data[fields.starts[row] : fields.ends[row]]).decode("utf-8", "replace")


def values_of(watched: Watched, row: int) -> frozenset[Value]:
    """What the field says, read by the specification."""
    return values_in(
        watched.kind,
        text_of(watched.fields, row),
        target=None if watched.target is None else text_of(watched.target, row),
        separator=watched.separator,
        is_escaped=watched.is_escaped,
    )


def _look(
    watched: Watched, column: int, indicators: CompiledIndicators, when: When, rows: int
) -> Sequence[npt.NDArray[np.int32] | npt.NDArray[np.int16]]:
    """Rows, columns and indicators of the hits in one column."""
    kind = _FIELD_KINDS.index(watched.kind)
    target = _NO_FIELDS if watched.target is None else watched.target
    separator = ord(watched.separator) if watched.separator else NO_SEPARATOR
    unsure = np.zeros(rows, np.bool_)
    first, size = 0, _ROOM
    parts: list[Seen] = []
    while first < rows:
        seen = _room(size)
        after, count = look_through(
            indicators.tables,
            kind,
            watched.fields,
            target,
            separator,
            watched.is_escaped,
            column,
            when,
            first,
            seen,
            0,
            unsure,
        )
        parts.append(Seen(seen.rows[:count], seen.columns[:count], seen.indicators[:count]))
        first, size = after, size * 4
    parts += [
        _look_again(values_of(watched, row), row, column, indicators, when) for row in np.flatnonzero(unsure).tolist()
    ]
    return [np.concatenate([part[place] for part in parts]) for place in range(3)] if parts else list(_room(0))


def _look_again(values: Iterable[Value], row: int, column: int, indicators: CompiledIndicators, when: When) -> Seen:
    """What was said, in normal form, asked of the kernel value by value."""
    size = _ROOM
    held = [(_KINDS.index(value.kind), np.frombuffer(value.text.encode(), np.uint8)) for value in values]
    while True:
        seen, count = _room(size), 0
        for kind, text in held:
            count = look_for_value(indicators.tables, kind, text, row, column, when, seen, count)
            if count == NO_ROOM:
                break
        if count != NO_ROOM:
            return Seen(seen.rows[:count], seen.columns[:count], seen.indicators[:count])
        size *= 4


def _room(size: int) -> Seen:
    return Seen(np.empty(size, np.int32), np.empty(size, np.int16), np.empty(size, np.int32))


@dataclass(frozen=True, slots=True)
class Shown:
    """A record of a sighting: in which file it stands, at which byte of it after decompression, when it was, and the
    beginning of what it says."""

    at: datetime | None
    file: str
    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """An indicator, by its number, in a column of a kind of log: how many records, first and last, the first few."""

    indicator: int
    log: str
    column: str
    count: int
    first: datetime | None
    last: datetime | None
    records: tuple[Shown, ...]

    @property
    def key(self) -> tuple[int, str, str]:
        """What a sighting is of."""
        return self.indicator, self.log, self.column

    def merged(self, other: Sighting) -> Sighting:
        """Both together; in whatever order sightings are merged, the outcome is the same."""
        return replace(
            self,
            count=self.count + other.count,
            first=_least(self.first, other.first),
            last=_greatest(self.last, other.last),
            records=tuple(sorted({*self.records, *other.records}, key=_order)[:MOST_RECORDS]),
        )


def _order(shown: Shown) -> tuple[bool, datetime, str, int]:
    return shown.at is None, shown.at or _EPOCH, shown.file, shown.offset


def _least(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((time for time in (one, other) if time is not None), default=None)


def _greatest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((time for time in (one, other) if time is not None), default=None)


def sightings_of(block: LogBlock, hits: Hits, *, file: str) -> list[Sighting]:
    """The hits of a block, together by indicator and column."""
    keys = hits.indicators.astype(np.int64) << 16 | hits.columns
    order = np.lexsort((hits.rows, hits.at[hits.rows], ~hits.is_timed[hits.rows], keys))
    keys, rows = keys[order], hits.rows[order]
    edges = [*np.flatnonzero(np.diff(keys, prepend=-1)).tolist(), order.size]
    # Lists, because numbers of an array are slow to take one by one.
    wanted, places = keys.tolist(), rows.tolist()
    at, is_timed = hits.at[rows].tolist(), hits.is_timed[rows].tolist()

    def instant(place: int) -> datetime | None:
        return _EPOCH + timedelta(microseconds=at[place]) if is_timed[place] else None

    def shown(place: int) -> Shown:
        row = places[place]
        return Shown(instant(place), file, block.first + int(block.records[row]), block.text_of(row)[:LONGEST_TEXT])

    return [
        Sighting(
            wanted[first] >> 16,
            block.log,
            block.watched[wanted[first] & 0xFFFF].name,
            until - first,
            instant(first),
            # Those that nobody knows stand behind.
            instant(max(first, first + sum(is_timed[first:until]) - 1)),
            tuple(map(shown, range(first, min(until, first + MOST_RECORDS)))),
        )
        for first, until in itertools.pairwise(edges)
    ]


def together(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Sightings of the same as one, by indicator, log and column."""
    found: dict[tuple[int, str, str], Sighting] = {}
    for one in sightings:
        known = found.get(one.key)
        found[one.key] = one if known is None else known.merged(one)
    return [found[key] for key in sorted(found)]
