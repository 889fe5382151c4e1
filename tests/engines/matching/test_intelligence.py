"""What others give as indicators is read, and what becomes none is told with its reason."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stix2.pattern_visitor import create_pattern_object

from meldpunt.detection.bundle import pattern_of
from meldpunt.detection.values import IndicatorKind as SharedKind
from meldpunt.engines.matching.artefacts import read_indicators
from meldpunt.engines.matching.errors import InputBroken, MatchingError
from meldpunt.engines.matching.indicators import too_broad
from meldpunt.engines.matching.reading.intelligence import opening
from meldpunt.engines.matching.reading.intelligence.opening import read_intelligence, read_text
from meldpunt.engines.matching.values import Indicator, IndicatorKind
from meldpunt.entrypoints.cli.match import run

MD5 = "d41d8cd98f00b204e9800998ecf8427e"
JA4 = "t13d1516h2_8daaf6152771_b186095e22b6"


def read(held: object, *, with_all: bool = False) -> opening.Read:
    text = held if isinstance(held, str) else json.dumps(held)
    return read_text(text.encode(), name="file", source="a source", with_all=with_all)


def values(held: opening.Read) -> list[tuple[str, str]]:
    return [(str(one.kind), one.value) for one in held.indicators]


def reasons(held: opening.Read) -> list[str]:
    return [one.reason for one in held.left_out]


def stix(pattern: str, **said: object) -> dict[str, object]:
    return {"type": "indicator", "id": "indicator--1", "pattern": pattern, "pattern_type": "stix", **said}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[ipv4-addr:value = '192.0.2.1']", [("address", "192.0.2.1")]),
        ("[ipv4-addr:value = '192.0.2.0/24']", [("network", "192.0.2.0/24")]),
        ("[ipv6-addr:value ISSUBSET '2001:db8::/32']", [("network", "2001:db8::/32")]),
        ("[domain-name:value = 'EVIL.example' OR url:value = 'http://evil.example/a']",
         [("domain", "evil.example"), ("url", "http://evil.example/a")]),
        ("[domain-name:value IN ('a.example', 'b.example')]", [("domain", "a.example"), ("domain", "b.example")]),
        ("[domain-name:value = 'a.example'] OR [email-addr:value = 'a@b.example']",
         [("domain", "a.example"), ("mail", "a@b.example")]),
        (f"[file:hashes.MD5 = '{MD5}' OR file:hashes.'SHA-1' = '{'a' * 40}']", [("hash", MD5), ("hash", "a" * 40)]),
        ("[email-message:from_ref.value = 'a@b.example']", [("mail", "a@b.example")]),
        ("[network-traffic:dst_ref.value = '192.0.2.1']", [("address", "192.0.2.1")]),
        (r"[url:value = 'http://evil.example/it\'s\\']", [("url", r"http://evil.example/it's\\"[:-1])]),
    ],
)  # fmt: skip
def test_every_alternative_of_a_pattern_is_an_indicator(pattern: str, expected: list[tuple[str, str]]) -> None:
    held = read({"type": "bundle", "objects": [stix(pattern, valid_from="2026-01-01T00:00:00Z")]})
    assert values(held) == expected
    assert reasons(held) == []
    assert {one.id for one in held.indicators} == {"indicator--1"}
    assert {one.valid_from for one in held.indicators} == {datetime(2026, 1, 1, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (stix("[domain-name:value = 'a.example' AND ipv4-addr:value = '192.0.2.1']"), "no single value says it: AND"),
        (stix("[domain-name:value = 'a.example'] FOLLOWEDBY [url:value = 'x']"), "no single value says it: FOLLOWEDBY"),
        (stix("[domain-name:value = 'a.example'] REPEATS 5 TIMES"), "no single value says it: REPEATS"),
        (stix("[domain-name:value != 'a.example']"), "!= is not looked for"),
        (stix("[domain-name:value LIKE 'a%']"), "LIKE is not looked for"),
        (stix("[file:name = 'a.exe']"), "file:name is not looked for"),
        (stix(f"[file:hashes.'SHA-512' = '{'a' * 128}']"), "file:hashes.SHA-512 is not looked for"),
        (stix("[domain-name:value = 'co.uk']"), "strangers have names under it"),
        (stix("[ipv4-addr:value = '10.0.0.01']"), "no address: neither four plain octets nor IPv6"),
        (stix("[domain-name:value = "), "its pattern is none of STIX"),
        (stix("rule x {}", pattern_type="yara"), "a pattern of yara"),
        (stix("[domain-name:value = 'a.example']", revoked=True), "revoked"),
        (stix("[domain-name:value = 'a.example']", valid_from="2026-13-01T00:00:00Z"),
         "its window cannot be read: no such date or time of day"),
        (stix("[url:value = 'http://a']", valid_from="2026-01-02T00:00:00Z", valid_until="2026-01-01T00:00:01Z"),
         "it ends before it begins"),
        (stix("[EXISTS domain-name:value]"), "it compares nothing"),
        (stix("[ipv4-addr:value ISSUPERSET '192.0.2.0/24']"), "ISSUPERSET is not looked for"),
        (stix(f"[url:value = 'http://evil.example/{'x' * 200_000}']"), "no pattern that can be read"),
        (stix("[" + " OR ".join(["domain-name:value = 'a.example'"] * 5000) + "]"),
         "its pattern has too many alternatives, or nests too deep"),
        ({"type": "ipv4-addr", "id": "ipv4-addr--1", "value": "192.0.2.1"}, "an observation, and no indicator"),
        ({"type": "network-traffic", "id": "network-traffic--1"}, "an observation, and no indicator"),
    ],
)  # fmt: skip
def test_what_no_single_value_says_is_left_out_with_the_reason(said: dict[str, object], reason: str) -> None:
    held = read({"type": "bundle", "objects": [said]})
    assert (values(held), reasons(held)) == ([], [reason])


def test_parts_of_a_conjunction_count_where_that_is_asked_for() -> None:
    both = stix("[domain-name:value = 'a.example' AND ipv4-addr:value = '192.0.2.1']")
    assert values(read({"objects": [both]}, with_all=True)) == [("domain", "a.example"), ("address", "192.0.2.1")]


def test_what_the_platform_shares_is_read_back_as_it_was() -> None:
    shared = [
        (SharedKind.ADDRESS, "192.0.2.1", "address"),
        (SharedKind.ADDRESS, "2001:db8::1", "address"),
        (SharedKind.NETWORK, "192.0.2.0/24", "network"),
        (SharedKind.DOMAIN, "evil.example", "domain"),
        (SharedKind.URL, "http://evil.example/it's\\x", "url"),
        (SharedKind.MAIL, "a'b@evil.example", "mail"),
        (SharedKind.HASH, "a" * 64, "hash"),
    ]
    held = read({"objects": [stix(pattern_of(kind, value)) for kind, value, _ in shared]})
    assert values(held) == [(kind, value) for _, value, kind in shared]


def compared(expression: Any) -> Iterator[tuple[str, str, str]]:
    """(path, operator, text) of each comparison, as the library of the standard parses a pattern."""
    if hasattr(expression, "operands"):
        for one in expression.operands:
            yield from compared(one)
    elif hasattr(expression, "operand"):
        yield from compared(expression.operand)
    else:
        yield str(expression.lhs), expression.operator, str(getattr(expression.rhs, "value", expression.rhs))


def test_the_bundles_of_others_give_what_the_library_of_the_standard_finds_in_them(shared_data: Path) -> None:
    found = 0
    for path in sorted((shared_data / "stix").rglob("*.json")):
        document = json.loads(path.read_text())
        objects = document.get("objects", [document])
        if "type" not in document:
            continue
        held = read_intelligence(path)
        for one in (one for one in objects if one.get("type") == "indicator"):
            parsed = create_pattern_object(one["pattern"], version=one.get("spec_version", "2.0"))
            said = [
                text
                for path, operator, text in compared(parsed)
                if operator == "=" and path.partition(":")[2] != "name"
            ]
            mine = [each.value for each in held.indicators if each.id == one["id"]]
            others = [left.reason for left in held.left_out if left.where == one["id"]]
            assert len(mine) + len(others) >= len(said)
            assert {text for text in said if " " not in text} <= set(mine), one["id"]
            found += len(mine)
    assert found == 68


def attribute(kind: str, value: str, **said: object) -> dict[str, object]:
    return {"uuid": "u-1", "type": kind, "value": value, "to_ids": True, **said}


def test_attributes_of_misp_are_read_wherever_they_stand() -> None:
    event = {
        "Event": {
            "Attribute": [
                attribute("ip-dst", "192.0.2.1"),
                attribute("ip-dst|port", "192.0.2.2|443"),
                attribute("ip-src", "192.0.2.0/24"),
                attribute("domain|ip", "evil.example|192.0.2.3"),
                attribute("filename|md5", f"a.exe|{MD5}"),
                attribute("ja3-fingerprint-md5", MD5),
                attribute("hostname", "a.evil.example", to_ids=False),
                attribute("domain", "gone.example", deleted=True),
                attribute("mutex", "x"),
                attribute("filename|md5", "a.exe"),
            ],
            "Object": [{"name": "email", "Attribute": [attribute("email-src", "a@b.example")]}],
            "ShadowAttribute": [attribute("domain", "proposed.example")],
            "RelatedEvent": [{"Event": {"Attribute": [attribute("domain", "related.example")]}}],
        }
    }
    held = read({"response": [event]})
    assert values(held) == [
        ("address", "192.0.2.1"),
        ("address", "192.0.2.2"),
        ("network", "192.0.2.0/24"),
        ("domain", "evil.example"),
        ("address", "192.0.2.3"),
        ("hash", MD5),
        ("ja3", MD5),
        ("mail", "a@b.example"),
    ]
    assert reasons(held) == [
        "not for detection",
        "deleted",
        "a mutex is not looked for",
        "no two values in a filename|md5",
    ]
    assert ("domain", "a.evil.example") in values(read(event, with_all=True))


def test_what_stands_in_a_deleted_object_is_deleted() -> None:
    for deleted in (True, 1, "1", "true"):
        gone = {"deleted": deleted, "Attribute": [attribute("domain", "gone.example")]}
        held = read({"Event": {"Object": [gone, {"Attribute": [attribute("domain", "here.example")]}]}})
        assert (values(held), reasons(held)) == ([("domain", "here.example")], ["deleted"])


def test_an_attribute_is_read_however_deep_it_stands() -> None:
    held: dict[str, object] = {"Attribute": [attribute("domain", "deep.example")]}
    for _ in range(200):
        held = {"Event": held}
    assert values(read(held)) == [("domain", "deep.example")]


def test_half_a_character_is_left_out_and_can_be_told() -> None:
    event = [
        attribute("domain", "a.example", uuid="\ud800"),
        attribute("email-src", "\ud800@a.example"),
        attribute("\ud800", "x"),
    ]
    held = read({"Attribute": event})
    assert held.indicators == ()
    assert reasons(held) == [
        "no domain: half a character in it or in its id",
        "no mail: half a character in it or in its id",
        "a ? is not looked for",
    ]
    assert "".join(left.where + left.reason for left in held.left_out).encode()


def test_every_attribute_of_real_events_is_an_indicator_or_told(shared_data: Path) -> None:
    """Counted beside by a walk over the plain JSON."""

    def walk(held: Any) -> int:
        if isinstance(held, list):
            return sum(map(walk, held))
        if not isinstance(held, dict):
            return 0
        own = int("value" in held and "type" in held)
        left = ("ShadowAttribute", "RelatedEvent", "Galaxy", "Tag", "Sighting")
        return own + sum(walk(one) for name, one in held.items() if name not in left)

    total = Counter[str]()
    for path in sorted((shared_data / "misp").glob("*.json")):
        document = json.loads(path.read_text())
        try:
            held = read_intelligence(path)
        except InputBroken as refused:
            total[str(refused).partition(": ")[2]] += 1
            continue
        attributes = walk(document)
        told = len(held.indicators) + len(held.left_out)
        assert told <= 2 * attributes
        assert attributes == 0 or told > 0
        total["read"] += len(held.indicators)
    assert total["read"] > 150


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a list\n192.0.2.1\t5\n2001:db8::/32 ; note\nevil.example # note\n",
         ["192.0.2.1", "2001:db8::/32", "evil.example"]),
        ("0.0.0.0 evil.example\n127.0.0.1\tb.evil.example\n", ["evil.example", "b.evil.example"]),
        ("hxxp://evil[.]example/a\na@b.example\n", ["http://evil.example/a", "a@b.example"]),
        (f"{MD5}\n{'b' * 64}\n{JA4}", [MD5, "b" * 64, JA4]),
        ("type,value,valid_until\nip,192.0.2.1,2026-01-01 00:00:00\njunk,x,\n,evil.example,\n",
         ["192.0.2.1", "evil.example"]),
        ("id;ioc;ioc_type\n7;evil.example;domain\n", ["evil.example"]),
        ("domain,ip\nevil.example,192.0.2.1\n,192.0.2.2\n", ["192.0.2.1", "evil.example", "192.0.2.2"]),
        (f"first_seen,ja3_md5,ja3\n2026-01-01,x,{MD5}\n", [MD5]),
        ("http://evil.example/a,b;c=1?d=2,3 5\n", ["http://evil.example/a,b;c=1?d=2,3"]),
        ("0.0.0.0 a.example b.example # two\n", ["a.example", "b.example"]),
        ("192.0.2.1,5\nevil.example;x\n", ["192.0.2.1", "evil.example"]),
        ("::1 evil.example\n:: b.example\n", ["evil.example", "b.example"]),
        ("value,value\n192.0.2.1,evil.example\n", ["192.0.2.1"]),
        ("value,kind\n#evil.example,domain\n # b.example,domain\nc.example,domain\n", ["c.example"]),
    ],
)  # fmt: skip
def test_tables_and_lists_are_read(text: str, expected: list[str]) -> None:
    assert sorted(one.value for one in read(text).indicators) == sorted(expected)


def test_a_table_says_windows_and_ids_and_what_is_left_out() -> None:
    text = (
        "uuid,kind,value,valid_from,valid_until\na,domain,evil.example,1767225600,2026-02-01T00:00:00Z\n"
        "b,domain,nl,,\nc,domain,x.example,soon,\n"
    )
    held = read(text)
    (one,) = held.indicators
    assert (one.id, one.valid_from, one.valid_until) == (
        "a",
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 2, 1, tzinfo=UTC),
    )
    assert [(left.where, left.reason[:20]) for left in held.left_out] == [
        ("b", "strangers have names"),
        ("line 4", "its window cannot be"),
    ]


def test_real_lists_are_read_to_the_last_address(shared_data: Path) -> None:
    for path in sorted((shared_data / "feeds").glob("ipsum_*.txt")):
        held = read_intelligence(path)
        assert held.left_out == ()
        assert [one.value for one in held.indicators] == list(dict.fromkeys(path.read_text().split()))


WORDS = ["indicator", "[a:b = 'c']", "domain", "evil.example"]
KEYS = ["type", "value", "pattern", "objects", "Event", "Attribute", "to_ids", "id", "response", "x"]


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.sampled_from(WORDS)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(
                st.sampled_from(KEYS),
                inner,
                max_size=5,
            ),
        ),
        max_leaves=20,
    )
)  # fmt: skip
def test_whatever_a_document_holds_it_is_read_or_refused(held: object) -> None:
    try:
        found = read(held)
    except MatchingError:
        return
    assert all(isinstance(one, Indicator) for one in found.indicators)


@given(st.text(max_size=200))
def test_whatever_a_text_holds_it_is_read_or_refused(text: str) -> None:
    try:
        read(text)
    except MatchingError:
        return


def test_what_is_none_of_them_is_refused(tmp_path: Path) -> None:
    for text, reason in (
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[" * 800 + "]" * 800, "no JSON"),
        ('{"a": 1}', "neither STIX nor MISP"),
    ):
        with pytest.raises(InputBroken, match=reason):
            read(text)
    for mark, of in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        with pytest.raises(InputBroken, match="UTF-16"):
            read_text(mark + "a".encode(of), name="a", source="a")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(opening.LARGEST + 1)
    with pytest.raises(InputBroken, match="larger than 256 MiB"):
        read_intelligence(tmp_path / "large")


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        (IndicatorKind.NETWORK, "11.0.0.0/8", "shorter than /16"),
        (IndicatorKind.NETWORK, "2a00::/16", "shorter than /32"),
        (IndicatorKind.ADDRESS, "10.0.0.1", "private"),
        (IndicatorKind.ADDRESS, "127.0.0.1", "loopback"),
        (IndicatorKind.ADDRESS, "224.0.0.1", "multicast"),
        (IndicatorKind.ADDRESS, "fe80::1", "link-local"),
        (IndicatorKind.ADDRESS, "100.64.0.1", "shared"),
        (IndicatorKind.NETWORK, "100.127.0.0/16", "shared"),
        (IndicatorKind.ADDRESS, "100.128.0.1", None),
        (IndicatorKind.ADDRESS, "8.8.8.8", None),
        (IndicatorKind.DOMAIN, "evil.example", None),
    ],
)
def test_what_would_be_seen_all_the_time_is_warned_of(kind: IndicatorKind, value: str, why: str | None) -> None:
    said = too_broad(Indicator("a", kind, value))
    assert said is None if why is None else why in str(said)


def test_the_command_says_what_it_read_left_out_and_found_broad(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.txt").write_text("10.0.0.0/8\nevil.example\nnl\n")
    (tmp_path / "bundle.json").write_text(json.dumps({"objects": [stix("[domain-name:value = 'evil.example']")]}))
    files = [str(tmp_path / name) for name in ("list.txt", "bundle.json")]
    assert run(["indicators", *files, "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "list.txt: 2 indicators, 1 left out" in said
    assert "broad: 10.0.0.0/8: a network shorter than /16" in said
    assert "2 domain, 1 network" in said
    assert Path(said.splitlines()[-1]).exists()
    assert run(["indicators", *files, "--out", str(tmp_path / "out"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kinds"] == {"domain": 2, "network": 1}


def test_what_is_new_since_a_list_was_compiled_stands_in_a_file_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "list.csv", tmp_path / "later" / "list.csv"
    second.parent.mkdir()
    head = "value,kind,valid_until,id\n"
    first.write_text(f"{head}192.0.2.1,address,,1\nevil.example,domain,,2\nold.example,domain,,3\n")
    second.write_text(f"{head}192.0.2.1,address,,1\nevil.example,domain,2026-12-01 00:00:00,2\nnew.example,domain,,4\n")
    assert run(["indicators", str(first), "--out", str(tmp_path / "c"), "--json"]) == 0
    before = json.loads(capsys.readouterr().out)["file"]
    assert run(["indicators", str(second), "--out", str(tmp_path / "c"), "--since", before, "--json"]) == 0
    since = json.loads(capsys.readouterr().out)["since"]
    assert (since["new"], since["gone"]) == (2, 2)
    table = read_indicators(Path(since["file"])).indicators
    assert sorted(table.get(number).value for number in range(len(table))) == ["evil.example", "new.example"]
    assert run(["indicators", str(second), "--out", str(tmp_path / "c"), "--since", str(Path(since["file"]))]) == 0
    assert "since then 1 are new, and 0 gone" in capsys.readouterr().out
