"""Bytes that are two things at once, and documents that run something."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Final

from ..rules import sniff
from .values import Mark

_PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_PROGRAMS: Final = frozenset({"application/x-elf", "application/vnd.microsoft.portable-executable"})
_ACTIVE: Final = re.compile(rb"<(?:script|html|svg|iframe|object|embed)[\s>/]|<\?php\s|javascript:", re.IGNORECASE)
_END_OF_ZIP: Final = b"PK\x05\x06"
# APPNOTE 4.3.16: the end record and a comment of at most 65,535 bytes.
_END_BYTES: Final = 22
_TAIL: Final = _END_BYTES + 65_535
# Readers of PDF look for the header in the first 1,024 bytes (ISO 32000-2, annex on compatibility; general knowledge).
_HEAD: Final = 1_024
_OLE: Final = "application/x-ole-storage"
_VBA_FOUND: Final = re.compile(re.escape("_VBA_PROJECT".encode("utf-16-le")))
_WINDOW: Final = 1024 * 1024
_LONGEST_SOUGHT: Final = 64
_MACRO_PARTS: Final = re.compile(r"(?:^|/)(?:vbaProject\.bin|xl/macrosheets/|Basic/.*\.xml$)", re.IGNORECASE)


def marks_of(file: BinaryIO, *, may_go_on: Callable[[], bool]) -> frozenset[Mark]:
    """What the bytes of one file say of themselves; `TOO_MUCH` where they could not all be looked at."""
    head = bytes_at(file, 0, _HEAD)
    media_type, found = sniff(head), set()
    if media_type in _PROGRAMS:
        found.add(Mark.PROGRAM)
    sought = {_OLE: (_VBA_FOUND, Mark.MACROS)} | dict.fromkeys(_PICTURES, (_ACTIVE, Mark.ACTIVE_IN_PICTURE))
    if media_type in sought:
        pattern, mark = sought[media_type]
        for window in _windows(file):
            if pattern.search(window):
                found.add(mark)
                break
            if not may_go_on():
                found.add(Mark.TOO_MUCH)
                break
    if _is_two_types(file, head, media_type):
        found.add(Mark.TWO_TYPES)
    return frozenset(found)


def bytes_at(file: BinaryIO, start: int, size: int) -> bytes:
    """So many bytes from there on."""
    file.seek(start)
    return file.read(size)


def size_of(file: BinaryIO) -> int:
    """How many bytes there are."""
    return file.seek(0, os.SEEK_END)


def end_of_zip(file: BinaryIO) -> tuple[bytes, bool]:
    """The end record of a ZIP (APPNOTE 4.3.16) from its signature on, and whether all ends with it; empty: none."""
    tail = bytes_at(file, max(0, size_of(file) - _TAIL), _TAIL)
    end = tail.rfind(_END_OF_ZIP)
    record = tail[end:] if end >= 0 else b""
    return record, len(record) >= _END_BYTES and _END_BYTES + int.from_bytes(record[20:22], "little") == len(record)


def _windows(file: BinaryIO) -> Iterator[bytes]:
    """The file piece by piece, each with the end of the one before, so that nothing hides on a seam."""
    file.seek(0)
    kept = b""
    while piece := file.read(_WINDOW):
        yield kept + piece
        kept = piece[-_LONGEST_SOUGHT:]


def office_marks(names: Iterable[str]) -> frozenset[Mark]:
    """What the parts of a document in a ZIP (OOXML, ODF) say."""
    return frozenset({Mark.MACROS} if any(_MACRO_PARTS.search(name) for name in names) else ())


def _is_two_types(file: BinaryIO, head: bytes, media_type: str) -> bool:
    """Read from the front it is one thing, and from its end, or a little further on, another."""
    if end_of_zip(file)[1] and media_type not in ("application/zip", *_PROGRAMS):
        return True
    return head.find(b"%PDF-") > 0 and media_type not in ("application/octet-stream", "text/plain")
