"""One stretch of an input, attributed and laid out by owner: a *part*, which is there whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import IO, Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.answers import Words
from meldpunt.engines.matching.attribution import Answers, Columns, attribute_fields
from meldpunt.engines.matching.compiling import CompiledRegistry
from meldpunt.engines.matching.kernel.characters import UNREADABLE
from meldpunt.engines.matching.kernel.copying import copy_records, room_for
from meldpunt.engines.matching.kernel.expanding import expand, order_by_owner
from meldpunt.engines.matching.packing.layout import BUCKETS, Counted, Layout, together
from meldpunt.engines.matching.packing.room import Room
from meldpunt.engines.matching.reading.delimited import Block, is_torn, over_lines
from meldpunt.engines.matching.zones import read_zone

Numbers = npt.NDArray[np.int32]

ASIDE: Final = ("unreadable", "misshapen")
SPREADSHEET, PLAIN = "spreadsheet", "plain"
_DONE, _PAIRS = "part.json", "pairs.npz"
_SAID: Final = ("rows", "attributed", "short", "misshapen", "over_lines", "unreadable")


def write_part(folder: Path, blocks: Iterable[Block], registry: CompiledRegistry, layout: Layout) -> Counted:
    """Attribute the records of the blocks and keep them by owner. A part that is there already is not made anew."""
    if (folder / _DONE).exists():
        return read_counted(folder)
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}.{secrets.token_hex(4)}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        with _Part(unfinished, registry, layout) as part:
            for block in blocks:
                part.add(block)
        counted = part.counted()
        np.savez(unfinished / _PAIRS, claims=counted.claims, networks=counted.networks)
        said = {name: getattr(counted, name) for name in _SAID}
        (unfinished / _DONE).write_text(json.dumps(said))
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return counted


def read_counted(folder: Path) -> Counted:
    """What a part that is there came to."""
    with np.load(folder / _PAIRS) as pairs:
        return Counted(**json.loads((folder / _DONE).read_text()), **pairs)


class _Part:
    """Takes the blocks of a stretch in their order."""

    def __init__(self, folder: Path, registry: CompiledRegistry, layout: Layout) -> None:
        self._folder, self._registry, self._layout = folder, registry, layout
        self._zone = None if layout.zone is None else read_zone(layout.zone)
        self._stack = ExitStack()
        self._files: dict[str, IO[bytes]] = {}
        self._runs: dict[str, list[npt.NDArray[np.int64]]] = {}
        columns = layout.shape.columns
        self._places = {
            kind: columns.index(column)
            for kind in Columns.__slots__
            if (column := getattr(layout.by, kind)) is not None
        }
        self._secret = np.array([column in layout.secret for column in columns], np.bool_)
        self._claims = np.zeros(registry.answers.owners.size, np.int64)
        known = registry.answers.owner_words.offsets.size - 1
        by_bucket = np.arange(known + -known % BUCKETS).reshape(-1, BUCKETS).T.ravel()
        self._owners = by_bucket[by_bucket < known]
        self._ranks = np.empty(known, np.int32)
        self._ranks[self._owners] = np.arange(known)
        self._bucket_starts = np.searchsorted(self._owners % BUCKETS, np.arange(1, BUCKETS))
        self._room = Room()
        self._counted: list[Counted] = []

    def __enter__(self) -> _Part:
        return self

    def __exit__(self, *_raised: object) -> None:
        for name, runs in self._runs.items():
            np.save(self._folder / f"{name}.runs.npy", np.concatenate(runs))
        self._stack.close()

    def counted(self) -> Counted:
        """What was added came to."""
        places = np.flatnonzero(self._claims)
        claims = np.stack([places, self._claims[places]], axis=1)
        return replace(together(self._counted), claims=claims)

    def add(self, block: Block) -> None:
        """Ask for each record and put it with each of its owners."""
        fields = {kind: block.fields(place) for kind, place in self._places.items()}
        found = attribute_fields(
            fields, block.rows, self._registry, otherwise_at=self._layout.otherwise_at, zone=self._zone
        )
        is_over_lines = over_lines(block)
        misshapen = block.widths > len(self._layout.shape.columns)
        for row in np.flatnonzero(is_over_lines & ~misshapen).tolist():
            misshapen[row] = is_torn(block, row, self._layout.shape)
        found.answers[misshapen] = 0
        found.verdicts[misshapen] = 0
        answers = self._registry.answers
        rows, items = expand(found.answers, answers.offsets, answers.owners, answers.roles)
        self._put_by_owner(block, rows, items)
        self._put_aside(block, misshapen, found)
        self._count(block, found, rows, misshapen, is_over_lines)

    def _put_by_owner(self, block: Block, rows: Numbers, items: Numbers) -> None:
        answers = self._registry.answers
        rows, items, firsts = order_by_owner(rows, items, answers.owners, self._ranks, self._claims)
        for name, is_harmless in ((SPREADSHEET, True), (PLAIN, False)):
            if is_harmless or self._layout.is_plain:
                out, places = self._copied(block, rows, items, answers.lines, is_harmless=is_harmless)
                runs = np.stack([self._owners, np.diff(firsts), np.diff(places[firsts])], axis=1)
                self._spill(name, out, runs)

    def _spill(self, name: str, out: npt.NDArray[np.uint8], runs: npt.NDArray[np.int64]) -> None:
        """The runs are of all owners by rank, and so by bucket."""
        start = 0
        for bucket, of_it in enumerate(np.split(runs, self._bucket_starts)):
            held = of_it[of_it[:, 1] > 0]
            if len(held):
                file, size = f"{name}-{bucket:02}", int(held[:, 2].sum())
                self._file(file).write(out[start : start + size].data)
                self._runs.setdefault(file, []).append(held)
                start += size

    def _put_aside(self, block: Block, misshapen: npt.NDArray[np.bool_], found: Answers) -> None:
        """Rows that cannot be read, kept: those of another shape as they came, the rest with what was wrong.

        Where a column holds passwords nobody can say where in a row of another shape they stand: none of it is kept.
        """
        if misshapen.any() and not self._layout.secret:
            raw = [block.data[block.records[row] : block.records[row + 1]] for row in np.flatnonzero(misshapen)]
            self._file("misshapen").write(b"".join(bytes(one).rstrip(b"\r\n") + b"\n" for one in raw))
        bits = ((found.verdicts == UNREADABLE) * (1 << np.arange(found.verdicts.shape[1]))).sum(axis=1).astype(np.int32)
        rows = np.flatnonzero(bits).astype(np.int32)
        if rows.size:
            out, places = self._copied(block, rows, bits[rows], _REASONS, is_harmless=True)
            self._file("unreadable").write(out[: places[-1]].data)

    def _copied(
        self,
        block: Block,
        rows: Numbers,
        items: Numbers,
        tails: Words,
        *,
        is_harmless: bool,
    ) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
        out = self._room.of(room_for(rows, block.records, block.starts.shape[1], items, tails.offsets))
        places = np.zeros(rows.size + 1, np.int64)
        copy_records(
            block.data,
            rows,
            block.records,
            block.starts,
            block.ends,
            self._secret,
            is_harmless,
            items,
            tails.held,
            tails.offsets,
            out,
            places,
        )
        return out, places

    def _file(self, name: str) -> IO[bytes]:
        if name not in self._files:
            self._files[name] = self._stack.enter_context((self._folder / f"{name}.rows").open("wb"))
        return self._files[name]

    def _count(
        self,
        block: Block,
        found: Answers,
        rows: Numbers,
        misshapen: npt.NDArray[np.bool_],
        is_over_lines: npt.NDArray[np.bool_],
    ) -> None:
        is_anybodys = np.zeros(block.rows, np.bool_)
        is_anybodys[rows] = True
        of_nobody = found.networks[~is_anybodys & ~misshapen & (found.networks > 0)]
        networks, counts = np.unique(of_nobody, return_counts=True)
        unreadable = (found.verdicts == UNREADABLE).sum(axis=0)
        one = Counted(
            rows=block.rows,
            attributed=int(is_anybodys.sum()),
            short=int((block.widths < len(self._layout.shape.columns)).sum()),
            misshapen=int(misshapen.sum()),
            over_lines=int(is_over_lines.sum()),
            unreadable={
                kind: int(unreadable[place]) for place, kind in enumerate(Columns.__slots__) if unreadable[place]
            },
            claims=_NONE,
            networks=np.stack([networks.astype(np.int64), counts], axis=1),
        )
        self._counted.append(one)


_NONE: Final = np.zeros((0, 2), np.int64)
_REASONS: Final = Words.of(
    '"' + " ".join(kind for place, kind in enumerate(Columns.__slots__) if bits >> place & 1) + '"'
    for bits in range(1 << len(Columns.__slots__))
)
