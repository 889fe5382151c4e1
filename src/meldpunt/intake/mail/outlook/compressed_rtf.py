"""Compressed RTF, as [MS-OXRTFCP] writes it."""

from __future__ import annotations

import struct
import zlib
from typing import Final

_HEAD: Final = struct.Struct("<I I 4s I")
_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_WINDOW: Final = 4096
# What every dictionary begins with ([MS-OXRTFCP] 2.2.2.1.1).
_BEGINNING: Final = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier"
    rb"{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def decompress(data: bytes, *, most: int) -> bytes:
    """The RTF in these bytes, of at most so many. Raises ValueError where they hold none, or more than `most`."""
    if len(data) < _HEAD.size:
        raise ValueError("no head")
    length, raw_length, kind, checksum = _HEAD.unpack_from(data)
    content = data[_HEAD.size : length + 4]
    if kind == _PLAIN:
        return content[: min(raw_length, most)]
    # Without the complement that zlib puts at both ends.
    if kind != _COMPRESSED or zlib.crc32(content, 0xFFFFFFFF) ^ 0xFFFFFFFF != checksum:
        raise ValueError("not compressed, or damaged")
    return _unpacked(content, most)


def _unpacked(content: bytes, most: int) -> bytes:
    window = bytearray(_BEGINNING.ljust(_WINDOW, b"\0"))
    at, place, found = len(_BEGINNING), 0, bytearray()

    def put(byte: int) -> None:
        nonlocal at
        found.append(byte)
        window[at] = byte
        at = (at + 1) % _WINDOW

    while place < len(content):
        control, place = content[place], place + 1
        for bit in range(8):
            if len(found) > most:
                raise ValueError("more than anybody reads")
            if not control >> bit & 1:
                if place >= len(content):
                    return bytes(found)
                put(content[place])
                place += 1
                continue
            reference = int.from_bytes(content[place : place + 2], "big")
            place += 2
            start, count = reference >> 4, (reference & 0xF) + 2
            # A reference to where it would be written next ends it.
            if start == at or place > len(content):
                return bytes(found)
            for step in range(count):
                put(window[(start + step) % _WINDOW])
    return bytes(found)
