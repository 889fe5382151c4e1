"""A file goes in; for each organisation comes out what is theirs: counted, whole, the same however often begun."""

from __future__ import annotations

import csv
import errno
import gzip
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from meldpunt.engines.matching.artefacts import write_registry
from meldpunt.engines.matching.compiling import compile_registry
from meldpunt.engines.matching.errors import ColumnsUnclear, InputBroken, OutputThere
from meldpunt.engines.matching.packing import planning
from meldpunt.engines.matching.packing.running import MANIFEST, Asked, attribute
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.rows import Row, attribute_row, read_row
from meldpunt.engines.matching.tasks import Progress
from meldpunt.engines.matching.values import Claim, ClaimKind

_SINCE, _CHANGE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 10, 15, tzinfo=UTC)
CLAIMS = [
    Claim("water", "owner", ClaimKind.PREFIX, "192.0.2.0/24", _SINCE),
    Claim("bank", "owner", ClaimKind.PREFIX, "192.0.2.128/25", _SINCE, _CHANGE),
    Claim("host/ing", "hoster", ClaimKind.PREFIX, "192.0.2.0/25", _SINCE),
    Claim("bank", "owner", ClaimKind.DOMAIN, "bank.example", _SINCE),
    Claim("water", "owner", ClaimKind.ASN, "AS64496", _SINCE),
]
HEADER = ["timestamp", "ip", "hostname", "asn", "tag", "password"]
ROWS = [
    ["2026-10-14 23:59:59", "192.0.2.200", "www.bank.example", "64496", "=1+1", "geheim12"],
    ["2026-10-15 00:00:00", "192.0.2.200", "", "", "a,b", ""],
    ["2026-10-01T12:00:00Z", "192.0.2.1", "", "", 'quote " in it', "abc"],
    ["2026-10-01 12:00:00", "198.51.100.7", "", "", "nobody", ""],
    ["2026-10-01 12:00:00", "192.0.2.01", "bank[.]example", "", "line\nbreak", ""],
    ["yesterday", "192.0.2.1", "", "", "no time", ""],
    ["2026-10-01 12:00:00", "::ffff:192.0.2.9", "", "", "mapped", ""],
]


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    return write_registry(compile_registry(Registry.compile(CLAIMS)), tmp_path / "registries")


def _feed(folder: Path, rows: list[list[str]], name: str = "feed.csv") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADER, *rows])
    path = folder / name
    path.write_bytes(text.getvalue().encode())
    return path


