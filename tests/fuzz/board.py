"""What the process that runs inputs tells the one that watches it: which input it is at, and how many there were.

It is shared memory, so that it also says so of a process that was killed in the middle of one.
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

from tests.fuzz.mutating import LONGEST

_HEAD = struct.Struct("<QQ")


class Board:
    """`count` inputs were begun; `data` is the last of them."""

    def __init__(self, path: Path) -> None:
        size = _HEAD.size + LONGEST
        if not path.exists():
            path.write_bytes(bytes(size))
        with path.open("r+b") as file:
            self._held = mmap.mmap(file.fileno(), size)

    def begin(self, data: bytes) -> None:
        """An input is begun."""
        self._held[_HEAD.size : _HEAD.size + len(data)] = data
        _HEAD.pack_into(self._held, 0, self.count + 1, len(data))

    @property
    def count(self) -> int:
        return int(_HEAD.unpack_from(self._held)[0])

    @property
    def data(self) -> bytes:
        length = _HEAD.unpack_from(self._held)[1]
        return bytes(self._held[_HEAD.size : _HEAD.size + length])
