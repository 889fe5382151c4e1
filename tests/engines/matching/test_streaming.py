"""Whoever hands on batches of Arrow gets the answers of one machine beside the rows, in whatever batches they come."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from meldpunt.engines.matching.artefacts import write_indicators, write_registry
from meldpunt.engines.matching.attribution import Columns
from meldpunt.engines.matching.compiling import compile_registry
from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.errors import ArtefactBroken
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.streaming import AttributeBatches, SightBatches
from meldpunt.engines.matching.values import Claim, ClaimKind, FieldKind

from .test_logs import indicators

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
CLAIMS = [
    Claim("water", "owner", ClaimKind.PREFIX, "192.0.2.0/24", SINCE),
    Claim("host", "hoster", ClaimKind.PREFIX, "192.0.2.0/25", SINCE),
    Claim("bank", "owner", ClaimKind.DOMAIN, "bank.example", SINCE),
]


def batches(rows: list[dict[str, str | None]], size: int) -> list[pa.RecordBatch]:
    schema = pa.schema([(name, pa.string()) for name in rows[0]])
    return [pa.RecordBatch.from_pylist(rows[first : first + size], schema) for first in range(0, len(rows), size)]


@pytest.mark.parametrize("size", [1, 3, 100])
def test_every_row_says_who_answers_for_it(tmp_path: Path, size: int) -> None:
    path = write_registry(compile_registry(Registry.compile(CLAIMS)), tmp_path)
    function = AttributeBatches(path, Columns(address="ip", host="name", time="at"), zone="Europe/Amsterdam")
    rows = [
        {"ip": "192.0.2.1", "name": "www.bank.example", "at": "2026-10-06 12:00:00", "note": "a"},
        {"ip": "192.0.2.200", "name": None, "at": "2026-10-06T12:00:00Z", "note": "b"},
        {"ip": None, "name": "nobody.example", "at": "2026-10-06 12:00:00", "note": "c"},
        {"ip": "192.0.2.1", "name": None, "at": "2026-10-25 02:30:00", "note": "d"},
    ]
    moved = pickle.loads(pickle.dumps(function))
    found = [row for batch in moved(batches(rows, size)) for row in batch.to_pylist()]
    assert [row["note"] for row in found] == ["a", "b", "c", "d"]
    assert [[(one["owner"], one["role"], one["by"]) for one in row["attributed"]] for row in found] == [
        [("host", "hoster", "prefix"), ("water", "owner", "prefix"), ("bank", "owner", "domain")],
        [("water", "owner", "prefix")],
        [],
        [],
    ]


@pytest.mark.parametrize("size", [1, 100])
def test_every_row_says_what_was_seen_in_it(tmp_path: Path, size: int) -> None:
    path = write_indicators(compile_indicators(indicators()), tmp_path)
    function = pickle.loads(pickle.dumps(SightBatches(path, {"server": FieldKind.ADDRESS, "name": FieldKind.HOST})))
    rows: list[dict[str, str | None]] = [
        {"server": "192.0.2.9", "name": "www.evil.example"},
        {"server": None, "name": "good.example"},
    ]
    found = [row["seen"] for batch in function(batches(rows, size)) for row in batch.to_pylist()]
    assert [[(one["column"], one["value"]) for one in seen] for seen in found] == [
        [("server", "192.0.2.0/24"), ("name", "evil.example")],
        [],
    ]


def test_a_file_that_is_another_on_a_worker_is_refused(tmp_path: Path) -> None:
    path = write_registry(compile_registry(Registry.compile(CLAIMS)), tmp_path)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ArtefactBroken):
        list(AttributeBatches(path, Columns(address="ip"))([]))
