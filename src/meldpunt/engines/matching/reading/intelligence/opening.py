"""A file of indicators, whatever it is written in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.reading.intelligence.kinds import Found, LeftOut
from meldpunt.engines.matching.reading.intelligence.misp import is_misp, read_misp
from meldpunt.engines.matching.reading.intelligence.stix import read_stix
from meldpunt.engines.matching.reading.intelligence.tables import read_table
from meldpunt.engines.matching.reading.streams import Input
from meldpunt.engines.matching.values import Indicator

LARGEST: Final = 256 << 20
"""Bytes of a file after decompression: a document of JSON is held as a whole."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: indicators, each once, and what became none."""

    indicators: tuple[Indicator, ...]
    left_out: tuple[LeftOut, ...]


def read_intelligence(path: Path, *, source: str | None = None, with_all: bool = False) -> Read:
    """Read STIX, MISP, a table or a list. `source` is the name of the file unless it is given.

    `with_all`: also parts of conjunctions (STIX) and what is not for detection (MISP). Raises `InputBroken` for what is
    none of the four, is too large or cannot be read to its end, and OSError.
    """
    held: list[bytes] = []
    size = 0
    for piece in Input(path).pieces():
        size += len(piece)
        if size > LARGEST:
            raise InputBroken(path.name, f"it is larger than {LARGEST >> 20} MiB")
        held.append(piece)
    return read_text(b"".join(held), name=path.name, source=source or path.name, with_all=with_all)


def read_text(raw: bytes, *, name: str, source: str, with_all: bool = False) -> Read:
    """The same of bytes."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputBroken(name, "it is UTF-16; save it as UTF-8")
    text, source = raw.decode("utf-8-sig", "replace"), _writable(source)
    found = _in_json(text, name, source, with_all=with_all) if text.lstrip()[:1] in ("{", "[") else None
    indicators: dict[Indicator, None] = {}
    left_out: list[LeftOut] = []
    for one in found if found is not None else read_table(text, name=name, source=source):
        if isinstance(one, LeftOut):
            left_out.append(LeftOut(_writable(one.where), _writable(one.reason)))
        else:
            indicators[one] = None
    return Read(tuple(indicators), tuple(left_out))


def _writable(text: str) -> str:
    """JSON may hold half of a surrogate pair, which no file and no terminal takes: a question mark stands for it."""
    return text.encode("utf-8", "replace").decode()


def _in_json(text: str, name: str, source: str, *, with_all: bool) -> Found:
    try:
        held = json.loads(text)
        looks_like_misp = is_misp(held)
    except (ValueError, RecursionError) as broken:
        raise InputBroken(name, f"it is no JSON: {broken}") from broken
    if isinstance(held, Mapping) and isinstance(held.get("objects"), list):
        return read_stix(held["objects"], source=source, with_parts=with_all)
    if looks_like_misp:
        return read_misp(held, source=source, with_all=with_all)
    if isinstance(held, Mapping) and str(held.get("id")).startswith(f"{held.get('type')}--"):
        return read_stix([held], source=source, with_parts=with_all)
    if isinstance(held, list) and any(isinstance(one, Mapping) and "pattern" in one for one in held):
        return read_stix(held, source=source, with_parts=with_all)
    raise InputBroken(name, "it is JSON, and neither STIX nor MISP")
