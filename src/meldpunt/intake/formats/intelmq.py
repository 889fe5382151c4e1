"""Events of IntelMQ: JSON with the 89 field names of its data harmonisation (3.5.0), flat or nested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from meldpunt.vocabulary.errors import UnknownMarking
from meldpunt.vocabulary.markings import TLP, parse_tlp

from ..feed_values import FeedFlag
from .classes import class_of_intelmq
from .documents import Documents, fields_of
from .rows import (
    FeedRow,
    Reading,
    each_once,
    first_host,
    host_of_url,
    named_cves,
    named_hash,
    named_url,
    read_address,
    read_port,
    read_time,
    unread_row,
)

_BELONGS_TO: Final = frozenset(
    (
        "classification", "comment", "constituency", "destination", "event_description", "event_hash", "extra", "feed",
        "malware", "misp", "output", "product", "protocol", "raw", "rtir_id", "screenshot_url", "severity", "source",
        "status", "time", "tlp", "__type",
    )
)  # fmt: skip
"""What an event may begin a field name with."""
_HASHES: Final = ("malware.hash.md5", "malware.hash.sha1", "malware.hash.sha256")
_LEVELS: Final = 4


def is_event(value: Mapping[str, object]) -> bool:
    """Whether it is an event: only names of IntelMQ, and a class or a time among them."""
    names = {key.partition(".")[0] for key in value}
    return names <= _BELONGS_TO and bool(names & {"classification", "time"}) and bool(names & {"source", "feed"})


def read_feed(documents: Documents) -> Reading:
    """One row an event."""
    return Reading("IntelMQ", lambda: _rows(documents))


def _rows(documents: Documents) -> Iterator[FeedRow]:
    for number, item in enumerate(documents.items(), start=1):
        if item.value is None or not is_event(item.value):
            yield unread_row(number, item.raw, item.reason or "not an event of this format")
            continue
        # `raw` is the line of the source in base64: it stands whole in the text of the row.
        yield _row(number, item.raw, fields_of(item.value, without=frozenset({"raw"}), levels=_LEVELS))


def _row(number: int, raw: str, fields: dict[str, str]) -> FeedRow:
    reasons: list[str] = []
    url = fields.get("source.url", "")
    url_address, url_host = host_of_url(url)
    classed = class_of_intelmq(fields.get("classification.taxonomy", ""), fields.get("classification.type", ""))
    marking, flag = _marking(fields.get("tlp", ""))
    return FeedRow(
        number=number,
        raw=raw,
        fields=fields,
        address=read_address(fields.get("source.ip", ""), reasons) or url_address,
        port=read_port(fields.get("source.port", ""), reasons),
        host=first_host([fields.get("source.fqdn", ""), url_host, fields.get("source.reverse_dns", "")]),
        at=read_time(fields.get("time.source") or fields.get("time.observation", ""), reasons),
        rsit=classed.rsit,
        reason="; ".join(reasons),
        named=each_once(
            named_url(url),
            *(named_hash(fields.get(name, "")) for name in _HASHES),
            named_cves(fields.get("product.vulnerabilities", "")),
        ),
        unknown_class=classed.unknown,
        marking=marking,
        flag=flag,
    )


def _marking(written: str) -> tuple[TLP | None, FeedFlag | None]:
    try:
        return (parse_tlp(written) if written else None), None
    except UnknownMarking:
        return None, FeedFlag.UNKNOWN_MARKING
