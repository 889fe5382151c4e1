"""The RSIT type of what each format calls a kind of incident (`data/feed_classes.toml`). Total: nothing is left out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from meldpunt.vocabulary.errors import UnknownIncidentType
from meldpunt.vocabulary.rsit import rsit_from_intelmq

from .rows import UNDETERMINED

_LONGEST_SAID: Final = 80
_NOTHING_SAID: Final = "–"


class Classed(NamedTuple):
    """An RSIT type (`class/type`), and what the sender called it where RSIT has no type for that."""

    rsit: str
    unknown: str = ""


def class_in(table: str, said: str) -> Classed:
    """What one table of the data says of a word; `_` and `-` are the same."""
    plain = said.strip().lower().replace("_", "-")
    found = _tables()[table].get(plain)
    return Classed(found) if found else _undetermined(said)


def first_class(table: str, said: Iterable[str]) -> Classed | None:
    """The first of these words that the table knows."""
    return next((found for one in said if not (found := class_in(table, one)).unknown), None)


def class_of_intelmq(taxonomy: str, kind: str) -> Classed:
    """The type of an IntelMQ event, of version 2 or 3."""
    try:
        return Classed(rsit_from_intelmq(f"{taxonomy}/{kind}" if taxonomy else kind).id)
    except UnknownIncidentType:
        return _undetermined(f"{taxonomy}/{kind}".strip("/"))


def class_of_tags(tags: Iterable[str]) -> Classed | None:
    """The type of the first tag that names one: `rsit:class="type"`, `ecsirt:class="type"`, one of the table; else of
    the first that names a kind of malware."""
    said = [tag.strip().lower() for tag in tags]
    return next((found for read in (_class_of_tag, _class_of_malware) for tag in said if (found := read(tag))), None)


def undetermined() -> Classed:
    """Of what bears no class at all."""
    return Classed(UNDETERMINED, _NOTHING_SAID)


def _class_of_tag(tag: str) -> Classed | None:
    namespace, _, rest = tag.partition(":")
    if namespace in ("rsit", "ecsirt"):
        predicate, _, value = rest.partition("=")
        found = class_of_intelmq(predicate, value.strip('"'))
        return None if found.unknown else found
    known = _tables()["misp"].get(tag)
    return Classed(known) if known else None


def _class_of_malware(tag: str) -> Classed | None:
    return next((Classed(rsit) for begin, rsit in _tables()["misp_beginnings"].items() if tag.startswith(begin)), None)


def _undetermined(said: str) -> Classed:
    return Classed(UNDETERMINED, said.strip()[:_LONGEST_SAID] or _NOTHING_SAID)


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("meldpunt.intake") / "data" / "feed_classes.toml").read_text("utf-8"))
