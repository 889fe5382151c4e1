"""Logs of Zeek and Suricata are read whole, whatever they are written in, and nothing in them falls through."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from meldpunt.engines.matching.compiling_indicators import CompiledIndicators, compile_indicators
from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.indicators import IndicatorSet, read_indicator
from meldpunt.engines.matching.reading.logs.folders import labels_of, logs_in
from meldpunt.engines.matching.reading.logs.lines import LONGEST_LINE, Counted
from meldpunt.engines.matching.reading.logs.opening import Log, blocks_of, stem_of
from meldpunt.engines.matching.sighting import sight_block
from meldpunt.engines.matching.sightings.planning import plan
from meldpunt.engines.matching.values import Indicator, IndicatorKind
from meldpunt.engines.matching.watching import LogBlock

from .sights import expected, found_in

HEADER = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n"
FIELDS = (
    "#fields\tts\tuid\tid.orig_h\tid.resp_h\tquery\tanswers\n#types\ttime\tstring\taddr\taddr\tstring\tvector[string]\n"
)
OTHERWISE = "#fields\tquery\tts\tanswers\tid.resp_h\n#types\tstring\ttime\tvector[string]\taddr\n"
ROW = "1791288000.000001\tC1\t10.0.0.5\t192.0.2.53\twww.evil.example\tTXT 5 a,b,198.51.100.7\n"


def indicators() -> tuple[Indicator, ...]:
    said = [
        (IndicatorKind.DOMAIN, "evil.example"),
        (IndicatorKind.ADDRESS, "198.51.100.7"),
        (IndicatorKind.NETWORK, "192.0.2.0/24"),
        (IndicatorKind.URL, "http://evil.example/gate?id=1"),
        (IndicatorKind.HASH, "d41d8cd98f00b204e9800998ecf8427e"),
        (IndicatorKind.JA3, "d41d8cd98f00b204e9800998ecf8427e"),
        (IndicatorKind.JA4, "t13d1516h2_8daaf6152771_b186095e22b6"),
        (IndicatorKind.MAIL, "boss@evil.example"),
    ]
    return tuple(read_indicator(kind, text, id=text) for kind, text in said)


def read(text: bytes | str, *, name: str = "dns.log", size: int = 1 << 20) -> tuple[list[LogBlock], Counted]:
    raw = text.encode() if isinstance(text, str) else text
    counted = Counted()
    pieces = [raw[start : start + size] for start in range(0, len(raw), size)]
    return list(blocks_of(pieces, name=name, counted=counted)), counted


def seen(blocks: Iterable[LogBlock]) -> list[tuple[str, str, str]]:
    """(record, column, indicator), after the kernel and the specification said the same."""
    held = indicators()
    compiled, by_hand = compile_indicators(held), IndicatorSet.of(held)
    found = []
    for block in blocks:
        hits = sight_block(block, compiled)
        assert set(found_in(hits)) == expected(block, by_hand)
        found += [
            (block.text_of(row), block.watched[column].name, held[number].id) for row, column, number in found_in(hits)
        ]
    return found


def test_a_zeek_log_is_read_by_the_names_in_its_header() -> None:
    blocks, counted = read(HEADER + FIELDS + ROW)
    assert counted == Counted(1, 0)
    assert blocks[0].log == "dns"
    assert [one[1:] for one in seen(blocks)] == [
        ("id.resp_h", "192.0.2.0/24"),
        ("query", "evil.example"),
        ("answers", "198.51.100.7"),
    ]
    assert [one.name for one in blocks[0].watched if one.names_client] == ["id.orig_h"]


@pytest.mark.parametrize("size", [1, 7, 64, 1 << 20])
def test_a_header_in_the_middle_holds_for_what_follows_it(size: int) -> None:
    other = "evil.example\t1791288000\t-\t192.0.2.1\n"
    text = HEADER + FIELDS + ROW + "#close\t2026-10-06-12-00-00\n" + HEADER + OTHERWISE + other + HEADER + FIELDS + ROW
    blocks, counted = read(text, size=size)
    assert counted == Counted(3, 0)
    assert [one[1] for one in seen(blocks)] == [
        *("id.resp_h", "query", "answers"),
        *("query", "id.resp_h"),
        *("id.resp_h", "query", "answers"),
    ]
    raw = text.encode()
    for block in blocks:
        for row in range(block.rows):
            first = block.first + int(block.records[row])
            assert raw[first:].startswith(block.text_of(row).encode())


def test_a_line_with_other_fields_than_the_header_names_is_counted_and_not_read() -> None:
    blocks, counted = read(HEADER + FIELDS + ROW + "1791288000\tC1\tevil.example\n" + ROW.replace("\n", "\textra\n"))
    assert counted == Counted(1, 2)
    assert len(seen(blocks)) == 3


def test_what_is_unset_or_empty_is_nothing_and_what_is_escaped_is_what_it_stands_for() -> None:
    rows = "-\tC1\t-\t-\t-\t-\n1\tC\t-\t-\t(empty)\t(empty)\n1\tC\t-\t-\twww.evil\\x2eexample\t-,\\x2d,evil.example\n"
    blocks, counted = read(HEADER + FIELDS + rows)
    assert counted == Counted(3, 0)
    assert [one[1] for one in seen(blocks)] == ["query", "answers"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"], ids=["none", "newline", "return"])
def test_the_last_line_counts_whether_or_not_it_is_ended(end: str) -> None:
    blocks, counted = read(HEADER + FIELDS + ROW + ROW.rstrip("\n") + end)
    assert counted == Counted(2, 0)
    assert len(seen(blocks)) == 6


def test_records_without_a_header_are_refused_and_so_is_what_is_no_log() -> None:
    with pytest.raises(InputBroken, match="before any #fields"):
        read(HEADER + ROW)
    with pytest.raises(InputBroken, match="no log of Zeek"):
        read(ROW)
    with pytest.raises(InputBroken, match="not one character"):
        read("#separator \\x09\\x09\n")
    assert read("") == ([], Counted())


def test_other_logs_are_read_by_the_names_of_their_columns() -> None:
    http = "#fields\tts\thost\turi\treferrer\n1791288000\tEvil.example\t/gate?id=1\thttp://evil.example:80/gate?id=1\n"
    ja4 = "t13d1516h2_8daaf6152771_b186095e22b6"
    ssl = f"#fields\tts\tserver_name\tja3\tja4\n1\tevil.example\td41d8cd98f00b204e9800998ecf8427e\t{ja4}\n"
    said = "boss@evil.example\ta@b.nl,c@evil.example\tBoss <boss@evil.example>\t10.0.0.1,192.0.2.3"
    mail = f"#fields\tts\tmailfrom\trcptto\tfrom\tpath\n1\t{said}\n"
    files = "#fields\tts\ttx_hosts\tmd5\tsha1\n1\t192.0.2.9\tD41D8CD98F00B204E9800998ECF8427E\t-\n"
    x509 = "#fields\tts\tsan.dns\tsan.ip\n1\ta.evil.example,b.nl\t192.0.2.1,198.51.100.7\n"
    assert [one[1:] for one in seen(read(http)[0])] == [
        ("host", "evil.example"),
        ("uri", "http://evil.example/gate?id=1"),
        ("referrer", "evil.example"),
        ("referrer", "http://evil.example/gate?id=1"),
    ]
    assert [one[1] for one in seen(read(ssl)[0])] == ["server_name", "ja3", "ja4"]
    assert [one[1:] for one in seen(read(mail)[0])] == [
        ("mailfrom", "evil.example"),
        ("mailfrom", "boss@evil.example"),
        ("rcptto", "evil.example"),
        ("from", "evil.example"),
        ("from", "boss@evil.example"),
        ("path", "192.0.2.0/24"),
    ]
    assert [one[1] for one in seen(read(files)[0])] == ["tx_hosts", "md5"]
    assert [one[1:] for one in seen(read(x509)[0])] == [
        ("san.dns", "evil.example"),
        ("san.ip", "198.51.100.7"),
        ("san.ip", "192.0.2.0/24"),
    ]


EVE = [
    {"timestamp": "2026-10-06T12:00:00.000001+0200", "event_type": "dns", "src_ip": "10.0.0.1", "dest_ip": "192.0.2.53"}
    | {
        "dns": {
            "rrname": "www.evil.example",
            "answers": [{"rrname": "x.nl", "rdata": "198.51.100.7"}, {"rdata": {"soa": 1}}],
        }
    },
    {
        "timestamp": "2026-10-06T12:00:01+0200",
        "event_type": "http",
        "http": {"hostname": "evil.example", "url": "/gate?id=1"},
    },
    {
        "timestamp": "2026-10-06T12:00:02+0200",
        "event_type": "tls",
        "tls": {"sni": "evil.example", "ja4": "t13d1516h2_8daaf6152771_b186095e22b6"},
    }
    | {"tls2": {"ja3": {"hash": "no"}}},
    {
        "timestamp": "2026-10-06T12:00:03+0200",
        "event_type": "fileinfo",
        "fileinfo": {"md5": "d41d8cd98f00b204e9800998ecf8427e"},
    },
    {
        "timestamp": "x",
        "event_type": "smtp",
        "smtp": {"mail_from": "<boss@evil.example>", "rcpt_to": ["<a@b.nl>", "<z@evil.example>"]},
    },
]


@pytest.mark.parametrize("size", [1, 100, 1 << 20])
def test_eve_is_read_by_its_paths_and_a_line_that_is_no_object_is_counted(size: int) -> None:
    lines = [json.dumps(one) for one in EVE]
    text = "\n".join([lines[0], "", "nonsense", "[1]", *lines[1:], '{"dns": 5, "event_type": "dns"}', '{"cut": '])
    blocks, counted = read(text, name="eve.json", size=size)
    assert counted == Counted(6, 3, blank=1)
    assert {block.log for block in blocks} == {"eve"}
    assert [one[1:] for one in seen(blocks)] == [
        ("dest_ip", "192.0.2.0/24"),
        ("dns.rrname", "evil.example"),
        ("dns.answers[].rdata", "198.51.100.7"),
        ("http.hostname", "evil.example"),
        ("http.url", "http://evil.example/gate?id=1"),
        ("tls.sni", "evil.example"),
        ("tls.ja4", "t13d1516h2_8daaf6152771_b186095e22b6"),
        ("fileinfo.md5", "d41d8cd98f00b204e9800998ecf8427e"),
        ("smtp.mail_from", "evil.example"),
        ("smtp.mail_from", "boss@evil.example"),
        ("smtp.rcpt_to[]", "evil.example"),
    ]


def test_zeek_in_json_is_read_as_zeek_in_text_is() -> None:
    row = {"_path": "dns", "ts": 1791288000.000001, "id.orig_h": "10.0.0.5", "id.resp_h": "192.0.2.53"}
    row |= {"query": "www.evil.example", "answers": ["TXT 5 a", "b", "198.51.100.7"]}
    blocks, counted = read(json.dumps(row) + "\n", name="whatever.json")
    assert (blocks[0].log, counted) == ("dns", Counted(1, 0))
    assert [one[1:] for one in seen(blocks)] == [one[1:] for one in seen(read(HEADER + FIELDS + ROW)[0])]
    assert sight_block(blocks[0], compile_indicators(indicators())).at.tolist() == [1791288000000001]


@pytest.mark.parametrize("size", [1 << 8, 1 << 12, 1 << 20])
def test_each_kind_of_log_in_one_stream_of_zeek_is_counted_as_its_own(size: int) -> None:
    said = [{"_path": "dns", "query": "a.evil.example"}, {"_path": "http", "host": "evil.example", "uri": "/a"}]
    lines = [json.dumps(said[number % 3 // 2] | {"ts": 1791288000 + number}) for number in range(90)]
    text = "\n".join([*lines, "nonsense", json.dumps({"ts": 1, "query": "evil.example"})])
    blocks, counted = read(text, name="stream.json", size=size)
    assert counted == Counted(91, 1)
    rows = {log: sum(block.rows for block in blocks if block.log == log) for log in ("dns", "http", "stream")}
    assert rows == {"dns": 60, "http": 30, "stream": 2}
    found = seen(blocks)
    assert sorted({(record, column) for record, column, _ in found}) == sorted(
        [(line, "query" if "query" in line else "host") for line in lines] + [(text.rpartition("\n")[2], "query")]
    )
    for block in blocks:
        for row in range(block.rows):
            first = block.first + int(block.records[row])
            assert text.encode()[first:].startswith(block.text_of(row).encode())


def test_answers_that_suricata_groups_by_type_are_read() -> None:
    grouped = {"A": ["192.0.2.1", "198.51.100.7"], "CNAME": ["www.evil.example"]}
    event = {"timestamp": "x", "event_type": "dns", "dns": {"rrname": "b.nl", "grouped": grouped}}
    assert [one[1:] for one in seen(read(json.dumps(event), name="eve.json")[0])] == [
        ("dns.grouped.A[]", "198.51.100.7"),
        ("dns.grouped.A[]", "192.0.2.0/24"),
        ("dns.grouped.CNAME[]", "evil.example"),
    ]


def test_a_log_is_told_by_the_first_line_that_says_what_it_is() -> None:
    event = json.dumps({"timestamp": "x", "event_type": "dns"})
    blocks, counted = read('{"started": true}\n' + event, name="eve.json")
    assert (blocks[0].log, counted) == ("eve", Counted(2, 0))


@pytest.mark.parametrize("size", [4 << 20, 64 << 20])
@pytest.mark.parametrize("before", [0, 3 << 20])
def test_a_line_that_is_too_long_is_refused_wherever_pieces_are_cut(before: int, size: int) -> None:
    short = '{"event_type": "x", "said": "' + "a" * before + '"}\n'
    long = '{"event_type": "x", "said": "' + "a" * (LONGEST_LINE + 1) + '"}\n'
    with pytest.raises(InputBroken, match=f"near byte {len(short)} does not end"):
        read(short + long, name="eve.json", size=size)
    with pytest.raises(InputBroken, match="does not end"):
        read(HEADER + FIELDS + "a" * before + "\n" + long, size=size)


def test_bytes_that_are_no_utf_8_cost_no_record() -> None:
    good = json.dumps(EVE[0]).encode()
    blocks, counted = read(good + b"\n" + good.replace(b"www", b"w\xffw") + b"\n" + good + b"\n", name="eve.json")
    assert counted.records + counted.unread == 3
    assert [one[1] for one in seen(blocks)].count("dns.rrname") >= 2


def test_a_log_cut_anywhere_says_what_it_says_whole(tmp_path: Path) -> None:
    rows = [ROW.replace("C1", f"C{number}") for number in range(400)]
    path = tmp_path / "dns.log"
    path.write_text(
        HEADER
        + FIELDS
        + "".join(rows[:150])
        + HEADER
        + OTHERWISE
        + "evil.example\t1\t-\t-\n" * 20
        + HEADER
        + FIELDS
        + "".join(rows[150:])
    )
    planned = plan(path, stretch=1_000)
    counted = Counted()
    assert len(planned.stretches) == 1, "a file of one piece is one stretch"
    assert len(seen(planned.stretches[0].blocks(counted))) == 1_220
    assert counted == Counted(420, 0)


@pytest.mark.parametrize("kind", ["text", "eve"])
def test_a_large_log_is_cut_into_stretches_that_together_are_the_whole(tmp_path: Path, kind: str) -> None:
    if kind == "text":
        rows = [ROW.replace("C1", f"C{number}") for number in range(60_000)]
        text = (
            HEADER
            + FIELDS
            + "".join(rows[:45_000])
            + HEADER
            + OTHERWISE
            + "evil.example\t1\t-\t-\n" * 80_000
            + HEADER
            + FIELDS
            + "".join(rows[45_000:])
        )
        records = 140_000
    else:
        text = "".join(f"{json.dumps(EVE[number % len(EVE)])}\n" for number in range(60_000))
        records = 60_000
    path = tmp_path / "dns.log"
    path.write_text(text)
    stretches = plan(path, stretch=1 << 20).stretches
    assert len(stretches) > 1
    assert [one.end for one in stretches[:-1]] == [one.start for one in stretches[1:]]
    assert len({one.name for one in stretches}) == len(stretches), "each part has a file of its own"
    compiled = compile_indicators(indicators())
    counted, whole = Counted(), Counted()
    parts = [hits for one in stretches for hits in seen_by_kernel(one.blocks(counted), compiled)]
    assert parts == seen_by_kernel(Log(path).blocks(), compiled)
    list(blocks_of([text.encode()], name="dns.log", counted=whole))
    assert counted == whole == Counted(records, 0)


def test_a_log_that_changed_after_it_was_planned_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "dns.log"
    path.write_text(HEADER + FIELDS + ROW)
    (whole,) = plan(path).stretches
    path.write_text(HEADER + FIELDS + ROW.replace("evil", "good"))
    with pytest.raises(InputBroken, match="it changed"):
        list(whole.blocks(Counted()))

    text = HEADER + FIELDS + ROW * 60_000
    path.write_text(text)
    last = plan(path, stretch=1 << 20).stretches[-1]
    assert last.start > 0
    records = Counted()
    list(last.blocks(records))
    assert records.records > 0
    os.utime(path, ns=(0, last.changed_ns + 1))
    with pytest.raises(InputBroken, match="it changed"):
        list(last.blocks(Counted()))
    path.write_text(text[: -len(ROW)])
    os.utime(path, ns=(0, last.changed_ns))
    with pytest.raises(InputBroken, match="it changed"):
        list(last.blocks(Counted()))


def test_a_large_log_that_is_compressed_is_one_stretch(tmp_path: Path) -> None:
    path = tmp_path / "dns.log.gz"
    path.write_bytes(gzip.compress((HEADER + FIELDS + ROW * 60_000).encode(), 1))
    (whole,) = plan(path, stretch=1 << 20).stretches
    counted = Counted()
    list(whole.blocks(counted))
    assert counted == Counted(60_000, 0)


def seen_by_kernel(blocks: Iterable[LogBlock], compiled: CompiledIndicators) -> list[tuple[int, str, int]]:
    return [
        (block.first + int(block.records[row]), block.watched[column].name, number)
        for block in blocks
        for row, column, number in found_in(sight_block(block, compiled))
    ]


def test_a_compressed_log_is_read_as_it_is_and_one_that_is_cut_off_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "dns.10:00:00-11:00:00.log.gz"
    whole = gzip.compress((HEADER + FIELDS + ROW * 5_000).encode())
    path.write_bytes(whole)
    assert len(seen(Log(path).blocks())) == 15_000
    path.write_bytes(whole[:-20])
    with pytest.raises(InputBroken, match="cannot be read to its end"):
        list(Log(path).blocks())


def test_in_a_folder_stand_logs_and_other_files(tmp_path: Path) -> None:
    for name in ("conn.log", "dns.00:00:00-01:00:00.log.gz", "eve.json.1", "README", "b/http.log", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    logs, others = logs_in([tmp_path])
    assert [one.name for one in logs] == ["http.log", "conn.log", "dns.00:00:00-01:00:00.log.gz", "eve.json.1"]
    assert [one.name for one in others] == ["README", "notes.txt"]
    assert [stem_of(one.name) for one in logs] == ["http", "conn", "dns", "eve"]


def test_what_is_no_log_in_the_folder_of_a_sensor_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "eve.json").write_text("\n".join(json.dumps(one) for one in EVE))
    (tmp_path / "fast.log").write_text("10/06/2026-12:00:00.000001  [**] [1:1:1] something [**]\n")
    (tmp_path / "reporter.log").write_text(HEADER + FIELDS)
    (tmp_path / "stats.log.gz").write_bytes(gzip.compress(b"x" * 100_000)[:-20])
    (tmp_path / "http.log").write_text("its header was cut off\n")
    logs, others = logs_in([tmp_path / "eve.json", tmp_path, tmp_path / "." / "eve.json"])
    assert [one.name for one in logs] == ["eve.json", "http.log", "reporter.log", "stats.log.gz"]
    assert [one.name for one in others] == ["fast.log"]


def test_two_logs_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    paths = [tmp_path / "2026-11-29" / "dns.log", tmp_path / "2026-11-30" / "dns.log"]
    assert labels_of(paths) == ["2026-11-29/dns.log", "2026-11-30/dns.log"]
    assert labels_of([paths[0], tmp_path / "2026-11-30" / "conn.log"]) == ["dns.log", "conn.log"]
    assert [stem_of(label) for label in labels_of(paths)] == ["dns", "dns"]


def test_the_logs_of_a_real_sensor_give_what_the_specification_gives(shared_data: Path) -> None:
    """Eleven logs of Zeek 3.2 (one begins with a tab) and the addresses of five lists."""
    folder, feeds = shared_data / "zeek", shared_data / "feeds"
    addresses = {line for path in sorted(feeds.glob("ipsum_*.txt")) for line in path.read_text().split()}
    said: Sequence[tuple[IndicatorKind, str]] = [
        *((IndicatorKind.ADDRESS, address) for address in sorted(addresses)),
        (IndicatorKind.NETWORK, "147.32.0.0/15"),
        (IndicatorKind.NETWORK, "2001:718::/32"),
        (IndicatorKind.DOMAIN, "google.com"),
        (IndicatorKind.HASH, "aeeb74a57c1f9df4cfc4536d26a38b8c"),
    ]
    held = tuple(read_indicator(kind, text, id=text) for kind, text in said)
    compiled, by_hand = compile_indicators(held), IndicatorSet.of(held)
    unread, hits = {}, {}
    for path in sorted(folder.rglob("*.log")):
        log = Log(path)
        found = 0
        for block in log.blocks():
            sighted = found_in(sight_block(block, compiled))
            assert set(sighted) == expected(block, by_hand)
            found += len(sighted)
        lines = [line for line in path.read_text().splitlines() if not line.lstrip().startswith("#")]
        assert log.counted.records + log.counted.unread == len(lines)
        unread[path.name], hits[path.name] = log.counted.unread, found
    assert {name: count for name, count in unread.items() if count} == {"notice.log": 1}, "it has 23 fields for 26"
    assert hits["files.log"] == 8


@pytest.mark.parametrize("sign", ["", "||", "·"])
def test_a_separator_of_lists_that_is_no_character_is_refused(sign: str) -> None:
    with pytest.raises(InputBroken, match="separator of its lists"):
        read(HEADER.replace("#set_separator\t,", f"#set_separator\t{sign}") + FIELDS + ROW)
