"""Local time is of the zone that was declared, and what no clock showed, or showed twice, is nobody's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.engines.matching.artefacts import write_registry
from meldpunt.engines.matching.attribution import Columns, attribute_batch, fields_of
from meldpunt.engines.matching.compiling import CompiledRegistry, compile_registry, micros
from meldpunt.engines.matching.errors import Unreadable, ZoneUnknown
from meldpunt.engines.matching.instants import parse_time
from meldpunt.engines.matching.kernel.instants import TWICE_OR_NEVER, Clock, read_instant_by
from meldpunt.engines.matching.packing.running import Asked, attribute
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.rows import Row, Verdict, read_row
from meldpunt.engines.matching.values import Claim, ClaimKind
from meldpunt.engines.matching.zones import clock_of, read_zone

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_ZONES = (
    "Europe/Amsterdam",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Asia/Kolkata",
    "Africa/Monrovia",
    "UTC",
)
_SINCE, _MIDNIGHT = datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-10-25 01:59:59", "2026-10-24T23:59:59Z"),
        ("2026-10-25 03:00:00", "2026-10-25T02:00:00Z"),
        ("2026-03-29 01:59:59.999999", "2026-03-29T00:59:59.999999Z"),
        ("2026-03-29 03:00:00", "2026-03-29T01:00:00Z"),
        ("2026-10-25T02:30:00Z", "2026-10-25T02:30:00Z"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00Z"),
        ("2100-07-01 12:00:00", "2100-07-01T10:00:00Z"),
    ],
)
def test_a_time_is_what_the_clocks_of_its_zone_showed_unless_it_says_so_itself(text: str, instant: str) -> None:
    assert parse_time(text, zone=_AMSTERDAM) == datetime.fromisoformat(instant)


@pytest.mark.parametrize("text", ["2026-10-25 02:30:00", "2026-10-25 02:00:00", "2026-10-25 02:59:59.999999"])
def test_the_hour_that_clocks_repeat_is_refused_because_it_is_two_instants(text: str) -> None:
    with pytest.raises(Unreadable, match="twice or never"):
        parse_time(text, zone=_AMSTERDAM)


@pytest.mark.parametrize("text", ["2026-03-29 02:00:00", "2026-03-29 02:59:59"])
def test_the_hour_that_clocks_leave_out_is_refused_because_it_never_was(text: str) -> None:
    with pytest.raises(Unreadable, match="twice or never"):
        parse_time(text, zone=_AMSTERDAM)


def _changes(clock: Clock) -> list[int]:
    return [int(start) for start in clock.starts[1:]]


def _near_a_change(name: str, number: int, moved: int, anywhere: int, behind: str) -> tuple[str, str]:
    edges = _changes(clock_of(ZoneInfo(name)))
    shown = edges[number % len(edges)] + moved if edges and number else anywhere
    text = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=shown)).replace(tzinfo=None).isoformat(sep=" ")
    return name, text + behind


_WRITTEN = st.builds(
    _near_a_change,
    st.sampled_from(_ZONES),
    st.integers(0, 1_000),
    st.integers(-2, 2) | st.integers(-5_400_000_000, 5_400_000_000),
    st.integers(0, 7_258_118_399_999_999),
    st.sampled_from(["", "", "", " ", "Z", " UTC", "+02:00", "-0530", "\u00a0"]),
)


@given(st.lists(_WRITTEN, min_size=1, max_size=30))
def test_the_kernel_reads_local_times_as_the_specification_does(written: list[tuple[str, str]]) -> None:
    for name, text in written:
        held = np.frombuffer(text.encode(), np.uint8)
        verdict, at = read_instant_by(held, 0, held.size, clock_of(ZoneInfo(name)))
        read = read_row(Row(time=text), otherwise_at=None, zone=ZoneInfo(name))
        assert verdict == (read.verdicts[4] if text.isascii() else Verdict.UNSURE), (name, text)
        assert verdict != Verdict.READ or at == micros(read.at or _SINCE), (name, text)


def test_a_time_that_only_the_specification_reads_is_of_the_zone_too() -> None:
    texts = ["2026-10-25 02:30:00\u00a0", "2026-10-25 03:30:00\u00a0"]
    found = attribute_batch(pa.RecordBatch.from_pydict({"at": texts}), _NOBODY, Columns(time="at"), zone=_AMSTERDAM)
    assert found.verdicts[:, 4].tolist() == [Verdict.UNREADABLE, Verdict.READ]


_NOBODY = compile_registry(Registry.compile([]))


@pytest.mark.parametrize("name", _ZONES)
def test_a_clock_laid_out_says_what_the_zone_says_at_each_of_its_edges(name: str) -> None:
    zone = ZoneInfo(name)
    clock = clock_of(zone)
    assert (np.diff(clock.starts[1:]) > 0).all()
    for start, offset in zip(_changes(clock), clock.offsets[1:].tolist(), strict=True):
        shown = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=start)
        text = shown.replace(tzinfo=None).isoformat(sep=" ")
        if not 1970 <= shown.year <= 2199:
            continue
        if offset == TWICE_OR_NEVER:
            with pytest.raises(Unreadable):
                parse_time(text, zone=zone)
        else:
            assert micros(parse_time(text, zone=zone)) == start - offset


def _registry_that_changes_at_midnight() -> CompiledRegistry:
    claims = [
        Claim("before", "owner", ClaimKind.PREFIX, "192.0.2.0/24", _SINCE, _MIDNIGHT),
        Claim("after", "owner", ClaimKind.PREFIX, "192.0.2.0/24", _MIDNIGHT),
    ]
    return compile_registry(Registry.compile(claims))


def test_the_declared_zone_decides_who_owned_the_row_then(tmp_path: Path) -> None:
    registry = write_registry(_registry_that_changes_at_midnight(), tmp_path)
    feed = tmp_path / "dump.csv"
    feed.write_text("ip,time\n192.0.2.1,2026-10-01 01:30:00\n192.0.2.1,2026-10-25 02:30:00\n")
    utc = attribute([feed], Asked(registry, tmp_path / "utc"))
    local = attribute([feed], Asked(registry, tmp_path / "local", zone="Europe/Amsterdam"))
    assert "before" not in (tmp_path / "utc" / "counts.csv").read_text()
    assert "after" not in (tmp_path / "local" / "counts.csv").read_text()
    (of_utc,), (of_local,) = utc["inputs"], local["inputs"]  # type: ignore[misc]
    assert (of_utc["zone"], of_utc["unreadable"]) == ("UTC", {})
    assert (of_local["zone"], of_local["unreadable"]) == ("Europe/Amsterdam", {"time": 1})
    assert "02:30:00" in (tmp_path / "local" / "packages" / "001-dump.csv" / "unreadable.csv").read_text()


@pytest.mark.parametrize("name", ["Europe/Amsterdm", "", "../../etc/passwd", "CEST"])
def test_a_zone_that_nobody_knows_is_refused_before_anything_is_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(ZoneUnknown):
        read_zone(name)
    with pytest.raises(ZoneUnknown):
        attribute([tmp_path / "is not there"], Asked(tmp_path / "none", tmp_path / "out", zone=name))


def test_a_column_without_times_stays_without(tmp_path: Path) -> None:
    batch = pa.RecordBatch.from_pydict({"at": ["", "  "]})
    found = attribute_batch(batch, _NOBODY, Columns(time="at"), zone=_AMSTERDAM)
    assert fields_of(batch, "at").starts.size == 2
    assert found.verdicts[:, 4].tolist() == [Verdict.ABSENT, Verdict.ABSENT]
