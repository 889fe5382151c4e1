"""MISP events and STIX bundles tell the same of the same thing."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from meldpunt.intake.feed_values import FeedFormat, Named, RowKind
from meldpunt.intake.formats.opening import Feed, open_feed
from meldpunt.intake.formats.rows import FeedRow
from meldpunt.intake.values import KeptReason

EVENTS = {
    "existing_event.json": (122, "TLP:CLEAR"),
    "galaxy_1.json": (10, "TLP:CLEAR"),
    "japanese_test.json": (1, None),
    "long_event.json": (370, "TLP:CLEAR"),
    "mainly_objects_1.json": (74, "TLP:CLEAR"),
    "malware.json": (1, None),
    "misp_event.json": (2, None),
    "shadow.json": (3, None),
    "sighting_1.json": (5, None),
    "sighting_2.json": (2, None),
    "event_obj_attr_tag.json": (2, None),
}
NO_EVENTS = ["sharing_groups.json", "sighting.json", "misp_attributes_to_stix21.json", "misp_objects_to_stix21.json"]


def opened(value: object) -> tuple[Feed, list[FeedRow]]:
    feed = open_feed(json.dumps(value).encode(), name="")
    return feed, list(feed.rows)


def event(*attributes: dict[str, object], **said: object) -> dict[str, object]:
    return {"Event": {"info": "Oefening", "Attribute": list(attributes), "Tag": [], **said}}


def bundle(*objects: dict[str, object]) -> dict[str, object]:
    return {"type": "bundle", "id": "bundle--44af6c39-c09b-49c5-9de2-394224b04982", "objects": list(objects)}


def indicator(pattern: str, **said: object) -> dict[str, object]:
    return {
        "type": "indicator",
        "spec_version": "2.1",
        "id": "indicator--33fe3b22-0201-47cf-85d0-97c02164528d",
        "pattern": pattern,
        "pattern_type": "stix",
        "valid_from": "2026-11-20T03:04:05Z",
        **said,
    }


@pytest.mark.parametrize("name", EVENTS)
def test_every_real_event_is_read_attribute_by_attribute(shared_data: Path, name: str) -> None:
    feed = open_feed((shared_data / "misp" / name).read_bytes(), name=name)
    rows = list(feed.rows)
    assert feed.format is FeedFormat.MISP
    assert (len(rows), feed.answers.get("marking")) == EVENTS[name]
    assert [row.reason for row in rows if not row.is_readable] == []


@pytest.mark.parametrize("name", NO_EVENTS)
def test_what_is_no_event_is_kept(shared_data: Path, name: str) -> None:
    assert open_feed((shared_data / "misp" / name).read_bytes(), name="event.json").kept is KeptReason.FEED_UNKNOWN


def pairs(folder: Path) -> Iterator[tuple[str, dict[str, object], list[dict[str, object]]]]:
    """Attributes of MISP and what another program made of them in STIX, as one bundle an attribute."""
    for name, pair in json.loads((folder / "misp_attributes_to_stix21.json").read_text()).items():
        told = pair["STIX"]
        yield name, pair["MISP"], told if isinstance(told, list) else [told]


def names_of(rows: list[FeedRow], *, without: frozenset[str] = frozenset()) -> set[str]:
    found = {row.address for row in rows} | {row.host for row in rows} | {str(row.port or "") for row in rows}
    return {one for one in found | {one.value for row in rows for one in row.named} if one} - without


def test_an_attribute_of_misp_and_its_indicator_in_stix_name_the_same(shared_data: Path) -> None:
    """The pairs of misp-stix: 80 kinds of attribute, of which the indicators name the same addresses and hashes."""
    agreed = []
    for name, attribute, objects in pairs(shared_data / "misp"):
        found = [one for one in objects if one["type"] == "indicator"]
        if not found or not str(found[0]["pattern"]).startswith("["):
            continue
        _, of_misp = opened(event(attribute))
        _, of_stix = opened(bundle(*found))
        # A port alone and a mail's header are comparisons that name no value of an observable by themselves.
        assert names_of(of_misp) <= names_of(of_stix), name
        if names_of(of_misp):
            agreed.append(name)
    assert {"ip-dst", "ip-src|port", "domain|ip", "hostname|port", "url", "md5", "filename|sha256", "email-src"} <= set(
        agreed
    )
    print(f"Kinds of attribute that name the same in both: {len(agreed)}")  # noqa: T201


def test_what_was_observed_is_read_from_its_objects(shared_data: Path) -> None:
    for name in ("domain|ip", "ip-dst|port", "url"):
        _, attribute, objects = next(one for one in pairs(shared_data / "misp") if one[0] == name)
        _, of_misp = opened(event(attribute))
        _, of_stix = opened(bundle(*(one for one in objects if one["type"] != "indicator")))
        assert names_of(of_misp) <= names_of(of_stix), name
        assert {row.kind for row in of_stix} == {RowKind.OBSERVED}


@pytest.mark.parametrize(
    ("kind", "value", "address", "port", "host"),
    [
        ("ip-src", "192.0.2.9", "192.0.2.9", None, ""),
        ("ip-dst|port", "192.0.2.9|443", "192.0.2.9", 443, ""),
        ("domain|ip", "zuiderwiel.example|192.0.2.9", "192.0.2.9", None, "zuiderwiel.example"),
        ("hostname|port", "zuiderwiel.example|8443", None, 8443, "zuiderwiel.example"),
        ("url", "http://zuiderwiel.example/a", None, None, "zuiderwiel.example"),
        ("ip-dst", "192.0.2.0/24", None, None, ""),
        ("text", "192.0.2.9", None, None, ""),
    ],
)
def test_each_half_of_an_attribute_is_read_as_what_it_is(
    kind: str, value: str, address: str | None, port: int | None, host: str
) -> None:
    _, (row,) = opened(event({"type": kind, "value": value, "to_ids": True, "timestamp": "1763607845"}))
    assert (row.address, row.port, row.host, row.kind) == (address, port, host, RowKind.INDICATOR)
    assert row.at is not None
    assert row.is_readable


@pytest.mark.parametrize(
    ("tag", "rsit"),
    [
        ('rsit:fraud="phishing"', "fraud/phishing"),
        ('ecsirt:malicious-code="ransomware"', "malicious-code/infected-system"),
        ('circl:incident-classification="XSS"', "intrusion-attempts/ids-alert"),
        ('misp-galaxy:banker="Gozi"', "malicious-code/infected-system"),
        ('rsit:weather="hail"', "other/undetermined"),
    ],
)
def test_a_tag_says_which_class_it_is(tag: str, rsit: str) -> None:
    attribute: dict[str, object] = {"type": "ip-dst", "value": "192.0.2.9"}
    _, (row,) = opened(event(attribute, Tag=[{"name": tag}]))
    assert row.rsit == rsit
    _, (row,) = opened(event(attribute | {"Tag": [{"name": tag}]}, Tag=[{"name": 'rsit:test="test"'}]))
    assert row.rsit == (rsit if rsit != "other/undetermined" else "test/test")


def test_the_strictest_marking_counts_and_one_that_nobody_knows_is_told() -> None:
    attribute = {"type": "ip-dst", "value": "192.0.2.9", "Tag": [{"name": "tlp:amber+strict"}]}
    feed, _ = opened(event(attribute, Tag=[{"name": "tlp:white"}, {"name": "tlp:ex:chr"}]))
    assert feed.answers["marking"] == "TLP:AMBER+STRICT"
    assert "unknown-marking" in feed.answers["flags"]


def test_a_server_answers_with_many_events_and_what_was_deleted_stays_out() -> None:
    gone = {"type": "ip-dst", "value": "192.0.2.10", "deleted": True}
    kept = {"type": "ip-dst", "value": "192.0.2.9"}
    feed, rows = opened({"response": [event(kept), event(gone, kept)]})
    assert [(row.number, row.address) for row in rows] == [(1, "192.0.2.9"), (2, "192.0.2.9")]
    assert feed.title == "MISP: Oefening (+1)"
    assert "deleted-left-out" in feed.answers["flags"]


def test_who_made_an_event_is_told_as_who_reports_and_stands_in_no_row() -> None:
    feed, (row,) = opened(event({"type": "ip-dst", "value": "192.0.2.9"}, Orgc={"name": "CSIRT Noordzee"}))
    assert feed.reporter.name == "CSIRT Noordzee"
    assert "Noordzee" not in row.raw + repr(row.fields) + repr(feed.answers)


def test_the_real_bundle_gives_a_row_for_every_address_and_name_in_its_patterns(shared_data: Path) -> None:
    feed = open_feed((shared_data / "stix" / "threat-reports" / "poisonivy.json").read_bytes(), name="")
    rows = list(feed.rows)
    indicators = [row for row in rows if row.kind is RowKind.INDICATOR]
    named = [row for row in indicators if row.address or row.host]
    unread = [row for row in rows if not row.is_readable]
    assert (len(rows), len(indicators), len(named)) == (74, 67, 64)
    assert [row.reason for row in unread] == ["host: not a host name"]
    assert {row.kind for row in rows} == {RowKind.INDICATOR, RowKind.VULNERABILITY, RowKind.CONTEXT}
    assert Named("cve", "CVE-2010-3333") in feed.looked_up
    assert feed.answers["objects"].startswith("relationship 90")


def test_an_indicator_has_the_class_of_what_it_indicates() -> None:
    server: dict[str, object] = {
        "type": "infrastructure",
        "id": "infrastructure--1",
        "infrastructure_types": ["command-and-control"],
    }
    said = indicator("[ipv4-addr:value = '192.0.2.9']", indicator_types=["malicious-activity"])
    link = {
        "type": "relationship",
        "id": "relationship--1",
        "relationship_type": "indicates",
        "source_ref": said["id"],
        "target_ref": "infrastructure--1",
    }
    feed, (row,) = opened(bundle(said, server, link))
    assert row.rsit == "malicious-code/c2-server"
    assert "unknown_classes" not in feed.answers
    feed, (row,) = opened(bundle(said))
    assert (row.rsit, feed.answers["unknown_classes"]) == ("other/undetermined", "malicious-activity (1)")


def test_many_objects_and_relationships_of_one_id_cost_no_more_than_their_number() -> None:
    server: dict[str, object] = {"type": "infrastructure", "id": "infrastructure--1"}
    link: dict[str, object] = {
        "type": "relationship",
        "relationship_type": "indicates",
        "source_ref": indicator("")["id"],
        "target_ref": "infrastructure--1",
    }
    said = indicator("[ipv4-addr:value = '192.0.2.9']")
    begun = time.process_time()
    _feed, rows = opened(bundle(server, *[said] * 3_000, *[link] * 3_000))
    assert len(rows) == 3_000
    assert time.process_time() - begun < 5


def test_a_long_indicator_is_written_once_and_not_for_every_address_in_it() -> None:
    values = ", ".join(f"'192.0.2.{one}'" for one in range(200))
    pattern = f"[ipv4-addr:value IN ({values})]"
    begun = time.process_time()
    _feed, rows = opened(bundle(indicator(pattern, description="x" * 900_000)))
    assert (len(rows), len(rows[0].raw) > 900_000, len(rows[1].raw) < 100) == (200, True, True)
    assert time.process_time() - begun < 1


def test_many_tags_on_an_event_are_not_read_anew_for_each_attribute() -> None:
    tags = [{"name": f"tag {one}"} for one in range(3_000)]
    begun = time.process_time()
    _feed, rows = opened(event(*[{"type": "ip-src", "value": "192.0.2.9"}] * 3_000, Tag=tags))
    assert len(rows) == 3_000
    assert time.process_time() - begun < 5


def test_a_pattern_that_says_more_than_its_values_is_kept_whole() -> None:
    pattern = "[ipv4-addr:value = '192.0.2.9'] FOLLOWEDBY [domain-name:value = 'zuiderwiel.example']"
    feed, (row,) = opened(bundle(indicator(pattern)))
    assert (row.address, row.fields["pattern"]) == (None, pattern)
    assert row.reason == "pattern: more than simple comparisons"
    assert "pattern-kept" in feed.answers["flags"]


def test_a_sighting_says_what_was_seen_and_when() -> None:
    seen = indicator("[ipv4-addr:value = '192.0.2.9']")
    sighting: dict[str, object] = {
        "type": "sighting",
        "id": "sighting--1",
        "sighting_of_ref": seen["id"],
        "last_seen": "2026-11-21T00:00:00Z",
        "count": 3,
    }
    _, rows = opened(bundle(seen, sighting))
    row = rows[1]
    assert (row.kind, row.address, row.fields["count"]) == (RowKind.SIGHTING, "192.0.2.9", "3")
    assert row.at is not None
    assert row.at.isoformat() == "2026-11-21T00:00:00+00:00"


@pytest.mark.parametrize(
    ("refs", "definition", "marking", "flag"),
    [
        (["marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"], None, "TLP:AMBER", False),
        (["marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"], None, "TLP:AMBER+STRICT", False),
        (["marking-definition--1"], {"definition_type": "tlp", "definition": {"tlp": "green"}}, "TLP:GREEN", False),
        (["marking-definition--1"], {"name": "TLP:RED"}, "TLP:RED", False),
        (["marking-definition--1"], {"definition_type": "statement"}, None, False),
        (["marking-definition--1"], None, None, True),
    ],
)
def test_markings_of_both_versions_are_read(
    refs: list[str], definition: dict[str, object] | None, marking: str | None, *, flag: bool
) -> None:
    told = {"type": "marking-definition", "id": "marking-definition--1", **(definition or {})}
    objects = [indicator("[ipv4-addr:value = '192.0.2.9']", object_marking_refs=refs), *([told] if definition else [])]
    feed, _ = opened(bundle(*objects))
    assert feed.answers.get("marking") == marking
    assert ("unknown-marking" in feed.answers.get("flags", "")) is flag
