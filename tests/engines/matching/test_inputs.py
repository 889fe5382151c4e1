"""Rows are the same rows in whatever an input lays them out: delimited, one JSON object a line, or Parquet."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meldpunt.engines.matching.artefacts import write_registry
from meldpunt.engines.matching.compiling import compile_registry
from meldpunt.engines.matching.errors import ColumnsUnclear, InputBroken
from meldpunt.engines.matching.packing import looking, planning
from meldpunt.engines.matching.packing.running import Asked, attribute
from meldpunt.engines.matching.reading import objects, parquet
from meldpunt.engines.matching.reading.objects import read_object
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.rows import Row, read_row
from meldpunt.engines.matching.values import Claim, ClaimKind

SINCE = datetime(2000, 1, 1, tzinfo=UTC)
CLAIMS = [
    Claim("all", "owner", ClaimKind.PREFIX, "0.0.0.0/0", SINCE),
    Claim("six", "owner", ClaimKind.PREFIX, "::/0", SINCE),
    Claim("water", "owner", ClaimKind.PREFIX, "192.0.2.0/24", SINCE),
    Claim("bank", "owner", ClaimKind.DOMAIN, "bank.example", SINCE),
]
COLUMNS = ("timestamp", "ip", "hostname", "note", "password")
ROWS = (
    ("2026-10-14 23:59:59", "192.0.2.200", "www.bank.example", "=1+1", "geheim12"),
    ("2026-10-01T12:00:00Z", "198.51.100.7", "", 'a "quoted"\nnote, and more', ""),
    ("2026-10-01 12:00:00", "192.0.2.01", "bank[.]example", "é", "x"),
    ("yesterday", "192.0.2.1", "", "", ""),
    ("2026-10-01 12:00:00", "2001:db8::1", "", " blank ", "ab"),
)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_registry(compile_registry(Registry.compile(CLAIMS)), tmp_path_factory.mktemp("registry"))


def laid_out(folder: Path, form: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "feed"
    if form == "parquet":
        table = {column: [row[place] for row in rows] for place, column in enumerate(columns)}
        pq.write_table(pa.table(table, schema=pa.schema([(column, pa.string()) for column in columns])), path)
        return path
    text = io.StringIO(newline="")
    if form == "csv":
        csv.writer(text).writerows([columns, *rows])
    else:
        text.writelines(json.dumps(dict(zip(columns, row, strict=True))) + "\n" for row in rows)
    raw = text.getvalue().encode()
    path.write_bytes(gzip.compress(raw) if form.endswith(".gz") else raw)
    return path


def packages(registry: Path, path: Path, out: Path, **said: Any) -> tuple[dict[str, list[Mapping[str, str]]], Any]:
    """(the rows of each owner, what the manifest says of the input)."""
    (told,) = attribute([path], Asked(registry, out, **said))["inputs"]  # type: ignore[misc]
    found = {
        package.stem: list(csv.DictReader(io.StringIO(package.read_text(encoding="utf-8-sig"), newline="")))
        for package in (out / "packages" / f"001-{path.name}").glob("*.csv")
    }
    return found, told


@pytest.mark.parametrize("form", ["jsonl", "jsonl.gz", "parquet"])
def test_the_same_rows_give_the_same_packages(registry: Path, tmp_path: Path, form: str) -> None:
    by_csv, told_of_csv = packages(registry, laid_out(tmp_path / "csv", "csv", COLUMNS, ROWS), tmp_path / "1")
    found, told = packages(registry, laid_out(tmp_path / form, form, COLUMNS, ROWS), tmp_path / "2")
    assert found == by_csv
    assert {name: told[name] for name in ("rows", "attributed", "unreadable", "masked")} == {
        name: told_of_csv[name] for name in ("rows", "attributed", "unreadable", "masked")
    }
    assert {row["password"] for rows in found.values() for row in rows} == {"g…2 (8)", "", "… (1)", "… (2)"}


CELLS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["192.0.2.1", "::1", "x"]), CELLS, CELLS), min_size=1, max_size=5))
def test_whatever_stands_in_the_cells_they_are_the_same(
    registry: Path, tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("drawn")
    rows = [("2026-10-01 12:00:00", *row) for row in drawn]
    columns = ("timestamp", "ip", "note", "other")
    found = [
        packages(registry, laid_out(folder / form, form, columns, rows), folder / f"out-{form}")[0]
        for form in ("csv", "jsonl", "parquet")
    ]
    assert found[0] == found[1] == found[2]


def test_objects_are_cut_where_one_begins(tmp_path: Path) -> None:
    raw = laid_out(tmp_path, "jsonl", COLUMNS, ROWS * 500).read_bytes()
    pieces = [raw[first : first + 5_000] for first in range(0, len(raw), 5_000)]
    looked = looking.look_at_objects(pieces, name="feed", stretch=9_000)
    edges = [0, *looked.cuts, looked.length]
    assert len(looked.cuts) > 3
    whole = b"".join(objects.as_delimited([raw], COLUMNS, name="feed"))
    assert whole == b"".join(
        piece
        for first, end in pairwise(edges)
        for piece in objects.as_delimited([raw[first:end]], COLUMNS, name="feed")
    )


def test_parquet_is_cut_between_its_row_groups(tmp_path: Path) -> None:
    path = laid_out(tmp_path, "parquet", COLUMNS, ROWS * 500)
    pq.write_table(pq.read_table(path), path, row_group_size=100)
    looked = looking.look_at_parquet(path, [], stretch=1_500)
    edges = [0, *looked.cuts, looked.length]
    assert len(looked.cuts) > 3
    whole = b"".join(parquet.as_delimited(path, COLUMNS, first=0, until=looked.length))
    assert whole.count(b"\r\n") + whole.count(b"\n") >= len(ROWS) * 500
    assert whole == b"".join(
        piece for first, end in pairwise(edges) for piece in parquet.as_delimited(path, COLUMNS, first=first, until=end)
    )


def test_what_is_no_object_is_counted_and_kept_and_a_later_line_may_name_new_columns(
    registry: Path, tmp_path: Path
) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text(
        '\ufeff{"ip": "192.0.2.1", "timestamp": "2026-10-01 12:00:00"}\n\n{"ip": \n[1]\n"text"\n'
        '{"timestamp": "2026-10-01 12:00:00", "ip": "192.0.2.2", "port": 1.10, "big": 12345678901234567890'
        ', "on": true}\n'
        '{"ip": null, "timestamp": "2026-10-01 12:00:00", "tags": ["a", {"b": 1e5}]}'
    )
    found, told = packages(registry, path, tmp_path / "out")
    assert (told["rows"], told["misshapen"], told["attributed"]) == (6, 3, 2)
    assert [(row["port"], row["big"], row["on"]) for row in found["water"]] == [
        ("", "", ""),
        ("1.10", "12345678901234567890", "true"),
    ]
    kept = (tmp_path / "out" / "packages" / "001-feed.jsonl" / "misshapen.txt").read_text()
    assert [row[0] for row in csv.reader(kept.splitlines())] == ['{"ip":', "[1]", '"text"']


def test_objects_within_objects_have_dotted_names_as_intelmq_and_elastic_write_them(
    registry: Path, tmp_path: Path
) -> None:
    path = tmp_path / "feed.jsonl"
    event = {"source": {"ip": "192.0.2.1", "fqdn": "www.bank.example"}, "time": {"source": "2026-10-01T12:00:00Z"}}
    path.write_text(json.dumps(event) + "\n")
    found, told = packages(registry, path, tmp_path / "out")
    assert told["read_by"] == {"address": "source.ip", "host": "source.fqdn", "time": "time.source"}
    assert found.keys() == {"water", "bank"}


def test_a_password_within_a_list_is_masked_with_all_of_the_list(registry: Path, tmp_path: Path) -> None:
    accounts = [{"user": "a", "password": "geheim12"}]
    row = {
        "ip": "192.0.2.1",
        "timestamp": "2026-10-01 12:00:00",
        "accounts": accounts,
        "login": {"wachtwoord": "s3cret"},
    }
    lines = tmp_path / "feed.jsonl"
    lines.write_text(json.dumps({**row, "accounts": []}) + "\n" + json.dumps(row) + "\n")
    table = tmp_path / "feed.parquet"
    pq.write_table(pa.Table.from_pylist([row]), table)
    for path in (lines, table):
        out = tmp_path / f"out-{path.suffix}"
        _, told = packages(registry, path, out, formats=("csv", "jsonl", "parquet"))
        assert told["masked"] == ["accounts", "login.wachtwoord"]
        written = b"".join(one.read_bytes() for one in out.rglob("*") if one.is_file())
        assert b"geheim12" not in written
        assert b"s3cret" not in written


_TOLD = {"ip": "192.0.2.1", "timestamp": "2026-10-01 12:00:00"}


@pytest.mark.parametrize("first", ["x", 1, None, True, []], ids=["text", "number", "null", "bool", "list"])
def test_a_password_in_a_list_is_masked_whatever_the_list_begins_with(
    registry: Path, tmp_path: Path, first: object
) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text(json.dumps({**_TOLD, "accounts": [first, {"password": "geheim12"}]}) + "\n")
    _, told = packages(registry, path, tmp_path / "out")
    assert told["masked"] == ["accounts"]
    assert not _holds(tmp_path / "out", b"geheim12")


@pytest.mark.parametrize(
    "line",
    [
        '{"password": "geheim12"',
        '{"passwords": ["geheim12"',
        '{"login": {"pwd": "geheim12", ',
        '{"pass\\u0077ord": "geheim12"',
        '["password", "geheim12"]',
    ],
    ids=["text", "list", "within", "escaped", "no object"],
)
def test_a_broken_line_that_names_a_password_is_kept_masked(registry: Path, tmp_path: Path, line: str) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text(json.dumps(_TOLD) + "\n" + line + "\n")
    _, told = packages(registry, path, tmp_path / "out")
    assert (told["rows"], told["misshapen"], told["masked"]) == (2, 1, [])
    assert not _holds(tmp_path / "out", b"geheim12")


def test_a_map_of_parquet_is_masked_because_its_names_stand_in_its_rows(registry: Path, tmp_path: Path) -> None:
    path = tmp_path / "feed.parquet"
    kind = pa.map_(pa.string(), pa.string())
    held = pa.array([[("password", "geheim12")]], kind)
    within = pa.array([[[("password", "geheim12")]]], pa.list_(kind))
    columns = {name: [value] for name, value in _TOLD.items()}
    pq.write_table(pa.table({**columns, "held": held, "within": within}), path)
    _, told = packages(registry, path, tmp_path / "out", formats=("csv", "jsonl", "parquet"))
    assert told["masked"] == ["held", "within"]
    assert not _holds(tmp_path / "out", b"geheim12")


def _holds(out: Path, secret: bytes) -> bool:
    return any(secret in one.read_bytes() for one in out.rglob("*") if one.is_file())


def test_text_of_parquet_that_is_no_utf_8_is_an_answer_or_a_refusal_and_no_crash(
    registry: Path, tmp_path: Path
) -> None:
    text = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")])
    path, columns = tmp_path / "feed.parquet", {name: [value] for name, value in _TOLD.items()}
    pq.write_table(pa.table({**columns, "note": text}), path)
    (told,) = attribute([path], Asked(registry, tmp_path / "out", formats=("csv", "jsonl", "parquet")))["inputs"]  # type: ignore[misc]
    assert told["attributed"] == 1
    delimited = tmp_path / "csv" / "feed.parquet"
    delimited.parent.mkdir()
    delimited.write_bytes(b"ip,timestamp,note\n192.0.2.1,2026-10-01 12:00:00,\xff\xfe\n")
    attribute([delimited], Asked(registry, tmp_path / "as csv", formats=("csv", "jsonl", "parquet")))
    for form in ("csv", "jsonl", "parquet"):
        package = Path("packages") / "001-feed.parquet" / f"water.{form}"
        assert (tmp_path / "out" / package).read_bytes() == (tmp_path / "as csv" / package).read_bytes()
    listed = pa.ListArray.from_arrays(pa.array([0, 1], pa.int32()), text)
    pq.write_table(pa.table({**columns, "note": listed}), path)
    with pytest.raises(InputBroken, match="Parquet"):
        packages(registry, path, tmp_path / "other")


def test_damaged_parquet_is_refused_by_name(tmp_path: Path) -> None:
    path = laid_out(tmp_path, "parquet", COLUMNS, ROWS)
    raw = path.read_bytes()
    path.write_bytes(raw[:4] + b"\xff" * 40 + raw[44:])
    with pytest.raises(InputBroken, match="feed: it cannot be read as Parquet"):
        planning.plan(path, given={}, otherwise_at=None, is_plain=False)


def test_parquet_says_instants_and_numbers_as_text(registry: Path, tmp_path: Path) -> None:
    path = tmp_path / "feed.parquet"
    at = datetime(2026, 10, 1, 12, 0, 0, 5, tzinfo=UTC)
    pq.write_table(
        pa.table(
            {
                "ip": pa.array(["192.0.2.1"]).dictionary_encode(),
                "timestamp": pa.array([at], pa.timestamp("us", "UTC")),
                "asn": pa.array([64496], pa.int64()),
                "raw": pa.array([b"\xff"], pa.binary()),
                "nothing": pa.array([None], pa.null()),
            }
        ),
        path,
    )
    found, told = packages(registry, path, tmp_path / "out")
    (row,) = found["water"]
    assert (row["timestamp"], row["asn"], row["raw"], row["nothing"]) == (
        "2026-10-01 12:00:00.000005Z",
        "64496",
        "\ufffd",
        "",
    )
    assert told["unreadable"] == {}


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'[{"ip": "192.0.2.1"}]', "one object a line"),
        (b'{\n "ip": "192.0.2.1"\n}\n', "one object a line"),
        (b"PAR1 and nothing else", "Parquet"),
    ],
)
def test_what_is_laid_out_in_another_way_is_refused_with_the_way_out(tmp_path: Path, raw: bytes, reason: str) -> None:
    path = tmp_path / "feed"
    path.write_bytes(raw)
    with pytest.raises(InputBroken, match=reason):
        planning.plan(path, given={}, otherwise_at=None, is_plain=False)


def test_objects_without_end_of_names_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text("".join(json.dumps({f"name-{number}": "x"}) + "\n" for number in range(2_500)))
    with pytest.raises(InputBroken, match="different fields"):
        planning.plan(path, given={}, otherwise_at=None, is_plain=False)


@pytest.mark.parametrize("line", [b"", b"[]", b"1", b'"x"', b"{", b"\xff", b"[" * 100_000, b'{"a":' * 100_000])
def test_what_is_no_object_is_none_and_no_error(line: bytes) -> None:
    assert read_object(line) is None


def test_events_of_intelmq_name_the_hosts_and_instants_of_the_reports_they_came_from(
    registry: Path, shared_data: Path, tmp_path: Path
) -> None:
    folder = shared_data / "shadowserver"
    events = defaultdict(list)
    for line in (folder / "expected_intelmq-3.2.1.jsonl").read_text().splitlines():
        events[json.loads(line)["file"]].append(json.loads(line)["event"])
    compared = 0
    for report in sorted((folder / "csv").glob("*.csv")):
        # IntelMQ knows no source in the one, and the other says nobody who was hit.
        if report.stem in ("event4_sinkhole_http_referer", "sandbox_dns"):
            continue
        lines = tmp_path / f"{report.stem}.jsonl"
        lines.write_text("".join(json.dumps(event) + "\n" for event in events[report.name]))
        assert _said(registry, lines, tmp_path / "a" / report.stem) == _said(
            registry, report, tmp_path / "b" / report.stem
        )
        compared += len(events[report.name])
    assert compared > 270


def _said(registry: Path, path: Path, out: Path) -> Counter[tuple[str, str]]:
    """The addresses and instants of the rows that somebody was given."""
    found, told = packages(registry, path, out)
    by = told["read_by"]
    counted = Counter[tuple[str, str]]()
    for owner, rows in found.items():
        if owner == "unreadable":
            continue
        for row in rows:
            read = read_row(Row(address=row[by["address"]], time=row[by["time"]]), otherwise_at=None)
            counted[str(read.address), str(read.at)] += 1
    return counted


def test_columns_that_say_nothing_are_asked_for_also_in_objects(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text('{"a": "x"}\n' * 9)
    with pytest.raises(ColumnsUnclear):
        planning.plan(path, given={}, otherwise_at=None, is_plain=False)
