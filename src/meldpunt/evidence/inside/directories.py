"""How large the directory of a ZIP says to be, read before anybody reads the directory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from .disguises import bytes_at, end_of_zip, size_of

_END: Final = b"PK\x05\x06"
_END_BYTES: Final = 22
_LOCATOR: Final = b"PK\x06\x07"
_LOCATOR_BYTES: Final = 20
_END_64: Final = b"PK\x06\x06"
_END_64_BYTES: Final = 56


def directory_size(file: BinaryIO) -> int:
    """Bytes of the central directory (APPNOTE 4.3.16, and 4.3.14 where a ZIP64 record stands before it); 0: none.

    Of several records that a reader may take, whichever says most.
    """
    return max(_sizes(file), default=0)


def _sizes(file: BinaryIO) -> Iterator[int]:
    size = size_of(file)
    last = bytes_at(file, max(0, size - _END_BYTES), _END_BYTES)
    for record in (end_of_zip(file)[0], last):
        if not record.startswith(_END):
            continue
        yield int.from_bytes(record[12:16], "little")
        ends_at = size - len(record)
        locator = bytes_at(file, max(0, ends_at - _LOCATOR_BYTES), _LOCATOR_BYTES)
        # Some readers go where the locator points, others look right before it.
        places = (int.from_bytes(locator[8:16], "little"), ends_at - _LOCATOR_BYTES - _END_64_BYTES)
        for place in places if locator.startswith(_LOCATOR) else ():
            large = bytes_at(file, place, _END_64_BYTES) if 0 <= place < size else b""
            if large.startswith(_END_64):
                yield int.from_bytes(large[40:48], "little")
