"""Bytes of a field: what surrounds it, and whether the fast reading may decide about it.

A field is `data[start:end]`, bytes as they came. Every reader of this folder gives one of four verdicts; `UNSURE` sends
the field to the specification (`engines.matching.grammar`), so that the kernel never has to guess.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.kernel.compiled import makes_no_array

Bytes = npt.NDArray[np.uint8]

ABSENT: Final = 0
READ: Final = 1
UNREADABLE: Final = 2
UNSURE: Final = 3

_SPACES = b"\t\n\v\f\r\x1c\x1d\x1e\x1f "
"""What `str.strip` takes away, as far as it is ASCII."""
_DEFANGING = b"[]({<\\"
"""Without one of these, a letter beyond ASCII or a scheme, no spelling of `defanging` can be there."""

_OPEN, _DOT, _CLOSE, _HYPHEN = (ord(one) for one in "[.]-")

SPACE: Final = 1
PERHAPS_DEFANGED: Final = 2
BEYOND_ASCII: Final = 4
DIGIT: Final = 8
HEX: Final = 16
IN_LABEL: Final = 32
CONTROL: Final = 64


def _classes() -> Bytes:
    found = np.zeros(256, np.uint8)
    found[list(_SPACES)] |= SPACE
    found[list(_DEFANGING)] |= PERHAPS_DEFANGED
    found[128:] |= BEYOND_ASCII
    found[list(b"0123456789")] |= DIGIT | HEX
    found[list(b"abcdefABCDEF")] |= HEX
    found[list(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-")] |= IN_LABEL
    found[:33] |= CONTROL
    found[127] |= CONTROL
    return found


CLASSES: Final = _classes()
"""Class bits of every byte."""


def _in_name() -> Bytes:
    found = np.zeros(256, np.uint8)
    for byte in range(128):
        if CLASSES[byte] & IN_LABEL or byte == _DOT:
            found[byte] = ord(chr(byte).lower())
    return found


IN_NAME: Final = _in_name()
"""Every byte that may stand in a name, in lower case; 0 for the others."""


@makes_no_array
def strip(data: Bytes, start: int, end: int) -> tuple[int, int]:
    """Where the field begins and ends without the white space round it."""
    while start < end and CLASSES[data[start]] & SPACE:
        start += 1
    while end > start and CLASSES[data[end - 1]] & SPACE:
        end -= 1
    return start, end


@makes_no_array
def classes_in(data: Bytes, start: int, end: int) -> int:
    """The class bits of all bytes together."""
    found = 0
    for place in range(start, end):
        found |= CLASSES[data[place]]
    return found


@makes_no_array
def lower(byte: int) -> int:
    """The small letter of an ASCII capital, and every other byte itself."""
    return byte + 32 if 65 <= byte <= 90 else byte


@makes_no_array
def restore_dots(data: Bytes, start: int, end: int, out: Bytes) -> int:
    """Write the field with `[.]` between two letters, digits or underscores as a dot; the length of what was written.

    -1 where any other spelling of `defanging` may be in it, or `out` is too short: the specification looks at it.
    """
    length, place = 0, start
    while place < end:
        if length == out.size:
            return -1
        byte = data[place]
        if CLASSES[byte] & PERHAPS_DEFANGED:
            is_dot = byte == _OPEN and place + 3 < end and data[place + 1] == _DOT and data[place + 2] == _CLOSE
            if not is_dot or place == start or not _is_word(data[place - 1]) or not _is_word(data[place + 3]):
                return -1
            byte, place = _DOT, place + 2
        out[length] = byte
        length, place = length + 1, place + 1
    return length


@makes_no_array
def _is_word(byte: int) -> bool:
    return CLASSES[byte] & IN_LABEL != 0 and byte != _HYPHEN
