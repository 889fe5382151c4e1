"""A virus scanner, asked over its own protocol (clamd(8): VERSION and INSTREAM, each ended by a NUL)."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from .values import Verdict

PATIENCE_SECONDS: Final = 10.0
REST_SECONDS: Final = 60.0
"""How long a scanner that let us wait is not asked."""
_CHUNK: Final = 128 * 1024
_LONGEST_ANSWER: Final = 4_096
_PORT: Final = 3310
_resting: Final[dict[str, float]] = {}
"""Until when, by `time.monotonic`, each scanner is not asked. What was not scanned is when somebody opens it."""


@dataclass(frozen=True)
class Scan:
    """What a scanner said. `found` is the name of what it found, `engine` itself with the version of its signatures."""

    verdict: Verdict
    found: str = ""
    engine: str = ""


def scan(data: bytes, *, scanner: str, patience: float = PATIENCE_SECONDS) -> Scan:
    """Ask the scanner at `unix:/path` or `tcp://host:port`. Unscanned where none answers in time. See `scan_pieces`."""
    return scan_pieces((data,), scanner=scanner, patience=patience)


def scan_pieces(pieces: Iterable[bytes], *, scanner: str, patience: float = PATIENCE_SECONDS) -> Scan:
    """The same of bytes that come one piece after the other. What is larger than it takes (clamd: `StreamMaxLength`) is
    unscanned as well.

    It never raises: a scanner that is down keeps nobody from reporting, and what is unscanned is said to be.
    """
    if not scanner or time.monotonic() < _resting.get(scanner, 0.0):
        return Scan(Verdict.UNSCANNED)
    until = time.monotonic() + patience
    try:
        engine = _ask(scanner, b"zVERSION\0", until=until)
        answer = _ask(scanner, b"zINSTREAM\0", pieces, until=until)
    except TimeoutError:
        # A mail of a hundred files would wait a hundred times, in one transaction.
        _resting[scanner] = time.monotonic() + REST_SECONDS
        return Scan(Verdict.UNSCANNED)
    except (OSError, ValueError):
        return Scan(Verdict.UNSCANNED)
    if answer == "stream: OK":
        return Scan(Verdict.CLEAN, engine=engine[:100])
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Scan(Verdict.FOUND, answer[8:-6][:100], engine[:100])
    return Scan(Verdict.UNSCANNED, engine=engine[:100])


def _ask(scanner: str, command: bytes, pieces: Iterable[bytes] | None = None, *, until: float) -> str:
    with _connected(scanner, until) as line:
        line.sendall(command)
        if pieces is not None:
            _send(line, pieces, until)
        answer = b""
        while not answer.endswith(b"\0"):
            line.settimeout(_left(until))
            got = line.recv(_LONGEST_ANSWER)
            if not got or len(answer) > _LONGEST_ANSWER:
                raise ConnectionError("the scanner ended its answer early")
            answer += got
    return "".join(sign for sign in answer[:-1].decode(errors="replace") if sign.isprintable())


def _send(line: socket.socket, pieces: Iterable[bytes], until: float) -> None:
    for data in pieces:
        for start in range(0, len(data), _CHUNK):
            piece = data[start : start + _CHUNK]
            line.settimeout(_left(until))
            line.sendall(struct.pack("!I", len(piece)) + piece)
    line.sendall(struct.pack("!I", 0))


def _connected(scanner: str, until: float) -> socket.socket:
    if scanner.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(_left(until))
            line.connect(scanner.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    parts = urlsplit(scanner)
    if parts.scheme != "tcp" or not parts.hostname:
        raise ValueError(f"not where a scanner is: {scanner}")
    return socket.create_connection((parts.hostname, parts.port or _PORT), timeout=_left(until))


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("the scanner took too long")
    return left
