"""The bytes of a file, decompressed, with a digest of what lay on the disk; whole, or an error that says why not."""

from __future__ import annotations

import bz2
import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

import pyarrow as pa
from isal import igzip, isal_zlib

from meldpunt.engines.matching.errors import InputBroken

PIECE: Final = 4 << 20
"""Bytes that are handed on at a time, at the most: what a bomb opens into takes time and no memory."""

_ZIP: Final = b"PK\x03\x04"
_OPENERS: Final[tuple[tuple[bytes, Callable[[IO[bytes]], IO[bytes]]], ...]] = (
    (b"\x1f\x8b", lambda raw: cast(IO[bytes], igzip.open(raw, "rb"))),
    (b"\x28\xb5\x2f\xfd", lambda raw: cast(IO[bytes], _Zstandard(raw))),
    (b"\xfd7zXZ\0", lambda raw: cast(IO[bytes], _Streams(raw, lzma.LZMADecompressor))),
    (b"BZh", lambda raw: cast(IO[bytes], _Streams(raw, bz2.BZ2Decompressor))),
)
_LONGEST_MAGIC: Final = 6
_INNER: Final = 1 << 18
_DAMAGED: Final = (
    EOFError,
    OSError,
    zlib.error,
    cast(type[Exception], isal_zlib.error),
    lzma.LZMAError,
    zipfile.BadZipFile,
    # What the library lets through of archives that were made to be broken.
    NotImplementedError,
    ValueError,
    IndexError,
    struct.error,
)


class Input:
    """A file that is read once. `digest` (SHA-256, hexadecimal) and `size` are of its bytes on the disk.

    `is_one_table`: a zip of several files is refused, because each has a header of its own. `takes_digest`: without it
    the digest is empty, and half of what reading costs is saved.
    """

    def __init__(self, path: Path, *, is_one_table: bool = False, takes_digest: bool = True) -> None:
        if any("\ud800" <= char <= "\udfff" for char in path.name):
            raise InputBroken(repr(path.name), "its name is no UTF-8; give it another")
        self.path = path
        self._is_one_table = is_one_table
        self._takes_digest = takes_digest
        self.size = 0
        self.is_plain = False
        """Whether its bytes are those on the disk; known once it was read."""
        self._raw: _Hashing | None = None

    @property
    def digest(self) -> str:
        """Final when the pieces are at their end."""
        return self._raw.hash.hexdigest() if self._raw and self._takes_digest else ""

    @property
    def read(self) -> int:
        """Bytes of the disk that were read so far."""
        return self._raw.read_bytes if self._raw else 0

    def pieces(self) -> Iterator[bytes]:
        """The decompressed bytes.

        Raises OSError where there is no such file, and `InputBroken` where it ends early, is damaged or locked, or
        changes meanwhile.
        """
        with self.path.open("rb", buffering=0) as file:
            before = self.path.stat()
            self.size = before.st_size
            start = file.read(_LONGEST_MAGIC)
            self.is_plain = not start.startswith((_ZIP, *(magic for magic, _ in _OPENERS)))
            file.seek(0)
            self._raw = _Hashing(file, takes_digest=self._takes_digest)
            raw = cast(IO[bytes], io.BufferedReader(self._raw, 1 << 18))
            with self._translated():
                yield from self._members(raw) if start.startswith(_ZIP) else _read(_opened(raw, start))
                if not raw.closed:
                    for _ in _read(raw):
                        pass
            after = self.path.stat()
        kept = (before.st_size, before.st_mtime_ns, before.st_ino) == (after.st_size, after.st_mtime_ns, after.st_ino)
        if self.read != before.st_size or not kept:
            raise InputBroken(self.path.name, "it changed while it was read")

    def _members(self, raw: IO[bytes]) -> Iterator[bytes]:
        """Every file of a zip, in the order of its list. It stands at the end: the bytes on the disk are read first."""
        for _ in _read(raw):
            pass
        with zipfile.ZipFile(self.path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if self._is_one_table and len(members) > 1:
                raise InputBroken(self.path.name, f"it holds {len(members)} files; unpack it and name each")
            for member in members:
                if member.flag_bits & 1:
                    raise InputBroken(self.path.name, "it is locked with a password")
                with archive.open(member) as opened:
                    yield from _read(opened)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except InputBroken:
            raise
        except _DAMAGED as broken:
            raise InputBroken(self.path.name, f"it cannot be read to its end: {broken}") from broken


class _Hashing(io.RawIOBase):
    """Takes the digest of what passes."""

    def __init__(self, inner: io.RawIOBase | io.FileIO, *, takes_digest: bool) -> None:
        self.hash = hashlib.sha256()
        self.read_bytes = 0
        self._inner, self._takes_digest = inner, takes_digest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = self._inner.readinto(buffer) or 0
        if self._takes_digest:
            self.hash.update(buffer[:count])
        self.read_bytes += count
        return count


class _Zstandard(io.RawIOBase):
    """Reads into room of ours: pyarrow keeps for ever what it made room for when reading fails."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = pa.CompressedInputStream(inner, "zstd")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        return int(self._inner.readinto(buffer))


class _Streams(io.RawIOBase):
    """Streams of xz or bzip2 behind each other. What follows and is none is damage, which the library passes over."""

    def __init__(self, inner: IO[bytes], new: Callable[[], lzma.LZMADecompressor | bz2.BZ2Decompressor]) -> None:
        self._inner, self._new = inner, new
        self._at = new()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while True:
            if self._at.eof:
                # Zeros pad a stream of xz.
                rest = self._at.unused_data.lstrip(b"\0")
                while not rest and (piece := self._inner.read(_INNER)):
                    rest = piece.lstrip(b"\0")
                if not rest:
                    return 0
                self._at = self._new()
            elif self._at.needs_input:
                rest = self._inner.read(_INNER)
                if not rest:
                    raise EOFError("it ends within a stream")
            else:
                rest = b""
            found = self._at.decompress(rest, len(buffer))
            if found:
                buffer[: len(found)] = found
                return len(found)


def _opened(raw: IO[bytes], start: bytes) -> IO[bytes]:
    return next((opener(raw) for magic, opener in _OPENERS if start.startswith(magic)), raw)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece
