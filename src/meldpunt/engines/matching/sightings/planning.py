"""Which logs there are to look through, each cut into stretches that can be looked through apart."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.reading.logs.lines import Counted
from meldpunt.engines.matching.reading.logs.opening import LOOKED_AT, Form, blocks_in, blocks_of, form_of
from meldpunt.engines.matching.reading.logs.zeek import Header, next_header
from meldpunt.engines.matching.reading.streams import PIECE, Input
from meldpunt.engines.matching.watching import LogBlock

STRETCH: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes `start` to `end` of a plain log, which begin and end with a line; all of a log where `end` is None.

    `label` is the name of the log in the answer.
    `form` is how they are written, and of a log of Zeek in text what held before them.
    """

    path: Path
    label: str
    digest: str
    changed_ns: int
    start: int
    end: int | None
    form: Form | None

    @property
    def name(self) -> str:
        """Under which its part is kept. What the log is called stands in the part: two that are the same have two."""
        label = hashlib.sha256(self.label.encode("utf-8", "surrogateescape")).hexdigest()
        return f"{self.digest[:16]}-{self.start}-{self.end or 'end'}-{label[:16]}"

    def blocks(self, counted: Counted) -> Iterator[LogBlock]:
        """Its records. Raises `InputBroken` where the file is another than was planned, OSError."""
        name = self.label
        if self.end is None or self.form is None:
            source = Input(self.path)
            yield from blocks_of(source.pieces(), name=name, counted=counted)
            if source.digest != self.digest:
                raise InputBroken(name, "it changed since it was looked through")
        else:
            pieces = self._range(self.end)
            yield from blocks_in(self.form, pieces, name=name, counted=counted, begins_at=self.start)

    def _range(self, end: int) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            file.seek(self.start)
            left = end - self.start
            while left > 0 and (piece := file.read(min(PIECE, left))):
                left -= len(piece)
                yield piece
        if left or self.path.stat().st_mtime_ns != self.changed_ns:
            raise InputBroken(self.label, "it changed since it was looked through")


@dataclass(frozen=True, slots=True)
class Planned:
    """A log that was looked through once. `size` and `digest` are of its bytes on the disk."""

    path: Path
    label: str
    size: int
    digest: str
    stretches: tuple[Stretch, ...]


def plan(path: Path, *, label: str = "", stretch: int = STRETCH) -> Planned:
    """Read the log once, for its digest and for places where lines begin. Raises `InputBroken` and OSError.

    `label`: what it is called in the answer; its own name where there is none.
    """
    label, changed_ns = label or path.name, path.stat().st_mtime_ns
    source = Input(path)
    form: Form | None = None
    place, start, left = 0, b"", b""
    cuts: list[tuple[int, Form | None]] = []
    for piece in source.pieces():
        if len(start) < LOOKED_AT:
            start += piece[: LOOKED_AT - len(start)]
            form = form_of(start)
            cuts = [(0, form)]
        text = left + piece
        until = text.rfind(b"\n") + 1
        if form is not None and form.kind == "text":
            form = Form("text", _after(text, until, form.header, label))
        place += len(piece)
        left = text[until:]
        if place - len(left) - cuts[-1][0] >= stretch:
            cuts.append((place - len(left), form))
    if source.size != place or len(cuts) < 2:
        whole = Stretch(path, label, source.digest, changed_ns, 0, None, None)
        return Planned(path, label, source.size, source.digest, (whole,))
    edges = [*cuts, (place, form)] if cuts[-1][0] < place else cuts
    stretches = tuple(
        Stretch(path, label, source.digest, changed_ns, first, until, held)
        for (first, held), (until, _) in itertools.pairwise(edges)
    )
    return Planned(path, label, source.size, source.digest, stretches)


def _after(text: bytes, until: int, held: Header, name: str) -> Header:
    """What holds behind the last whole line of the text."""
    place = 0
    while (place := next_header(text, place, until)) < until:
        end = text.index(b"\n", place) + 1
        held = held.after(text[place:end].decode("utf-8", "replace"), name=name)
        place = end
    return held
