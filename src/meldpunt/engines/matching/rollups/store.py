"""Rollups by source and day, in a folder: what is kept of logs after they are gone."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.compiling import drawn_seed
from meldpunt.engines.matching.errors import InputBroken, StoreBusy
from meldpunt.engines.matching.reading.logs.opening import Log
from meldpunt.engines.matching.reading.streams import Input
from meldpunt.engines.matching.rollups.files import write_rollup
from meldpunt.engines.matching.rollups.gathering import Gathering, Own
from meldpunt.engines.matching.sighting import times_of

_MANIFEST: Final = "rollups.json"
_KEY: Final = "key"
_LOCK: Final = "lock"
MOST_VALUES: Final = 2_000_000
"""That are gathered at a time: of a day with more there are several rollups."""
_A_DAY: Final = 86_400_000_000
_EPOCH: Final = date(1970, 1, 1)
NOBODY: Final = Own()
"""No own networks and domains are known: no column that may name a client is kept, and no mail address."""


@dataclass(frozen=True, slots=True)
class Held:
    """A rollup of the store. `file` is its name in the folder."""

    source: str
    day: date
    file: str
    records: int
    values: int


@dataclass(frozen=True, slots=True)
class Rolled:
    """What logs came to: how many were new, their records, of these those without a time, and lines that are none."""

    logs: int
    known: int
    records: int
    untimed: int
    unread: int


class Store:
    """A folder with rollups, the key of their fingerprints, and a manifest that is written over at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def seed(self) -> npt.NDArray[np.uint64]:
        """The key of the fingerprints, drawn when the store was made. Raises OSError."""
        return np.frombuffer((self.folder / _KEY).read_bytes(), np.uint64)

    def held(self, *, since: date | None = None, until: date | None = None) -> list[Held]:
        """The rollups of these days (`until` among them), by source and day. Raises OSError."""
        found = [
            Held(one["source"], date.fromisoformat(one["day"]), one["file"], one["records"], one["values"])
            for one in self._manifest()["rollups"]
        ]
        kept = [one for one in found if (since is None or one.day >= since) and (until is None or one.day <= until)]
        return sorted(kept, key=lambda one: (one.source, one.day, one.file))

    def roll(
        self,
        logs: Sequence[Path],
        *,
        source: str = "",
        own: Own = NOBODY,
        progress: Callable[[Path, int], None] = lambda _log, _records: None,
    ) -> Rolled:
        """Add what the logs say. One that is known by its digest is passed over, so that nothing counts twice.

        Raises `InputBroken` for a log that is none or cannot be read to its end, `StoreBusy` while another adds to the
        store, and OSError; nothing is added then.
        """
        with self._locked():
            manifest = self._manifest()
            digests = {path: _digest(path) for path in logs}
            new = [path for path in dict.fromkeys(logs) if digests[path] not in manifest["logs"]]
            roller = _Roller(self.folder, self.seed, source, own)
            for path in new:
                roller.add(path, digests[path])
                progress(path, roller.rolled.records)
            manifest["rollups"] += roller.written()
            manifest["logs"] |= {digests[path]: {"file": path.name, "source": source} for path in new}
            self._put(manifest)
            return Rolled(
                len(new), len(logs) - len(new), roller.rolled.records, roller.rolled.untimed, roller.rolled.unread
            )

    def expire(self, before: date) -> int:
        """Remove the rollups of days before this one; how many there were. Raises `StoreBusy`, OSError."""
        with self._locked():
            manifest = self._manifest()
            kept = [one for one in manifest["rollups"] if date.fromisoformat(one["day"]) >= before]
            count = len(manifest["rollups"]) - len(kept)
            manifest["rollups"] = kept
            self._put(manifest)
            return count

    def _manifest(self) -> dict[str, Any]:
        path = self.folder / _MANIFEST
        held: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {"rollups": [], "logs": {}}
        return held

    def _put(self, manifest: Mapping[str, object]) -> None:
        """The manifest first, then away with what it does not name: what was half written, and what is expired."""
        unfinished = self.folder / f".{_MANIFEST}"
        with unfinished.open("w") as file:
            json.dump(manifest, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.folder / _MANIFEST)
        rollups: Any = manifest["rollups"]
        named = {one["file"] for one in rollups}
        for path in self.folder.glob("*.rollup"):
            if path.name not in named:
                path.unlink()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as busy:
                raise StoreBusy(self.folder) from busy
            if not (self.folder / _KEY).exists():
                self._draw_key()
            yield

    def _draw_key(self) -> None:
        unfinished = self.folder / f".{_KEY}"
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(drawn_seed().tobytes())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.folder / _KEY)


class _Roller:
    """Gathers by day; a day that is full is written."""

    def __init__(self, folder: Path, seed: npt.NDArray[np.uint64], source: str, own: Own) -> None:
        self.rolled = Rolled(0, 0, 0, 0, 0)
        self._folder, self._seed, self._source, self._own = folder, seed, source, own
        self._days: dict[int, Gathering] = {}
        self._written: list[dict[str, object]] = []

    def add(self, path: Path, digest: str) -> None:
        """Every record of a log, on the day it was."""
        log, untimed = Log(path), 0
        for block in log.blocks():
            at, is_timed = times_of(block.time, block.rows)
            untimed += int((~is_timed).sum())
            days = at // _A_DAY
            for day in np.unique(days[is_timed]).tolist():
                gathering = self._days.setdefault(day, Gathering(self._seed, self._own))
                gathering.add(block, path.name, at, is_timed & (days == day))
                if gathering.values >= MOST_VALUES:
                    self._write(day, self._days.pop(day))
        if log.source.digest != digest:
            raise InputBroken(path.name, "it changed since it was looked through")
        counted = log.counted
        self.rolled = Rolled(
            0,
            0,
            self.rolled.records + counted.records,
            self.rolled.untimed + untimed - counted.unread - counted.blank,
            self.rolled.unread + counted.unread,
        )

    def written(self) -> list[dict[str, object]]:
        """Write what is left; lines of the manifest for everything."""
        for day, gathering in sorted(self._days.items()):
            self._write(day, gathering)
        return self._written

    def _write(self, day: int, gathering: Gathering) -> None:
        path = write_rollup(gathering, self._seed, self._folder)
        self._written.append(
            {
                "source": self._source,
                "day": (_EPOCH + timedelta(days=day)).isoformat(),
                "file": path.name,
                "records": gathering.records,
                "values": gathering.values,
            }
        )


def _digest(path: Path) -> str:
    source = Input(path)
    for _ in source.pieces():
        pass
    return source.digest


def instant(at: int) -> datetime:
    """Of microseconds since 1970."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)
