"""The prefixes of 43 real bodies and every report of Shadowserver: the kernel answers as the specification does."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from ipaddress import IPv4Address
from pathlib import Path

import pyarrow as pa
import pytest
from tests.engines.matching.test_registry_of_public_bodies import NOW, compiled, edges, expected, read

from meldpunt.engines.matching.artefacts import write_registry
from meldpunt.engines.matching.attribution import Columns, attribute_batch, attributions_of
from meldpunt.engines.matching.compiling import compile_registry
from meldpunt.engines.matching.errors import ColumnsUnclear
from meldpunt.engines.matching.packing.planning import plan
from meldpunt.engines.matching.packing.running import Asked, attribute
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.rows import Row, attribute_row, read_row
from meldpunt.engines.matching.values import Claim, ClaimKind

_SINCE = datetime(2000, 1, 1, tzinfo=UTC)
# Documentation ranges, which the examples of the reports are about.
DOCUMENTED = [
    *(Claim(f"net-{place}", "owner", ClaimKind.PREFIX, f"{prefix}", _SINCE) for place, prefix in enumerate(
        ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "192.168.0.0/16", "10.0.0.0/8", "2001:db8::/32")
    )),
    *(Claim("names", "owner", ClaimKind.DOMAIN, name, _SINCE) for name in ("example.com", "example.org")),
    *(Claim("asn", "hoster", ClaimKind.ASN, f"AS{number}", _SINCE) for number in (64496, 64512, 65534, 65536)),
]  # fmt: skip


def test_every_prefix_is_attributed_at_its_edges_and_not_one_beyond(shared_data: Path) -> None:
    owned = read(shared_data)
    registry = compile_registry(compiled(owned))
    asked = [address for network in owned for address in edges(network)]
    spelled = [*map(str, asked), *(f"::ffff:{one}" for one in asked if isinstance(one, IPv4Address))]
    meant = [*asked, *(one for one in asked if isinstance(one, IPv4Address))]
    batch = pa.RecordBatch.from_pydict({"ip": spelled})
    found = attribute_batch(batch, registry, Columns(address="ip"), otherwise_at=NOW)
    for address, answer in zip(meant, found.answers, strict=True):
        assert {one.owner for one in attributions_of(registry, *map(int, answer))} == expected(owned, address), address


OF_NOBODY = {"sandbox_dns"}
"""Malware that asked for a name: no column says who was hit."""


def _reports(shared: Path) -> list[Path]:
    found = sorted((shared / "shadowserver" / "csv").glob("*.csv"))
    assert len(found) == 47
    return [report for report in found if report.stem not in OF_NOBODY]


def test_every_report_of_shadowserver_is_attributed_row_by_row_as_the_specification_has_it(
    shared_data: Path, tmp_path: Path
) -> None:
    registry = Registry.compile(DOCUMENTED)
    file = write_registry(compile_registry(registry), tmp_path)
    seen = attributed = 0
    for report in _reports(shared_data):
        out = tmp_path / report.stem
        manifest = attribute([report], Asked(file, out))
        (said,) = manifest["inputs"]  # type: ignore[misc]
        with report.open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        assert said["rows"] == len(rows), report.name
        assert said["misshapen"] == 0, report.name
        names = said["read_by"]
        answered = [_answer(row, names, registry) for row in rows]
        assert said["attributed"] == sum(map(bool, answered)), report.name
        packages = list(csv.DictReader((out / "packages.csv").read_text(encoding="utf-8-sig").splitlines()))
        assert sum(int(one["rows"]) for one in packages) == sum(len(set(one)) for one in answered), report.name
        seen, attributed = seen + len(rows), attributed + said["attributed"]
    assert seen == 288
    assert attributed > seen / 2


def _answer(row: dict[str, str], names: dict[str, str], registry: Registry) -> list[str]:
    read = read_row(Row(**{kind: row[column] or "" for kind, column in names.items()}), otherwise_at=None)
    return [one.owner for one in attribute_row(read, registry)]


def test_every_report_says_itself_which_column_is_the_address_and_which_the_time(shared_data: Path) -> None:
    for report in _reports(shared_data):
        by = plan(report, given={}, otherwise_at=None, is_plain=False).layout.by
        assert by.address in ("ip", "src_ip", "http_referer_ip"), report.name
        assert by.time == "timestamp", report.name


def test_a_report_that_names_nobody_who_was_hit_is_refused_and_not_guessed(shared_data: Path) -> None:
    with pytest.raises(ColumnsUnclear, match="no column says whose a row is"):
        plan(shared_data / "shadowserver" / "csv" / "sandbox_dns.csv", given={}, otherwise_at=None, is_plain=False)
