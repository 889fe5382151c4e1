"""Abuse reports in X-ARF version 4: JSON of which `source_identifier` says whose machine, domain or page it is.

Who sends it stays out of the rows: who told us is sealed, and a row is read by whoever reads reports. So does the
evidence in it, which lies in the sealed file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from meldpunt.vocabulary.errors import UnknownMarking
from meldpunt.vocabulary.markings import TLP, most_restrictive, parse_tlp

from ..values import ReporterDetails
from .classes import Classed, class_in
from .documents import Documents, Item, fields_of, objects_in, text_of, texts_of, word_of
from .rows import (
    FeedRow,
    Reading,
    each_once,
    first_host,
    host_of_url,
    named_cves,
    named_hash,
    named_mail,
    named_url,
    read_address,
    read_port,
    read_time,
    unread_row,
)

_LEFT_OUT: Final = frozenset({"reporter", "sender", "evidence", "_internal"})
_URLS: Final = ("url", "infringing_url")


def is_report(value: Mapping[str, object]) -> bool:
    """Whether it says that it is one, of version 4."""
    return word_of(value.get("xarf_version")).startswith("4.") and "source_identifier" in value


def read_feed(documents: Documents) -> Reading:
    """One row a report. Who reported is told where it is one and the same."""
    found = [item.value for item in documents.items() if item.value is not None and is_report(item.value)]
    who = {_who(value) for value in found}
    one = found[0] if len(found) == 1 else {}
    title = f"X-ARF: {_kind(one)}" if one else f"X-ARF: {len(found)}"
    return Reading(
        title,
        lambda: _rows(documents),
        text=word_of(one.get("description")),
        reporter=who.pop() if len(who) == 1 else ReporterDetails(),
    )


def _rows(documents: Documents) -> Iterator[FeedRow]:
    for number, item in enumerate(documents.items(), start=1):
        if item.value is None or not is_report(item.value):
            yield unread_row(number, _text(item), item.reason or "not an event of this format")
        else:
            yield _row(number, _text(item), item.value)


def _row(number: int, raw: str, value: Mapping[str, object]) -> FeedRow:
    reasons: list[str] = []
    said = fields_of(value, without=_LEFT_OUT)
    source = said.get("source_identifier", "")
    urls = [said.get(name, "") for name in _URLS]
    url_hosts = [host_of_url(url) for url in urls if url]
    host = first_host([source, said.get("domain", ""), *(host for _, host in url_hosts)])
    address = read_address(source, []) or next((address for address, _ in url_hosts if address), None)
    if not address and not host:
        reasons.append("source_identifier: neither an address nor a host name")
    classed = _classed(value)
    return FeedRow(
        number=number,
        raw=raw,
        fields=said,
        address=address,
        port=read_port(said.get("source_port", ""), reasons),
        host=host,
        at=read_time(said.get("timestamp", ""), reasons),
        rsit=classed.rsit,
        reason="; ".join(reasons),
        named=each_once(
            *map(named_url, urls),
            *map(named_hash, _hashes(value)),
            named_mail(said.get("smtp_from", "")),
            named_cves(f"{said.get('cve_id', '')} {said.get('cve_ids', '')}"),
        ),
        unknown_class=classed.unknown,
        marking=_marking(value),
    )


def _text(item: Item) -> str:
    if item.value is None:
        return item.raw
    return text_of({key: inner for key, inner in item.value.items() if key not in _LEFT_OUT})


def _kind(value: Mapping[str, object]) -> str:
    return f"{word_of(value.get('category'))}/{word_of(value.get('type'))}".lower().replace("_", "-")


def _classed(value: Mapping[str, object]) -> Classed:
    threat = class_in("xarf_threats", word_of(value.get("threat_type"))) if "threat_type" in value else None
    return threat if threat and not threat.unknown else class_in("xarf", _kind(value))


def _who(value: Mapping[str, object]) -> ReporterDetails:
    reporter = value.get("reporter")
    said = fields_of(reporter) if isinstance(reporter, dict) else {}
    return ReporterDetails(name=said.get("org", "")[:200], email=said.get("contact", "")[:200])


def _hashes(value: Mapping[str, object]) -> Iterator[str]:
    for name in ("file_hash", "file_hashes", "hash_values"):
        told = value.get(name)
        yield from texts_of(list(told.values()) if isinstance(told, dict) else told)
        for one in objects_in(told):
            yield from texts_of(list(one.values()))


def _marking(value: Mapping[str, object]) -> TLP | None:
    found = [marking for tag in texts_of(value.get("tags")) if (marking := _tlp(tag))]
    return most_restrictive(*found) if found else None


def _tlp(tag: str) -> TLP | None:
    try:
        return parse_tlp(tag) if tag.lower().startswith("tlp:") else None
    except UnknownMarking:
        return None
