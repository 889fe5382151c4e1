"""How much a closed mail opens to, tried where it does no harm: in a process of its own that may hold little.

A mail of some kilobytes can be packed so that it opens to gigabytes, and the library opens whole or not at all.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from enum import IntEnum
from typing import Final

from pysequoia import Tsk, decrypt

MOST_BYTES: Final = 100 * 1024 * 1024
"""Twice what a mail may be that comes in open: nothing that people write is packed like that."""
_MEMORY: Final = 1024**3
_SECONDS: Final = 20
_LENGTH: Final = 8


class Size(IntEnum):
    """What came of trying; the status of the process that tried."""

    FITS = 0
    NOT_OURS = 65
    TOO_MUCH = 77


def measure(closed: bytes, key: Tsk) -> Size:
    """Whether it opens with this key, to no more than MOST_BYTES; a process that does not survive says TOO_MUCH."""
    secret = bytes(key)
    said = len(secret).to_bytes(_LENGTH, "big") + secret + closed
    command = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(command, input=said, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        return Size.TOO_MUCH
    return Size(done.returncode) if done.returncode in list(Size) else Size.TOO_MUCH


def _try(said: bytes) -> Size:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    length = int.from_bytes(said[:_LENGTH], "big")
    key = Tsk.from_bytes(said[_LENGTH : _LENGTH + length])
    try:
        opened = decrypt(bytes=said[_LENGTH + length :], decryptor=key.decryptor())
    except RuntimeError:
        return Size.NOT_OURS
    return Size.FITS if len(opened.bytes or b"") <= MOST_BYTES else Size.TOO_MUCH


if __name__ == "__main__":
    sys.exit(_try(sys.stdin.buffer.read()))
