"""The JSON documents in a feed: one value, an array, or a value a line, each as it stands and none trusted."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from meldpunt.vocabulary.errors import JsonUnreadable
from meldpunt.vocabulary.strict_json import read_json
from meldpunt.vocabulary.texts import keepable

from ..rules import LARGEST_ITEM

LARGEST_DOCUMENT: Final = 25_000_000
"""Bytes of one JSON value that is read whole. What is larger is read where it is written a value a line."""
MOST_VALUES: Final = 2_000_000
"""Values in one document: what they take in memory is many times what they take in a file."""
LONGEST_KEY: Final = 200
MOST_FIELDS: Final = 300
"""Fields of one row. What more there is stands in its raw text."""
_LONGEST_FIELD: Final = 20_000
_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a feed. `value` is None where it is no object, and then `reason` says why."""

    raw: str
    value: Mapping[str, object] | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Documents:
    """What a feed of JSON holds. `whole` is the one value, where it is one and not a value a line.

    `items` may be asked twice; of an array they are what stands in it.
    """

    items: Callable[[], Iterator[Item]]
    whole: object = None


def looks_like_json(raw: bytes) -> bool:
    """Whether the bytes begin as an object or an array does."""
    return raw[:1_000].removeprefix(_MARK).lstrip()[:1] in (b"{", b"[")


def open_documents(raw: bytes) -> Documents:
    """The documents in these bytes. Raises JsonUnreadable where they are neither one value nor a value a line."""
    body = raw.removeprefix(_MARK)
    if _is_a_value_a_line(body):
        return Documents(lambda: _lines(body))
    _check_size(body)
    whole = read_json(body, keys_once=True)
    found = whole if isinstance(whole, list) else [whole]
    return Documents(lambda: (item_of(one) for one in found), whole)


def item_of(value: object) -> Item:
    """A value that was read, with the text it makes."""
    if not isinstance(value, dict):
        return Item(text_of(value), None, "not an object")
    return Item(text_of(value), value)


def text_of(value: object) -> str:
    """The value as JSON, as a column holds it; a text beyond any sense is cut there, and lies whole in evidence."""
    return keepable(json.dumps(value, ensure_ascii=False)[:LARGEST_ITEM])


def word_of(value: object) -> str:
    """A text or a number as it is written; anything else as JSON."""
    if isinstance(value, str):
        return keepable(value[:_LONGEST_FIELD])
    if value is None:
        return ""
    return keepable(json.dumps(value, ensure_ascii=False)[:_LONGEST_FIELD])


def texts_of(value: object) -> list[str]:
    """The texts in a list of them, or the one text; everything else names nothing."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, str)]


def objects_in(value: object) -> list[Mapping[str, object]]:
    """The objects in a list; everything else is none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def fields_of(value: Mapping[str, object], *, without: frozenset[str] = frozenset(), levels: int = 1) -> dict[str, str]:
    """The object as flat texts: `{"a": {"b": 1}}` is `a.b` over two levels, and `a` with its JSON over one."""
    found: dict[str, str] = {}
    for key, inner in value.items():
        if len(found) >= MOST_FIELDS:
            break
        name = keepable(key[:LONGEST_KEY])
        if key in without or inner is None or inner in ("", [], {}):
            continue
        if levels > 1 and isinstance(inner, dict):
            found |= {f"{name}.{rest}": said for rest, said in fields_of(inner, levels=levels - 1).items()}
        else:
            found[name] = word_of(inner)
    return found


def _is_a_value_a_line(body: bytes) -> bool:
    """Whether the first line is an object of its own and another line follows it."""
    lines = (line.strip() for line in io.BytesIO(body))
    written = (line for line in lines if line)
    first, second = next(written, b""), next(written, b"")
    if not (first.startswith(b"{") and first.endswith(b"}") and second):
        return False
    try:
        return isinstance(_read_line(first), dict)
    except JsonUnreadable:
        return False


def _lines(body: bytes) -> Iterator[Item]:
    for line in io.BytesIO(body):
        if not line.strip():
            continue
        written = keepable(line[:LARGEST_ITEM].decode("utf-8", "replace").rstrip("\r\n"))
        try:
            value = _read_line(line)
        except JsonUnreadable as problem:
            yield Item(written, None, problem.flaw)
            continue
        yield Item(written, value) if isinstance(value, dict) else Item(written, None, "not an object")


def _read_line(line: bytes) -> object:
    if len(line) > LARGEST_ITEM:
        raise JsonUnreadable("is longer than 1000000 bytes")
    return read_json(line, keys_once=True)


def _check_size(body: bytes) -> None:
    if len(body) > LARGEST_DOCUMENT:
        raise JsonUnreadable("is one document of more than 25000000 bytes")
    # An upper bound of the values in it, and the whole cost of a document that is nothing but brackets.
    if body.count(b",") + body.count(b"[") + body.count(b"{") > MOST_VALUES:
        raise JsonUnreadable("holds more than 2000000 values")
