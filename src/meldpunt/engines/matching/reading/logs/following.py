"""A log that is being written: what came to it since somebody looked last, whole lines alone.

A log is an inode and not a name: one that was renamed is read to its end while the new one under its name is read as
well, because whoever writes may not have noticed yet. One that was cut or written over is begun anew, and that is told.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.reading.logs.lines import LONGEST_LINE, Counted
from meldpunt.engines.matching.reading.logs.opening import LOOKED_AT, TEXT, Form, blocks_in, form_of
from meldpunt.engines.matching.reading.logs.zeek import Header, header_after
from meldpunt.engines.matching.watching import LogBlock

AT_ONCE: Final = 4 << 20
"""Bytes that are looked at in one go, where they hold a line."""
PATIENCE: Final = 30.0
"""Seconds without news after which nobody writes any more to a log that was renamed or removed."""
_REMEMBERED: Final = 64


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a log was read: up to `offset`, before which `tail` stands. `form` is None before its first line."""

    device: int
    inode: int
    offset: int = 0
    tail: bytes = b""
    form: Form | None = None

    @property
    def file(self) -> tuple[int, int]:
        """Which file it is, whatever its name."""
        return self.device, self.inode

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
    """Follows the log with this name. `counted` grows; `told` are sentences about what may have been missed.

    `finished` are the files that were read to their end and let go, under whatever name they stand now.
    """

    def __init__(self, path: Path, *, reached: tuple[Reached, ...] = (), patience: float = PATIENCE) -> None:
        self.path = path
        self.counted = Counted()
        self.told: list[str] = []
        self.finished: set[tuple[int, int]] = set()
        self._patience = patience
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
        there = self._join()
        for one in list(self._open):
            is_closed = one.reached.file != there and one.idle >= self._patience
            yield from one.look(self, is_closed=is_closed, patience=self._patience)
            if is_closed:
                self._open.remove(one)
                self.finished.add(one.reached.file)
                one.close()

    def close(self) -> None:
        """Let go of the files."""
        while self._open:
            self._open.pop().close()

    def _join(self) -> tuple[int, int] | None:
        """Open what stands under the name, unless it is open; which file that is."""
        try:
            there = self.path.stat()
            file = there.st_dev, there.st_ino
            if not any(one.reached.file == file for one in self._open):
                self._open.append(_Open(self.path))
        except FileNotFoundError:
            return None
        return self._open[-1].reached.file

    def _take_up(self, reached: Reached) -> None:
        """Find the log again, under whatever name it has now."""
        beside = self.path.parent.iterdir() if self.path.parent.is_dir() else ()
        for path in (self.path, *sorted(one for one in beside if one.name.startswith(self.path.stem))):
            try:
                there = path.stat()
                if (there.st_dev, there.st_ino) == reached.file:
                    self._open.append(_Open(path, reached))
                    return
            except FileNotFoundError:
                continue
        self.told.append(f"{self.path}: the log that was read to byte {reached.offset:,} is not there any more")


class _Open:
    """One file that is being written, whatever its name is now."""

    def __init__(self, path: Path, reached: Reached | None = None) -> None:
        self._file = os.open(path, os.O_RDONLY)
        there = os.fstat(self._file)
        self.reached = reached or Reached(there.st_dev, there.st_ino)
        self._is_passing_over = False
        self._news_at = time.monotonic()

    @property
    def idle(self) -> float:
        """Seconds since something came."""
        return time.monotonic() - self._news_at

    def close(self) -> None:
        os.close(self._file)

    def look(self, of: Follower, *, is_closed: bool, patience: float) -> Iterator[LogBlock]:
        """The new records; where it `is_closed`, a last line without an end is one."""
        self._begin_anew_where_it_was_cut(of)
        text = self._lines(of)
        if not text and is_closed:
            text = os.pread(self._file, LONGEST_LINE, self.reached.offset)
            text += b"\n" if text else b""
        if not text:
            return
        form = self.reached.form or form_of(text)
        if form is None and text.strip():
            if len(text) < LOOKED_AT and not is_closed and self.idle < patience:
                return
            raise InputBroken(of.path.name, "it is no log of Zeek, and no EVE log of Suricata")
        self._news_at = time.monotonic()
        if form is not None:
            offset = self.reached.offset
            yield from blocks_in(form, [text], name=of.path.name, counted=of.counted, begins_at=offset)
            if form.kind == TEXT:
                form = replace(form, header=header_after(form.header, text, name=of.path.name))
        self._pass(text, form)

    def _pass(self, text: bytes, form: Form | None) -> None:
        tail = (self.reached.tail + text)[-_REMEMBERED:]
        self.reached = replace(self.reached, offset=self.reached.offset + len(text), tail=tail, form=form)

    def _lines(self, of: Follower) -> bytes:
        """Whole lines behind what was read, up to a measure; one beyond it is passed over."""
        while self._is_passing_over:
            text = os.pread(self._file, AT_ONCE, self.reached.offset)
            until = text.find(b"\n") + 1
            self._pass(text[: until or len(text)], self.reached.form)
            self._is_passing_over = not until
            if not until and len(text) < AT_ONCE:
                return b""
        for size in (AT_ONCE, LONGEST_LINE):
            text = os.pread(self._file, size, self.reached.offset)
            until = text.rfind(b"\n") + 1
            if until or len(text) < size:
                return text[:until]
        of.counted.unread += 1
        of.told.append(
            f"{of.path}: the line at byte {self.reached.offset:,} is over {LONGEST_LINE >> 20} MB, and passed over"
        )
        self._is_passing_over = True
        return self._lines(of)

    def _begin_anew_where_it_was_cut(self, of: Follower) -> None:
        reached = self.reached
        before = os.pread(self._file, len(reached.tail), reached.offset - len(reached.tail))
        if before != reached.tail:
            of.told.append(
                f"{of.path}: it was cut or written over behind byte {reached.offset:,}, and is begun anew; "
                "lines between may have been missed"
            )
            self.reached, self._is_passing_over = Reached(reached.device, reached.inode), False
