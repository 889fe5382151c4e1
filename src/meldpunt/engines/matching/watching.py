"""What a log hands to the kernel, whatever it was written in: its records, when each was, and the columns watched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.cells import masked
from meldpunt.engines.matching.kernel.attributing import Fields
from meldpunt.engines.matching.kernel.characters import Bytes
from meldpunt.engines.matching.passwords import hide_in_json
from meldpunt.engines.matching.values import FieldKind


@dataclass(frozen=True, slots=True)
class Watched:
    """A column in which indicators are looked for.

    `target`, of a URL alone: `fields` then hold its host and `target` its path and query, as an HTTP log does.
    `separator`: the fields are lists; empty, each is one value. `is_escaped`: `\\xNN` stands for a byte, as in Zeek.
    `names_client`: what stands in it may be the address of somebody whose traffic was watched; it is never kept.
    """

    name: str
    kind: FieldKind
    fields: Fields
    target: Fields | None = None
    separator: str = ""
    is_escaped: bool = False
    names_client: bool = False


@dataclass(frozen=True, slots=True)
class LogBlock:
    """Records of a log that follow each other: record r is `data[records[r]:records[r + 1]]` with the end of its line;
    where others stand between them, `ends` says where each ends.

    `log` is what kind of log it is (`conn`, `dns`, `eve`); `first` is where `data` begins in the log, in bytes after
    decompression; `time` holds when each record was, as it is written. A value that is not set is an empty field.
    `hidden` are fields that hold passwords, `is_json`: they stand in objects. Of a record is shown what masks them.
    """

    log: str
    data: Bytes
    records: npt.NDArray[np.int32]
    first: int
    time: Fields
    watched: tuple[Watched, ...]
    ends: npt.NDArray[np.int32] | None = None
    hidden: tuple[Fields, ...] = ()
    is_json: bool = False

    @property
    def rows(self) -> int:
        """How many records it has."""
        return self.records.size - 1

    def text_of(self, row: int) -> str:
        """The record as it is written, without the end of its line and with its passwords masked."""
        place, end = int(self.records[row]), int(self.records[row + 1] if self.ends is None else self.ends[row])
        written = bytearray()
        for first, until in sorted((int(one.starts[row]), int(one.ends[row])) for one in self.hidden):
            if first < until:
                secret = bytes(self.data[first:until]).decode("utf-8", "replace")
                written += bytes(self.data[place:first]) + masked(secret).encode()
                place = until
        written += bytes(self.data[place:end])
        text = written.decode("utf-8", "replace").rstrip("\r\n")
        return hide_in_json(text) if self.is_json else text
