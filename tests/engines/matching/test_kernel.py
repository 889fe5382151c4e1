"""The kernel reads as the specification reads, and answers as the registry answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.matching import spellings
from tests.engines.matching.twins import (
    between_others,
    same_address,
    same_host,
    same_instant,
    same_link,
    same_log_time,
    same_number,
)

from meldpunt.engines.matching.attribution import Columns, attribute_batch, attributions_of
from meldpunt.engines.matching.compiling import compile_registry
from meldpunt.engines.matching.errors import OwnedTwice
from meldpunt.engines.matching.grammar import parse_url
from meldpunt.engines.matching.kernel.addresses import read_address
from meldpunt.engines.matching.kernel.characters import ABSENT, READ, UNREADABLE, UNSURE
from meldpunt.engines.matching.kernel.links import find_host
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.rows import Row, attribute_row, read_row
from meldpunt.engines.matching.values import Claim, ClaimKind

MANY = settings(max_examples=500, deadline=None)


@MANY
@given(spellings.addresses)
def test_an_address_is_read_as_the_grammar_reads_it(text: str) -> None:
    same_address(text)


@MANY
@given(spellings.hosts)
def test_a_host_is_read_as_the_grammar_reads_it(text: str) -> None:
    same_host(text)


@MANY
@given(spellings.urls)
def test_the_host_of_a_url_is_found_where_the_grammar_finds_it(text: str) -> None:
    same_link(text)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("hxxp://a.nl/x", READ), ("HXXPS://a.nl", READ), ("http://hxxp://x", UNSURE), ("hxxp://u@htxps://x", UNSURE)],
)
def test_a_defanged_scheme_is_read_where_a_scheme_stands_and_nowhere_else(text: str, verdict: int) -> None:
    data, *place = between_others(text)
    found, start, end = find_host(data, *place)
    assert found == verdict
    assert found == UNSURE or bytes(data[start:end]).decode() == parse_url(text).host


@MANY
@given(spellings.asns)
def test_an_as_number_is_read_as_the_grammar_reads_it(text: str) -> None:
    same_number(text)


@MANY
@given(spellings.times)
def test_an_instant_is_read_as_the_grammar_reads_it(text: str) -> None:
    same_instant(text)


@MANY
@given(spellings.times | spellings.epochs)
def test_the_time_of_a_record_is_read_as_the_grammar_reads_it(text: str) -> None:
    same_log_time(text)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        *(
            (text, READ)
            for text in (
                "10.0.0.1",
                "::ffff:10.0.0.1",
                "2001:DB8::",
                "10[.]0.0[.]1",
                "::",
                "1:2:3:4:5:6:7::",
                "\t10.0.0.1\r",
            )
        ),
        *(
            (text, UNREADABLE)
            for text in ("10.0.0.01", "010.0.0.1", "1.2.3", "127.1", "0x7f.0.0.1", "2130706433", "+1.2.3.4")
        ),
        *((text, UNREADABLE) for text in ("fe80::1%eth0", "1:2:3:4:5:6:7::8", ":1::", "1.2.3.4:5", "::1.2.3.04")),
        *((text, UNSURE) for text in ("10[ .]0.0.1", "[::1]", "１.2.3.4")),
        *((text, ABSENT) for text in ("", " \t")),
    ],
)
def test_the_spellings_that_other_programs_take_for_addresses(text: str, verdict: int) -> None:
    assert read_address(*between_others(text))[0] == verdict


_T0 = datetime(2026, 10, 1, tzinfo=UTC)
_DAYS = st.integers(0, 6).map(lambda day: _T0 + timedelta(days=day))
_WORLD = {
    ClaimKind.PREFIX: [
        "10.0.0.0/8",
        "10.1.0.0/16",
        "10.1.2.0/24",
        "10.1.2.3",
        "10.1.3.0/24",
        "0.0.0.0/0",
        "255.255.255.255",
        "2001:db8::/32",
        "2001:db8:1::/48",
        "2001:db8::1",
        "::/0",
        "ffff::/16",
        "10.1.2.2/31",
        "10.255.0.0/16",
    ],
    ClaimKind.DOMAIN: [
        "example.nl",
        "a.example.nl",
        "b.a.example.nl",
        "notexample.nl",
        "xn--fa-hia.de",
        "fass.de",
        "_x.example.nl",
    ],
    ClaimKind.ASN: ["AS64496", "AS64497", "4294967294"],
}
_ASKED = {
    "address": [
        "",
        "10.1.2.3",
        "10.1.2.2",
        "10.1.3.9",
        "10.2.0.0",
        "10.255.255.255",
        "11.0.0.0",
        "9.255.255.255",
        "255.255.255.255",
        "0.0.0.0",
        "2001:db8:1::",
        "2001:db8::1",
        "2001:db7:ffff::",
        "::",
        "ffff::1",
        "10[.]1.2.3",
        "::ffff:10.1.2.3",
        "10.1.2.03",
    ],
    "host": [
        "",
        "example.nl",
        "EXAMPLE.nl.",
        "x.b.a.example.nl",
        "notexample.nl",
        "faß.de",
        "fass.de",
        "nl",
        "a..nl",
        "_x[.]example.nl",
    ],
    "url": [
        "",
        "http://a.example.nl/x",
        "https://10.1.2.3:8080/",
        "hxxp://example[.]nl",
        "http://[2001:db8::1]/",
        "nonsense",
    ],
    "asn": ["", "64496", "AS64497", "AS1", "x"],
    "time": [
        "",
        "2026-10-02 00:00:00",
        "2026-09-30T23:59:59.999999Z",
        "2026-10-03 12:00:00",
        "2026-10-04T02:00:00+02:00",
        "never",
    ],
}


@st.composite
def _claims(draw: st.DrawFn) -> Claim:
    kind = draw(st.sampled_from(list(ClaimKind)))
    start, end = draw(_DAYS), draw(st.none() | _DAYS)
    if end is not None and end <= start:
        start, end = end, start + timedelta(days=1)
    owner, role = draw(st.sampled_from("ABC")), draw(st.sampled_from(["owner", "hoster"]))
    return Claim(owner, role, kind, draw(st.sampled_from(_WORLD[kind])), start, end)


_ROWS = st.builds(Row, **{name: st.sampled_from(asked) for name, asked in _ASKED.items()})


@settings(max_examples=120, deadline=None)
@given(st.lists(_claims(), max_size=25), st.lists(_ROWS, min_size=1, max_size=20), st.none() | _DAYS)
def test_in_any_world_a_row_gets_the_answer_of_the_registry(
    claims: list[Claim], rows: list[Row], otherwise_at: datetime | None
) -> None:
    while True:
        try:
            registry = Registry.compile(claims)
            break
        except OwnedTwice as refused:
            claims = [one for one in claims if one.value != refused.value]
    compiled = compile_registry(registry)
    batch = pa.RecordBatch.from_pydict({name: [getattr(row, name) for row in rows] for name in _ASKED})
    found = attribute_batch(batch, compiled, Columns(*_ASKED), otherwise_at=otherwise_at)
    for number, row in enumerate(rows):
        read = read_row(row, otherwise_at=otherwise_at)
        assert tuple(found.verdicts[number]) == read.verdicts
        assert attributions_of(compiled, *map(int, found.answers[number])) == attribute_row(read, registry)
