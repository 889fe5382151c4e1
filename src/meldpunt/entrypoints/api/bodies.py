"""Bodies, read as far as they may be large, and JSON that cannot hurt who reads on."""

from __future__ import annotations

import json
import math
from typing import Final, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

LARGEST_FEED: Final = 100_000_000
"""Bytes; the limit intake has for a feed."""
DEEPEST: Final = 32
"""Levels of JSON inside each other. The deepest item of a real batch has three."""


class BodyTooLarge(Exception):
    """More bytes than this operation takes; `limit` says how many it does."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The body is larger than {limit:,} bytes. Send it in parts.")
        self.limit = limit


class BodyUnreadable(Exception):
    """Not JSON as RFC 8259 has it, not in UTF-8, or deeper than `DEEPEST`; the message says which."""


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
    if b"\0" in body:
        raise BodyUnreadable("The body holds NUL bytes.")
    try:
        value: object = json.loads(body.decode(), parse_constant=_refuse, parse_float=_finite)
    except UnicodeDecodeError:
        raise BodyUnreadable("The body is not in UTF-8.") from None
    except RecursionError:
        raise BodyUnreadable(f"The body is nested deeper than {DEEPEST} levels.") from None
    except ValueError as reason:
        raise BodyUnreadable(f"The body is not JSON: {reason}.") from None
    _check_depth(value)
    return value


class BodyParser(Parser):
    """JSON within the limits above, for ninja; whatever is no object is validated like any other value.

    How large it may be, `DATA_UPLOAD_MAX_MEMORY_SIZE` says: ninja looks at the body before any parser does.
    """

    def parse_body(self, request: HttpRequest) -> dict[str, object]:
        return read_json(request.body)  # type: ignore[return-value]


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        _refuse(digits[:20])
    return number


def _check_depth(value: object) -> None:
    layer, depth = [value], 0
    while layer := [inner for outer in layer for inner in _inside(outer)]:
        depth += 1
        if depth > DEEPEST:
            raise BodyUnreadable(f"The body is nested deeper than {DEEPEST} levels.")


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
