"""The verb `attribute`: a CSV in, a package for each organisation and a manifest out."""

from __future__ import annotations

import csv
import itertools
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.packing.running import Asked, attribute

_WAYS: Final = {"prefix": "network", "asn": "number", "domain": "name"}
_FEW: Final = 1_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is asked, and of how many workers."""

    feed: Path
    asked: Asked
    workers: int


def prepare(folder: Path, *, workers: str = "2") -> Prepared:
    """The feed and the registry, and a few rows so that the kernel is there; what an earlier run left goes."""
    out, few = folder / "packages-of-ours", folder / "few.csv"
    shutil.rmtree(out, ignore_errors=True)
    registry = next((folder / "registry").glob("*.registry"))
    with (folder / "feed.csv").open("rb") as feed:
        few.write_bytes(b"".join(itertools.islice(feed, _FEW)))
    attribute([few], Asked(registry=registry, out=out), workers=1)
    shutil.rmtree(out)
    return Prepared(folder / "feed.csv", Asked(registry=registry, out=out), int(workers))


def run(prepared: Prepared) -> Iterable[tuple[str, str, int]]:
    """How many rows each owner was given, by each way."""
    attribute([prepared.feed], prepared.asked, workers=prepared.workers)
    with (prepared.asked.out / "counts.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(_WAYS[row["by"]], row["owner"], int(row["rows"])) for row in csv.DictReader(file)]
