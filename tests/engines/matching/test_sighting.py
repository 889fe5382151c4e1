"""The kernel sees in a log what the specification sees in it: every indicator, in every spelling, at its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from itertools import pairwise
from random import Random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meldpunt.engines.matching.compiling import drawn_seed
from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.indicators import IndicatorSet, read_indicator
from meldpunt.engines.matching.sighting import Sighting, sight_batch, sight_block, sightings_of, together
from meldpunt.engines.matching.values import FieldKind, Indicator, IndicatorKind

from .sights import block, column, expected, found_in, request

SEED = drawn_seed()
DAY = datetime(2026, 10, 6, tzinfo=UTC)
NOW = "1791288000.5"
MD5, SHA1, SHA256 = "d41d8cd98f00b204e9800998ecf8427e", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "a" * 64
JA4 = "t13d1516h2_8daaf6152771_b186095e22b6"


def indicators(*said: tuple[IndicatorKind, str]) -> tuple[Indicator, ...]:
    return tuple(read_indicator(kind, text, id=f"one-{number}") for number, (kind, text) in enumerate(said))


def seen(held: Sequence[Indicator], kind: FieldKind, text: str, **said: str) -> set[int]:
    """Numbers of the indicators seen in one field, by the kernel; the specification has to say the same."""
    of = block([NOW], column(kind, [text], separator=said.get("separator", ""), is_escaped="is_escaped" in said))
    hits = sight_block(of, compile_indicators(held, seed=SEED))
    assert set(found_in(hits)) == expected(of, IndicatorSet.of(held))
    return set(hits.indicators.tolist())


NETWORKS = indicators(
    (IndicatorKind.NETWORK, "10.0.0.0/8"),
    (IndicatorKind.NETWORK, "10.1.0.0/16"),
    (IndicatorKind.ADDRESS, "10.1.2.3"),
    (IndicatorKind.NETWORK, "10.1.2.3/32"),
    (IndicatorKind.NETWORK, "2001:db8::/32"),
    (IndicatorKind.ADDRESS, "2001:db8::1"),
    (IndicatorKind.ADDRESS, "255.255.255.255"),
    (IndicatorKind.NETWORK, "ffff:ffff::/32"),
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("10.1.2.3", {0, 1, 2, 3}),
        ("::ffff:10.1.2.3", {0, 1, 2, 3}),
        ("10.1.2.4", {0, 1}),
        ("10.255.255.255", {0}),
        ("11.0.0.0", set()),
        ("9.255.255.255", set()),
        ("2001:db8:0::1", {4, 5}),
        ("2001:db8:ffff::", {4}),
        ("2001:db9::", set()),
        ("255.255.255.255", {6}),
        ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", {7}),
        ("10.1.2.03", set()),
        ("fe80::1%eth0", set()),
        ("-", set()),
        ("", set()),
    ],
)
def test_every_network_round_an_address_is_seen(text: str, numbers: set[int]) -> None:
    assert seen(NETWORKS, FieldKind.ADDRESS, text) == numbers
    assert seen(NETWORKS, FieldKind.HOST, text) == numbers


DOMAINS = indicators(
    (IndicatorKind.DOMAIN, "evil.example"),
    (IndicatorKind.DOMAIN, "a.evil.example"),
    (IndicatorKind.DOMAIN, "xn--bcher-kva.example"),
    (IndicatorKind.DOMAIN, "*.Wild.example"),
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("evil.example", {0}),
        ("b.A.Evil.example.", {0, 1}),
        ("notevil.example", set()),
        ("evil.example.net", set()),
        ("bücher.example", {2}),
        ("www.wild.example", {3}),
        ("wild.example", {3}),
        ("a..evil.example", set()),
        ("_dmarc.evil.example", {0}),
        ("evil.example:8080", {0}),
        ("b.A.Evil.example.:80", {0, 1}),
        ("evil[.]example:8080", {0}),
        ("bücher.example:8080", {2}),
        ("evil.example:", {0}),
        ("evil.example:65536", set()),
        ("evil.example:000080", set()),
        ("evil.example:x", set()),
        ("evil.example:80:80", set()),
        (":8080", set()),
    ],
)
def test_every_name_above_a_name_is_seen_on_the_edges_of_labels(text: str, numbers: set[int]) -> None:
    assert seen(DOMAINS, FieldKind.HOST, text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("10.1.2.3:8080", {0, 1, 2, 3}),
        ("[2001:db8::1]:8080", {4, 5}),
        ("[2001:db8::1]", {4, 5}),
        ("2001:db8::1:8080", {4}),
        ("2001:db8:0:0:0:0:0:1:8080", set()),
        ("10.1.2.3:65535", {0, 1, 2, 3}),
        ("10.1.2.3:65536", set()),
        ("10.1.2.3:x", set()),
    ],
)
def test_the_port_behind_a_host_is_no_part_of_it(text: str, numbers: set[int]) -> None:
    assert seen(NETWORKS, FieldKind.HOST, text) == numbers


URLS = indicators(
    (IndicatorKind.URL, "http://evil.example/a?b=1"),
    (IndicatorKind.URL, "https://evil.example:8443/"),
    (IndicatorKind.URL, "http://192.0.2.1"),
    (IndicatorKind.URL, "http://[2001:db8::1]/x"),
    (IndicatorKind.DOMAIN, "evil.example"),
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("https://EVIL.example:443/a?b=1#top", {0, 4}),
        ("http://evil.example/A?b=1", {4}),
        ("hxxp://evil[.]example/a?b=1", {0, 4}),
        ("http://evil.example:8443", {1, 4}),
        ("http://user:secret@192.0.2.1/", {2}),
        ("http://192.0.2.1:080?", set()),
        ("http://[2001:DB8:0::1]:80/x", {3}),
        ("http://evil.example/a?b=1&u=hxxp://x", {4}),
        ("ftp://evil.example:21/a?b=1", {0, 4}),
        ("mailto:a@evil.example", set()),
        ("http\N{LATIN SMALL LETTER LONG S}://evil.example/a?b=1", set()),
        ("http://[2001:db8::1:80]/x", set()),
    ],
)
def test_a_url_is_compared_without_scheme_default_port_and_fragment(text: str, numbers: set[int]) -> None:
    assert seen(URLS, FieldKind.URL, text) == numbers


def test_a_port_is_told_from_the_last_group_of_an_address() -> None:
    held = indicators(
        (IndicatorKind.URL, "http://[2001:db8::1]:8080/x"), (IndicatorKind.URL, "http://[2001:db8::1:8080]/x")
    )
    assert seen(held, FieldKind.URL, "http://[2001:db8::1]:8080/x") == {0}
    assert seen(held, FieldKind.URL, "http://[2001:db8::1:8080]/x") == {1}


@pytest.mark.parametrize(
    ("host", "target", "numbers"),
    [
        ("evil.example", "/a?b=1", {0}),
        ("Evil.Example:80", "/a?b=1", {0}),
        ("evil.example:8443", "/", {1}),
        ("evil.example", "/", set()),
        ("192.0.2.1", "/", {2}),
        ("[2001:db8::1]", "/x", {3}),
        ("proxy.example", "http://evil.example/a?b=1", {0, 4}),
        ("evil.example", "", set()),
        ("evil.example:443", "evil.example:443", set()),
        ("evil.example/x", "/a?b=1", set()),
        ("", "/a?b=1", set()),
        ("u@evil.example", "/a?b=1", {0}),
    ],
)
def test_a_request_of_which_host_and_target_are_logged_apart_is_one_url(
    host: str, target: str, numbers: set[int]
) -> None:
    of = block([NOW], request([host], [target]))
    hits = sight_block(of, compile_indicators(URLS, seed=SEED))
    assert set(hits.indicators.tolist()) == numbers
    assert set(found_in(hits)) == expected(of, IndicatorSet.of(URLS))


PRINTS = indicators(
    (IndicatorKind.HASH, MD5.upper()),
    (IndicatorKind.HASH, SHA1),
    (IndicatorKind.HASH, SHA256),
    (IndicatorKind.JA3, MD5),
    (IndicatorKind.JA4, JA4),
    (IndicatorKind.MAIL, "Jan <jan.de.Vries@Evil.example>"),
    (IndicatorKind.DOMAIN, "evil.example"),
)


@pytest.mark.parametrize(
    ("kind", "text", "numbers"),
    [
        (FieldKind.HASH, MD5, {0}),
        (FieldKind.HASH, f" {SHA1.upper()} ", {1}),
        (FieldKind.HASH, ":".join(SHA1[place : place + 2] for place in range(0, 40, 2)), {1}),
        (FieldKind.HASH, SHA1[:-1] + ":", set()),
        (FieldKind.HASH, SHA256, {2}),
        (FieldKind.HASH, SHA256[1:], set()),
        (FieldKind.JA3, MD5.upper(), {3}),
        (FieldKind.JA3, SHA1, set()),
        (FieldKind.JA4, JA4, {4}),
        (FieldKind.JA4, JA4.upper(), set()),
        (FieldKind.MAIL, "jan.de.Vries@evil.example", {5, 6}),
        (FieldKind.MAIL, "Jan de Vries <jan.de.Vries@EVIL.example.>", {5, 6}),
        (FieldKind.MAIL, "jan.de.vries@mail.evil.example", {6}),
        (FieldKind.MAIL, "jan.de.Vries[@]evil[.]example", {5, 6}),
        (FieldKind.MAIL, "jan.de.Vries[at]evil(dot)example", {5, 6}),
        (FieldKind.MAIL, "Jan <jan.de.Vries(at)evil.example>", {5, 6}),
        (FieldKind.MAIL, "@evil.example", set()),
        (FieldKind.MAIL, "a b@evil.example", set()),
        (FieldKind.MAIL, "jan>", set()),
    ],
)
def test_hashes_fingerprints_and_mail_addresses_are_seen(kind: FieldKind, text: str, numbers: set[int]) -> None:
    assert seen(PRINTS, kind, text) == numbers


def test_each_part_of_a_list_is_looked_at_and_an_indicator_counts_once_for_a_field() -> None:
    held = (*DOMAINS, *NETWORKS)
    text = "b.evil.example,10.1.2.3,,evil.example,TXT 5 a,10.1.2.3"
    assert seen(held, FieldKind.HOST, text, separator=",") == {0, 4, 5, 6, 7}


def test_what_zeek_wrote_escaped_is_read_as_what_it_stands_for() -> None:
    held = indicators((IndicatorKind.DOMAIN, "bücher.example"))
    assert seen(held, FieldKind.HOST, r"www.b\xc3\xbccher.example", is_escaped="yes") == {0}
    assert seen(held, FieldKind.HOST, r"www.b\xc3\xbccher.example") == set()


WINDOW = (
    read_indicator(IndicatorKind.DOMAIN, "evil.example", id="a", valid_from=DAY, valid_until=DAY + timedelta(days=1)),
    read_indicator(IndicatorKind.DOMAIN, "evil.example", id="b"),
    read_indicator(IndicatorKind.DOMAIN, "evil.example", id="c", valid_from=DAY),
    read_indicator(IndicatorKind.DOMAIN, "evil.example", id="d", valid_until=DAY),
)
EDGE = DAY.timestamp()


@pytest.mark.parametrize(
    ("time", "numbers"),
    [
        (f"{EDGE:.0f}", {0, 1, 2}),
        (f"{EDGE - 1:.0f}.999999999", {1, 3}),
        (f"{EDGE + 86_399:.0f}.999999", {0, 1, 2}),
        (f"{EDGE + 86_400:.0f}.000000", {1, 2}),
        ("2026-10-06T02:00:00.000000+0200", {0, 1, 2}),
        ("-", {1}),
        ("", {1}),
        ("yesterday", {1}),
        ("99999999999", {1}),
    ],
)
def test_an_indicator_holds_from_its_beginning_up_to_its_end(time: str, numbers: set[int]) -> None:
    of = block([time], column(FieldKind.HOST, ["evil.example"]))
    compiled, held = compile_indicators(WINDOW, seed=SEED), IndicatorSet.of(WINDOW)
    hits = sight_block(of, compiled)
    assert set(hits.indicators.tolist()) == numbers
    assert set(found_in(hits)) == expected(of, held)
    assert set(sight_block(of, compiled, whenever=True).indicators.tolist()) == {0, 1, 2, 3}


def test_names_of_one_hash_are_told_apart() -> None:
    """A seed of zeros gives every text of a kind the same hash: what is left is the comparison of bytes."""
    same = np.zeros(257, np.uint64)
    compiled = compile_indicators((*DOMAINS, *PRINTS), seed=same)
    of = block([NOW] * 3, column(FieldKind.HOST, ["evil.example", "live.example", "a.evil.example"]))
    assert set(found_in(sight_block(of, compiled))) == expected(of, IndicatorSet.of((*DOMAINS, *PRINTS)))


def test_more_hits_than_there_was_room_for_are_all_there() -> None:
    many = tuple(read_indicator(IndicatorKind.NETWORK, "10.0.0.0/8", id=str(number)) for number in range(700))
    of = block([NOW] * 40, column(FieldKind.ADDRESS, ["10.0.0.1"] * 40))
    hits = sight_block(of, compile_indicators(many, seed=SEED))
    assert found_in(hits) == [(row, 0, number) for row in range(40) for number in range(700)]


def test_more_hits_than_there_was_room_for_are_all_there_where_the_specification_read_the_field() -> None:
    many = tuple(read_indicator(IndicatorKind.DOMAIN, "evil.example", id=str(number)) for number in range(1_500))
    of = block([NOW], column(FieldKind.HOST, ["a.évil.example,b[.]evil.example"], separator=","))
    hits = sight_block(of, compile_indicators(many, seed=SEED))
    assert found_in(hits) == [(0, 0, number) for number in range(1_500)]


def test_sightings_of_several_indicators_in_several_columns_stay_apart() -> None:
    columns = [column(FieldKind.HOST, ["evil.example", "live.example"]) for _ in range(5)]
    of = block([NOW] * 2, *(replace(one, name=str(number)) for number, one in enumerate(columns)))
    held = indicators((IndicatorKind.DOMAIN, "evil.example"), (IndicatorKind.DOMAIN, "live.example"))
    found = sightings_of(of, sight_block(of, compile_indicators(held, seed=SEED)), file="f")
    assert [(one.indicator, one.column, one.count) for one in found] == [
        (number, str(place), 1) for number in range(2) for place in range(5)
    ]


ADDRESSES = st.sampled_from(
    [
        "10.0.0.0",
        "10.0.0.1",
        "10.0.0.255",
        "10.0.1.0",
        "9.255.255.255",
        "255.255.255.255",
        "0.0.0.0",
        "::ffff:10.0.0.1",
        "2001:db8::",
        "::",
        "::1",
        "2001:db8::1",
        "2001:db8:1::",
        "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
        "64:ff9b::a00:1",
        "2001:db8:0:0:ffff::",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ]
)
LABELS = st.sampled_from(["a", "b", "evil", "EVIL", "_x", "é", "-", "", "1", "0x1", "a" * 64, "xn--9ca"])
NAMES = st.tuples(
    st.lists(LABELS, max_size=3), st.sampled_from(["evil.example", "b.test", "example", "e.example."])
).map(lambda parts: ".".join([*parts[0], parts[1]]))
TARGETS = st.sampled_from(
    ["", "/", "/a", "/A?b", "?b", "#c", "/a#c", "/(a)", "/a b", "/é", "/?u=hxxp://b", "/?u=http://b"]
)
PORTS = st.sampled_from(["", ":", ":80", ":443", ":0080", ":8080", ":65535", ":65536", ":x", ":21"])
SCHEMES = st.sampled_from(
    ["http://", "https://", "HTTP://", "ftp://", "ftps://", "hxxp://", "http\u017f://", "gopher://", ""]
)
LINKS = st.tuples(SCHEMES, st.sampled_from(["", "u:p@"]), st.one_of(NAMES, ADDRESSES), PORTS, TARGETS).map("".join)
MAILS = st.tuples(
    st.sampled_from(["", "Jan <", "<"]), st.sampled_from(["jan", "J.", "", "a@b", "ü", "a\x01"]), NAMES
).map(lambda parts: f"{parts[0]}{parts[1]}@{parts[2]}{'>' if parts[0] else ''}")
TEXTS = {
    FieldKind.ADDRESS: st.one_of(ADDRESSES, NAMES),
    FieldKind.HOST: st.one_of(ADDRESSES, NAMES, st.tuples(st.one_of(ADDRESSES, NAMES), PORTS).map("".join)),
    FieldKind.URL: LINKS,
    FieldKind.HASH: st.sampled_from([MD5, SHA1, SHA256, MD5[:-1], MD5.upper(), "g" * 32, f"{MD5}\xa0"]),
    FieldKind.JA3: st.sampled_from([MD5, SHA1, MD5.upper(), "", f"\xa0{MD5}"]),
    FieldKind.JA4: st.sampled_from([JA4, JA4[:-1], JA4.replace("_", "-"), JA4.upper()]),
    FieldKind.MAIL: MAILS,
}
WINDOWS = st.sampled_from([(None, None), (DAY, None), (None, DAY), (DAY, DAY + timedelta(hours=1))])


@st.composite
def held_indicators(draw: st.DrawFn) -> Indicator:
    kind = draw(st.sampled_from(IndicatorKind))
    begins, ends = draw(WINDOWS)
    text = {
        IndicatorKind.ADDRESS: ADDRESSES,
        IndicatorKind.DOMAIN: st.sampled_from(["evil.example", "b.evil.example", "b.test", "xn--9ca.evil.example"]),
        IndicatorKind.URL: st.sampled_from(
            [
                "http://evil.example",
                "http://evil.example/a",
                "https://b.test:8080/A?b",
                "http://10.0.0.1/",
                "http://[::1]/a",
            ]
        ),
        IndicatorKind.HASH: st.sampled_from([MD5, SHA1, SHA256]),
        IndicatorKind.JA3: st.just(MD5),
        IndicatorKind.JA4: st.just(JA4),
        IndicatorKind.MAIL: st.sampled_from(["jan@evil.example", "ü@b.test", "a\x01@evil.example"]),
    }
    if kind is IndicatorKind.NETWORK:
        base = ip_address(draw(ADDRESSES))
        length = draw(
            st.sampled_from([1, 8, 16, 24, 31, 32, 33, 48, 64, 127, 128]).filter(lambda n: n <= base.max_prefixlen)
        )
        written = str(ip_network((base, length), strict=False))
    else:
        written = draw(text[kind])
    return read_indicator(kind, written, id=str(draw(st.integers(0, 9))), valid_from=begins, valid_until=ends)


@settings(max_examples=400, deadline=None)
@given(
    held=st.lists(held_indicators(), max_size=12),
    kind=st.sampled_from(FieldKind),
    data=st.data(),
    separator=st.sampled_from(["", ","]),
    is_escaped=st.booleans(),
    whenever=st.booleans(),
)
def test_the_kernel_sees_what_the_specification_sees(
    *, held: list[Indicator], kind: FieldKind, data: st.DataObject, separator: str, is_escaped: bool, whenever: bool
) -> None:
    texts = data.draw(st.lists(st.lists(TEXTS[kind], min_size=1, max_size=3).map((separator or " ").join), max_size=6))
    times = data.draw(
        st.lists(
            st.sampled_from([NOW, "1791244800", "1791244799.9999999", "2026-10-06 00:00:00Z", "-", "１"]),
            min_size=len(texts),
            max_size=len(texts),
        )
    )
    of = block(times, column(kind, texts, separator=separator, is_escaped=is_escaped))
    hits = sight_block(of, compile_indicators(held, seed=SEED), whenever=whenever)
    assert set(found_in(hits)) == expected(of, IndicatorSet.of(held), whenever=whenever)
    assert len(set(found_in(hits))) == len(hits)


@settings(max_examples=200, deadline=None)
@given(
    held=st.lists(held_indicators(), max_size=12),
    said=st.lists(st.tuples(st.tuples(NAMES, PORTS).map("".join), st.one_of(TARGETS, LINKS)), max_size=6),
)
def test_a_request_is_seen_as_the_specification_sees_it(held: list[Indicator], said: list[tuple[str, str]]) -> None:
    of = block([NOW] * len(said), request([host for host, _ in said], [target for _, target in said]))
    hits = sight_block(of, compile_indicators(held, seed=SEED))
    assert set(found_in(hits)) == expected(of, IndicatorSet.of(held))


def test_a_batch_of_arrow_is_looked_through_as_a_log_is() -> None:
    batch = pa.RecordBatch.from_pydict(
        {"ts": [NOW, None], "who": ["10.1.2.3", "10.9.9.9"], "name": [None, "evil.example"]}
    )
    compiled = compile_indicators((*NETWORKS, *DOMAINS), seed=SEED)
    hits = sight_batch(batch, compiled, {"who": FieldKind.ADDRESS, "name": FieldKind.HOST}, time="ts")
    assert found_in(hits) == [(0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 0, 3), (1, 0, 0), (1, 1, 8)]
    assert hits.is_timed.tolist() == [True, False]


def test_sightings_count_exactly_and_show_the_first_records() -> None:
    times = ["1791288005", "1791288001", "-", "1791288003", "1791288002"]
    of = block(times, column(FieldKind.HOST, ["evil.example"] * 5), log="dns")
    compiled = compile_indicators(indicators((IndicatorKind.DOMAIN, "evil.example")), seed=SEED)
    (one,) = sightings_of(of, sight_block(of, compiled), file="dns.log")
    assert (one.log, one.column, one.count) == ("dns", "host", 5)
    assert one.first is not None
    assert one.last is not None
    assert (one.first.second, one.last.second) == (1, 5)
    assert [shown.offset for shown in one.records] == [1, 4, 3]


@settings(max_examples=100, deadline=None)
@given(cuts=st.sets(st.integers(0, 12), max_size=4), order=st.randoms(use_true_random=False))
def test_sightings_of_parts_in_any_order_are_those_of_the_whole(cuts: set[int], order: Random) -> None:
    names = ["evil.example", "a.evil.example", "x.test"] * 4
    times = [str(1791288000 + (number * 7) % 12) for number in range(12)]
    compiled = compile_indicators(DOMAINS, seed=SEED)

    def of(first: int, until: int) -> list[Sighting]:
        part = block(times[first:until], column(FieldKind.HOST, names[first:until]))
        moved = replace(part, first=first)
        return sightings_of(moved, sight_block(moved, compiled), file="f")

    edges = sorted({0, 12, *cuts})
    parts = [one for first, until in pairwise(edges) for one in of(first, until)]
    order.shuffle(parts)
    assert together(parts) == together(of(0, 12))
