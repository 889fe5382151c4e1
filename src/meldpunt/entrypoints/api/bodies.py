"""Bodies, read as far as they may be large, and JSON that cannot hurt who reads on."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from ninja.parser import Parser

from meldpunt.vocabulary import strict_json
from meldpunt.vocabulary.errors import JsonUnreadable

LARGEST_FILE: Final = 100_000_000
"""Bytes; the limit intake has for a feed, and for the files of a report."""


class BodyTooLarge(Exception):
    """More bytes than this operation takes; `limit` says how many it does."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The body is larger than {limit:,} bytes. Send it in parts.")
        self.limit = limit


class BodyUnreadable(Exception):
    """Not JSON as RFC 8259 has it, not in UTF-8, or nested too deeply; the message says which."""


def read_body(request: HttpRequest, *, limit: int) -> bytes:
    """The body, of which no more than `limit` bytes are ever read. Raises BodyTooLarge."""
    stated = request.META.get("CONTENT_LENGTH") or "0"
    if stated.isdecimal() and int(stated) > limit:
        raise BodyTooLarge(limit)
    body: bytes = request.read(limit + 1)
    if len(body) > limit:
        raise BodyTooLarge(limit)
    return body


def read_json(body: bytes) -> object:
    """The value a body holds. Raises BodyUnreadable."""
    try:
        return strict_json.read_json(body)
    except JsonUnreadable as problem:
        raise BodyUnreadable(f"The body {problem}.") from None


class BodyParser(Parser):
    """JSON within the limits above, for ninja; whatever is no object is validated like any other value.

    How large it may be, `DATA_UPLOAD_MAX_MEMORY_SIZE` says: ninja looks at the body before any parser does.
    """

    def parse_body(self, request: HttpRequest) -> dict[str, object]:
        return read_json(request.body)  # type: ignore[return-value]
