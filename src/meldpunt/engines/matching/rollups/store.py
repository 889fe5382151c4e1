"""Rollups by source and day, in a folder: what is kept of logs after they are gone."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.errors import InputBroken, StoreBusy
from meldpunt.engines.matching.reading.logs.folders import labels_of
from meldpunt.engines.matching.reading.logs.opening import Log
from meldpunt.engines.matching.reading.streams import Input
from meldpunt.engines.matching.rollups.files import write_rollup
from meldpunt.engines.matching.rollups.gathering import Gathering
from meldpunt.engines.matching.rollups.leaving_out import Own
from meldpunt.engines.matching.rollups.manifest import (
    KEY,
    Held,
    digest_of_key,
    draw_key,
    held_in,
    own_in,
    read_key,
    read_manifest,
    write_manifest,
)
from meldpunt.engines.matching.sighting import times_of

_LOCK: Final = "lock"
MOST_VALUES: Final = 2_000_000
"""That are gathered at a time, of all days together: of a day with more there are several rollups."""
MOST_DAYS: Final = 400
"""Of one log."""
_BEGINNING: Final = 1 << 16
"""Bytes by which a log that has grown is known."""
_A_DAY: Final = 86_400_000_000
_EPOCH: Final = date(1970, 1, 1)
NOBODY: Final = Own()
"""No own networks and domains are known: no column that may name a client is kept, and no mail address."""


@dataclass(frozen=True, slots=True)
class Rolled:
    """What logs came to: how many were new, their records, of these those without a time, and lines that are none.

    `made_before`: rollups of the store that were made when less was known to be one's own, and may hold it.
    """

    logs: int
    known: int
    records: int
    untimed: int
    unread: int
    made_before: int = 0


class Store:
    """A folder with rollups, the key of their fingerprints, and a manifest that is written over at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def seed(self) -> npt.NDArray[np.uint64]:
        """The key of the fingerprints, drawn when the store was made. Raises `ArtefactBroken`, OSError."""
        return read_key(self.folder, read_manifest(self.folder))

    def held(self, *, since: date | None = None, until: date | None = None) -> list[Held]:
        """The rollups of these days (`until` among them), by source and day. Raises `ArtefactBroken`, OSError."""
        found = held_in(read_manifest(self.folder))
        kept = [one for one in found if (since is None or one.day >= since) and (until is None or one.day <= until)]
        return sorted(kept, key=lambda one: (one.source, one.day, one.file))

    def roll(
        self,
        logs: Sequence[Path],
        *,
        source: str = "",
        own: Own = NOBODY,
        most: int = MOST_VALUES,
        progress: Callable[[Path, int], None] = lambda _log, _records: None,
    ) -> Rolled:
        """Add what the logs say. One that is known by its digest is passed over, so that nothing counts twice.

        What is one's own stays known to the store, and is said once. `most`: values that are held at a time. Raises
        `InputBroken` for a log that is none, cannot be read to its end, or is one that was added before and has grown;
        `StoreBusy` while another adds to the store; `ArtefactBroken` for a manifest or key that is damaged; OSError.
        Nothing is added then.
        """
        with self._locked():
            manifest = read_manifest(self.folder)
            known, own = own_in(manifest), own_in(manifest).joined(own)
            made_before = len(manifest["rollups"]) if own != known else 0
            looked = [_look_at(path, label) for path, label in zip(logs, labels_of(logs), strict=True)]
            new = [one for one in {one.digest: one for one in looked}.values() if one.digest not in manifest["logs"]]
            for one in new:
                _refuse_grown(one, manifest["logs"].values())
            roller = _Roller(self.folder, read_key(self.folder, manifest), source, own, most)
            for one in new:
                records = roller.add(one)
                manifest["logs"][one.digest] = {
                    "file": one.label,
                    "source": source,
                    "records": records,
                    "begins": [len(one.begins), sha256(one.begins).hexdigest()],
                }
                progress(one.path, roller.rolled.records)
            manifest["rollups"] += roller.written()
            manifest["key"] = digest_of_key(self.folder)
            manifest["own"] = [*map(str, own.networks), *own.domains]
            self._put(manifest)
            return replace(roller.rolled, logs=len(new), known=len(logs) - len(new), made_before=made_before)

    def expire(self, before: date) -> int:
        """Remove the rollups of days before this one; how many there were. Raises `StoreBusy`, OSError."""
        with self._locked():
            manifest = read_manifest(self.folder)
            kept = [one for one in manifest["rollups"] if date.fromisoformat(one["day"]) >= before]
            count = len(manifest["rollups"]) - len(kept)
            manifest["rollups"] = kept
            self._put(manifest)
            return count

    def _put(self, manifest: Mapping[str, object]) -> None:
        """The manifest first, then away with what it does not name: what was half written, and what is expired."""
        write_manifest(self.folder, manifest)
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
            if not (self.folder / KEY).exists():
                draw_key(self.folder)
            yield


