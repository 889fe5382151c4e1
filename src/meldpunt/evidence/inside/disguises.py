"""Bytes that are two things at once, and documents that run something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ..rules import sniff
from .values import Mark

_PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_PROGRAMS: Final = frozenset({"application/x-elf", "application/vnd.microsoft.portable-executable"})
_ACTIVE: Final = re.compile(rb"<(?:script|html|svg|iframe|object|embed)[\s>/]|<\?php\s|javascript:", re.IGNORECASE)
_END_OF_ZIP: Final = b"PK\x05\x06"
# APPNOTE 4.3.16: the end record and a comment of at most 65,535 bytes.
_TAIL: Final = 22 + 65_535
# Readers of PDF look for the header in the first 1,024 bytes (ISO 32000-2, annex on compatibility; general knowledge).
_HEAD: Final = 1_024
_OLE: Final = "application/x-ole-storage"
_VBA: Final = "_VBA_PROJECT".encode("utf-16-le")
_MACRO_PARTS: Final = re.compile(r"(?:^|/)(?:vbaProject\.bin|xl/macrosheets/|Basic/.*\.xml$)", re.IGNORECASE)


def marks_of(data: bytes) -> frozenset[Mark]:
    """What the bytes of one file say of themselves."""
    media_type, found = sniff(data), set()
    if media_type in _PROGRAMS:
        found.add(Mark.PROGRAM)
    if media_type == _OLE and _VBA in data:
        found.add(Mark.MACROS)
    if media_type in _PICTURES and _ACTIVE.search(data):
        found.add(Mark.ACTIVE_IN_PICTURE)
    if _is_two_types(data, media_type):
        found.add(Mark.TWO_TYPES)
    return frozenset(found)


def office_marks(names: Iterable[str]) -> frozenset[Mark]:
    """What the parts of a document in a ZIP (OOXML, ODF) say."""
    return frozenset({Mark.MACROS} if any(_MACRO_PARTS.search(name) for name in names) else ())


def _is_two_types(data: bytes, media_type: str) -> bool:
    """Read from the front it is one thing, and from its end, or a little further on, another."""
    end = data.rfind(_END_OF_ZIP, max(0, len(data) - _TAIL))
    is_zip = end >= 0 and end + 22 + int.from_bytes(data[end + 20 : end + 22], "little") == len(data)
    if is_zip and media_type not in ("application/zip", *_PROGRAMS):
        return True
    header = data.find(b"%PDF-", 0, _HEAD)
    return header > 0 and media_type not in ("application/octet-stream", "text/plain")