def _package(out: Path, owner: str, feed: str = "001-feed.csv") -> list[dict[str, str]]:
    held = (out / "packages" / feed / f"{owner}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(held, newline="")))


def _table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_each_owner_gets_the_rows_that_were_theirs_then(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    attribute([_feed(tmp_path, ROWS)], Asked(registry, out))
    assert [row["tag"] for row in _package(out, "bank")] == ["'=1+1", "line\nbreak"]
    assert [row["tag"] for row in _package(out, "water")] == ["a,b", 'quote " in it', "mapped"]
    assert [row["tag"] for row in _package(out, "host%2Fing")] == ['quote " in it', "mapped"]
    assert [row["attributed_by"] for row in _package(out, "bank")] == ["prefix", "domain"]
    assert [row["attributed_value"] for row in _package(out, "bank")] == ["192.0.2.128/25", "bank.example"]


def test_no_password_is_in_any_byte_that_was_written(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    attribute([_feed(tmp_path, ROWS)], Asked(registry, out, formats=("csv", "parquet", "jsonl")))
    assert [row["password"] for row in _package(out, "bank")] == ["g…2 (8)", ""]
    assert [row["password"] for row in _package(out, "water")] == ["", "… (3)", ""]
    written = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert b"geheim12" not in written
    assert all(b"geheim12" not in str(pq.read_table(path)).encode() for path in out.rglob("*.parquet"))


def test_what_could_not_be_read_is_counted_and_kept_with_what_was_wrong(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    feed = _feed(tmp_path, ROWS)
    feed.write_bytes(feed.read_bytes() + b"2026-10-01 12:00:00,192.0.2.1\r\n2026-10-01 12:00:00,192.0.2.1,,,,,more\r\n")
    manifest = attribute([feed], Asked(registry, out))
    (said,) = manifest["inputs"]  # type: ignore[misc]
    assert (said["rows"], said["attributed"], said["of_nobody"]) == (9, 6, 2)
    assert (said["short"], said["misshapen"]) == (1, 1)
    assert said["unreadable"] == {"address": 1, "time": 1}
    kept = _table(out / "packages" / "001-feed.csv" / "unreadable.csv")
    assert [(row["tag"], row["unreadable"]) for row in kept] == [("line\nbreak", "address"), ("no time", "time")]
    assert not (out / "packages" / "001-feed.csv" / "misshapen.txt").exists(), "a password may stand anywhere in it"


def test_a_row_of_another_shape_is_kept_as_it_came_where_no_column_holds_passwords(
    registry: Path, tmp_path: Path
) -> None:
    feed, out = tmp_path / "feed.csv", tmp_path / "out"
    feed.write_text("timestamp,ip\n2026-10-01 12:00:00,192.0.2.1\n2026-10-01 12:00:00,192.0.2.1,more\n")
    attribute([feed], Asked(registry, out))
    kept = (out / "packages" / "001-feed.csv" / "misshapen.txt").read_text()
    assert kept == "2026-10-01 12:00:00,192.0.2.1,more\n"


def test_a_zip_of_several_tables_is_refused_because_each_has_a_header(registry: Path, tmp_path: Path) -> None:
    path = tmp_path / "feeds.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("a.csv", "b.csv"):
            archive.writestr(name, "timestamp,ip\n2026-10-01 12:00:00,192.0.2.1\n")
    with pytest.raises(InputBroken, match="it holds 2 files; unpack it and name each"):
        attribute([path], Asked(registry, tmp_path / "out"))
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_counts_by_owner_and_way_and_of_nobody_by_network(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    attribute([_feed(tmp_path, ROWS)], Asked(registry, out))
    assert {
        (row["owner"], row["role"], row["by"]): int(row["rows"]) for row in _table(out / "counts.csv")
    } == _expected()
    assert _table(out / "networks.csv") == [{"network": "198.51.100.0/24", "rows": "1"}]


def _expected() -> Counter[tuple[str, str, str]]:
    registry = Registry.compile(CLAIMS)
    read = (read_row(Row(row[1], row[2], "", row[3], row[0]), otherwise_at=None) for row in ROWS)
    return Counter((one.owner, one.role, str(one.by)) for row in read for one in attribute_row(row, registry))


def test_every_file_has_its_digest_in_the_manifest_and_every_input_too(registry: Path, tmp_path: Path) -> None:
    out, feed = tmp_path / "out", _feed(tmp_path, ROWS)
    manifest = attribute([feed], Asked(registry, out))
    assert json.loads((out / MANIFEST).read_text()) == manifest
    assert manifest["inputs"][0]["sha256"] == hashlib.sha256(feed.read_bytes()).hexdigest()  # type: ignore[index]
    for name, digest in manifest["files"].items():  # type: ignore[attr-defined]
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    for row in _table(out / "packages.csv"):
        assert hashlib.sha256((out / "packages" / row["file"]).read_bytes()).hexdigest() == row["sha256"]


def test_parquet_and_lines_hold_the_cells_as_they_were(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    attribute([_feed(tmp_path, ROWS)], Asked(registry, out, formats=("parquet", "jsonl")))
    folder = out / "packages" / "001-feed.csv"
    assert pq.read_table(folder / "bank.parquet")["tag"].to_pylist() == ["=1+1", "line\nbreak"]
    lines = (folder / "bank.jsonl").read_text().splitlines()
    assert [json.loads(line)["tag"] for line in lines] == ["=1+1", "line\nbreak"]
    assert not (folder / "bank.csv").exists()


def test_no_cell_is_lost_where_columns_have_one_name_or_a_name_of_ours(registry: Path, tmp_path: Path) -> None:
    feed, out = tmp_path / "feed.csv", tmp_path / "out"
    feed.write_text("timestamp,ip,tag,tag,attributed_by\n2026-10-01 12:00:00,192.0.2.200,a,b,us\n")
    attribute([feed], Asked(registry, out, formats=("parquet", "jsonl")))
    folder = out / "packages" / "001-feed.csv"
    (held,) = pq.read_table(folder / "bank.parquet").to_pylist()
    assert (held["tag"], held["tag 2"], held["attributed_by 2"], held["attributed_by"]) == ("a", "b", "us", "prefix")
    assert json.loads((folder / "bank.jsonl").read_text()) == held


def test_a_cell_of_any_length_is_in_every_format(registry: Path, tmp_path: Path) -> None:
    long = 'x""' * 100_000
    rows = [["2026-10-01 12:00:00", "192.0.2.200", "", "", tag, ""] for tag in (*map(str, range(1_500)), long)]
    out = tmp_path / "out"
    attribute([_feed(tmp_path, rows)], Asked(registry, out, formats=("csv", "parquet", "jsonl")))
    folder = out / "packages" / "001-feed.csv"
    assert pq.read_table(folder / "bank.parquet")["tag"].to_pylist() == [row[4] for row in rows]
    lines = (folder / "bank.jsonl").read_text().splitlines()
    assert [json.loads(line)["tag"] for line in lines] == [row[4] for row in rows]
    assert long.replace('"', '""') in (folder / "bank.csv").read_text()


def _many(count: int) -> list[list[str]]:
    return [
        ["2026-10-01 12:00:00", f"192.0.2.{row % 256}", f"h{row}.bank.example" if row % 3 else "", "", f"row {row}", ""]
        for row in range(count)
    ]


def _digests(out: Path) -> dict[str, str]:
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def test_in_whatever_stretches_the_answer_is_the_same(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = _feed(tmp_path, _many(5_000))
    attribute([feed], Asked(registry, tmp_path / "one", formats=("csv", "jsonl")))
    monkeypatch.setattr(planning, "STRETCH", 20_000)
    monkeypatch.setattr(planning, "PIECE", 7_000)
    monkeypatch.setattr("meldpunt.engines.matching.reading.streams.PIECE", 5_000)
    monkeypatch.setattr("meldpunt.engines.matching.packing.gathering.PORTION", 9_000)
    seen: list[Progress] = []
    attribute([feed], Asked(registry, tmp_path / "many", formats=("csv", "jsonl")), progress=seen.append)
    assert len(seen) > 5
    assert seen[-1].rows == 5_000
    assert _digests(tmp_path / "one") == _digests(tmp_path / "many")


def test_compressed_or_not_the_packages_are_the_same(registry: Path, tmp_path: Path) -> None:
    feed = _feed(tmp_path, _many(2_000))
    packed = tmp_path / "packed" / "feed.csv"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(feed.read_bytes()))
    attribute([feed], Asked(registry, tmp_path / "plain"))
    attribute([packed], Asked(registry, tmp_path / "gzip"))
    plain, unpacked = _digests(tmp_path / "plain"), _digests(tmp_path / "gzip")
    assert plain.pop(MANIFEST) != unpacked.pop(MANIFEST)
    assert plain == unpacked


_KILLED = """
import os, signal, sys
from pathlib import Path
from meldpunt.engines.matching.packing import planning
from meldpunt.engines.matching.packing.running import Asked, attribute
from meldpunt.engines.matching.reading import streams
planning.STRETCH, streams.PIECE = 20_000, 5_000
def die(progress):
    if progress.done_bytes > progress.all_bytes / 2:
        os.kill(os.getpid(), signal.SIGKILL)
attribute([Path(sys.argv[1])], Asked(Path(sys.argv[2]), Path(sys.argv[3])), progress=die)
"""


def test_killed_half_way_and_begun_again_it_gives_the_same_answer(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed, out = _feed(tmp_path, _many(5_000)), tmp_path / "out"
    killed = subprocess.run([sys.executable, "-c", _KILLED, feed, registry, out], check=False, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert not (out / MANIFEST).exists()
    done = {path: path.stat().st_mtime_ns for path in out.rglob("part.json")}
    assert done
    monkeypatch.setattr(planning, "STRETCH", 20_000)
    monkeypatch.setattr("meldpunt.engines.matching.reading.streams.PIECE", 5_000)
    kept: list[dict[Path, int]] = []
    attribute(
        [feed],
        Asked(registry, out),
        progress=lambda _: kept.append({path: path.stat().st_mtime_ns for path in done if path.exists()}),
    )
    assert kept[-1] == done
    attribute([feed], Asked(registry, tmp_path / "whole"))
    assert _digests(out) == _digests(tmp_path / "whole")


def test_a_truncated_input_leaves_no_manifest_and_no_package(registry: Path, tmp_path: Path) -> None:
    out, feed = tmp_path / "out", tmp_path / "feed.csv.gz"
    feed.write_bytes(gzip.compress(_feed(tmp_path, _many(2_000)).read_bytes())[:-20])
    with pytest.raises(InputBroken, match="cannot be read to its end"):
        attribute([feed], Asked(registry, out))
    assert not list(out.rglob("*.csv"))
    assert not (out / MANIFEST).exists()


def test_a_part_that_lost_bytes_before_it_was_gathered_leaves_no_manifest(registry: Path, tmp_path: Path) -> None:
    feed, out = _feed(tmp_path, _many(2_000)), tmp_path / "out"

    def cut(_: Progress) -> None:
        for path in out.rglob("spreadsheet-*.rows"):
            os.truncate(path, path.stat().st_size - 1)

    with pytest.raises(InputBroken, match="shorter than it says"):
        attribute([feed], Asked(registry, out), progress=cut)
    assert not (out / MANIFEST).exists()


def test_an_input_that_changed_after_it_was_looked_through_is_no_answer(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed, out = _feed(tmp_path, _many(2_000)), tmp_path / "out"
    stretches = planning.plan(feed, given={}, otherwise_at=None, is_plain=False).stretches
    os.utime(feed, (1, 1))
    with pytest.raises(InputBroken, match="changed since"):
        list(planning.blocks_of(stretches[0]))
    assert not out.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the machine has no device that is always full")
def test_a_disk_that_fills_is_an_error_and_leaves_no_part_behind(registry: Path, tmp_path: Path) -> None:
    out, feed = tmp_path / "out", _feed(tmp_path, _many(20_000))
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from meldpunt.engines.matching.packing.running import Asked, attribute\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "attribute([Path(sys.argv[1])], Asked(Path(sys.argv[2]), Path(sys.argv[3])))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, feed, registry, out], check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 1
    assert os.strerror(errno.EFBIG) in done.stderr
    assert not list(out.rglob("part.json"))
    assert not (out / MANIFEST).exists()


def test_a_finished_answer_is_not_written_over(registry: Path, tmp_path: Path) -> None:
    feed, out = _feed(tmp_path, ROWS), tmp_path / "out"
    attribute([feed], Asked(registry, out))
    before = _digests(out)
    with pytest.raises(OutputThere):
        attribute([feed], Asked(registry, out))
    assert _digests(out) == before


def test_two_columns_that_could_be_the_address_are_not_guessed_between(registry: Path, tmp_path: Path) -> None:
    feed = tmp_path / "feed.csv"
    feed.write_text("from,to,when\n" + "192.0.2.1,192.0.2.200,2026-10-01 12:00:00\n" * 6)
    with pytest.raises(ColumnsUnclear, match="more than one column could be the address: from, to"):
        attribute([feed], Asked(registry, tmp_path / "out"))
    attribute([feed], Asked(registry, tmp_path / "out", columns={"address": "to"}))
    assert {row["owner"] for row in _table(tmp_path / "out" / "counts.csv")} == {"bank"}


def test_a_file_without_a_header_is_read_by_what_stands_in_it(registry: Path, tmp_path: Path) -> None:
    feed = tmp_path / "feed.csv"
    feed.write_text("2026-10-01 12:00:00;192.0.2.200;x\n" * 6)
    manifest = attribute([feed], Asked(registry, tmp_path / "out"))
    assert manifest["inputs"][0]["read_by"] == {"address": "2", "time": "1"}  # type: ignore[index]
    assert manifest["inputs"][0]["rows"] == 6  # type: ignore[index]
