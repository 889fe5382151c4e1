"""The verb `logs`: logs in, sightings and a manifest out; on this machine, or on the workers of a cluster."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.artefacts import read_indicators
from meldpunt.engines.matching.cells import harmless
from meldpunt.engines.matching.compiling_indicators import CompiledIndicators, IndicatorTable
from meldpunt.engines.matching.errors import InputBroken, OutputThere
from meldpunt.engines.matching.reading.logs.folders import labels_of, logs_in
from meldpunt.engines.matching.reading.logs.lines import Counted
from meldpunt.engines.matching.sighting import Sighting, together
from meldpunt.engines.matching.sightings.parts import Part, look, read_part, write_part
from meldpunt.engines.matching.sightings.planning import Planned, Stretch, plan
from meldpunt.engines.matching.tasks import Progress, alone_in, do_all, pool_of

MANIFEST: Final = "manifest.json"
_WORK: Final = ".work"
_MARK: Final = b"\xef\xbb\xbf"
_HEADER: Final = (
    *("indicator", "kind", "value", "source", "valid_from", "valid_until"),
    *("log", "column", "records", "first_seen", "last_seen"),
)


@dataclass(frozen=True, slots=True)
class AskedLogs:
    """What is wanted: compiled indicators, where the answer goes, and whether windows are left out of account."""

    indicators: Path
    out: Path
    whenever: bool = False


def sight(
    paths: Sequence[Path],
    asked: AskedLogs,
    *,
    executor: Executor | None = None,
    workers: int = 2,
    progress: Callable[[Progress], None] = lambda _progress: None,
) -> Mapping[str, object]:
    """Look for the indicators in the logs, and write under `asked.out` what was seen; gives the manifest.

    A folder stands for the logs in it. `sightings.csv` has a line for each indicator, log and column, `records.jsonl`
    the first records of each as they are, and `manifest.json` comes last. What was done before an interruption is not
    done again. Raises `OutputThere`, `OutputBusy`, `InputBroken`, `ArtefactBroken` and OSError, without a manifest.
    """
    with alone_in(asked.out):
        if (asked.out / MANIFEST).exists():
            raise OutputThere(asked.out)
        return _sight(paths, asked, executor, workers, progress)


def _sight(
    paths: Sequence[Path],
    asked: AskedLogs,
    executor: Executor | None,
    workers: int,
    progress: Callable[[Progress], None],
) -> Mapping[str, object]:
    indicators = read_indicators(asked.indicators)
    logs, others = logs_in(paths)
    if not logs:
        raise InputBroken(", ".join(str(path) for path in paths), "there is no log of Zeek or Suricata in it")
    planned = [plan(path, label=label) for path, label in zip(logs, labels_of(logs), strict=True)]
    work = asked.out / _WORK / f"{indicators.version[:16]}{'-whenever' if asked.whenever else ''}"
    with pool_of(executor, workers) as pool:
        parts = do_all(
            [(one.size, one.stretches) for one in planned],
            lambda stretch: pool.submit(run_stretch, stretch, asked.indicators, work, whenever=asked.whenever),
            progress,
        )
    manifest = _write(asked, indicators, planned, parts, others)
    shutil.rmtree(asked.out / _WORK, ignore_errors=True)
    return manifest


def run_stretch(stretch: Stretch, indicators: Path, work: Path, *, whenever: bool) -> Part:
    """One task: pure but for the part it leaves, which is the same whoever makes it and however often."""
    path = work / f"{stretch.name}.json"
    if path.exists():
        return read_part(path)
    counted = Counted()
    held = _indicators(indicators)
    part = look(stretch.blocks(counted), counted, held, file=stretch.label, whenever=whenever)
    write_part(path, part)
    return part


@lru_cache(maxsize=2)
def _indicators(path: Path) -> CompiledIndicators:
    """Once for each process: the pages are shared with the other processes of the machine."""
    return read_indicators(path)


def _write(
    asked: AskedLogs,
    indicators: CompiledIndicators,
    planned: Sequence[Planned],
    parts: Sequence[Sequence[Part]],
    others: Sequence[Path],
) -> Mapping[str, object]:
    every = together(one for each in parts for part in each for one in part.sightings)
    asked.out.mkdir(parents=True, exist_ok=True)
    files = {
        "sightings.csv": _table(every, indicators.indicators),
        "records.jsonl": _records(every, indicators.indicators),
    }
    for name, held in files.items():
        (asked.out / name).write_bytes(held)
    manifest: dict[str, object] = {
        "indicators": indicators.version,
        "whenever": asked.whenever,
        "logs": [_log(*each) for each in zip(planned, parts, strict=True)],
        "no_logs": [path.name for path in others],
        "sightings": len(every),
        "indicators_seen": len({one.indicator for one in every}),
        "files": {name: hashlib.sha256(held).hexdigest() for name, held in files.items()},
    }
    unfinished = asked.out / f".{MANIFEST}"
    unfinished.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    unfinished.replace(asked.out / MANIFEST)
    return manifest


def _log(planned: Planned, parts: Sequence[Part]) -> Mapping[str, object]:
    return {
        "file": planned.label,
        "size": planned.size,
        "sha256": planned.digest,
        "records": sum(part.records for part in parts),
        "unread": sum(part.unread for part in parts),
        "untimed": sum(part.untimed for part in parts),
    }


def _table(sightings: Iterable[Sighting], held: IndicatorTable) -> bytes:
    """As CSV that a spreadsheet opens: names and ids are chosen by others."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADER)
    for one in sightings:
        what = held.get(one.indicator)
        cells = (what.id, what.kind, what.value, what.source, what.valid_from, what.valid_until, one.log, one.column)
        said = ("" if cell is None else str(cell) for cell in (*cells, one.count, one.first, one.last))
        writer.writerow([harmless(cell) for cell in said])
    return _MARK + text.getvalue().encode()


def _records(sightings: Iterable[Sighting], held: IndicatorTable) -> bytes:
    """The first records of each sighting as they are, a JSON object a line."""
    lines = [
        json.dumps(
            {
                "indicator": held.get(one.indicator).id,
                "value": held.get(one.indicator).value,
                "log": one.log,
                "column": one.column,
                "at": None if shown.at is None else shown.at.isoformat(),
                "file": shown.file,
                "offset": shown.offset,
                "record": shown.text,
            },
            ensure_ascii=False,
        )
        for one in sightings
        for shown in one.records
    ]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
