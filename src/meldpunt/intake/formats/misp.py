"""MISP events (core format): one, several, or the answer of a server; a row for each attribute, also of its objects.

Proposals (`ShadowAttribute`) are not the event's own and stay out; what was deleted stays out and is told. A marking on
one attribute marks its row; of the feed as a whole the strictest counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from meldpunt.vocabulary.errors import UnknownMarking
from meldpunt.vocabulary.markings import TLP, most_restrictive, parse_tlp

from ..feed_values import FeedFlag, Named, RowKind
from ..values import ReporterDetails
from .classes import Classed, class_of_tags, undetermined
from .documents import Documents, fields_of, objects_in, text_of, word_of
from .rows import (
    FeedRow,
    Reading,
    each_once,
    find_time,
    host_of_url,
    named_cves,
    named_hash,
    named_mail,
    named_url,
    read_address,
    read_host,
    read_port,
)

_Object = Mapping[str, object]

_ADDRESSES: Final = frozenset({"ip-src", "ip-dst"})
_HOSTS: Final = frozenset({"domain", "hostname"})
_URLS: Final = frozenset({"url", "uri"})
_MAILS: Final = frozenset(
    {"email", "email-src", "email-dst", "email-reply-to", "target-email", "whois-registrant-email"}
)
_HASHES: Final = frozenset({"md5", "sha1", "sha256", "sha512"})
_VULNERABILITIES: Final = frozenset({"vulnerability", "weakness"})
_PARTS: Final = frozenset({"domain|ip", "hostname|port", "ip-src|port", "ip-dst|port", "malware-sample"})
_LEFT_OUT: Final = frozenset(
    {"Galaxy", "ShadowAttribute", "Sighting", "RelatedAttribute", "Feed", "data", "SharingGroup"}
)
_SIGHTED: Final = {"0": "seen", "1": "false positive", "2": "expired", "3": "confirmed"}
_REPORTS_AT_MOST: Final = 150_000


@dataclass(frozen=True, slots=True)
class _Attribute:
    """An attribute with what its event and its object say of it."""

    value: _Object
    part_of: str
    tags: Sequence[str]
    event_class: Classed | None


def is_event(value: _Object) -> bool:
    """Whether it is an event, bare or as a server wraps it."""
    return any(map(_holds_attributes, _events_in(value)))


def read_feed(documents: Documents) -> Reading:
    """One row an attribute."""
    events = [event for item in documents.items() if item.value for event in _events_in(item.value)]
    infos = [info for event in events if (info := word_of(event.get("info")))]
    more = f" (+{len(events) - 1})" if len(events) > 1 else ""
    tags = [tag for event in events for tag in _tags(event)]
    found = [tlp for tag in tags if (tlp := _tlp(tag))]
    flags = _unknown_markings(tags) | _deleted(events)
    return Reading(
        f"MISP: {infos[0] if infos else '–'}{more}",
        lambda: _rows(events),
        text=_reports(events),
        answers={"events": str(len(events))},
        reporter=_who(events),
        markings=tuple(found),
        flags=tuple(sorted(flags)),
    )


def _events_in(value: _Object) -> list[_Object]:
    if isinstance(value.get("response"), list):
        return [event for one in objects_in(value["response"]) for event in _events_in(one)]
    inside = value.get("Event")
    return [inside] if isinstance(inside, dict) else [value]


def _holds_attributes(event: _Object) -> bool:
    """A list of attributes or objects, of which the first looks like one."""
    attributes, objects = objects_in(event.get("Attribute")), objects_in(event.get("Object"))
    named = bool(attributes) and {"type", "value"} <= attributes[0].keys()
    return named or (bool(objects) and "Attribute" in objects[0]) or {"info", "Orgc", "threat_level_id"} <= event.keys()


def _rows(events: Sequence[_Object]) -> Iterator[FeedRow]:
    number = 0
    for event in events:
        for one in _attributes(event):
            number += 1
            yield _row(number, one)


def _attributes(event: _Object) -> Iterator[_Attribute]:
    event_class = class_of_tags(_tags(event))
    for value in objects_in(event.get("Attribute")):
        if not _is_deleted(value):
            yield _Attribute(value, "", _tags(value), event_class)
    for holder in objects_in(event.get("Object")):
        if not _is_deleted(holder):
            for value in objects_in(holder.get("Attribute")):
                if not _is_deleted(value):
                    yield _Attribute(value, word_of(holder.get("name")), _tags(value), event_class)


def _row(number: int, one: _Attribute) -> FeedRow:
    reasons: list[str] = []
    kind, written = word_of(one.value.get("type")), word_of(one.value.get("value"))
    fields = fields_of(one.value, without=_LEFT_OUT | {"Tag"})
    extra = {"object": one.part_of, "tags": ", ".join(one.tags), "sightings": _sightings(one.value)}
    read = _read(kind, written, reasons)
    classed = _classed(one, kind)
    found = [tlp for tag in one.tags if (tlp := _tlp(tag))]
    return FeedRow(
        number=number,
        raw=text_of({key: inner for key, inner in one.value.items() if key not in _LEFT_OUT}),
        fields=fields | {name: said for name, said in extra.items() if said},
        address=read.address,
        port=read.port,
        host=read.host,
        at=find_time(fields.get("first_seen", "") or fields.get("timestamp", "")),
        rsit=classed.rsit,
        reason="; ".join(reasons),
        kind=_row_kind(one.value, kind),
        named=read.named,
        unknown_class=classed.unknown,
        marking=most_restrictive(*found) if found else None,
        flag=FeedFlag.UNKNOWN_MARKING if _unknown_markings(one.tags) else None,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    address: str | None = None
    port: int | None = None
    host: str = ""
    named: tuple[Named, ...] = ()


def _read(kind: str, written: str, reasons: list[str]) -> _Read:
    """What the attribute names. Of a composite type each half is read as what it is."""
    if kind in _PARTS or kind.startswith("filename|"):
        first, _, second = written.partition("|")
        return _read_halves(kind, first, second, reasons)
    if kind in _ADDRESSES:
        return _Read(address=read_address(written, reasons))
    if kind in _HOSTS:
        return _Read(host=_host(written, reasons))
    if kind in _URLS:
        address, host = host_of_url(written)
        return _Read(address=address, host=host, named=named_url(written))
    readers = ((_MAILS, named_mail), (_HASHES, named_hash), (_VULNERABILITIES, named_cves))
    return _Read(named=next((read(written) for kinds, read in readers if kind in kinds), ()))


def _read_halves(kind: str, first: str, second: str, reasons: list[str]) -> _Read:
    if kind == "domain|ip":
        return _Read(address=read_address(second, reasons), host=_host(first, reasons))
    if kind == "hostname|port":
        return _Read(host=_host(first, reasons), port=read_port(second, reasons))
    if kind.endswith("|port"):
        return _Read(address=read_address(first, reasons), port=read_port(second, reasons))
    return _Read(named=each_once(named_hash(second)))


def _host(written: str, reasons: list[str]) -> str:
    host = read_host(written)
    if not host:
        reasons.append("host: not a host name")
    return host


def _row_kind(value: _Object, kind: str) -> RowKind:
    if kind in _VULNERABILITIES:
        return RowKind.VULNERABILITY
    return RowKind.INDICATOR if value.get("to_ids") in (True, "1", 1) else RowKind.CONTEXT


def _classed(one: _Attribute, kind: str) -> Classed:
    """By its own tags, else those of the event; of a vulnerability by what it is."""
    found = class_of_tags(one.tags) or one.event_class
    if found:
        return found
    return Classed("vulnerable/vulnerable-system") if kind == "vulnerability" else undetermined()


def _who(events: Sequence[_Object]) -> ReporterDetails:
    """Who made the events, where it is one and the same."""
    makers = {word_of(made.get("name"))[:200] for event in events if isinstance(made := event.get("Orgc"), dict)}
    return ReporterDetails(name=makers.pop()) if len(makers) == 1 else ReporterDetails()


def _tags(value: _Object) -> list[str]:
    return [name for tag in objects_in(value.get("Tag")) if (name := word_of(tag.get("name")))]


def _tlp(tag: str) -> TLP | None:
    try:
        return parse_tlp(tag) if tag.strip().lower().startswith("tlp:") else None
    except UnknownMarking:
        return None


def _unknown_markings(tags: Sequence[str]) -> set[FeedFlag]:
    unknown = any(tag.strip().lower().startswith("tlp:") and _tlp(tag) is None for tag in tags)
    return {FeedFlag.UNKNOWN_MARKING} if unknown else set()


def _sightings(value: _Object) -> str:
    counted = Counter(_SIGHTED.get(word_of(one.get("type")), "other") for one in objects_in(value.get("Sighting")))
    return ", ".join(f"{count} {word}" for word, count in sorted(counted.items()))


def _is_deleted(value: _Object) -> bool:
    return value.get("deleted") in (True, "1", 1)


def _deleted(events: Sequence[_Object]) -> set[FeedFlag]:
    inside = (
        one
        for event in events
        for holder in (event, *objects_in(event.get("Object")))
        for one in (holder, *objects_in(holder.get("Attribute")))
    )
    return {FeedFlag.DELETED_LEFT_OUT} if any(map(_is_deleted, inside)) else set()


def _reports(events: Sequence[_Object]) -> str:
    """What people wrote at the events, in markdown."""
    written = (
        f"{word_of(one.get('name'))}\n{word_of(one.get('content'))}"
        for event in events
        for one in objects_in(event.get("EventReport"))
        if not _is_deleted(one)
    )
    return "\n\n".join(written)[:_REPORTS_AT_MOST]
