"""STIX 2.1 bundles: indicators, what was observed, sightings, incidents, reports and vulnerabilities are rows.

What an indicator compares is lifted where that is simple (`patterns`), a row for each address or name; a pattern that
says more is kept. Of other objects (campaigns, identities, relationships) the number is told, and the file has them.
A marking on any object counts for the whole, the strictest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Final

from ..feed_values import FeedFlag, RowKind
from .classes import Classed, class_of_tags, first_class, undetermined
from .documents import LONGEST_KEY, Documents, fields_of, objects_in, text_of, texts_of, word_of
from .patterns import lift
from .rows import FeedRow, Reading, find_time
from .stix_markings import markings_of
from .stix_values import Values, values_of_group, values_of_object

_Object = Mapping[str, object]

_OBSERVABLES: Final = frozenset(
    (
        "artifact", "autonomous-system", "directory", "domain-name", "email-addr", "email-message", "file", "ipv4-addr",
        "ipv6-addr", "mac-addr", "mutex", "network-traffic", "process", "software", "url", "user-account",
        "windows-registry-key", "x509-certificate",
    )
)  # fmt: skip
_TOLD: Final[Mapping[str, tuple[RowKind, str]]] = {
    "sighting": (RowKind.SIGHTING, "last_seen"),
    "incident": (RowKind.EVENT, "created"),
    "report": (RowKind.CONTEXT, "published"),
    "vulnerability": (RowKind.VULNERABILITY, "created"),
}
"""Objects that are a row as they stand, and which property is the time of it."""
_VULNERABLE: Final = Classed("vulnerable/vulnerable-system")
_KEPT: Final = "pattern: more than simple comparisons"
_LONGEST_TEXT: Final = 150_000
_MOST_OF_A_PATTERN: Final = 1_000


def is_bundle(value: _Object) -> bool:
    """Whether it is a bundle, an envelope of TAXII, or one object of STIX 2.1."""
    objects = value.get("objects")
    if isinstance(objects, list):
        return value.get("type", "bundle") == "bundle" and any(map(_is_object, objects_in(objects)[:20]))
    return _is_object(value) and value.get("spec_version") == "2.1"


def read_feed(documents: Documents) -> Reading:
    """The rows of all bundles in it, as of one."""
    found = [one for item in documents.items() if item.value for one in _objects_of(item.value)]
    bundle = _Bundle(found)
    markings, unknown = markings_of(found)
    told = [one for one in found if one.get("type") in ("incident", "report")]
    names = [name for one in told if (name := word_of(one.get("name")))]
    return Reading(
        f"STIX: {names[0] if names else _counted(found)}",
        bundle.rows,
        text="\n\n".join(said for one in told if (said := word_of(one.get("description"))))[:_LONGEST_TEXT],
        answers={"objects": _counted(found)},
        markings=tuple(markings),
        flags=(FeedFlag.UNKNOWN_MARKING,) if unknown else (),
    )


def _is_object(value: _Object) -> bool:
    kind = word_of(value.get("type"))
    return bool(kind) and word_of(value.get("id")).startswith(f"{kind}--")


def _objects_of(value: _Object) -> Sequence[_Object]:
    return objects_in(value["objects"]) if isinstance(value.get("objects"), list) else [value]


def _counted(found: Sequence[_Object]) -> str:
    counted = Counter(word_of(one.get("type"))[:60] for one in found)
    return ", ".join(f"{kind} {count}" for kind, count in counted.most_common(30))


def _lifted(indicator: _Object) -> tuple[Values, ...] | None:
    """What the pattern compares; None where it is kept."""
    if word_of(indicator.get("pattern_type") or "stix") != "stix" or not isinstance(indicator.get("pattern"), str):
        return None
    groups = lift(str(indicator["pattern"]))
    if groups is None:
        return None
    each = (values for group in groups for values in values_of_group(group))
    return tuple(islice(each, _MOST_OF_A_PATTERN))


class _Bundle:
    """The objects of a bundle, and what they say of each other."""

    def __init__(self, objects: Sequence[_Object]) -> None:
        self._objects = objects
        self._patterns: dict[int, tuple[Values, ...] | None] = {}

    def rows(self) -> Iterator[FeedRow]:
        """All rows, numbered."""
        number = 0
        for one in self._objects:
            for row in self._rows_of(one, number + 1):
                number += 1
                yield row

    def _rows_of(self, one: _Object, number: int) -> Iterator[FeedRow]:
        kind = word_of(one.get("type"))
        if kind == "indicator":
            yield from self._indicator(one, number)
        elif kind in _OBSERVABLES:
            at = self._observed_at.get(word_of(one.get("id")), "")
            classed = self._class_of(one)
            yield _row(number, one, values_of_object(one, self._by_id), RowKind.OBSERVED, at=at, classed=classed)
        elif kind == "observed-data" and isinstance(one.get("objects"), dict):
            yield from self._observed_within(one, number)
        elif kind in _TOLD:
            row_kind, time = _TOLD[kind]
            classed = self._class_of(one) if kind != "vulnerability" else _VULNERABLE
            when = word_of(one.get(time)) or word_of(one.get("created"))
            yield _row(number, one, self._sighted(one), row_kind, at=when, classed=classed)

    def _indicator(self, one: _Object, number: int) -> Iterator[FeedRow]:
        classed, at = self._class_of(one), word_of(one.get("valid_from"))
        lifted = self._lifted(one)
        if lifted is None:
            yield _row(number, one, Values(), RowKind.INDICATOR, at=at, classed=classed, reason=_KEPT)
            return
        # From the second row on the text stands in the first alone, and is not written again to be thrown away.
        brief = {"id": word_of(one.get("id"))[:LONGEST_KEY]}
        for place, values in enumerate(lifted or (Values(),)):
            said = one if place == 0 else brief
            row = _row(number + place, said, values, RowKind.INDICATOR, at=at, classed=classed, reason=values.flaw)
            yield row if place == 0 else replace(row, raw=brief["id"])

    def _observed_within(self, one: _Object, number: int) -> Iterator[FeedRow]:
        """Observed data as version 2.0 has it, with its objects inside."""
        inside = one["objects"]
        held = inside.items() if isinstance(inside, dict) else ()
        objects = {key: value for key, value in held if isinstance(value, dict)}
        for place, value in enumerate(objects.values()):
            values = values_of_object(value, objects)
            at, classed = word_of(one.get("last_observed")), undetermined()
            yield _row(number + place, value, values, RowKind.OBSERVED, at=at, classed=classed)

    def _sighted(self, one: _Object) -> Values:
        """What a sighting saw, where the bundle has it and it names one thing."""
        seen = self._by_id.get(word_of(one.get("sighting_of_ref")), {})
        lifted = self._lifted(seen) if seen.get("type") == "indicator" else None
        return lifted[0] if lifted and len(lifted) == 1 else values_of_object(one, self._by_id)

    def _lifted(self, indicator: _Object) -> tuple[Values, ...] | None:
        """Read once: a thousand sightings of one indicator ask for it."""
        key = id(indicator)
        if key not in self._patterns:
            self._patterns[key] = _lifted(indicator)
        return self._patterns[key]

    def _class_of(self, one: _Object) -> Classed:
        """By a tag among its labels, by what it indicates, by what it says itself."""
        labels = texts_of(one.get("labels"))
        types = texts_of(one.get("indicator_types"))
        indicated = self._indicated.get(word_of(one.get("id")))
        found = class_of_tags(labels) or indicated or first_class("stix_indicators", types)
        if found:
            return found
        return undetermined() if not types else Classed(undetermined().rsit, ", ".join(types)[:80])

    @cached_property
    def _by_id(self) -> Mapping[str, _Object]:
        return {word_of(one.get("id")): one for one in self._objects}

    @cached_property
    def _indicated(self) -> Mapping[str, Classed]:
        """The class of the first malware or infrastructure that says one, by the id of what indicates it, or what it
        consists of. Each relationship is looked at once: a thousand objects may bear one id."""
        found: dict[str, Classed] = {}
        for one in self._objects:
            source, target = word_of(one.get("source_ref")), word_of(one.get("target_ref"))
            pointing = {"indicates": (source, target), "consists-of": (target, source)}
            thing, other = pointing.get(word_of(one.get("relationship_type")), ("", ""))
            if thing not in found and (classed := _class_of_threat(self._by_id.get(other, {}))):
                found[thing] = classed
        return found

    @cached_property
    def _observed_at(self) -> Mapping[str, str]:
        """When an object was observed last, by its id."""
        return {
            ref: word_of(one.get("last_observed"))
            for one in self._objects
            if one.get("type") == "observed-data"
            for ref in texts_of(one.get("object_refs"))
        }


def _class_of_threat(one: _Object) -> Classed | None:
    if one.get("type") == "infrastructure":
        return first_class("stix_infrastructure", texts_of(one.get("infrastructure_types")))
    if one.get("type") == "malware":
        return first_class("stix_malware", texts_of(one.get("malware_types")) or ["unknown"])
    return None


def _row(
    number: int,
    one: _Object,
    values: Values,
    kind: RowKind,
    *,
    at: str,
    classed: Classed,
    reason: str = "",
) -> FeedRow:
    return FeedRow(
        number=number,
        raw=text_of(one),
        fields=fields_of(one),
        address=values.address,
        port=values.port,
        host=values.host,
        at=find_time(at),
        rsit=classed.rsit,
        reason=reason,
        kind=kind,
        named=values.named,
        unknown_class=classed.unknown,
        flag=FeedFlag.PATTERN_KEPT if reason == _KEPT else None,
    )
