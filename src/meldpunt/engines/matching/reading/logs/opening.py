"""A log, whatever it is written in: looked at, and then read once."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.reading.logs.json_lines import kind_of, read_json_lines
from meldpunt.engines.matching.reading.logs.lines import LONGEST_LINE, Counted
from meldpunt.engines.matching.reading.logs.zeek import Header, is_zeek, read_zeek
from meldpunt.engines.matching.reading.streams import Input
from meldpunt.engines.matching.watching import LogBlock

LOOKED_AT: Final = 1 << 16
TEXT: Final = "text"
_STEM: Final = re.compile(r"[A-Za-z_]+[A-Za-z0-9_]*")


class Log:
    """A log that is read once. `counted` grows while it is read."""

    def __init__(self, path: Path, *, takes_digest: bool = True) -> None:
        self.path = path
        self.counted = Counted()
        self.source = Input(path, takes_digest=takes_digest)

    def blocks(self) -> Iterator[LogBlock]:
        """Its records. Raises `InputBroken` where it is no log that can be read to its end, OSError."""
        return blocks_of(self.source.pieces(), name=self.path.name, counted=self.counted)


def read_log(path: Path) -> Iterator[LogBlock]:
    """The records of a log, plain or compressed; raises as `Log.blocks`."""
    return Log(path, takes_digest=False).blocks()


@dataclass(frozen=True, slots=True)
class Form:
    """How a log is written: `text` of Zeek, under a header, or JSON lines of `zeek` or `eve`."""

    kind: str
    header: Header = field(default_factory=Header)


def form_of(start: bytes) -> Form | None:
    """By its beginning; None for what is no log."""
    if is_zeek(start):
        return Form(TEXT)
    kind = kind_of(start)
    return None if kind is None else Form(kind)


def blocks_of(pieces: Iterable[bytes], *, name: str, counted: Counted) -> Iterator[LogBlock]:
    """The records in these bytes. Raises `InputBroken` for what is no log; what is empty has no records."""
    waiting = iter(pieces)
    held: list[bytes] = []
    while not _is_enough(held) and (piece := next(waiting, None)) is not None:
        held.append(piece)
    start = b"".join(held)
    form = form_of(start)
    if form is not None:
        yield from blocks_in(form, itertools.chain(held, waiting), name=name, counted=counted)
    elif start.strip():
        raise InputBroken(name, "it is no log of Zeek, and no EVE log of Suricata")


def _is_enough(held: list[bytes]) -> bool:
    """Whether these first pieces say what it is: enough bytes, and a whole line among them if there can be one."""
    size = sum(map(len, held))
    return size > LONGEST_LINE or (size >= LOOKED_AT and any(b"\n" in piece for piece in held))


def blocks_in(
    form: Form, pieces: Iterable[bytes], *, name: str, counted: Counted, begins_at: int = 0
) -> Iterator[LogBlock]:
    """The records in bytes of which it is known how they are written; they are at `begins_at` in the log."""
    if form.kind == TEXT:
        return read_zeek(pieces, name=name, counted=counted, header=form.header, begins_at=begins_at)
    log = stem_of(name)
    return read_json_lines(pieces, kind=form.kind, name=name, log=log, counted=counted, begins_at=begins_at)


def stem_of(name: str) -> str:
    """What kind of log a file is by its name: `dns` of `dns.10:00:00-11:00:00.log.gz`."""
    match = _STEM.match(name.rpartition("/")[2])
    return match[0] if match else "log"
