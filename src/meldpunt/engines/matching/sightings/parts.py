"""What was seen in one stretch of a log: a *part*, which is there whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from meldpunt.engines.matching.compiling_indicators import CompiledIndicators
from meldpunt.engines.matching.reading.logs.lines import Counted
from meldpunt.engines.matching.sighting import Shown, Sighting, sight_block, sightings_of, together
from meldpunt.engines.matching.watching import LogBlock

_MOST_APART: Final = 10_000
"""Sightings of blocks that are held before those of the same are laid together."""


@dataclass(frozen=True, slots=True)
class Part:
    """`untimed`: records whose time cannot be read. Indicators are under their numbers."""

    records: int
    unread: int
    untimed: int
    sightings: tuple[Sighting, ...]

    @property
    def rows(self) -> int:
        """Records that were looked through."""
        return self.records


def look(
    blocks: Iterable[LogBlock], counted: Counted, indicators: CompiledIndicators, *, file: str, whenever: bool
) -> Part:
    """Look through the blocks, with which `counted` grows."""
    found: list[Sighting] = []
    untimed, most = 0, _MOST_APART
    for block in blocks:
        hits = sight_block(block, indicators, whenever=whenever)
        untimed += int((~hits.is_timed).sum())
        found += sightings_of(block, hits, file=file)
        if len(found) > most:
            found = together(found)
            most = max(most, 2 * len(found))
    return Part(counted.records, counted.unread, untimed - counted.unread - counted.blank, tuple(together(found)))


def write_part(path: Path, part: Part) -> None:
    """Under its name at once, whole. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        unfinished.write_text(json.dumps(asdict(part), default=str, ensure_ascii=False), encoding="utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def read_part(path: Path) -> Part:
    """What was written. Raises OSError."""
    held = json.loads(path.read_text(encoding="utf-8"))
    return Part(**{**held, "sightings": tuple(map(_sighting, held["sightings"]))})


def _sighting(held: Mapping[str, Any]) -> Sighting:
    records = tuple(Shown(**{**one, "at": _instant(one["at"])}) for one in held["records"])
    return Sighting(**{**held, "first": _instant(held["first"]), "last": _instant(held["last"]), "records": records})


def _instant(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)
