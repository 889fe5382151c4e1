"""A large feed that is sieved tells of the same rows as one that is read row by row."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from meldpunt.engines.matching.compiling import compile_registry
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.values import Claim, ClaimKind
from meldpunt.intake.actions.attribution import find_holder
from meldpunt.intake.formats import shadowserver
from meldpunt.intake.formats.rows import FeedRow
from meldpunt.intake.formats.sieving import Sieve, whole_lines

BEGAN, ENDED = datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
REGISTRY = Registry.compile(
    [
        Claim("water", "holder", ClaimKind.PREFIX, "192.0.2.0/24", BEGAN),
        Claim("past", "holder", ClaimKind.PREFIX, "203.0.113.0/24", BEGAN, ENDED),
        Claim("water", "holder", ClaimKind.DOMAIN, "water.example", BEGAN),
        Claim("idn", "holder", ClaimKind.DOMAIN, "xn--bcher-kva.example", BEGAN),
    ]
)
COMPILED = compile_registry(REGISTRY)
COLUMNS = ("timestamp", "ip", "port", "hostname", "tag", "domain")
HEADER = ",".join(COLUMNS)
STRANGER = "2026-11-21 00:00:00,198.18.0.1,23,host.example,telnet,"
CELLS = (
    ["2026-11-21 00:00:00", "2026-11-20T23:59:59Z", "2026-13-01 00:00:00", "", "-", "21-11-2026"],
    [
        "198.18.0.1",
        "192.0.2.7",
        "::ffff:192.0.2.7",
        "203.0.113.9",
        "198.18.0.0/24",
        "198.18.0.01",
        "2001:db8::1",
        "",
        " ",
    ],
    ["", "23", "65535", "65536", "0000023", "2 3", "-1", "²"],
    ["", "host.example", "mail.water.example", "BÜCHER.example", "bücher", "a..b", "WATER.EXAMPLE."],
    ["", "telnet", 'a "quoted" word', "=1+1", "\x00", "é", "\u2028", "a\\"],
    ["", "water.example", "other.example"],
)
ROWS = st.tuples(*map(st.sampled_from, CELLS))
LINES = st.one_of(
    st.just(STRANGER),
    ROWS.map(",".join),
    ROWS.map(lambda cells: ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)),
    st.sampled_from(
        [
            "",
            "   ",
            STRANGER + ",too,many",
            "too,few",
            '2026-11-21 00:00:00,198.18.0.1,23,,"two\nlines",',
            '2026-11-21 00:00:00,192.0.2.1,23,,"never closed,',
            '2026-11-21 00:00:00,192.0.2.1,23,,"closed"late,',
            '2026-11-21 00:00:00,192.0.2.1,23,,"an \\" escaped one",',
            "a\rb",
            STRANGER + "x" * 140_000,
        ]
    ),
)


def is_of_interest(row: FeedRow) -> bool:
    owner = find_holder(row.address, row.host, row.at or BEGAN, REGISTRY)
    return owner is not None or not row.is_readable


def check(raw: bytes, *, piece: int, most: int, skip: int) -> None:
    every = list(shadowserver.read_rows(raw, columns=COLUMNS, report="scan_telnet"))
    sieve = Sieve(COLUMNS, report="scan_telnet", registry=COMPILED, most=most)
    sifted = list(sieve.sift(whole_lines(io.BytesIO(raw), size=piece), skip=skip))
    read = [row for one in sifted for row in one.rows]
    assert sum(one.count for one in sifted) == max(0, len(every) - skip)
    by_number = {row.number: row for row in every}
    assert all(by_number[row.number] == row for row in read)
    wanted = [row for row in every[skip:] if is_of_interest(row)]
    numbers = {row.number for row in read}
    assert [row.number for row in wanted if row.number not in numbers] == []
    assert [row.number for row in read] == sorted(numbers)
    assert all(len(one.rows) <= most for one in sifted)


@settings(max_examples=300, deadline=None)
@given(
    lines=st.lists(LINES, max_size=30),
    ends=st.lists(st.sampled_from(["\n", "\r\n"]), min_size=31, max_size=31),
    mark=st.sampled_from(["", "\ufeff"]),
    is_ended=st.booleans(),
    piece=st.sampled_from([1, 40, 200, 1 << 20]),
    most=st.sampled_from([1, 3, 1000]),
    skip=st.integers(0, 10),
)
@example(lines=[STRANGER] * 3, ends=["\n"] * 31, mark="", is_ended=True, piece=40, most=1, skip=2)
def test_no_row_of_somebody_and_none_that_cannot_be_read_falls_through(
    *, lines: Sequence[str], ends: Sequence[str], mark: str, is_ended: bool, piece: int, most: int, skip: int
) -> None:
    text = mark + "".join(line + end for line, end in zip([HEADER, *lines], ends, strict=False))
    raw = (text if is_ended else text.rstrip("\r\n")).encode()
    check(raw, piece=piece, most=most, skip=skip)


def test_rows_of_strangers_are_counted_and_not_read() -> None:
    lines = [HEADER, *[STRANGER] * 5_000, STRANGER.replace("198.18.0.1", "192.0.2.1"), *[STRANGER] * 5_000]
    sieve = Sieve(COLUMNS, report="scan_telnet", registry=COMPILED, most=1000)
    sifted = list(sieve.sift(whole_lines(io.BytesIO(("\n".join(lines) + "\n").encode()))))
    assert sum(one.count for one in sifted) == 10_001
    assert [row.number for one in sifted for row in one.rows] == [5_001]


def test_a_quote_that_is_never_closed_costs_its_own_piece_and_no_more() -> None:
    lines = [HEADER, '2026-11-21 00:00:00,198.18.0.1,23,,"open,', *[STRANGER] * 5_000]
    raw = ("\n".join(lines) + "\n").encode()
    sieve = Sieve(COLUMNS, report="scan_telnet", registry=COMPILED, most=1000)
    read = [row.number for one in sieve.sift(whole_lines(io.BytesIO(raw), size=20_000)) for row in one.rows]
    assert read[0] == 1
    assert len(read) < 1_000


@pytest.mark.parametrize("text", ["", HEADER, "\n\n", "\ufeff"], ids=["nothing", "header", "blank", "mark"])
def test_a_feed_without_rows_has_none(text: str) -> None:
    check(text.encode(), piece=100, most=10, skip=0)
