"""Events of IntelMQ and of n6 are read by the names of their fields."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from meldpunt.intake.feed_values import FeedFormat, Named
from meldpunt.intake.formats.opening import Feed, open_feed
from meldpunt.intake.formats.rows import FeedRow
from meldpunt.vocabulary.rsit import rsit_from_intelmq

EVENT = {
    "classification.taxonomy": "malicious-code",
    "classification.type": "c2-server",
    "feed.name": "Noordzee",
    "source.ip": "192.0.2.9",
    "source.port": 443,
    "source.fqdn": "c2.zuiderwiel.example",
    "time.source": "2026-11-20T03:04:05+00:00",
    "malware.hash.md5": "b2a5abfeef9e36964281a31e17b57c97",
    "tlp": "AMBER",
    "extra": {"asn_cidr": "192.0.2.0/24"},
    "raw": "cmF3",
}
N6_EVENT = {
    "id": "c4ca4238a0b923820dcc509a6f75849b",
    "source": "noordzee.honeypot",
    "restriction": "need-to-know",
    "confidence": "high",
    "category": "bots",
    "time": "2026-11-20T03:04:05Z",
    "name": "sality",
    "sport": 1234,
    "dport": 80,
    "address": [
        {"ip": "192.0.2.9", "asn": 64500, "cc": "NL", "rdns": "modem.zuiderwiel.example"},
        {"ipv6": "2001:db8::9", "cc": "NL"},
    ],
}


def opened(*events: object, form: str = "array") -> tuple[Feed, list[FeedRow]]:
    text = json.dumps(list(events)) if form == "array" else "\n".join(map(json.dumps, events))
    feed = open_feed(text.encode(), name="feed.json")
    return feed, list(feed.rows)


def test_every_real_event_of_intelmq_gives_the_row_it_says(shared_data: Path) -> None:
    """The 291 events that IntelMQ made of the reports of Shadowserver, as a feed of a value a line."""
    lines = (shared_data / "shadowserver" / "expected_intelmq-3.2.1.jsonl").read_text().splitlines()
    events = [json.loads(line)["event"] for line in lines]
    feed, rows = opened(*events, form="lines")
    assert feed.format is FeedFormat.INTELMQ
    assert len(rows) == 291
    for row, event in zip(rows, events, strict=True):
        kind = f"{event['classification.taxonomy']}/{event['classification.type']}"
        assert row.is_readable, row.reason
        assert row.address == event.get("source.ip")
        assert row.port == event.get("source.port")
        assert row.at == datetime.fromisoformat(event["time.source"])
        assert row.rsit == rsit_from_intelmq(kind).id


@pytest.mark.parametrize("form", ["array", "lines"])
def test_an_event_of_intelmq_is_read_in_an_array_and_a_line_at_a_time(form: str) -> None:
    feed, rows = opened(EVENT, EVENT, form=form)
    row = rows[1]
    assert (row.number, row.address, row.port, row.host) == (2, "192.0.2.9", 443, "c2.zuiderwiel.example")
    assert (row.at, row.rsit) == (datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC), "malicious-code/c2-server")
    assert row.named == (Named("hash", "b2a5abfeef9e36964281a31e17b57c97"),)
    assert "raw" not in row.fields
    assert feed.answers["marking"] == "TLP:AMBER"
    assert feed.looked_up == row.named


def test_an_event_of_intelmq_that_is_nested_is_the_same() -> None:
    nested = {
        "classification": {"taxonomy": "malicious-code", "type": "c2-server"},
        "feed": {"name": "Noordzee"},
        "source": {"ip": "192.0.2.9", "port": 443, "geolocation": {"cc": "NL"}},
        "time": {"source": "2026-11-20T03:04:05+00:00"},
    }
    _, (row,) = opened(nested)
    assert (row.address, row.port, row.rsit) == ("192.0.2.9", 443, "malicious-code/c2-server")
    assert row.fields["source.geolocation.cc"] == "NL"


def test_a_class_that_rsit_does_not_have_is_undetermined_and_told() -> None:
    feed, (row,) = opened(EVENT | {"classification.taxonomy": "weather", "classification.type": "hail"})
    assert row.rsit == "other/undetermined"
    assert feed.answers["unknown_classes"] == "weather/hail (1)"
    assert "unknown-class" in feed.answers["flags"]


def test_the_strictest_marking_of_all_events_counts() -> None:
    feed, _ = opened(EVENT, EVENT | {"tlp": "RED"}, EVENT | {"tlp": "WHITE"})
    assert feed.answers["marking"] == "TLP:RED"


def test_an_event_of_n6_is_a_row_for_each_of_its_addresses() -> None:
    feed, rows = opened(N6_EVENT)
    assert [row.address for row in rows] == ["192.0.2.9", "2001:db8::9"]
    assert [row.host for row in rows] == ["modem.zuiderwiel.example", ""]
    assert {row.port for row in rows} == {1234}
    assert {row.rsit for row in rows} == {"malicious-code/infected-system"}
    assert {row.at for row in rows} == {datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC)}
    assert feed.answers["restriction"] == "need-to-know"


def test_an_event_of_n6_without_an_address_is_a_row_too() -> None:
    without = {key: value for key, value in N6_EVENT.items() if key != "address"}
    _, (row,) = opened(without | {"category": "malurl", "url": "hxxp://198.51.100.7/a", "fqdn": "unknown"})
    assert (row.address, row.host) == ("198.51.100.7", "")
    assert row.named == (Named("url", "http://198.51.100.7/a"),)
    assert row.rsit == "malicious-code/malware-distribution"


def test_an_event_of_n6_with_more_addresses_than_a_row_can_bear_is_cut_and_says_so() -> None:
    many = [{"ip": "192.0.2.1"} for _ in range(1_500)]
    feed, rows = opened(N6_EVENT | {"address": many})
    assert len(rows) == 1_000
    assert "rows-cut" in feed.answers["flags"]


def test_a_line_that_is_no_event_is_kept_and_its_neighbours_are_read() -> None:
    lines = [json.dumps(EVENT), '{"source.ip": 1, "source.ip": 2}', "[1]", "{", json.dumps(EVENT)]
    rows = list(open_feed("\n".join(lines).encode(), name="").rows)
    assert [row.is_readable for row in rows] == [True, False, False, False, True]
    assert [row.reason for row in rows[1:4]] == ["names a key twice in one object", "not an object", "is not JSON"]
    assert rows[3].raw == "{"
