from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import stix2
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.detection import bundle, rules
from meldpunt.detection.values import Indicator, IndicatorKind
from meldpunt.vocabulary.markings import PAP, TLP, tlp_from_stix

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def indicator(value: str = "198.51.100.7", kind: IndicatorKind = IndicatorKind.ADDRESS, **more: object) -> Indicator:
    fields: dict[str, object] = {"tlp": TLP.AMBER_STRICT, "pap": PAP.AMBER, "description": ""} | more
    return Indicator(
        id=rules.indicator_id(kind, value),
        kind=kind,
        value=value,
        valid_from=AT,
        valid_until=None,
        created_at=AT,
        **fields,  # type: ignore[arg-type]
    )


def objects_of(data: bytes) -> dict[str, dict[str, object]]:
    return {one["type"]: one for one in json.loads(data)["objects"]}


def test_same_indicators_give_the_same_bytes_in_any_order() -> None:
    one, other = indicator(), indicator("kwaad.example", IndicatorKind.DOMAIN)
    assert bundle.bundle_of([one, other], csirt="CSIRT") == bundle.bundle_of([other, one], csirt="CSIRT")


def test_bundle_is_read_by_the_library_of_the_standard() -> None:
    parsed = stix2.parse(bundle.bundle_of([indicator()], csirt="CSIRT"))
    assert {one["type"] for one in parsed["objects"]} == {"identity", "indicator", "marking-definition"}


@given(st.integers(0, 999_999), st.integers(0, 999_999), st.none() | st.timedeltas(timedelta(1), timedelta(9)))
def test_the_library_of_the_standard_would_write_the_same(made: int, valid: int, term: timedelta | None) -> None:
    written = replace(
        indicator(description="Gezien bij é"),
        created_at=AT.replace(microsecond=made),
        valid_from=AT.replace(microsecond=valid),
        valid_until=AT + term if term else None,
    )
    data = bundle.bundle_of([written], csirt="Een CSIRT")
    assert json.loads(stix2.parse(data).serialize()) == json.loads(data)


def test_bundle_names_the_csirt_alone_and_marks_every_indicator() -> None:
    found = objects_of(bundle.bundle_of([indicator()], csirt="Een CSIRT"))
    assert found["identity"]["name"] == "Een CSIRT"
    assert found["indicator"]["created_by_ref"] == found["identity"]["id"]
    assert found["indicator"]["object_marking_refs"] == [found["marking-definition"]["id"]]
    assert tlp_from_stix(str(found["marking-definition"]["id"])) is TLP.AMBER_STRICT


def test_marking_is_the_tlp_2_object_and_no_definition_of_version_1() -> None:
    for tlp in TLP:
        marking = json.loads(json.dumps(bundle.marking_of(tlp)))
        (extension,) = marking["extensions"].values()
        assert extension == {"extension_type": "property-extension", "tlp_2_0": tlp.value[4:].lower()}
        assert "definition_type" not in marking


def test_merging_keeps_each_object_once() -> None:
    one, other = indicator(), indicator("kwaad.example", IndicatorKind.DOMAIN)
    merged = bundle.merge_bundles([bundle.bundle_of([one], csirt="A"), bundle.bundle_of([one, other], csirt="A")])
    ids = [item["id"] for item in json.loads(merged)["objects"]]
    assert len(ids) == len(set(ids)) == 4


def test_merging_nothing_is_a_bundle_without_objects() -> None:
    assert json.loads(bundle.merge_bundles([]))["type"] == "bundle"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30))
def test_no_value_breaks_out_of_its_pattern(path: str) -> None:
    value = f"https://kwaad.example/{path}"
    made = stix2.Indicator(pattern=bundle.pattern_of(IndicatorKind.URL, value), pattern_type="stix", valid_from=AT)
    literal = made["pattern"].removeprefix("[url:value = '").removesuffix("']")
    assert literal.replace("\\'", "'").replace("\\\\", "\\") == value


def test_patterns_are_those_of_the_standard() -> None:
    pattern_of = bundle.pattern_of
    assert pattern_of(IndicatorKind.ADDRESS, "2001:db8::1") == "[ipv6-addr:value = '2001:db8::1']"
    assert pattern_of(IndicatorKind.NETWORK, "203.0.113.0/24") == "[ipv4-addr:value ISSUBSET '203.0.113.0/24']"
    assert pattern_of(IndicatorKind.HASH, "a" * 64) == f"[file:hashes.'SHA-256' = '{'a' * 64}']"
