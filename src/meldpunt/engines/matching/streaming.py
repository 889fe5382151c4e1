"""Batches in, batches out: attribution and sightings for whatever hands on Arrow, as `mapInArrow` of Spark does.

What is handed to the workers is a name of a compiled file and of columns; each process maps the file once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyarrow as pa

from meldpunt.engines.matching.artefacts import read_indicators, read_registry
from meldpunt.engines.matching.attribution import Columns, attribute_batch, attributions_of
from meldpunt.engines.matching.compiling import CompiledRegistry
from meldpunt.engines.matching.compiling_indicators import CompiledIndicators
from meldpunt.engines.matching.sighting import sight_batch
from meldpunt.engines.matching.values import FieldKind
from meldpunt.engines.matching.zones import read_zone

ATTRIBUTION: Final = pa.struct([(name, pa.string()) for name in ("owner", "role", "by", "matched")])
SEEN: Final = pa.struct([("column", pa.string()), ("indicator", pa.string()), ("value", pa.string())])


@dataclass(frozen=True, slots=True)
class AttributeBatches:
    """Adds to each row who answers for it: a column `attributed`, a list of `ATTRIBUTION`.

    `columns`, `otherwise_at` and `zone` are those of `attribute_batch`; `zone` by its name. Raises as that does, and
    `ArtefactBroken`.
    """

    registry: Path
    columns: Columns
    otherwise_at: datetime | None = None
    zone: str | None = None

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        registry, zone = _registry(self.registry), None if self.zone is None else read_zone(self.zone)
        for batch in batches:
            found = attribute_batch(batch, registry, self.columns, otherwise_at=self.otherwise_at, zone=zone)
            said = [
                [
                    {"owner": one.owner, "role": one.role, "by": str(one.by), "matched": one.matched}
                    for one in attributions_of(registry, *answer)
                ]
                for answer in found.answers.tolist()
            ]
            yield _with(batch, "attributed", pa.array(said, pa.list_(ATTRIBUTION)))


@dataclass(frozen=True, slots=True)
class SightBatches:
    """Adds to each row what was seen in it: a column `seen`, a list of `SEEN`.

    `columns` says what stands in each that is looked through, `time` when a row was; see `sight_batch`.
    """

    indicators: Path
    columns: Mapping[str, FieldKind]
    time: str | None = None
    whenever: bool = False

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        indicators = _indicators(self.indicators)
        names, held = list(self.columns), indicators.indicators
        for batch in batches:
            hits = sight_batch(batch, indicators, self.columns, time=self.time, whenever=self.whenever)
            said: list[list[dict[str, str]]] = [[] for _ in range(batch.num_rows)]
            for row, column, number in zip(
                hits.rows.tolist(), hits.columns.tolist(), hits.indicators.tolist(), strict=True
            ):
                seen = {"indicator": held.ids.get(number), "value": held.values.get(number)}
                said[row].append({"column": names[column], **seen})
            yield _with(batch, "seen", pa.array(said, pa.list_(SEEN)))


def _with(batch: pa.RecordBatch, name: str, column: pa.Array) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([*batch.columns, column], [*batch.schema.names, name])


@lru_cache(maxsize=2)
def _registry(path: Path) -> CompiledRegistry:
    return read_registry(path)


@lru_cache(maxsize=2)
def _indicators(path: Path) -> CompiledIndicators:
    return read_indicators(path)
