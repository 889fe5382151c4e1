"""Columns of a log made of texts, for what looks through them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.indicators import IndicatorSet
from meldpunt.engines.matching.instants import read_log_time
from meldpunt.engines.matching.kernel.attributing import Fields
from meldpunt.engines.matching.sighting import Hits, text_of, values_of
from meldpunt.engines.matching.values import FieldKind
from meldpunt.engines.matching.watching import LogBlock, Watched

_BEHIND = b"a9.:" * 16


def fields(texts: Sequence[str]) -> Fields:
    """Behind an odd number of texts stand other bytes, so that the kernel can read many at a time."""
    written = [text.encode() for text in texts]
    ends = np.cumsum([len(text) for text in written], dtype=np.int32)
    starts = np.concatenate([[0], ends[:-1]]).astype(np.int32) if written else ends
    data = b"".join(written) + _BEHIND * (len(texts) % 2)
    return Fields(np.frombuffer(data or b"\0", np.uint8), starts, ends.astype(np.int32))


def block(times: Sequence[str], *watched: Watched, log: str = "log") -> LogBlock:
    records = np.arange(len(times) + 1, dtype=np.int32)
    return LogBlock(log, np.zeros(len(times), np.uint8), records, 0, fields(times), watched)


def column(kind: FieldKind, texts: Sequence[str], *, separator: str = "", is_escaped: bool = False) -> Watched:
    return Watched(kind.value, kind, fields(texts), separator=separator, is_escaped=is_escaped)


def request(hosts: Sequence[str], targets: Sequence[str]) -> Watched:
    return Watched("uri", FieldKind.URL, fields(hosts), target=fields(targets))


def expected(of: LogBlock, held: IndicatorSet, *, whenever: bool = False) -> set[tuple[int, int, int]]:
    """(row, column, indicator) as the specification says it."""
    found = set()
    for row in range(of.rows):
        at = time_of(of, row)
        for number, watched in enumerate(of.watched):
            seen = held.seen_in(values_of(watched, row), at=at, whenever=whenever)
            found |= {(row, number, indicator) for indicator in seen}
    return found


def time_of(of: LogBlock, row: int) -> datetime | None:
    """When a record was, as the specification reads it."""
    if not of.time.starts.size:
        return None
    try:
        return read_log_time(text_of(of.time, row))
    except Unreadable:
        return None


def found_in(hits: Hits) -> list[tuple[int, int, int]]:
    return list(zip(hits.rows.tolist(), hits.columns.tolist(), hits.indicators.tolist(), strict=True))
