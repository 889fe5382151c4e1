"""What an attachment may be called on a screen, and what its bytes look like."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable

LONGEST_NAME = 120
NAMELESS = "unnamed"
LONGEST_TYPE = 100
UNKNOWN = "application/octet-stream"
_HEAD = 1024
"""Bytes from the front by which a type is known."""

# Control, format (direction overrides hide a true extension), surrogate, private and unassigned characters.
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (257, b"ustar", "application/x-tar"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\xd4\xc3\xb2\xa1", "application/vnd.tcpdump.pcap"),
    (0, b"\xa1\xb2\xc3\xd4", "application/vnd.tcpdump.pcap"),
    (0, b"\x0a\x0d\x0d\x0a", "application/x-pcapng"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
)
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
# All but tab, line feed, form feed and carriage return.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|script|svg)\b", re.IGNORECASE)


def display_name(given: str) -> str:
    """A name that can be shown and saved: no folders, nothing invisible, at most 120 characters, never empty."""
    last = re.split(r"[/\\]", given)[-1]
    shown = "".join(" " if character.isspace() else character for character in last)
    shown = "".join(character for character in shown if unicodedata.category(character) not in _UNSHOWN)
    shown = " ".join(shown.split()).strip(". ")
    if len(shown) > LONGEST_NAME:
        stem, dot, extension = shown.rpartition(".")
        tail = dot + extension if stem and len(extension) <= 10 else ""
        shown = shown[: LONGEST_NAME - len(tail)] + tail
    return shown or NAMELESS


def display_type(declared: str) -> str:
    """A declared media type as it may be shown: what it says, or unknown where it is no media type at all."""
    shown = declared.partition(";")[0].strip().lower()
    return shown if len(shown) <= LONGEST_TYPE and _TYPE.fullmatch(shown) else UNKNOWN


def sniff(data: bytes) -> str:
    """The media type that the bytes look like by their magic number; text where they read as text."""
    return sniff_pieces((data,))


def sniff_pieces(pieces: Iterable[bytes]) -> str:
    """The same of bytes that come piece by piece: the first says what it is, all of them whether it is text."""
    decoder, head, reads_as_text, any_text = codecs.getincrementaldecoder("utf-8")(), b"", True, False
    for piece in pieces:
        if len(head) < _HEAD:
            head += piece[: _HEAD - len(head)]
            if len(head) == _HEAD and (found := _by_magic(head)):
                return found
        try:
            text = decoder.decode(piece) if reads_as_text else ""
        except UnicodeDecodeError:
            reads_as_text, text = False, ""
        any_text = any_text or bool(text)
        reads_as_text = reads_as_text and not _CONTROL.search(text)
        if not reads_as_text and len(head) == _HEAD:
            return UNKNOWN
    if found := _by_magic(head):
        return found
    return "text/plain" if reads_as_text and any_text and not decoder.getstate()[0] else UNKNOWN


def _by_magic(head: bytes) -> str:
    for offset, magic, media_type in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            return media_type
    return "text/html" if _HTML.match(head) else ""
