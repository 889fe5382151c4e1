"""What is at the edge of being a log, a header, a line or a column is read or refused, and names a client or not."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.reading.logs.columns import EVE, ZEEK, column_in, zeek_column
from meldpunt.engines.matching.reading.logs.lines import LONGEST_LINE, Counted
from meldpunt.engines.matching.reading.logs.opening import blocks_of

from .test_logs import FIELDS, HEADER, ROW, read, seen


def test_these_columns_may_name_a_client_and_no_other_does() -> None:
    assert {name for name, one in ZEEK.items() if one.names_client} == {
        *("id.orig_h", "src", "dst", "tx_hosts", "rx_hosts", "rcptto", "to", "cc", "helo", "x_originating_ip", "path"),
        *("host_name", "client_fqdn", "client_addr", "assigned_addr"),
    }
    assert {name for name, one in EVE.items() if one.names_client} == {
        *("src_ip", "dest_ip", "http.xff", "smtp.rcpt_to[]", "smtp.helo", "email.to[]", "email.cc[]")
    }
    for log in ("known_hosts", "known_services", "software"):
        assert column_in(log, "host", ZEEK["host"]).names_client
    assert not column_in("http", "host", ZEEK["host"]).names_client
    for known_otherwise in ("peer", "host", "query"):
        one = zeek_column(known_otherwise, "addr")
        assert one is not None
        assert one.names_client, "an address that nobody knows the meaning of may be that of a client"


def test_a_column_whose_header_declares_another_type_is_not_looked_through() -> None:
    header = "#fields\tts\tquery\thost\n#types\ttime\tcount\tstring\n"
    blocks, _ = read(header + "1\tevil.example\tevil.example\n")
    assert [one[1] for one in seen(blocks)] == ["host"]


def test_types_hold_for_the_fields_behind_which_they_stand() -> None:
    first = "#fields\tts\tquery\n#types\ttime\tstring\n1\tevil.example\n"
    blocks, _ = read(first + "#fields\tquery\tid.resp_h\n#types\tstring\taddr\n#fields\tts\tquery\n1\tevil.example\n")
    assert [one[1] for one in seen(blocks)] == ["query", "query"]


def test_a_new_separator_begins_a_new_header() -> None:
    with pytest.raises(InputBroken, match="before any #fields"):
        read(HEADER + FIELDS + ROW + "#separator \\x20\n1 C 10.0.0.1 192.0.2.1 evil.example -\n")
    blocks, _ = read(HEADER + FIELDS + ROW + "#separator \\x20\n#fields ts query\n1 evil.example\n")
    assert [one[1] for one in seen(blocks)][-1] == "query"


def test_a_target_is_no_url_where_no_host_is_logged_and_one_that_is_escaped_is() -> None:
    blocks, counted = read("#fields\tts\turi\n1\t/gate?id=1\n")
    assert (seen(blocks), counted) == ([], Counted(1, 0))
    blocks, _ = read("#fields\tts\thost\turi\n1\tevil.example\t\\x2fgate?id\\x3d1\n")
    assert [one[1:] for one in seen(blocks)] == [("host", "evil.example"), ("uri", "http://evil.example/gate?id=1")]


def test_a_line_may_be_as_long_as_it_may_be() -> None:
    start = "1\tevil.example\t"
    for more in (0, 1):
        line = start + "x" * (LONGEST_LINE - len(start) - 1 + more) + "\n"
        if more:
            with pytest.raises(InputBroken, match="does not end"):
                read("#fields\tts\tquery\tnote\n" + line, size=64 << 20)
        else:
            assert len(seen(read("#fields\tts\tquery\tnote\n" + line, size=64 << 20)[0])) == 1


def test_what_a_log_is_may_be_said_behind_a_long_line_or_many_lines() -> None:
    event = {"event_type": "dns", "timestamp": "x", "dns": {"rrname": "evil.example"}}
    long = json.dumps({"note": "x" * 100_000} | event) + "\n"
    assert [one[1] for one in seen(read(long, name="eve.json", size=1 << 12)[0])] == ["dns.rrname"]
    late = '{"started": true}\n' * 99 + json.dumps(event) + "\n"
    assert [one[1] for one in seen(read(late, name="eve.json")[0])] == ["dns.rrname"]


def test_what_has_no_line_is_not_read_to_its_end_before_it_is_refused() -> None:
    taken: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in range(64):
            taken.append(number)
            yield b"x" * (1 << 20)

    with pytest.raises(InputBroken, match="no log of Zeek"):
        list(blocks_of(pieces(), name="dns.log", counted=Counted()))
    assert len(taken) < 12
