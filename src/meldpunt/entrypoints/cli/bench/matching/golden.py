"""Golden answers: the kernel beside the specification, row by row, and beside an oracle in SQL."""

from __future__ import annotations

import csv
import itertools
import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.rows import Row, read_row
from meldpunt.engines.matching.values import Attribution, Claim

from .contenders import ours_ids
from .oracle import Oracle
from .worlds import World

WAYS: Final = ours_ids.WAYS
_CHUNK: Final = 50_000
_SPECIFIED: list[Registry] = []
"""Made once, before the processes that read by it are forked."""

Owners = npt.NDArray[np.object_]
"""(rows, ways): who answers, or None."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows, and on how many of their answers and verdicts two readings differ."""

    rows: int
    claims: int
    against_specification: int
    against_oracle: int
    claims_of_oracle: int

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.against_specification and not self.against_oracle and self.claims == self.claims_of_oracle


def compare_attribution(folder: Path, *, scale: float = 1.0) -> bool:
    """Print what differs; whether nothing does."""
    begun = time.perf_counter()
    found = compared(folder, list(World(scale=scale).claims()), processes=2)
    took = time.perf_counter() - begun
    print(f"\n### Golden answers ({took:.0f} s)\n")
    print(f"- attribution of {found.rows:,} rows in three ways: {found.against_specification:,} other than specified")
    print(f"- and {found.against_oracle:,} from SQL written from the semantics")
    print(f"- claims in all: {found.claims:,}; by SQL {found.claims_of_oracle:,}")
    print(f"- golden: {'the same' if found.is_same else '**NOT THE SAME**'}")
    return found.is_same


def compared(folder: Path, claims: list[Claim], *, processes: int) -> Comparison:
    """The feed in the folder, read in three ways."""
    owners, verdicts = _by_kernel(folder)
    specified, spec_verdicts = _by_specification(folder / "feed.csv", Registry.compile(claims), processes)
    oracle = Oracle(claims, folder / "feed.csv")
    apart = 0
    for number, way in enumerate(WAYS):
        said = np.full(len(owners), None, object)
        told = oracle.owners(way)
        said[list(told)] = list(told.values())
        apart += int((said != owners[:, number]).sum())
    return Comparison(
        rows=len(owners),
        claims=_claims(owners),
        against_specification=int((owners != specified).sum() + (verdicts != spec_verdicts).sum()),
        against_oracle=apart,
        claims_of_oracle=oracle.claims(),
    )


def _by_kernel(folder: Path) -> tuple[Owners, npt.NDArray[np.uint8]]:
    prepared = ours_ids.prepare(folder, threads="1")
    table = prepared.registry.answers
    names = np.array([None, *(table.owner_words.get(one) for one in range(table.owner_words.offsets.size - 1))], object)
    owner_of = ours_ids.owner_of(prepared.registry)
    each = [one for stretch in prepared.ranges for one in ours_ids.answers_of(prepared, stretch)]
    return names[owner_of[np.concatenate([one.answers for one in each])]], np.concatenate(
        [one.verdicts for one in each]
    )


def _by_specification(feed: Path, registry: Registry, processes: int) -> tuple[Owners, npt.NDArray[np.uint8]]:
    _SPECIFIED[:] = [registry]
    if processes == 1:
        read = [_specified(chunk) for chunk in _chunks(feed)]
    else:
        with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
            read = list(pool.map(_specified, _chunks(feed)))
    return np.concatenate([one for one, _ in read]), np.concatenate([one for _, one in read])


def _chunks(feed: Path) -> Iterator[list[Row]]:
    with feed.open(encoding="utf-8", newline="") as file:
        rows = (
            Row(one["ip"], one["hostname"], one["url"], one["asn"], one["timestamp"]) for one in csv.DictReader(file)
        )
        while chunk := list(itertools.islice(rows, _CHUNK)):
            yield chunk


def _specified(rows: list[Row]) -> tuple[Owners, npt.NDArray[np.uint8]]:
    registry = _SPECIFIED[0]
    owners, verdicts = np.full((len(rows), len(WAYS)), None, object), np.zeros((len(rows), 5), np.uint8)
    for number, row in enumerate(rows):
        read = read_row(row, otherwise_at=None)
        verdicts[number] = read.verdicts
        if read.at is not None:
            owners[number] = (
                _one(registry.attribute(at=read.at, address=read.address)),
                _one(registry.attribute(at=read.at, asn=read.asn)),
                _one(registry.attribute(at=read.at, host=read.host)),
            )
    return owners, verdicts


def _one(found: tuple[Attribution, ...]) -> str | None:
    """Who answers, in a world of one role."""
    return found[0].owner if found else None


def _claims(owners: Owners) -> int:
    """Pairs of a row and an owner, once each: the AS number counts where no network does."""
    network, number, name = (np.array([owner or "" for owner in way], object) for way in owners.T)
    number = np.where(network == "", number, "")
    return int(
        (network != "").sum() + (number != "").sum() + ((name != "") & (name != network) & (name != number)).sum()
    )
