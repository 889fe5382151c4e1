"""Items that another national system forwards by machine, after `data/forwarded-report.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from meldpunt.vocabulary.errors import UnknownMarking
from meldpunt.vocabulary.markings import TLP, parse_tlp
from meldpunt.vocabulary.texts import is_keepable

from .errors import ItemUnreadable
from .rules import LONGEST_TEXT, byte_length
from .values import ReportForm, ReportKind

_TEXTS = ("title", "description", "organisation", "sector", "type", "entity_kind", "source_reference")
_KNOWN = frozenset({*_TEXTS, "occurred_on", "aware_at", "kind", "persons_affected", "tlp"})
_LONGEST_REFERENCE = 200
_MOST_PERSONS = 20_000_000_000


def read_item(item: Mapping[str, object]) -> ReportForm:
    """The form one item makes. Keys outside the schema are kept among the answers.

    Raises ItemUnreadable with the field that does not fit; the item is then kept whole.
    """
    texts = {name: _text(item, name) for name in _TEXTS}
    if not texts["title"].strip() and not texts["description"].strip():
        raise ItemUnreadable("title: neither a title nor a description")
    return ReportForm(
        title=texts["title"] or _first_line(texts["description"]),
        text=texts["description"],
        kind=_kind(item),
        entity_kind=texts["entity_kind"],
        sector=texts["sector"],
        aware_at=_aware_at(item),
        occurred_on=_occurred_on(item),
        answers=_answers(item),
        organisation_named=texts["organisation"],
        tlp=_tlp(item),
    )


def reference_of(item: Mapping[str, object]) -> str | None:
    """The sender's own reference, by which a repeated item is recognised; None where there is none to go by."""
    reference = item.get("source_reference")
    if not isinstance(reference, str) or not 0 < len(reference) <= _LONGEST_REFERENCE or not is_keepable(reference):
        return None
    return reference


def item_as_text(item: Mapping[str, object]) -> str:
    """The item whole, as ASCII JSON; what JSON cannot say is written as Python writes it."""
    return json.dumps(dict(item), indent=1, default=repr)


def _text(item: Mapping[str, object], name: str) -> str:
    value = item.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ItemUnreadable(f"{name}: not a text")
    if byte_length(value) > LONGEST_TEXT:
        raise ItemUnreadable(f"{name}: longer than {LONGEST_TEXT:,} bytes")
    return value


def _kind(item: Mapping[str, object]) -> ReportKind:
    value = _text(item, "kind")
    if value and value not in list(ReportKind):
        raise ItemUnreadable("kind: not one of the schema")
    return ReportKind(value or ReportKind.VOLUNTARY)


def _tlp(item: Mapping[str, object]) -> TLP | None:
    value = _text(item, "tlp")
    try:
        return parse_tlp(value) if value else None
    except UnknownMarking:
        raise ItemUnreadable("tlp: not a marking of TLP 2.0") from None


def _occurred_on(item: Mapping[str, object]) -> date | None:
    value = _text(item, "occurred_on")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ItemUnreadable("occurred_on: not a date YYYY-MM-DD") from None


def _aware_at(item: Mapping[str, object]) -> datetime | None:
    value = _text(item, "aware_at")
    try:
        instant = datetime.fromisoformat(value) if value else None
    except ValueError:
        raise ItemUnreadable("aware_at: not an instant of RFC 3339") from None
    if instant is not None and instant.tzinfo is None:
        raise ItemUnreadable("aware_at: has no zone")
    return instant


def _answers(item: Mapping[str, object]) -> dict[str, str]:
    answers: dict[str, str] = {}
    if persons := _persons(item):
        answers["persons_affected"] = persons
    for name in ("type", "source_reference"):
        if said := _text(item, name):
            answers[name] = said
    for name, value in item.items():
        if name not in _KNOWN:
            answers[str(name)] = value if isinstance(value, str) else json.dumps(value, default=repr)
    return answers


def _persons(item: Mapping[str, object]) -> str:
    value = item.get("persons_affected")
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_PERSONS:
        raise ItemUnreadable("persons_affected: not a whole number of persons")
    return str(value)


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]
