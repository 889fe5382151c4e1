"""The verb `attribute`: inputs in, packages and a manifest out; on this machine, or on the workers of a cluster."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from meldpunt.engines.matching.artefacts import read_registry
from meldpunt.engines.matching.attribution import network_of
from meldpunt.engines.matching.cells import harmless
from meldpunt.engines.matching.compiling import CompiledRegistry
from meldpunt.engines.matching.errors import OutputThere
from meldpunt.engines.matching.packing.gathering import MARK, Package, gather, header_of
from meldpunt.engines.matching.packing.layout import Counted, Layout, together
from meldpunt.engines.matching.packing.parts import write_part
from meldpunt.engines.matching.packing.planning import Planned, Stretch, blocks_of, plan
from meldpunt.engines.matching.tasks import Progress, alone_in, do_all, pool_of
from meldpunt.engines.matching.values import ClaimKind
from meldpunt.engines.matching.zones import read_zone

MANIFEST: Final = "manifest.json"
_WORK: Final = ".work"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted. `columns`: kind of field to column, where names and content leave it open; `zone`: of times that
    name none, UTC without it."""

    registry: Path
    out: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    delimiter: str | None = None
    otherwise_at: datetime | None = None
    zone: str | None = None
    formats: Sequence[str] = ("csv",)


def attribute(
    paths: Sequence[Path],
    asked: Asked,
    *,
    executor: Executor | None = None,
    workers: int = 2,
    progress: Callable[[Progress], None] = lambda _progress: None,
) -> Mapping[str, object]:
    """Attribute every row of the inputs and write what belongs to whom under `asked.out`; gives the manifest.

    `packages/` has a folder for each input with a file for each owner, `unreadable.csv` and `misshapen.txt`; beside it
    stand `counts.csv`, `networks.csv` (the rows of nobody), `packages.csv` and, last and only when all is whole,
    `manifest.json`. What was done before an interruption is not done again. An executor whose workers see the same
    files (`distributed.Client.get_executor`) does the work elsewhere. Raises `OutputThere`, `OutputBusy`,
    `InputBroken`, `ColumnsUnclear`, `ZoneUnknown`, `ArtefactBroken` and OSError; there is no manifest then.
    """
    if asked.zone is not None:
        read_zone(asked.zone)
    with alone_in(asked.out):
        if (asked.out / MANIFEST).exists():
            raise OutputThere(asked.out)
        if (asked.out / "packages").exists() and not (asked.out / _WORK).exists():
            raise OutputThere(asked.out, "it has packages that no unfinished run left there")
        return _attribute(paths, asked, executor, workers, progress)


def _attribute(
    paths: Sequence[Path],
    asked: Asked,
    executor: Executor | None,
    workers: int,
    progress: Callable[[Progress], None],
) -> Mapping[str, object]:
    registry = read_registry(asked.registry)
    planned = [
        plan(
            path,
            given=asked.columns,
            otherwise_at=asked.otherwise_at,
            is_plain=any(form != "csv" for form in asked.formats),
            delimiter=asked.delimiter,
            zone=asked.zone,
        )
        for path in paths
    ]
    work = asked.out / _WORK / registry.version[:16]
    with pool_of(executor, workers) as pool:
        done = do_all(
            [(one.size, one.stretches) for one in planned],
            lambda stretch: pool.submit(run_stretch, stretch, asked.registry, work),
            progress,
        )
    counted = [together(each) for each in done]
    manifest = _Written(asked, registry, planned, work).write(counted)
    shutil.rmtree(asked.out / _WORK)
    return manifest


def run_stretch(stretch: Stretch, registry: Path, work: Path) -> Counted:
    """One task: pure but for the part it leaves, which is the same whoever makes it and however often."""
    return write_part(work / stretch.name, blocks_of(stretch), _registry(registry), stretch.layout)


@lru_cache(maxsize=2)
def _registry(path: Path) -> CompiledRegistry:
    """Once for each process: the pages are shared with the other processes of the machine."""
    return read_registry(path)


