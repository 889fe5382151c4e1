"""Bytes into a door as no browser would send them: any body, any length, made on the fly."""

from __future__ import annotations

import http.client
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from urllib.parse import urlsplit

MEGABYTE = 1024 * 1024
HUNDRED_MEGABYTES = 100 * MEGABYTE


def pour(
    address: str, path: str, *, body: bytes | Iterable[bytes], length: int | None = None, headers: Mapping[str, str]
) -> tuple[int, str]:
    """POST the body; the status and text of the answer, also where the server had enough before the end of it."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    pieces = [body] if isinstance(body, bytes) else body
    size = len(body) if isinstance(body, bytes) else length
    connection.putrequest("POST", path)
    for name, value in {"Content-Length": str(size), **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
    with suppress(BrokenPipeError, ConnectionResetError):
        for piece in pieces:
            connection.send(piece)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, text


def hundred_megabytes(before: bytes = b"", after: bytes = b"") -> tuple[Iterator[bytes], int]:
    """A body of 100 MB and more, between these bytes, and how long it is."""

    def pieces() -> Iterator[bytes]:
        yield before
        for _ in range(100):
            yield b"x" * MEGABYTE
        yield after

    return pieces(), len(before) + HUNDRED_MEGABYTES + len(after)
