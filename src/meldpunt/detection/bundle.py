"""Indicators as STIX 2.1 (OASIS Standard, June 2021), and several bundles as one. Pure: no tables, no clock.

The same indicators always give the same bytes. A bundle names the CSIRT and nobody else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, TypeAlias

from meldpunt.vocabulary.markings import TLP

from .rules import quiet_uuid
from .values import Indicator, IndicatorKind

MEDIA_TYPE: Final = "application/stix+json"

StixObject: TypeAlias = Mapping[str, object]

# The TLP 2.0 objects of the OASIS common object repository: an extension instead of a definition.
_TLP_EXTENSION: Final = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP_CREATED: Final = "2022-10-01T00:00:00.000Z"
_BEGINNING: Final = "2012-01-01T00:00:00.000Z"
_VERSION: Final = "2.1"
_HASH_NAMES: Final = {32: "MD5", 40: "'SHA-1'", 64: "'SHA-256'", 128: "'SHA-512'"}
_PATHS: Final = {
    IndicatorKind.DOMAIN: "domain-name:value",
    IndicatorKind.URL: "url:value",
    IndicatorKind.MAIL: "email-addr:value",
}


def pattern_of(kind: IndicatorKind, value: str) -> str:
    """The STIX pattern that matches the value (part 9 of the standard). `value` is in normal form."""
    literal = value.replace("\\", "\\\\").replace("'", "\\'")
    if kind is IndicatorKind.HASH:
        return f"[file:hashes.{_HASH_NAMES[len(value)]} = '{literal}']"
    if kind in _PATHS:
        return f"[{_PATHS[kind]} = '{literal}']"
    path = "ipv6-addr:value" if ":" in value else "ipv4-addr:value"
    return f"[{path} {'ISSUBSET' if kind is IndicatorKind.NETWORK else '='} '{literal}']"


def marking_of(tlp: TLP) -> StixObject:
    """The TLP 2.0 marking definition, as the OASIS common object repository has it."""
    colour = tlp.value.removeprefix("TLP:").lower()
    return {
        "type": "marking-definition",
        "spec_version": _VERSION,
        "id": tlp.stix_id,
        "created": _TLP_CREATED,
        "name": tlp.value,
        "extensions": {_TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": colour}},
    }


def bundle_of(indicators: Sequence[Indicator], *, csirt: str) -> bytes:
    """The indicators with their markings and the CSIRT as who made them: UTF-8 JSON, stable to the byte."""
    maker = f"identity--{quiet_uuid(csirt)}"
    identity: StixObject = {
        "type": "identity",
        "spec_version": _VERSION,
        "id": maker,
        "created": _BEGINNING,
        "modified": _BEGINNING,
        "name": csirt,
        "identity_class": "organization",
    }
    markings = [marking_of(tlp) for tlp in sorted({one.tlp for one in indicators}, key=lambda tlp: tlp.strictness)]
    found = [_stix_of(one, maker=maker) for one in sorted(indicators, key=lambda one: str(one.id))]
    return _bundle((identity, *markings, *found))


def merge_bundles(bundles: Iterable[bytes]) -> bytes:
    """One bundle of all objects, each once; of two versions of one object the one modified last."""
    newest: dict[str, StixObject] = {}
    for bundle in bundles:
        for one in json.loads(bundle).get("objects", ()):
            known = newest.get(one["id"])
            if known is None or str(known.get("modified", "")) <= str(one.get("modified", "")):
                newest[one["id"]] = one
    return _bundle(newest.values())


def _stix_of(indicator: Indicator, *, maker: str) -> StixObject:
    until = {"valid_until": _instant(indicator.valid_until)} if indicator.valid_until else {}
    told = {"description": indicator.description} if indicator.description else {}
    return {
        "type": "indicator",
        "spec_version": _VERSION,
        "id": indicator.stix_id,
        "created": _instant(indicator.created_at, least=3),
        "modified": _instant(indicator.created_at, least=3),
        "created_by_ref": maker,
        "indicator_types": ["malicious-activity"],
        "pattern": pattern_of(indicator.kind, indicator.value),
        "pattern_type": "stix",
        "pattern_version": _VERSION,
        "valid_from": _instant(indicator.valid_from),
        # STIX has no object for PAP; MISP and its peers read it from a label.
        "labels": [indicator.pap.value],
        "object_marking_refs": [indicator.tlp.stix_id],
        **until,
        **told,
    }


def _instant(at: datetime, *, least: int = 0) -> str:
    """RFC 3339 in UTC, with as many decimals of a second as it has and at least so many (STIX 2.1, 2.16 and 3.2)."""
    decimals = f"{at.microsecond:06d}".rstrip("0").ljust(least, "0")
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}{'.' if decimals else ''}{decimals}Z"


def _bundle(objects: Iterable[StixObject]) -> bytes:
    ordered = sorted(objects, key=lambda one: (str(one["type"]), str(one["id"])))
    text = json.dumps(ordered, sort_keys=True, ensure_ascii=False)
    # An id made of the content: who fetches twice sees that nothing changed. A bundle without objects has no list.
    held = {"objects": ordered} if ordered else {}
    made = {"type": "bundle", "id": f"bundle--{quiet_uuid(text)}", **held}
    return json.dumps(made, sort_keys=True, ensure_ascii=False).encode()
