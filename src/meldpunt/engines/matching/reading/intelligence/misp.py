"""Indicators of MISP: events, their attributes and those of their objects (MISP core format, IETF draft)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from meldpunt.engines.matching.reading.intelligence.kinds import WORDS, Found, Given, LeftOut, indicator_of
from meldpunt.engines.matching.values import IndicatorKind

_PAIRS: Final[Mapping[str, tuple[str | None, str | None]]] = {
    "domain|ip": ("domain", "ip"),
    "hostname|port": ("hostname", None),
    "ip-src|port": ("ip", None),
    "ip-dst|port": ("ip", None),
    "malware-sample": (None, "md5"),
    **{f"filename|{name}": (None, name) for name in ("md5", "sha1", "sha256")},
}
"""Types of two values with a bar between them: what each of them is."""
_YES: Final = (True, "1", 1, "true")
_BESIDE: Final = ("ShadowAttribute", "RelatedEvent", "Galaxy", "Tag", "Sighting")
"""What was proposed, is related or describes: none of it is the event."""


def is_misp(held: object) -> bool:
    """Whether a document looks like what MISP exports."""
    if isinstance(held, list):
        return any(map(is_misp, held[:100]))
    if not isinstance(held, Mapping):
        return False
    if any(name in held for name in ("Event", "Attribute", "Object")):
        return True
    return is_misp(held.get("response")) or ("type" in held and "value" in held and "to_ids" in held)


def read_misp(held: object, *, source: str, with_all: bool = False) -> Found:
    """Every attribute in the document: those for detection (`to_ids`), or `with_all` the others too.

    MISP gives no window: `first_seen` and `last_seen` say when it was seen, and not until when it counts.
    """
    for attribute, is_deleted in _attributes(held):
        where = str(attribute.get("uuid") or attribute.get("id") or attribute.get("value"))[:200]
        kind, value = attribute.get("type"), attribute.get("value")
        if not isinstance(kind, str) or not isinstance(value, str):
            yield LeftOut(where, "no type or no value")
        elif is_deleted:
            yield LeftOut(where, "deleted")
        elif not with_all and attribute.get("to_ids") not in _YES:
            yield LeftOut(where, "not for detection")
        else:
            yield from _read(kind, value, Given(where, source))


def _attributes(held: object) -> Iterator[tuple[Mapping[Any, Any], bool]]:
    """Wherever they stand, however deep: (attribute, whether it or what it stands in was deleted)."""
    waiting: list[tuple[object, bool]] = [(held, False)]
    while waiting:
        one, is_deleted = waiting.pop()
        if isinstance(one, list):
            waiting.extend((each, is_deleted) for each in reversed(one))
        elif isinstance(one, Mapping):
            is_deleted = is_deleted or one.get("deleted") in _YES
            if "value" in one and "type" in one:
                yield one, is_deleted
            inner = [each for name, each in one.items() if name not in _BESIDE]
            waiting.extend((each, is_deleted) for each in reversed(inner))


def _read(kind: str, value: str, given: Given) -> Found:
    if kind in _PAIRS:
        parts = value.split("|", 1)
        if len(parts) < 2:
            yield LeftOut(given.id, f"no two values in a {kind}")
            return
        for name, text in zip(_PAIRS[kind], parts, strict=True):
            if name is not None:
                yield indicator_of(text, WORDS[name], given)
        return
    kinds: tuple[IndicatorKind, ...] | None = WORDS.get(kind)
    yield LeftOut(given.id, f"a {kind} is not looked for") if kinds is None else indicator_of(value, kinds, given)
