"""JSON as RFC 8259 has it and no other, so that nothing in it hurts who reads on."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Final, NoReturn

from meldpunt.vocabulary.errors import JsonUnreadable

DEEPEST: Final = 32
"""Levels inside each other. The deepest item of a real batch has three, a MISP event with its galaxies nine."""

_NUL: Final = "holds NUL bytes"
_NOT_UTF_8: Final = "is not in UTF-8"
_TOO_DEEP: Final = f"is nested deeper than {DEEPEST} levels"
_NOT_JSON: Final = "is not JSON"
_KEY_TWICE: Final = "names a key twice in one object"


def read_json(raw: bytes, *, keys_once: bool = False) -> object:
    """The one value in these bytes. Neither NaN nor infinity, nor what is too large for a number, is a number.

    `keys_once` refuses an object with the same key twice, of which two readers would believe different values.
    Raises JsonUnreadable.
    """
    if b"\0" in raw:
        raise JsonUnreadable(_NUL)
    hook = _once if keys_once else None
    try:
        value: object = json.loads(raw.decode(), parse_constant=_refuse, parse_float=_finite, object_pairs_hook=hook)
    except UnicodeDecodeError:
        raise JsonUnreadable(_NOT_UTF_8) from None
    except RecursionError:
        raise JsonUnreadable(_TOO_DEEP) from None
    except ValueError as reason:
        raise JsonUnreadable(_NOT_JSON, str(reason)) from None
    _check_depth(value)
    return value


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        _refuse(digits[:20])
    return number


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise JsonUnreadable(_KEY_TWICE)
    return found


def _check_depth(value: object) -> None:
    layer, depth = [value], 0
    while layer := [inner for outer in layer for inner in _inside(outer)]:
        depth += 1
        if depth > DEEPEST:
            raise JsonUnreadable(_TOO_DEEP)


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
