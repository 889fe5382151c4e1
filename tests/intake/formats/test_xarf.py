"""Abuse reports in X-ARF are read, without what says who sent them."""

from __future__ import annotations

import json
from pathlib import Path

from meldpunt.intake.feed_values import FeedFormat, Named
from meldpunt.intake.formats.opening import open_feed
from meldpunt.intake.values import ReporterDetails

EXPECTED = {
    "connection-ddos": ("192.0.2.155", 1, "", "availability/ddos"),
    "connection-login-attack": ("198.51.100.77", 45621, "", "intrusion-attempts/brute-force"),
    "connection-reconnaissance": ("192.0.2.99", None, "", "information-gathering/scanner"),
    "connection-sql-injection": ("192.0.2.45", None, "", "intrusion-attempts/ids-alert"),
    "content-brand-infringement": (None, None, "fake-apple-store.example.com", "fraud/masquerade"),
    "content-csem": ("198.51.100.42", None, "example.com", "abusive-content/violence"),
    "content-fraud": (None, None, "crypto-scam-invest.example.com", "fraud/masquerade"),
    "content-phishing": ("203.0.113.45", None, "secure-banking-login.example.com", "fraud/phishing"),
    "content-suspicious-registration": (None, None, "g00gle-verify.example.com", "fraud/masquerade"),
    "copyright-cyberlocker": (None, None, "file-sharing.example.com", "fraud/copyright"),
    "copyright-p2p": ("192.0.2.100", None, "", "fraud/copyright"),
    "copyright-usenet": (None, None, "news.usenet-provider.example.com", "fraud/copyright"),
    "infrastructure-compromised-server": ("203.0.113.150", 80, "", "intrusions/system-compromise"),
    "messaging-spam": ("192.168.1.100", 25, "", "abusive-content/spam"),
    "reputation-threat-intelligence": ("192.0.2.50", None, "", "malicious-code/c2-server"),
    "vulnerability-misconfiguration": ("192.0.2.75", None, "", "vulnerable/vulnerable-system"),
}


def test_every_sample_gives_the_source_the_port_and_the_class_it_says(shared_data: Path) -> None:
    read = {}
    for path in (shared_data / "xarf" / "samples-v4").glob("*.json"):
        feed = open_feed(path.read_bytes(), name="abuse.txt")
        (row,) = feed.rows
        assert feed.format is FeedFormat.XARF
        assert row.is_readable, row.reason
        assert row.at is not None
        assert "unknown_classes" not in feed.answers
        read[path.stem] = (row.address, row.port, row.host, row.rsit)
    assert read == EXPECTED


def test_every_kind_of_the_schemas_has_an_rsit_type(shared_data: Path) -> None:
    kinds = []
    for path in sorted((shared_data / "xarf" / "schemas" / "v4" / "types").glob("*-*.json")):
        category, _, kind = path.stem.partition("-")
        if kind != "base":
            kinds.append((category, kind.replace("-", "_")))
    reports = [report(category=category, type=kind) for category, kind in kinds]
    feed = open_feed(json.dumps(reports).encode(), name="")
    assert len(list(feed.rows)) == len(kinds) >= 32
    assert "unknown_classes" not in feed.answers


def test_who_reported_and_the_evidence_stay_out_of_the_row() -> None:
    feed = open_feed(json.dumps(report()).encode(), name="")
    (row,) = feed.rows
    assert feed.reporter == ReporterDetails("Noordzee Filtering", "abuse@noordzee.example")
    assert "noordzee" not in json.dumps(dict(row.fields)) + row.raw
    assert "c3BhbQ==" not in json.dumps(dict(row.fields)) + row.raw


def test_a_tag_marks_it_and_a_hash_is_lifted() -> None:
    feed = open_feed(json.dumps(report(tags=["tlp:amber"], file_hash=f"sha256:{'ab' * 32}")).encode(), name="")
    assert feed.answers["marking"] == "TLP:AMBER"
    assert feed.looked_up == (Named("hash", "ab" * 32),)


def test_a_source_that_is_neither_address_nor_name_is_kept_with_the_reason() -> None:
    (row,) = open_feed(json.dumps(report(source_identifier="account 7")).encode(), name="").rows
    assert row.reason == "source_identifier: neither an address nor a host name"


def report(**said: object) -> dict[str, object]:
    return {
        "xarf_version": "4.2.0",
        "report_id": "9ac39cd1-85f3-4c31-ae87-a0a95f3ebc83",
        "timestamp": "2026-11-20T03:04:05Z",
        "reporter": {"org": "Noordzee Filtering", "contact": "abuse@noordzee.example", "domain": "noordzee.example"},
        "sender": {"org": "Noordzee Filtering", "contact": "abuse@noordzee.example", "domain": "noordzee.example"},
        "source_identifier": "192.0.2.9",
        "category": "messaging",
        "type": "spam",
        "evidence": [{"content_type": "text/plain", "payload": "c3BhbQ=="}],
    } | said
