"""Archives in archives, read as far as `Limits` goes. Nothing is written to a disk, and no name leads anywhere."""

from __future__ import annotations

import bz2
import io
import lzma
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO, Final, Protocol

from ..rules import sniff
from .directories import directory_size
from .disguises import bytes_at, marks_of, office_marks, size_of
from .values import Inside, Limits, Mark, Nested

_CHUNK: Final = 64 * 1024
_HEAD: Final = 1024
# `zipfile` reads the whole directory of an archive into memory, at some thirteen times its size.
_LARGEST_DIRECTORY: Final = 4 * 1024 * 1024
_ENCRYPTED: Final = 0x1
_UNREADABLE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_UNREADABLE_AS_WELL = (NotImplementedError, RuntimeError, OverflowError, MemoryError, IndexError, KeyError)


class _Stop(Exception):
    """A limit was reached; what was found until then stands."""


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


@dataclass
class _Look:
    """One look at one attachment: what is left of its limits, and what was found."""

    limits: Limits
    until: float
    left: int
    marks: set[Mark] = field(default_factory=set)
    names: list[Nested] = field(default_factory=list)
    entries: int = 0

    def stop(self, mark: Mark) -> None:
        self.marks.add(mark)
        raise _Stop

    def take(self, size: int) -> None:
        """So many bytes were unpacked."""
        self.left -= size
        if self.left < 0 or time.monotonic() > self.until:
            self.stop(Mark.TOO_MUCH)

    def entry(self, name: str, size: int, depth: int) -> None:
        """There is a file in an archive."""
        self.entries += 1
        if len(self.names) < self.limits.listed:
            self.names.append(Nested(name, size, depth))
        if self.entries > self.limits.entries or time.monotonic() > self.until:
            self.stop(Mark.TOO_MUCH)

    def weigh(self, packed: int, unpacked: int) -> None:
        """Is it a bomb that so many bytes became so many?"""
        if unpacked > self.limits.free and unpacked > packed * self.limits.ratio:
            self.stop(Mark.BOMB)


def look_inside(data: bytes | BinaryIO, *, limits: Limits | None = None) -> Inside:
    """What the bytes have in them, also of a file too large for memory that can be read from anywhere in it.

    Total: whatever they are, it answers, within `limits.seconds` and a little.
    """
    limits = limits or Limits()
    look = _Look(limits, time.monotonic() + limits.seconds, limits.total)
    with suppress(_Stop):
        _look_at(look, io.BytesIO(data) if isinstance(data, bytes) else data, depth=0)
    return Inside(frozenset(look.marks), tuple(look.names))


def _look_at(look: _Look, file: BinaryIO, *, depth: int) -> None:
    look.marks |= marks_of(file, may_go_on=lambda: time.monotonic() <= look.until)
    media_type = sniff(bytes_at(file, 0, _HEAD))
    if media_type not in _READERS:
        return
    if depth >= look.limits.depth:
        look.stop(Mark.TOO_MUCH)
    try:
        for inner in _READERS[media_type](look, file, depth + 1):
            _look_at(look, io.BytesIO(inner), depth=depth + 1)
    except (*_UNREADABLE, *_UNREADABLE_AS_WELL):
        look.marks.add(Mark.DAMAGED)


def _in_zip(look: _Look, data: BinaryIO, depth: int) -> Iterator[bytes]:
    packed = size_of(data)
    if directory_size(data) > _LARGEST_DIRECTORY:
        look.stop(Mark.TOO_MUCH)
    with zipfile.ZipFile(data) as archive:
        files = [one for one in archive.infolist() if not one.is_dir()]
        for one in files:
            look.entry(one.filename, one.file_size, depth)
        look.marks |= office_marks(one.filename for one in files)
        look.weigh(packed, sum(one.file_size for one in files))
        # Files that lie over each other are how a small archive says to be a large one (overlapping zip bomb).
        starts = sorted(one.header_offset for one in files)
        if len(set(starts)) < len(starts) or sum(one.compress_size for one in files) > packed:
            look.stop(Mark.BOMB)
        for one in files:
            if one.flag_bits & _ENCRYPTED:
                look.marks.add(Mark.ENCRYPTED)
                continue
            with archive.open(one) as file:
                yield _read(look, file.read, one.compress_size)


def _in_tar(look: _Look, data: BinaryIO, depth: int) -> Iterator[bytes]:
    packed = size_of(data)
    data.seek(0)
    with tarfile.open(fileobj=data, mode="r:") as archive:
        for one in archive:
            if not one.isfile():
                continue
            look.entry(one.name, one.size, depth)
            file = archive.extractfile(one)
            if file is not None:
                # A tar packs nothing; a sparse file in it says to be larger than it is.
                yield _read(look, file.read, packed)


def _unpacked(make: Callable[[], _Decompressor]) -> Callable[[_Look, BinaryIO, int], Iterator[bytes]]:
    def read(look: _Look, data: BinaryIO, _depth: int) -> Iterator[bytes]:
        stream, rest, packed = make(), b"", size_of(data)
        data.seek(0)

        def more(size: int) -> bytes:
            nonlocal rest
            while not stream.eof:
                got = stream.decompress(rest, size)
                # zlib gives back what it did not take; the others keep it.
                rest = getattr(stream, "unconsumed_tail", b"")
                if got:
                    return got
                rest = rest or data.read(_CHUNK)
                if not rest:
                    break
            return b""

        yield _read(look, more, packed)

    return read


def _read(look: _Look, more: Callable[[int], bytes], packed: int) -> bytes:
    """All that `more` gives, as far as the limits go."""
    got = bytearray()
    while chunk := more(_CHUNK):
        look.take(len(chunk))
        got += chunk
        look.weigh(packed, len(got))
    return bytes(got)


_READERS: Final[dict[str, Callable[[_Look, BinaryIO, int], Iterator[bytes]]]] = {
    "application/zip": _in_zip,
    "application/x-tar": _in_tar,
    "application/gzip": _unpacked(lambda: zlib.decompressobj(wbits=31)),
    "application/x-bzip2": _unpacked(bz2.BZ2Decompressor),
    "application/x-xz": _unpacked(lambda: lzma.LZMADecompressor(memlimit=128 * 1024 * 1024)),
}
