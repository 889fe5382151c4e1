"""What one message, recipient or attachment in the file says of itself ([MS-OXMSG] 2.1 to 2.4)."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from olefile import OleFileIO

from .rtf import codec_of

TEXT, BYTES_TEXT, BINARY, STORAGE = 0x001F, 0x001E, 0x0102, 0x000D
_NUMBER, _TIME = 0x0003, 0x0040
_PROPERTIES: Final = "__properties_version1.0"
_ENTRY: Final = struct.Struct("<I I 8s")
_MESSAGE_CODE_PAGE: Final = 0x3FFD
# FILETIME: tenths of a microsecond since then.
_BEGAN: Final = datetime(1601, 1, 1, tzinfo=UTC)


class Contents:
    """The file, opened. `left` is how many bytes may still be read of it: streams may lie over each other."""

    def __init__(self, file: OleFileIO, *, most: int) -> None:
        self._file = file
        self.left = most
        self._within: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for path in file.listdir(streams=True, storages=True):
            *parent, name = path
            self._within[tuple(parent)].append(name)

    def names(self, path: Sequence[str]) -> Sequence[str]:
        """What lies in a storage, in order."""
        return sorted(self._within[tuple(path)])

    def read(self, path: Sequence[str]) -> bytes:
        """The bytes of a stream; none where there is no such one. Raises ValueError where it is too much in all."""
        if path[-1] not in self._within[tuple(path[:-1])]:
            return b""
        data: bytes = self._file.openstream(list(path)).read()
        self.left -= len(data)
        if self.left < 0:
            raise ValueError("more than a mail has")
        return data


class Properties:
    """The properties of one storage. `head` is the length of what precedes them there, in bytes."""

    def __init__(self, contents: Contents, path: Sequence[str], *, head: int, codec: str = "cp1252") -> None:
        self.contents = contents
        self.path = tuple(path)
        self._fixed: dict[tuple[int, int], bytes] = {}
        said = contents.read([*path, _PROPERTIES])[head:]
        for tag, _, value in _ENTRY.iter_unpack(said[: len(said) // _ENTRY.size * _ENTRY.size]):
            self._fixed.setdefault((tag >> 16, tag & 0xFFFF), value)
        page = self.number(_MESSAGE_CODE_PAGE)
        self.codec = codec_of(page) if page else codec

    @property
    def is_message(self) -> bool:
        """Does a message lie here?"""
        return _PROPERTIES in self.contents.names(self.path)

    def text(self, *properties: int) -> str:
        """The first of these that has words."""
        for one in properties:
            said = self._stream(one, TEXT).decode("utf-16-le", "replace")
            said = said or self._stream(one, BYTES_TEXT).decode(self.codec, "replace")
            if said.strip("\0"):
                return said.rstrip("\0")
        return ""

    def bytes_of(self, one: int) -> bytes:
        """The bytes of a binary property; none where there is no such one."""
        return self._stream(one, BINARY)

    def number(self, one: int) -> int | None:
        """A number of 32 bits."""
        value = self._fixed.get((one, _NUMBER))
        return int.from_bytes(value[:4], "little") if value else None

    def time(self, *properties: int) -> datetime | None:
        """The first of these instants that is one."""
        for one in properties:
            value = self._fixed.get((one, _TIME))
            try:
                if value and any(value):
                    return _BEGAN + timedelta(microseconds=int.from_bytes(value, "little") // 10)
            except OverflowError:
                continue
        return None

    def storages(self, prefix: str) -> Sequence[tuple[str, ...]]:
        """Where the recipients or attachments lie, in order."""
        return [(*self.path, name) for name in self.contents.names(self.path) if name.startswith(prefix)]

    def _stream(self, one: int, kind: int) -> bytes:
        return self.contents.read([*self.path, f"__substg1.0_{one:04X}{kind:04X}"])
