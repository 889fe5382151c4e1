"""What a registry answered (RFC 9083) as lines of text, and no more of it than fits on a page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from meldpunt.vocabulary.texts import clean_text

_Json: TypeAlias = "str | int | float | bool | Sequence[_Json] | Mapping[str, _Json] | None"
_Object: TypeAlias = Mapping[str, _Json]

_MOST_LINES: Final = 60
_LONGEST: Final = 300
_DEEPEST: Final = 3
_PLAIN: Final = (
    *("handle", "name", "ldhName", "unicodeName", "type"),
    *("startAddress", "endAddress", "country", "parentHandle"),
)
_CARD: Final = frozenset({"fn", "org", "email", "tel", "adr"})


def lines_of(body: str) -> tuple[tuple[str, str], ...]:
    """Names as the standard writes them, each with what it says; sixty lines, each of at most 300 characters."""
    found: list[tuple[str, str]] = []
    for name, said in _of_object(json.loads(body)):
        line = " ".join(clean_text(said).split())
        if line and len(found) < _MOST_LINES:
            found.append((name, line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"))
    return tuple(found)


def _of_object(said: _Object) -> Iterator[tuple[str, str]]:
    for name in _PLAIN:
        if isinstance(value := said.get(name), str):
            yield name, value
    yield "status", ", ".join(one for one in _list(said, "status") if isinstance(one, str))
    for event in _objects(said, "events"):
        yield str(event.get("eventAction", "")), str(event.get("eventDate", ""))
    for server in _objects(said, "nameservers"):
        yield "nameserver", str(server.get("ldhName", ""))
    yield from _of_entities(said, depth=0)


def _of_entities(said: _Object, *, depth: int) -> Iterator[tuple[str, str]]:
    for entity in _objects(said, "entities") if depth < _DEEPEST else ():
        roles = ", ".join(one for one in _list(entity, "roles") if isinstance(one, str)) or "entity"
        yield from ((roles, line) for line in _of_card(entity))
        yield from _of_entities(entity, depth=depth + 1)


def _of_card(entity: _Object) -> Iterator[str]:
    """Of a jCard (RFC 7095) what reaches somebody: name, organisation, mail, telephone, address."""
    card = entity.get("vcardArray")
    rows = card[1] if isinstance(card, list) and len(card) > 1 and isinstance(card[1], list) else []
    for row in rows:
        if isinstance(row, list) and len(row) > 3 and row[0] in _CARD:
            yield _flat(row[3]) or _label(row[1])


def _flat(value: _Json, *, depth: int = 0) -> str:
    if isinstance(value, str):
        return value
    parts = value if isinstance(value, list) and depth < _DEEPEST else ()
    return " ".join(filter(None, (_flat(one, depth=depth + 1) for one in parts)))


def _label(parameters: _Json) -> str:
    return str(parameters.get("label", "")) if isinstance(parameters, dict) else ""


def _list(said: _Object, name: str) -> Sequence[_Json]:
    value = said.get(name)
    return value if isinstance(value, list) else ()


def _objects(said: _Object, name: str) -> Iterator[_Object]:
    return (one for one in _list(said, name) if isinstance(one, dict))