class _Roller:
    """Gathers by day; a day that is full is written."""

    def __init__(self, folder: Path, seed: npt.NDArray[np.uint64], source: str, own: Own, most: int) -> None:
        self.rolled = Rolled(0, 0, 0, 0, 0)
        self._folder, self._seed, self._source, self._own, self._most = folder, seed, source, own, most
        self._days: dict[int, Gathering] = {}
        self._seen: set[int] = set()
        self._written: list[dict[str, object]] = []

    def add(self, one: _Looked) -> int:
        """Every record of a log, on the day it was; how many there are."""
        log, untimed = Log(one.path), 0
        self._seen = set()
        for block in log.blocks():
            at, is_timed = times_of(block.time, block.rows)
            untimed += int((~is_timed).sum())
            days = at // _A_DAY
            self._refuse_many(np.unique(days[is_timed]).tolist(), one.label)
            for day in np.unique(days[is_timed]).tolist():
                gathering = self._days.setdefault(day, Gathering(self._seed, self._own))
                gathering.add(block, one.label, at, is_timed & (days == day))
                if gathering.is_full:
                    self._write(day, self._days.pop(day))
            while sum(each.values for each in self._days.values()) >= self._most:
                largest = max(self._days, key=lambda day: self._days[day].values)
                self._write(largest, self._days.pop(largest))
        if log.source.digest != one.digest:
            raise InputBroken(one.label, "it changed since it was looked through")
        counted = log.counted
        self.rolled = replace(
            self.rolled,
            records=self.rolled.records + counted.records,
            untimed=self.rolled.untimed + untimed - counted.unread - counted.blank,
            unread=self.rolled.unread + counted.unread,
        )
        return counted.records

    def _refuse_many(self, days: Iterable[int], label: str) -> None:
        """A day costs room and a file, however little there is of it."""
        self._seen.update(days)
        if len(self._seen) > MOST_DAYS:
            raise InputBroken(label, f"its records are of more than {MOST_DAYS} days; its clock cannot be right")

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


@dataclass(frozen=True, slots=True)
class _Looked:
    """A log that was looked through once; `begins` are the first bytes of it on the disk."""

    path: Path
    label: str
    digest: str
    begins: bytes


def _look_at(path: Path, label: str) -> _Looked:
    source = Input(path)
    for _ in source.pieces():
        pass
    with path.open("rb") as file:
        return _Looked(path, label, source.digest, file.read(_BEGINNING))


def _refuse_grown(one: _Looked, known: Iterable[Mapping[str, Any]]) -> None:
    """What was added of a log that is not closed would count again with the whole of it."""
    for other in known:
        size, digest = other["begins"]
        is_beginning = 0 < size <= len(one.begins) and sha256(one.begins[:size]).hexdigest() == digest
        if is_beginning and other["records"]:
            raise InputBroken(one.label, "it was added before and has grown since; add a log when it is closed")


def instant(at: int) -> datetime:
    """Of microseconds since 1970."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)
