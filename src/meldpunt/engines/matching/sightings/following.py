"""Indicators looked for in logs that are being written, as their lines come."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from meldpunt.engines.matching.compiling_indicators import CompiledIndicators
from meldpunt.engines.matching.errors import ArtefactBroken
from meldpunt.engines.matching.reading.logs.following import Follower, Reached
from meldpunt.engines.matching.sighting import Sighting, sight_block, sightings_of, together

PAUSE: Final = 0.5
"""Seconds between two looks at logs to which nothing came."""
_LIVE: Final = (".log", ".json", ".jsonl", ".ndjson")
"""The names in a folder that are being written; rotated and packed ones have others."""


@dataclass(slots=True)
class Followed:
    """What came of following so far: records, lines that are none, and every sighting with its exact count."""

    records: int = 0
    unread: int = 0
    untimed: int = 0
    sightings: dict[tuple[int, str, str], Sighting] = field(default_factory=dict)

    def add(self, found: Iterable[Sighting]) -> None:
        """Together with those of the same."""
        for one in found:
            known = self.sightings.get(one.key)
            self.sightings[one.key] = one if known is None else known.merged(one)


class Following:
    """Follows logs by name, and those that come to a folder. `state`: a file from which another process goes on."""

    def __init__(self, paths: Sequence[Path], *, state: Path | None = None) -> None:
        self.followed = Followed()
        self._folders = [path for path in paths if path.is_dir()]
        self._state = state
        reached = _read_state(state) if state is not None and state.exists() else {}
        self._logs: dict[Path, Follower] = {}
        for path in (*(path for path in paths if not path.is_dir()), *map(Path, reached)):
            absolute = path.absolute()
            if absolute not in self._logs:
                self._logs[absolute] = Follower(absolute, reached=reached.get(str(absolute), ()))

    def look(self, indicators: CompiledIndicators, *, whenever: bool = False) -> list[Sighting] | None:
        """What is new in all logs, together; None where nothing came. Raises `InputBroken`, OSError."""
        self._join()
        found: list[Sighting] = []
        before = self.followed.records + self.followed.unread
        for path, one in self._logs.items():
            for block in one.look():
                hits = sight_block(block, indicators, whenever=whenever)
                self.followed.untimed += int((~hits.is_timed).sum())
                found += sightings_of(block, hits, file=path.name)
        self.followed.records = sum(one.counted.records for one in self._logs.values())
        self.followed.unread = sum(one.counted.unread for one in self._logs.values())
        new = together(found)
        self.followed.add(new)
        return new if new or self.followed.records + self.followed.unread > before else None

    def told(self) -> list[str]:
        """What may have been missed, since this was asked last."""
        said = [sentence for one in self._logs.values() for sentence in one.told]
        for one in self._logs.values():
            one.told.clear()
        return said

    def keep(self) -> None:
        """Write down how far each log was read, once what was found is told: it may be told again, and is not lost."""
        if self._state is None:
            return
        logs = {str(path): [reached.as_json() for reached in one.reached] for path, one in self._logs.items()}
        unfinished = self._state.with_name(f".{self._state.name}")
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump({"logs": logs}, file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._state)

    def close(self) -> None:
        """Let go of the files."""
        for one in self._logs.values():
            one.close()

    def _join(self) -> None:
        """The logs that came to a folder; one that only got another name is followed already."""
        open_ones = {(one.device, one.inode) for log in self._logs.values() for one in log.reached}
        for folder in self._folders:
            for path in sorted(folder.absolute().iterdir()):
                if not path.name.endswith(_LIVE) or path in self._logs or not path.is_file():
                    continue
                there = path.stat()
                if (there.st_dev, there.st_ino) not in open_ones:
                    self._logs[path] = Follower(path)


def follow(
    following: Following,
    indicators: CompiledIndicators,
    *,
    whenever: bool = False,
    until_idle: float | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> Iterator[list[Sighting]]:
    """What was seen since the last look, again and again: until `is_over`, or nothing came for so many seconds.

    A batch counts as told once the next is asked for. Raises `InputBroken`, OSError.
    """
    idle_since = time.monotonic()
    while not is_over():
        found = following.look(indicators, whenever=whenever)
        if found is None:
            if until_idle is not None and time.monotonic() - idle_since >= until_idle:
                return
            time.sleep(PAUSE)
            continue
        idle_since = time.monotonic()
        yield found
        following.keep()


def _read_state(path: Path) -> Mapping[str, tuple[Reached, ...]]:
    """Raises `ArtefactBroken`."""
    try:
        held: Any = json.loads(path.read_text(encoding="utf-8"))
        return {name: tuple(map(Reached.of_json, each)) for name, each in held["logs"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise ArtefactBroken(path, "it does not say how far logs were read") from broken
