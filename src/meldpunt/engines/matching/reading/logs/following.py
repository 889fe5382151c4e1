"""A log that is being written: what came to it since somebody looked last, whole lines alone.

A log is an inode and not a name: one that was renamed is read to its end while the new one under its name is read as
well, because whoever writes may not have noticed yet. One that was cut or written over is begun anew, and that is told.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.reading.logs.lines import LONGEST_LINE, Counted
from meldpunt.engines.matching.reading.logs.opening import TEXT, Form, blocks_in, form_of
from meldpunt.engines.matching.reading.logs.zeek import Header, header_after
from meldpunt.engines.matching.watching import LogBlock

AT_ONCE: Final = 4 << 20
"""Bytes that are looked at in one go, where they hold a line."""
_REMEMBERED: Final = 64
_PATIENCE: Final = 20
"""Looks at a renamed log without news after which nobody writes to it any more."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a log was read: up to `offset`, before which `tail` stands. `form` is None before its first line."""

    device: int
    inode: int
    offset: int = 0
    tail: bytes = b""
    form: Form | None = None

    def as_json(self) -> dict[str, Any]:
        """For a file that outlives the process."""
        return {**asdict(self), "tail": self.tail.hex()}

    @classmethod
    def of_json(cls, held: Mapping[str, Any]) -> Reached:
        """Raises KeyError, TypeError and ValueError for what is none."""
        said = held["form"]
        form = None
        if said is not None:
            header: dict[str, Any] = {
                name: tuple(one) if isinstance(one, list) else one for name, one in said["header"].items()
            }
            form = Form(str(said["kind"]), Header(**header))
        device, inode, offset = (int(held[name]) for name in ("device", "inode", "offset"))
        return cls(device, inode, offset, bytes.fromhex(held["tail"]), form)


class Follower:
    """Follows the log with this name. `counted` grows; `told` are sentences about what may have been missed."""

    def __init__(self, path: Path, *, reached: tuple[Reached, ...] = ()) -> None:
        self.path = path
        self.counted = Counted()
        self.told: list[str] = []
        self._open: list[_Open] = []
        for one in reached:
            self._take_up(one)

    @property
    def reached(self) -> tuple[Reached, ...]:
        """How far each log under the name was read, the newest last."""
        return tuple(one.reached for one in self._open)

    def look(self) -> Iterator[LogBlock]:
        """The records that are new. Raises `InputBroken` for what is no log, OSError.

        What was handed out counts as read once all of it was taken.
        """
        self._join()
        for one in list(self._open):
            is_closed = one is not self._open[-1] and one.idle >= _PATIENCE
            yield from one.look(self, is_closed=is_closed)
            if is_closed:
                self._open.remove(one)
                one.close()

    def close(self) -> None:
        """Let go of the files."""
        while self._open:
            self._open.pop().close()

    def _join(self) -> None:
        """Open what stands under the name, unless it is open."""
        try:
            there = self.path.stat()
        except FileNotFoundError:
            return
        if not any(one.is_same(there) for one in self._open):
            self._open.append(_Open(self.path))

    def _take_up(self, reached: Reached) -> None:
        """Find the log again, under whatever name it has now."""
        for path in (self.path, *sorted(self.path.parent.glob(f"{self.path.stem}*"))):
            try:
                there = path.stat()
            except FileNotFoundError:
                continue
            if (there.st_dev, there.st_ino) == (reached.device, reached.inode):
                self._open.append(_Open(path, reached))
                return
        self.told.append(
            f"{self.path}: what came behind byte {reached.offset:,} of the log before is not there any more"
        )


class _Open:
    """One file that is being written, whatever its name is now."""

    def __init__(self, path: Path, reached: Reached | None = None) -> None:
        self._name = path.name
        self._file = os.open(path, os.O_RDONLY)
        there = os.fstat(self._file)
        self.reached = reached or Reached(there.st_dev, there.st_ino)
        self.idle = 0

    def is_same(self, there: os.stat_result) -> bool:
        return (there.st_dev, there.st_ino) == (self.reached.device, self.reached.inode)

    def close(self) -> None:
        os.close(self._file)

    def look(self, of: Follower, *, is_closed: bool) -> Iterator[LogBlock]:
        """The new records; where it `is_closed`, a last line without an end is one."""
        self._begin_anew_where_it_was_cut(of)
        text = self._lines()
        if not text and is_closed:
            text = os.pread(self._file, LONGEST_LINE, self.reached.offset)
            text += b"\n" if text else b""
        self.idle = 0 if text else self.idle + 1
        if not text:
            return
        form = self.reached.form or form_of(text)
        if form is None and text.strip():
            raise InputBroken(of.path.name, "it is no log of Zeek, and no EVE log of Suricata")
        if form is not None:
            offset = self.reached.offset
            yield from blocks_in(form, [text], name=of.path.name, counted=of.counted, begins_at=offset)
            if form.kind == TEXT:
                form = replace(form, header=header_after(form.header, text, name=of.path.name))
        tail = (self.reached.tail + text)[-_REMEMBERED:]
        self.reached = replace(self.reached, offset=self.reached.offset + len(text), tail=tail, form=form)

    def _lines(self) -> bytes:
        """Whole lines behind what was read: as many as there are, up to a measure."""
        size = AT_ONCE
        while True:
            text = os.pread(self._file, size, self.reached.offset)
            until = text.rfind(b"\n") + 1
            if until:
                return text[:until]
            if len(text) < size:
                return b""
            if size > LONGEST_LINE:
                raise InputBroken(self._name, f"a line that begins near byte {self.reached.offset} does not end")
            size *= 2

    def _begin_anew_where_it_was_cut(self, of: Follower) -> None:
        reached = self.reached
        before = os.pread(self._file, len(reached.tail), reached.offset - len(reached.tail))
        if before != reached.tail:
            of.told.append(
                f"{of.path}: it was cut or written over behind byte {reached.offset:,}, and is begun anew; "
                "lines between may have been missed"
            )
            self.reached = Reached(reached.device, reached.inode)
