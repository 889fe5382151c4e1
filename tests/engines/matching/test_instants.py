from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.instants import parse_time

HALF_PAST_TWELVE = datetime(2026, 10, 25, 12, 30, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-25 12:30:00",
        "2026-10-25T12:30:00Z",
        "2026-10-25T14:30:00+02:00",
        "2026-10-25 07:00:00 -0530",
        "2026-10-25 12:30:00 UTC",
        " 2026-10-25T12:30:00.000000000Z\n",
    ],
)
def test_one_instant_in_its_spellings(text: str) -> None:
    assert parse_time(text) == HALF_PAST_TWELVE


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31 23:59:59",
        "0001-01-01 00:00:00",
        "1969-12-31T23:59:59Z",
        "2026-10-25",
        "2026-02-29 00:00:00",
        "2026-10-25 24:00:00",
        "2016-12-31T23:59:60Z",
        "2026-10-25T12:30:00+24:00",
        "2026-10-25T12:30:00+01:60",
        "25-10-2026 12:30:00",
        "1766000000",
        "",
        "2026-10-25 12:30:00 CET",
    ],
)
def test_what_is_no_instant_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_time(text)
    assert refused.value.kind == "time"


def test_digits_beyond_the_microsecond_are_cut_off() -> None:
    assert parse_time("2026-10-25 12:30:00.999999999").microsecond == 999_999


@given(st.integers(0, 7_258_118_399), st.integers(0, 999_999))
def test_an_instant_reads_back_from_iso_format(second: int, microsecond: int) -> None:
    in_utc = datetime.fromtimestamp(second, UTC).replace(microsecond=microsecond)
    assert parse_time(in_utc.isoformat(sep=" ", timespec="microseconds")) == in_utc
    assert parse_time(in_utc.replace(tzinfo=None).isoformat(timespec="microseconds")) == in_utc


@given(st.text(alphabet="0123456789-: TZ+.UTC", max_size=35))
def test_any_text_is_an_instant_in_utc_or_unreadable(text: str) -> None:
    with suppress(Unreadable):
        assert parse_time(text).tzinfo is UTC
