"""A CSV is read as its mapping says, with times in the zone of its source, and a sample shows how."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.intake.feed_values import ColumnMapping, ColumnUse, TimeForm
from meldpunt.intake.formats.local_times import read_local_time
from meldpunt.intake.formats.mapped import fits, guess_delimiter, read_columns, read_mapped
from meldpunt.intake.formats.sample import preview, sample_of, take_sample
from meldpunt.intake.rules import file_shape
from meldpunt.vocabulary.texts import is_keepable

AMSTERDAM = "Europe/Amsterdam"


@pytest.mark.parametrize(
    ("written", "form", "zone", "instant"),
    [
        ("2026-11-20 03:04:05", TimeForm.YEAR_FIRST, "UTC", "2026-11-20T03:04:05+00:00"),
        ("2026-11-20 03:04", TimeForm.YEAR_FIRST, AMSTERDAM, "2026-11-20T02:04:00+00:00"),
        ("20-07-2026 05:04", TimeForm.DAY_FIRST, AMSTERDAM, "2026-07-20T03:04:00+00:00"),
        ("20.07.2026, 5:04:09", TimeForm.DAY_FIRST, "UTC", "2026-07-20T05:04:09+00:00"),
        ("07/20/2026 05:04", TimeForm.MONTH_FIRST, "UTC", "2026-07-20T05:04:00+00:00"),
        ("2026-11-20T03:04:05Z", TimeForm.DAY_FIRST, AMSTERDAM, "2026-11-20T03:04:05+00:00"),
        ("2026-11-20T03:04:05+01:00", TimeForm.YEAR_FIRST, "UTC", "2026-11-20T02:04:05+00:00"),
        ("1795143845", TimeForm.EPOCH, AMSTERDAM, "2026-11-20T03:04:05+00:00"),
        ("1795143845250", TimeForm.EPOCH, "UTC", "2026-11-20T03:04:05.250000+00:00"),
        # The hour that comes twice is its first, and the one that is skipped is as if it had not been.
        ("2026-10-25 02:30", TimeForm.YEAR_FIRST, AMSTERDAM, "2026-10-25T00:30:00+00:00"),
        ("2026-03-29 02:30", TimeForm.YEAR_FIRST, AMSTERDAM, "2026-03-29T01:30:00+00:00"),
    ],
)
def test_a_time_is_read_in_the_zone_of_its_source(written: str, form: TimeForm, zone: str, instant: str) -> None:
    assert read_local_time(written, form=form, zone=zone) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("", TimeForm.YEAR_FIRST),
        ("yesterday", TimeForm.YEAR_FIRST),
        ("2026-11-20", TimeForm.YEAR_FIRST),
        ("20-11-2026 03:04", TimeForm.YEAR_FIRST),
        ("2026-13-20 03:04", TimeForm.YEAR_FIRST),
        ("13/20/2026 03:04", TimeForm.MONTH_FIRST),
        ("0001-01-01 00:00", TimeForm.YEAR_FIRST),
        ("9999-12-31 00:00", TimeForm.YEAR_FIRST),
        ("999999999999", TimeForm.EPOCH),
        ("-1", TimeForm.EPOCH),
        ("1e9", TimeForm.EPOCH),
    ],
)
def test_what_is_not_written_so_is_no_time(written: str, form: TimeForm) -> None:
    assert read_local_time(written, form=form, zone="UTC") is None


@given(st.text(max_size=30), st.sampled_from(TimeForm), st.sampled_from(["UTC", AMSTERDAM, "Pacific/Kiritimati"]))
def test_any_text_is_an_instant_or_none(written: str, form: TimeForm, zone: str) -> None:
    instant = read_local_time(written, form=form, zone=zone)
    assert instant is None or instant.tzinfo is not None


@given(
    st.datetimes(datetime.fromisoformat("1971-01-01"), datetime.fromisoformat("2198-01-01")).map(
        lambda one: one.replace(microsecond=0)
    ),
    st.sampled_from(["UTC", AMSTERDAM, "America/New_York", "Asia/Kathmandu"]),
)
def test_a_wall_clock_comes_back_as_it_was_written(wall: datetime, zone: str) -> None:
    instant = read_local_time(wall.isoformat(sep=" "), form=TimeForm.YEAR_FIRST, zone=zone)
    assert instant == wall.replace(tzinfo=ZoneInfo(zone))


_MAPPINGS = st.builds(
    lambda uses, **said: ColumnMapping(tuple(f"c{place}" for place, _use in enumerate(uses)), tuple(uses), **said),
    st.lists(st.sampled_from(ColumnUse), min_size=1, max_size=5),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    time_form=st.sampled_from(TimeForm),
    has_header=st.booleans(),
    classes=st.dictionaries(st.text(max_size=5), st.just("fraud/phishing"), max_size=2),
)


@given(st.text(alphabet='ab.:/1290;,|\t\n"#\0\ud800 @', max_size=200), _MAPPINGS)
def test_any_text_is_read_by_any_mapping_row_by_row(text: str, mapping: ColumnMapping) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    rows = list(read_mapped(raw, mapping))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert all(is_keepable(row.raw + "".join(row.fields.values())) for row in rows)
    assert fits(raw, mapping) in (True, False)


@given(st.binary(max_size=200), _MAPPINGS)
def test_any_file_is_a_sample_with_a_preview(raw: bytes, mapping: ColumnMapping) -> None:
    sample = take_sample(raw)
    assert len(preview(sample, mapping)) <= 10
    for place, _column in enumerate(sample.columns):
        assert sample.guess_use(place) in ColumnUse
    assert sample_of(sample.text, delimiter=sample.delimiter, has_header=sample.has_header).columns == sample.columns


@pytest.mark.parametrize("cut", [0, 1])
def test_a_sample_that_ends_within_a_character_is_read_as_the_whole_file_is(cut: int) -> None:
    header = "ip,beëindigd\n".encode()
    line = "192.0.2.9,één\n".encode()
    raw = header + b"x" * (64_000 - len(header) - 1 - cut) + "é\n".encode() + line
    assert take_sample(raw).columns == read_columns(raw, ",") == ("ip", "beëindigd")


def test_a_sample_with_more_columns_than_a_mapping_holds_has_none() -> None:
    assert len(take_sample(b",".join([b"a"] * 200) + b"\n").columns) == 200
    assert take_sample(b",".join([b"a"] * 201) + b"\n" + b"1," * 201).columns == ()


def test_a_sample_is_cut_at_a_whole_line() -> None:
    raw = b"ip,port\n" + b"192.0.2.9,23\n" * 10_000
    sample = take_sample(raw)
    assert len(sample.text) < 64_000
    assert all(len(row) == 2 for row in sample.rows)


@pytest.mark.parametrize(
    ("raw", "delimiter"),
    [(b"a,b\n", ","), (b"a;b,c;d\n", ";"), (b"a\tb\n", "\t"), (b"a|b\n", "|"), (b"a\n", ","), (b"", ",")],
)
def test_the_delimiter_is_the_one_that_makes_most_columns(raw: bytes, delimiter: str) -> None:
    assert guess_delimiter(raw) == delimiter


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("2026-11-20-noordzee_honeypot (2).csv", "noordzee honeypot"),
        ("C:\\feeds\\Noordzee-20261120.CSV", "noordzee"),
        ("20261120.csv", ""),
        ("noordzee", "noordzee"),
        ("", ""),
    ],
)
def test_the_names_of_one_source_have_one_shape(name: str, shape: str) -> None:
    assert file_shape(name) == shape
