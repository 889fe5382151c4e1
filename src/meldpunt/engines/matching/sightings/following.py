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
from meldpunt.engines.matching.errors import ArtefactBroken, InputBroken
from meldpunt.engines.matching.reading.logs.folders import is_log
from meldpunt.engines.matching.reading.logs.following import PATIENCE, Follower, Reached
from meldpunt.engines.matching.sighting import Sighting, sight_block, sightings_of, together

PAUSE: Final = 0.5
"""Seconds between two looks at logs to which nothing came."""
_LIVE: Final = (".log", ".json", ".jsonl", ".ndjson")
"""The names in a folder that are being written; packed ones have others."""
_Files = set[tuple[int, int]]


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
    """Follows logs by name, and those that come to a folder. `state`: a file from which another process goes on.

    `broken` are the logs that could not be read on; the others are followed all the same.
    """

    def __init__(self, paths: Sequence[Path], *, state: Path | None = None, patience: float = PATIENCE) -> None:
        self.followed = Followed()
        self.broken: list[Path] = []
        self._named = [path.absolute() for path in paths if not path.is_dir()]
        self._folders = [path.absolute() for path in paths if path.is_dir()]
        self._state, self._patience = state, patience
        self._told: list[str] = []
        reached, self._finished = _read_state(state) if state is not None and state.exists() else ({}, _Files())
        ours = [path for path in map(Path, reached) if any(path.is_relative_to(folder) for folder in self._folders)]
        self._logs = {
            path: Follower(path, reached=reached.get(str(path), ()), patience=patience)
            for path in dict.fromkeys((*self._named, *ours))
        }

    @property
    def logs(self) -> list[Path]:
        """Those that are followed now."""
        return list(self._logs)

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to follow."""
        return not self._logs and not self._folders

    def look(self, indicators: CompiledIndicators, *, whenever: bool = False) -> list[Sighting] | None:
        """What is new in all logs, together; None where nothing came."""
        self._join()
        found: list[Sighting] = []
        before = self.followed.records + self.followed.unread
        for path, one in list(self._logs.items()):
            counted = one.counted.records, one.counted.unread
            try:
                for block in one.look():
                    hits = sight_block(block, indicators, whenever=whenever)
                    self.followed.untimed += int((~hits.is_timed).sum())
                    found += sightings_of(block, hits, file=self._label(path))
            except (InputBroken, OSError) as broken:
                self._told.append(f"{path}: it is not followed any more: {broken}")
                self.broken.append(path)
                self._let_go(path)
            self.followed.records += one.counted.records - counted[0]
            self.followed.unread += one.counted.unread - counted[1]
            self._told += one.told
            one.told.clear()
            self._finished |= one.finished
            if not one.reached and path in self._logs and path not in self._named:
                self._let_go(path)
        new = together(found)
        self.followed.add(new)
        return new if new or self.followed.records + self.followed.unread > before else None

    @property
    def has_told(self) -> bool:
        """Whether something is to be told."""
        return bool(self._told)

    def told(self) -> list[str]:
        """What may have been missed, since this was asked last."""
        said, self._told = self._told, []
        return said

    def keep(self) -> None:
        """Write down how far each log was read, once what was found is told: it may be told again, and is not lost."""
        if self._state is None:
            return
        logs = {str(path): [reached.as_json() for reached in one.reached] for path, one in self._logs.items()}
        unfinished = self._state.with_name(f".{self._state.name}")
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump({"logs": logs, "finished": sorted(self._finished)}, file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._state)

    def close(self) -> None:
        """Let go of the files."""
        for path in list(self._logs):
            self._let_go(path)

    def _let_go(self, path: Path) -> None:
        one = self._logs.pop(path)
        self._finished.update(reached.file for reached in one.reached)
        one.close()

    def _join(self) -> None:
        """The logs that came to a folder. One that only got another name is followed already, or was read."""
        known = self._finished | {reached.file for log in self._logs.values() for reached in log.reached}
        standing = _Files()
        for folder in self._folders:
            for path in sorted(folder.rglob("*")):
                try:
                    there = path.stat()
                    file = there.st_dev, there.st_ino
                    standing.add(file)
                    if path in self._logs or file in known or not path.name.endswith(_LIVE) or not path.is_file():
                        continue
                    if there.st_size and is_log(path):
                        self._logs[path] = Follower(path, patience=self._patience)
                        known.add(file)
                except (FileNotFoundError, InputBroken):
                    continue
        # The number of a file that is gone may be given to another.
        self._finished &= standing

    def _label(self, path: Path) -> str:
        folder = next((folder for folder in self._folders if path.is_relative_to(folder)), None)
        return path.name if folder is None else path.relative_to(folder).as_posix()


def follow(
    following: Following,
    indicators: CompiledIndicators,
    *,
    whenever: bool = False,
    until_idle: float | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> Iterator[list[Sighting]]:
    """What was seen since the last look, again and again: until `is_over`, or nothing came for so many seconds.

    A batch counts as told once the next is asked for; it is empty where something is to be told that may have been
    missed. What stands in the logs when it is over is looked at.
    """
    idle_since = time.monotonic()
    while True:
        is_last = is_over()
        found = following.look(indicators, whenever=whenever)
        if found is not None:
            idle_since = time.monotonic()
        if found is not None or following.has_told:
            yield found or []
            following.keep()
        is_idle = until_idle is not None and time.monotonic() - idle_since >= until_idle
        if following.is_over or (found is None and (is_last or is_idle)):
            return
        if found is None:
            time.sleep(PAUSE)


def _read_state(path: Path) -> tuple[Mapping[str, tuple[Reached, ...]], _Files]:
    """Raises `ArtefactBroken`."""
    try:
        held: Any = json.loads(path.read_text(encoding="utf-8"))
        reached = {name: tuple(map(Reached.of_json, each)) for name, each in held["logs"].items()}
        return reached, {(int(device), int(inode)) for device, inode in held["finished"]}
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise ArtefactBroken(path, "it does not say how far logs were read") from broken
