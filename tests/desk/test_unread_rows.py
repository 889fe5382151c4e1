"""Why a row was not read, in Dutch: the readers themselves say which reasons there are."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from meldpunt.entrypoints.desk.unread_rows import reason_in_words
from meldpunt.intake.formats.opening import open_feed

HEADER = b'"timestamp","ip","port"\n'
BROKEN = (
    b'"2026-11-20 01:00:00","192.0.2.300","23"',
    b'"2026-11-20 01:00:00","not an address","23"',
    b'"2026-11-20 01:00:00","[192.0.2.1]","23"',
    b'"2026-11-20 01:00:00","fe80::1%eth0","23"',
    b'"2026-11-20 01:00:00","fe80::1::2","23"',
    b'"2026-11-20 01:00:00","192.0.2.1","70000"',
    b'"2026-11-20 01:00:00","192.0.2.1","23","more"',
    b'"yesterday","192.0.2.1","23"',
    b'"9999-12-31 00:00:00","192.0.2.1","23"',
    b'"2026-02-30 00:00:00","192.0.2.1","23"',
    b'"2026-11-20 01:00:00+99:00","192.0.2.1","23"',
    b'"2026-11-20 01:00:00"x,"192.0.2.1","23"',
    b'"2026-11-20 01:00:00","192.0.2.1","23',
)


@pytest.mark.parametrize("row", BROKEN)
def test_every_reason_is_said_in_dutch(row: bytes) -> None:
    [read] = open_feed(HEADER + row + b"\n", name="scan_telnet.csv").rows
    with override("nl"):
        dutch = reason_in_words(read.reason).split("; ")
    assert read.reason
    assert set(dutch) & set(read.reason.split("; ")) == set()


EVENT = b'{"classification.type": "scanner", "source.ip": "192.0.2.9", "time.source": "2026-11-20T01:00:00Z"}\n'
LINES = (b"[1]", b"{", b'{"a": "\0"}', b'{"a": "\xff"}', b'{"a": 1, "a": 2}', b"{}", b'{"a":' * 40 + b"1" + b"}" * 40)
PATTERN = b'"pattern": "[a:b LIKE 1]"', b'"pattern": "[domain-name:value = 1]"'


@pytest.mark.parametrize(
    "raw",
    [
        *(EVENT + line + b"\n" + EVENT for line in LINES),
        EVENT + b'{"a": "' + b"x" * 1_000_001 + b'"}\n' + EVENT,
        *(
            b'{"type": "bundle", "objects": [{"type": "indicator", "id": "indicator--1", ' + one + b"}]}"
            for one in PATTERN
        ),
        b'{"xarf_version": "4.0.0", "source_identifier": "?", "timestamp": "2026-11-20T01:00:00Z"}',
    ],
)
def test_every_reason_of_every_format_is_said_in_dutch(raw: bytes) -> None:
    reasons = [row.reason for row in open_feed(raw, name="").rows if row.reason]
    with override("nl"):
        dutch = [reason_in_words(reason) for reason in reasons]
    assert reasons
    assert [one for one in dutch if one in reasons] == []


def test_the_numbers_of_a_reason_are_its_own() -> None:
    with override("nl"):
        assert (
            reason_in_words("12 cells under 13 columns; time: empty clock")
            == "12 cellen onder 13 kolommen; time: empty clock"
        )