class _Written:
    """The output, file by file; the manifest last."""

    def __init__(self, asked: Asked, registry: CompiledRegistry, planned: Sequence[Planned], work: Path) -> None:
        self._asked, self._registry, self._planned, self._work = asked, registry, planned, work

    def write(self, counted: Sequence[Counted]) -> Mapping[str, object]:
        """Everything but the parts is made anew each time: what stands there of an earlier try may be half."""
        out = self._asked.out
        shutil.rmtree(out / "packages", ignore_errors=True)
        packages = [package for number, one in enumerate(self._planned) for package in self._packages(number, one)]
        summed = together(counted)
        files = {
            "packages.csv": [(one.owner, one.file, one.rows, one.digest) for one in packages],
            "counts.csv": self._counts(summed),
            "networks.csv": _networks(summed),
        }
        headers = {
            "packages.csv": ("owner", "file", "rows", "sha256"),
            "counts.csv": ("owner", "role", "by", "rows"),
            "networks.csv": ("network", "rows"),
        }
        digests = {name: _write_table(out / name, headers[name], rows) for name, rows in files.items()}
        manifest: dict[str, object] = {
            "registry": self._registry.version,
            "inputs": [_input(*each) for each in zip(self._planned, counted, strict=True)],
            "files": digests,
        }
        unfinished = out / f".{MANIFEST}"
        unfinished.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        unfinished.replace(out / MANIFEST)
        return manifest

    def _packages(self, number: int, planned: Planned) -> Iterator[Package]:
        folder = self._asked.out / "packages" / f"{number + 1:03}-{planned.path.name}"
        folder.mkdir(parents=True)
        parts = [self._work / stretch.name for stretch in planned.stretches]
        _aside(parts, "unreadable", folder / "unreadable.csv", MARK + header_of(planned.layout, last=("unreadable",)))
        _aside(parts, "misshapen", folder / "misshapen.txt", b"")
        for package in gather(parts, folder, self._registry.answers, planned.layout, formats=self._asked.formats):
            yield replace(package, file=f"{folder.name}/{package.file}")

    def _counts(self, counted: Counted) -> Iterable[tuple[object, ...]]:
        answers = self._registry.answers
        places, rows = counted.claims[:, 0], counted.claims[:, 1]
        ways = np.stack([answers.owners[places], answers.roles[places], answers.kinds[places]], axis=1)
        each, which = np.unique(ways, axis=0, return_inverse=True)
        sums = np.bincount(which.ravel(), weights=rows, minlength=len(each)).astype(np.int64)
        kinds = tuple(ClaimKind)
        for (owner, role, kind), count in zip(each.tolist(), sums.tolist(), strict=True):
            yield answers.owner_words.get(owner), answers.role_words.get(role), kinds[kind], count


def _networks(counted: Counted) -> Iterable[tuple[object, ...]]:
    """Most first; of rows of nobody."""
    order = np.lexsort((counted.networks[:, 0], -counted.networks[:, 1]))
    return ((network_of(key), rows) for key, rows in counted.networks[order].tolist())


def _input(planned: Planned, counted: Counted) -> Mapping[str, object]:
    layout: Layout = planned.layout
    return {
        "file": planned.path.name,
        "size": planned.size,
        "sha256": planned.digest,
        "read_by": {kind: column for kind, column in asdict(layout.by).items() if column is not None},
        "zone": layout.zone or "UTC",
        "masked": list(layout.secret),
        "rows": counted.rows,
        "attributed": counted.attributed,
        "of_nobody": counted.rows - counted.attributed - counted.misshapen,
        "short": counted.short,
        "misshapen": counted.misshapen,
        "over_lines": counted.over_lines,
        "unreadable": counted.unreadable,
    }


def _aside(parts: Sequence[Path], name: str, path: Path, header: bytes) -> None:
    held = [part / f"{name}.rows" for part in parts if (part / f"{name}.rows").exists()]
    if held:
        with path.open("wb") as file:
            file.write(header)
            for one in held:
                with one.open("rb") as rows:
                    shutil.copyfileobj(rows, file)


def _write_table(path: Path, header: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    written = MARK + text.getvalue().encode()
    path.write_bytes(written)
    return hashlib.sha256(written).hexdigest()
