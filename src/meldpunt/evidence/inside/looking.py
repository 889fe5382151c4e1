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
from typing import Final, Protocol

from ..rules import sniff
from .disguises import marks_of, office_marks
from .values import Inside, Limits, Mark, Nested

_CHUNK: Final = 64 * 1024
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


def look_inside(data: bytes, *, limits: Limits | None = None) -> Inside:
    """What the bytes have in them. Total: whatever they are, it answers, within `limits.seconds` and a little."""
    limits = limits or Limits()
    look = _Look(limits, time.monotonic() + limits.seconds, limits.total)
    with suppress(_Stop):
        _look_at(look, data, depth=0)
    return Inside(frozenset(look.marks), tuple(look.names))


def _look_at(look: _Look, data: bytes, *, depth: int) -> None:
    look.marks |= marks_of(data)
    media_type = sniff(data)
    if media_type not in _READERS:
        return
    if depth >= look.limits.depth:
        look.stop(Mark.TOO_MUCH)
    try:
        for inner in _READERS[media_type](look, data, depth + 1):
            _look_at(look, inner, depth=depth + 1)
    except (*_UNREADABLE, *_UNREADABLE_AS_WELL):
        look.marks.add(Mark.DAMAGED)


def _in_zip(look: _Look, data: bytes, depth: int) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [one for one in archive.infolist() if not one.is_dir()]
        for one in files:
            look.entry(one.filename, one.file_size, depth)
        look.marks |= office_marks(one.filename for one in files)
        look.weigh(len(data), sum(one.file_size for one in files))
        # Files that lie over each other are how a small archive says to be a large one (overlapping zip bomb).
        starts = sorted(one.header_offset for one in files)
        if len(set(starts)) < len(starts) or sum(one.compress_size for one in files) > len(data):
            look.stop(Mark.BOMB)
        for one in files:
            if one.flag_bits & _ENCRYPTED:
                look.marks.add(Mark.ENCRYPTED)
                continue
            with archive.open(one) as file:
                yield _read(look, file.read, one.compress_size)


def _in_tar(look: _Look, data: bytes, depth: int) -> Iterator[bytes]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for one in archive:
            if not one.isfile():
                continue
            look.entry(one.name, one.size, depth)
            file = archive.extractfile(one)
            if file is not None:
                # A tar packs nothing; a sparse file in it says to be larger than it is.
                yield _read(look, file.read, len(data))


def _unpacked(make: Callable[[], _Decompressor]) -> Callable[[_Look, bytes, int], Iterator[bytes]]:
    def read(look: _Look, data: bytes, _depth: int) -> Iterator[bytes]:
        stream, rest = make(), data

        def more(size: int) -> bytes:
            nonlocal rest
            if stream.eof:
                return b""
            given, rest = rest, b""
            got = stream.decompress(given, size)
            # zlib gives back what it did not take; the others keep it.
            rest = getattr(stream, "unconsumed_tail", b"")
            return got

        yield _read(look, more, len(data))

    return read


def _read(look: _Look, more: Callable[[int], bytes], packed: int) -> bytes:
    """All that `more` gives, as far as the limits go."""
    got = bytearray()
    while chunk := more(_CHUNK):
        look.take(len(chunk))
        got += chunk
        look.weigh(packed, len(got))
    return bytes(got)


_READERS: Final[dict[str, Callable[[_Look, bytes, int], Iterator[bytes]]]] = {
    "application/zip": _in_zip,
    "application/x-tar": _in_tar,
    "application/gzip": _unpacked(lambda: zlib.decompressobj(wbits=31)),
    "application/x-bzip2": _unpacked(bz2.BZ2Decompressor),
    "application/x-xz": _unpacked(lambda: lzma.LZMADecompressor(memlimit=128 * 1024 * 1024)),
}
