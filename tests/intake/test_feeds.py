"""Feeds come in, row by row."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path

import pytest
from tests.intake import cast

from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB, STRANGER
from meldpunt.intake import actions, queries
from meldpunt.intake.errors import ReportTooLarge
from meldpunt.intake.feed_values import FeedRowLine
from meldpunt.intake.values import KeptReason, Receipt
from meldpunt.vocabulary.rsit import rsit_from_intelmq

pytestmark = pytest.mark.django_db

NAME = "2026-11-20-scan_telnet-netherlands-geo.csv"
HEADER = b'"timestamp","ip","protocol","port","hostname","tag","asn","geo","region","city","banner"\n'
ROW = b'"2026-11-20 03:04:05","192.0.2.9","tcp",23,"modem.zuiderwiel.example","telnet",64500,"NL",,,"login:"\n'


def receive(raw: bytes, name: str = NAME) -> Receipt:
    return actions.receive_feed(JOB, raw=raw, name=name)


def rows_of(receipt: Receipt) -> tuple[FeedRowLine, ...]:
    return queries.list_feed_rows(cast.analyst(), report=receipt.report)


def test_a_row_is_read_by_the_names_of_its_columns() -> None:
    (row,) = rows_of(receive(HEADER + ROW))
    assert (row.address, row.port, row.host) == ("192.0.2.9", 23, "modem.zuiderwiel.example")
    assert row.at == datetime.fromisoformat("2026-11-20T03:04:05+00:00")
    assert row.rsit == "vulnerable/vulnerable-system"
    assert row.fields["banner"] == "login:"


def test_the_order_of_the_columns_does_not_matter() -> None:
    (row,) = rows_of(receive(b'tag,port,TIMESTAMP,ip\ntelnet,23,2026-11-20 03:04:05,"192.0.2.9"\n'))
    assert (row.address, row.port, row.is_readable) == ("192.0.2.9", 23, True)


def test_a_report_never_seen_before_is_read_by_its_common_columns_and_flagged() -> None:
    receipt = receive(HEADER + ROW, "2026-11-20-scan_toaster-netherlands-geo.csv")
    report = queries.get_report(cast.analyst(), report=receipt.report)
    assert report.answers["known"] == "no"
    assert rows_of(receipt)[0].rsit == "other/undetermined"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b'"2026-11-20 03:04:05","192.0.2.300","tcp",23,,,,,,,\n', "address"),
        (b'"2026-11-20 03:04:05","192.0.2.1","tcp",99999,,,,,,,\n', "port"),
        (b'"9999-12-31 00:00:00","192.0.2.1","tcp",23,,,,,,,\n', "time"),
        (b'"2026-11-20 03:04:05","192.0.2.1","tcp"\n', "3 cells under 11 columns"),
        (b'"2026-11-20 03:04:05","192.0.2.1" x,"tcp",23,,,,,,,\n', "expected"),
        (b'"2026-11-20 03:04:05","192.0.2.1,"tcp\n', "expected"),
    ],
)
def test_a_row_that_cannot_be_read_is_kept_whole_and_its_neighbours_are_read(bad: bytes, reason: str) -> None:
    before, kept, after = rows_of(receive(HEADER + ROW + bad + ROW))
    assert before.is_readable
    assert after.is_readable
    assert not kept.is_readable
    assert reason in kept.reason
    assert kept.raw.encode() == bad.rstrip(b"\n")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", KeptReason.EMPTY),
        (b"\n\n", KeptReason.EMPTY),
        (b"%PDF-1.4\nwhat", KeptReason.FEED_WITHOUT_HEADER),
        (b"\x00\x01\x02", KeptReason.FEED_WITHOUT_HEADER),
        (b'{"what": 1}', KeptReason.FEED_UNKNOWN),
        (b'{"what": 1', KeptReason.FEED_UNREADABLE),
        (b"[]", KeptReason.FEED_WITHOUT_ROWS),
        (HEADER, KeptReason.FEED_WITHOUT_ROWS),
    ],
)
def test_a_feed_without_rows_is_kept_with_its_reason(raw: bytes, reason: KeptReason) -> None:
    receive(raw)
    assert queries.count_kept(cast.analyst()) == {reason: 1}


def test_latin_1_nul_and_formulas_stay_text() -> None:
    raw = HEADER + ROW.replace(b"login:", b"=cmd|' /C calc'!A0 caf\xe9 \x00")
    (row,) = rows_of(receive(raw))
    assert row.fields["banner"] == "=cmd|' /C calc'!A0 café \ufffd"


def test_a_feed_beyond_the_limit_is_refused() -> None:
    with pytest.raises(ReportTooLarge):
        receive(bytes(100_000_001))
    assert queries.list_reports(cast.analyst()).lines == ()


def test_strangers_send_no_feeds() -> None:
    with pytest.raises(PermissionMissing):
        actions.receive_feed(STRANGER, raw=HEADER + ROW, name=NAME)


def test_every_real_shadowserver_row_is_read_as_the_independent_reader_read_it(shared_data: Path) -> None:
    """The floor of this issue: all 291 rows of all 47 reports agree on address, port, time and RSIT."""
    expected: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for line in (shared_data / "shadowserver" / "expected_intelmq-3.2.1.jsonl").read_text().splitlines():
        one = json.loads(line)
        expected[one["file"]].append(one["event"])
    agreed: Counter[str] = Counter()
    for path in sorted((shared_data / "shadowserver" / "csv").glob("*.csv")):
        rows = rows_of(receive(path.read_bytes(), f"2026-11-20-{path.stem}-netherlands-geo.csv"))
        assert len(rows) == len(expected[path.name])
        for row, event in zip(rows, expected[path.name], strict=True):
            agreed += _agreement(row, event)
    print(f"Shadowserver rows that agree: {dict(agreed)}")  # noqa: T201  the count is what the run is asked to show
    assert len(expected) == 47
    assert agreed == {"rows": 291, "address": 291, "port": 291, "time": 291, "rsit": 291}


def _agreement(row: FeedRowLine, event: dict[str, str]) -> Counter[str]:
    kind = f"{event['classification.taxonomy']}/{event['classification.type']}"
    told = {
        "rows": True,
        "address": (row.address or None) == event.get("source.ip"),
        "port": row.port == event.get("source.port"),
        "time": row.at == datetime.fromisoformat(event["time.source"]),
        "rsit": row.rsit == rsit_from_intelmq(kind).id,
    }
    return Counter([name for name, agrees in told.items() if agrees])
