"""What others fell into, each once: through kernel and specification together, or through the verbs.

The traps were met while engines for these jobs were compared; what belongs to one module is tested in depth beside it.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from meldpunt.engines.matching.artefacts import write_registry
from meldpunt.engines.matching.attribution import Columns, attribute_batch, attributions_of
from meldpunt.engines.matching.compiling import CompiledRegistry, compile_registry
from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.errors import OwnedTwice, PublicSuffixClaimed
from meldpunt.engines.matching.indicators import IndicatorSet, read_indicator, too_broad
from meldpunt.engines.matching.kernel.hashing import WORDS
from meldpunt.engines.matching.packing.running import Asked, attribute
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.rows import Row, Verdict, attribute_row, read_row
from meldpunt.engines.matching.sighting import sight_block, sightings_of
from meldpunt.engines.matching.values import Claim, ClaimKind, FieldKind, IndicatorKind

from .sights import block, column, expected, found_in
from .test_logs import FIELDS, HEADER, OTHERWISE, ROW, read, seen

SINCE, CHANGE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)
NOW = "2026-10-06 12:00:00"
CLAIMS = (
    Claim("first", "owner", ClaimKind.PREFIX, "10.0.0.0/24", SINCE),
    Claim("eight", "owner", ClaimKind.PREFIX, "8.0.0.0/24", SINCE),
    Claim("loop", "owner", ClaimKind.PREFIX, "127.0.0.0/24", SINCE),
    Claim("parent", "owner", ClaimKind.PREFIX, "192.0.2.0/24", SINCE),
    Claim("child", "owner", ClaimKind.PREFIX, "192.0.2.0/25", SINCE, CHANGE),
    Claim("six", "owner", ClaimKind.PREFIX, "2001:db8::/32", SINCE),
    Claim("local", "owner", ClaimKind.PREFIX, "fe80::/10", SINCE),
    Claim("site", "owner", ClaimKind.DOMAIN, "example.nl", SINCE),
    Claim("book", "owner", ClaimKind.DOMAIN, "bücher.nl", SINCE),
    Claim("sharp", "owner", ClaimKind.DOMAIN, "faß.de", SINCE),
    Claim("double", "owner", ClaimKind.DOMAIN, "fass.de", SINCE),
    Claim("parent", "owner", ClaimKind.DOMAIN, "parent.nl", SINCE),
)
REGISTRY = Registry.compile(CLAIMS)
COMPILED = compile_registry(REGISTRY)


def who(row: Row, *, compiled: CompiledRegistry = COMPILED, registry: Registry = REGISTRY) -> list[str]:
    """The owners of a row, by the kernel; the specification has to say the same of it and of each field."""
    row = row if row.time else Row(row.address, row.host, row.url, row.asn, NOW)
    batch = pa.RecordBatch.from_pydict({name: [getattr(row, name)] for name in Columns.__slots__})
    found = attribute_batch(batch, compiled, Columns(*Columns.__slots__))
    by_hand = read_row(row, otherwise_at=None)
    assert tuple(found.verdicts[0]) == by_hand.verdicts
    answer = attributions_of(compiled, *map(int, found.answers[0]))
    assert answer == attribute_row(by_hand, registry)
    return [one.owner for one in answer]


@pytest.mark.parametrize(
    "text",
    ["10.0.0.01", "010.0.0.1", "8.0.0.01", "1.2.3", "127.1", "0x7f.0.0.1", "2130706433", "+10.0.0.1", "10.0.0.1:80"],
)
def test_a_second_spelling_that_other_programs_take_for_an_address_is_nobodys(text: str) -> None:
    assert who(Row(address=text)) == []
    assert read_row(Row(address=text), otherwise_at=SINCE).verdicts[0] is Verdict.UNREADABLE


@pytest.mark.parametrize("text", ["10.0.0.1 ", " 10.0.0.1", "10.0.0.1\r", "\t10.0.0.1\r\n"])
def test_blanks_round_an_address_are_no_part_of_it(text: str) -> None:
    assert who(Row(address=text)) == ["first"]


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("::ffff:10.0.0.1", ["first"]),
        ("::ffff:a00:1", ["first"]),
        ("64:ff9b::10.0.0.1", []),
        ("2002:a00:1::", []),
        ("fe80::1%eth0", []),
        ("fe80::1", ["local"]),
    ],
)
def test_an_address_within_an_address_is_only_whose_it_is_where_both_are_the_same(text: str, owners: list[str]) -> None:
    assert who(Row(address=text)) == owners


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("BÜCHER.NL", ["book"]),
        ("xn--bcher-kva.nl", ["book"]),
        ("faß.de", ["sharp"]),
        ("FASS.DE", ["double"]),
        ("exam\u200bple.nl", ["site"]),
        ("a..example.nl", []),
        ("İ.example.nl", ["site"]),
    ],
)
def test_an_international_name_is_the_one_that_resolvers_ask_for(text: str, owners: list[str]) -> None:
    assert who(Row(host=text)) == owners


@pytest.mark.parametrize(
    ("row", "owners"),
    [
        (Row(host="WWW.Example.NL."), ["site"]),
        (Row(host="www[.]example[.]nl"), ["site"]),
        (Row(url="hxxp://user:x@www.example.nl:8080?q=1"), ["site"]),
        (Row(url="https://EXAMPLE.nl/Path"), ["site"]),
        (Row(url="http://nl/example.nl"), []),
        (Row(host="notexample.nl"), []),
    ],
    ids=["capitals and a last dot", "defanged", "user, port and query", "a path", "in the path", "no edge of a label"],
)
def test_a_name_is_found_in_each_spelling_and_nowhere_else(row: Row, owners: list[str]) -> None:
    assert who(row) == owners


def test_the_path_of_a_url_keeps_its_case() -> None:
    one = read_indicator(IndicatorKind.URL, "hxxp://EVIL.example/Gate", id="a")
    of = block([NOW] * 2, column(FieldKind.URL, ["http://evil.example/Gate", "http://evil.example/gate"]))
    assert found_in(sight_block(of, compile_indicators([one]))) == [(0, 0, 0)]


@pytest.mark.parametrize("suffix", ["nl", "co.uk", "github.io"])
def test_a_public_suffix_is_refused_where_it_is_claimed_and_not_when_rows_come_in(suffix: str) -> None:
    with pytest.raises(PublicSuffixClaimed):
        Registry.compile([Claim("a", "owner", ClaimKind.DOMAIN, suffix, SINCE)])


@pytest.mark.parametrize(
    ("time", "owners"),
    [("2026-10-24 23:59:59.999999", ["child"]), ("2026-10-25 00:00:00", ["parent"]), ("2025-12-31 23:59:59", [])],
)
def test_a_child_that_has_ended_falls_back_to_its_parent_at_that_instant(time: str, owners: list[str]) -> None:
    assert who(Row(address="192.0.2.1", time=time)) == owners


def test_a_row_without_an_address_keeps_what_its_name_says() -> None:
    """An inner join on the address lost these rows."""
    batch = pa.RecordBatch.from_pydict({"ip": [None, "", "10.0.0.1"], "host": ["example.nl"] * 3})
    found = attribute_batch(batch, COMPILED, Columns(address="ip", host="host"), otherwise_at=SINCE)
    claims = [[one.owner for one in attributions_of(COMPILED, *map(int, answer))] for answer in found.answers]
    assert claims == [["site"], ["site"], ["first", "site"]]


def test_what_nobody_owns_is_not_that_of_the_first_organisation() -> None:
    """A lookup without a match gave 0, and 0 was an organisation."""
    assert COMPILED.answers.get(0) == ()
    assert who(Row(address="203.0.113.9", host="nobody.example", asn="64499")) == []


def test_no_record_behind_a_header_is_dropped_wherever_headers_stand() -> None:
    """Lines of comments were counted as skipped, and as many records went with them."""
    other = "evil.example\t1791288001\t-\t192.0.2.1\n"
    blocks, counted = read(HEADER + FIELDS + ROW * 9 + OTHERWISE + other * 9 + HEADER + FIELDS + ROW)
    assert (counted.records, counted.unread, sum(one.rows for one in blocks)) == (19, 0, 19)


def test_what_zeek_does_not_say_is_no_value_and_what_it_escapes_is_one() -> None:
    rows = [
        ROW.replace("www.evil.example", "-").replace("TXT 5 a,b,198.51.100.7", "(empty)").replace("192.0.2.53", "-"),
        ROW.replace("www.evil.example", "www\\x2eevil.example"),
        ROW.replace("TXT 5 a,b,198.51.100.7", "TXT 12 evil.example,x,198.51.100.7"),
    ]
    blocks, _ = read(HEADER + FIELDS + "".join(rows))
    found = {(column, indicator, record.count("\\x2e")) for record, column, indicator in seen(blocks)}
    assert ("query", "evil.example", 1) in found
    assert {indicator for column, indicator, escaped in found if column == "answers"} == {"198.51.100.7"}
    assert len([one for one in seen(blocks) if one[1] == "id.resp_h"]) == 2


def _attributed(folder: Path, feed: str, **said: object) -> Path:
    registry = write_registry(COMPILED, folder / "registries")
    path = folder / "feed.csv"
    path.write_text(feed, newline="")
    attribute([path], Asked(registry, folder / "out", **said))
    return folder / "out"


def _package(out: Path, owner: str) -> list[dict[str, str]]:
    text = (out / "packages" / "001-feed.csv" / f"{owner}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_line_break_in_quotes_is_no_end_of_a_record(tmp_path: Path) -> None:
    out = _attributed(tmp_path, f'ip,timestamp,note\n10.0.0.1,{NOW},"one\n8.0.0.1,{NOW},two"\n')
    assert [row["note"] for row in _package(out, "first")] == [f"one\n8.0.0.1,{NOW},two"]
    assert not (out / "packages" / "001-feed.csv" / "eight.csv").exists()


def test_equal_hashes_are_no_equal_names() -> None:
    compiled = compile_registry(REGISTRY, seed=np.zeros(WORDS, np.uint64))
    assert who(Row(host="www.example.nl"), compiled=compiled) == ["site"]
    assert who(Row(host="fass.de"), compiled=compiled) == ["double"]
    assert who(Row(host="nobody.example"), compiled=compiled) == []
    held = [read_indicator(IndicatorKind.DOMAIN, name, id=name) for name in ("evil.example", "bad.example")]
    of = block([NOW] * 3, column(FieldKind.HOST, ["evil.example", "bad.example", "good.example"]))
    hits = sight_block(of, compile_indicators(held, seed=np.zeros(WORDS, np.uint64)))
    assert found_in(hits) == [(0, 0, 0), (1, 0, 1)]


def test_a_microsecond_decides_on_which_side_of_a_window_a_record_of_zeek_lies() -> None:
    edge = datetime(2026, 10, 6, 12, 0, 0, 3, tzinfo=UTC)
    before = read_indicator(IndicatorKind.DOMAIN, "evil.example", id="before", valid_until=edge)
    after = read_indicator(IndicatorKind.DOMAIN, "evil.example", id="after", valid_from=edge)
    of = block(["1791288000.000002", "1791288000.000003"], column(FieldKind.HOST, ["evil.example"] * 2))
    assert found_in(sight_block(of, compile_indicators([before, after]))) == [(0, 0, 0), (1, 0, 1)]


def test_a_local_time_that_was_twice_is_nobodys_and_one_without_a_zone_is_utc(tmp_path: Path) -> None:
    feed = "ip,timestamp\n192.0.2.1,2026-10-25 01:30:00\n192.0.2.1,2026-10-25 02:30:00\n"
    assert who(Row(address="192.0.2.1", time="2026-10-25 01:30:00")) == ["parent"]
    out = _attributed(tmp_path, feed, zone="Europe/Amsterdam")
    assert [row["timestamp"] for row in _package(out, "child")] == ["2026-10-25 01:30:00"]
    assert not (out / "packages" / "001-feed.csv" / "parent.csv").exists()
    assert "02:30:00" in (out / "packages" / "001-feed.csv" / "unreadable.csv").read_text()


def test_a_row_that_is_an_owners_by_address_and_by_name_is_theirs_once(tmp_path: Path) -> None:
    assert who(Row(address="192.0.2.200", host="www.parent.nl")) == ["parent"]
    out = _attributed(tmp_path, f"ip,hostname,timestamp\n192.0.2.200,www.parent.nl,{NOW}\n")
    assert len(_package(out, "parent")) == 1


def test_two_owners_of_one_prefix_at_one_instant_are_refused() -> None:
    with pytest.raises(OwnedTwice):
        Registry.compile([*CLAIMS, Claim("other", "owner", ClaimKind.PREFIX, "10.0.0.0/24", CHANGE)])


def test_attribution_wants_the_longest_network_and_detection_all_of_them() -> None:
    assert who(Row(address="192.0.2.1")) == ["child"]
    held = [
        read_indicator(IndicatorKind.NETWORK, one, id=one) for one in ("192.0.0.0/16", "192.0.2.0/24", "192.0.2.0/25")
    ]
    of = block([NOW], column(FieldKind.ADDRESS, ["192.0.2.1"]))
    assert found_in(sight_block(of, compile_indicators(held))) == [(0, 0, 0), (0, 0, 1), (0, 0, 2)]


def test_a_broad_indicator_is_warned_of_and_floods_nothing_but_its_count() -> None:
    one = read_indicator(IndicatorKind.NETWORK, "10.0.0.0/8", id="a")
    assert too_broad(one) is not None
    of = block([NOW] * 5_000, column(FieldKind.ADDRESS, [f"10.0.{number % 256}.1" for number in range(5_000)]))
    (sighting,) = sightings_of(of, sight_block(of, compile_indicators([one])), file="conn.log")
    assert (sighting.count, len(sighting.records)) == (5_000, 3)


@pytest.mark.parametrize("kind", FieldKind)
def test_fields_at_the_very_edge_of_the_bytes_are_read_to_their_end_and_no_further(kind: FieldKind) -> None:
    """A pointer behind an array was read; `./dev fuzz` checks every index."""
    texts = ["", "1", "10.0.0.1", "2001:db8::1", "a" * 300, "http://a.nl", "x@y.nl", "f" * 64, "[", "%", "é"]
    held = [
        read_indicator(IndicatorKind.DOMAIN, "y.nl", id="a"),
        read_indicator(IndicatorKind.ADDRESS, "10.0.0.1", id="b"),
    ]
    for text in texts:
        of = block([NOW], column(kind, [text]))
        assert set(found_in(sight_block(of, compile_indicators(held)))) == expected(of, IndicatorSet.of(held))
    assert len(sight_block(block([], column(kind, [])), compile_indicators(held))) == 0


def test_a_text_that_comes_a_thousand_times_is_read_each_time_as_the_first() -> None:
    """Readers that look each distinct text up once hand one answer to all of its rows, at whatever time those were."""
    times = ["2026-10-24 23:59:59", "2026-10-25 00:00:00"] * 500
    batch = pa.RecordBatch.from_pydict({"ip": ["192.0.2.1"] * 1_000, "at": times})
    found = attribute_batch(batch, COMPILED, Columns(address="ip", time="at"))
    owners = [[one.owner for one in attributions_of(COMPILED, *map(int, answer))] for answer in found.answers]
    assert owners == [["child"], ["parent"]] * 500


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1"])
def test_no_cell_of_a_hostile_feed_runs_in_a_spreadsheet(tmp_path: Path, cell: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["ip", "timestamp", "note"], ["10.0.0.1", NOW, cell]])
    (row,) = _package(_attributed(tmp_path, text.getvalue()), "first")
    assert row["note"] == f"'{cell}"
