"""Events of n6 (CERT Polska): JSON with the field names of its SDK. A row an address, because each may be another's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Final

from ..feed_values import FeedFlag
from .classes import class_in
from .documents import Documents, Item, fields_of, objects_in, text_of, word_of
from .rows import (
    FeedRow,
    Reading,
    each_once,
    first_host,
    host_of_url,
    named_hash,
    named_mail,
    named_url,
    read_address,
    read_host,
    read_port,
    read_time,
    unread_row,
)

_REQUIRED: Final = frozenset({"id", "source", "restriction", "confidence", "category", "time"})
_STRICTEST_FIRST: Final = ("internal", "need-to-know", "public")
_NO_NAME: Final = "unknown"
_MOST_ADDRESSES: Final = 1_000
"""Of one event. What more it names is told as cut, and stands in the file."""
_IN_EVERY_ROW: Final = ("id", "source", "category", "name", "confidence")


def is_event(value: Mapping[str, object]) -> bool:
    """Whether it has what every event of n6 has."""
    return value.keys() >= _REQUIRED


def read_feed(documents: Documents) -> Reading:
    """A row for each address of each event; the strictest restriction of all is told of the feed."""
    found = {word_of(item.value.get("restriction")) for item in documents.items() if item.value}
    strictest = next((one for one in _STRICTEST_FIRST if one in found), "")
    return Reading("n6", lambda: _rows(documents), answers={"restriction": strictest} if strictest else {})


def _rows(documents: Documents) -> Iterator[FeedRow]:
    found = chain.from_iterable(map(_rows_of, documents.items()))
    return (replace(row, number=number) for number, row in enumerate(found, start=1))


def _rows_of(item: Item) -> Iterator[FeedRow]:
    """The event once for each of its addresses. The first row has the text and the fields of the whole."""
    if item.value is None or not is_event(item.value):
        yield unread_row(0, item.raw, item.reason or "not an event of this format")
        return
    several = objects_in(item.value.get("address")) or [{}]
    first = _event(item, item.value)
    flag = FeedFlag.ROWS_CUT if len(several) > _MOST_ADDRESSES else None
    rest = replace(first, fields={name: first.fields[name] for name in _IN_EVERY_ROW if name in first.fields}, named=())
    for place, one in enumerate(several[:_MOST_ADDRESSES]):
        row = replace(rest, raw=text_of(one)) if place else first
        yield replace(_with_address(row, one), flag=flag)


def _event(item: Item, value: Mapping[str, object]) -> FeedRow:
    """What the event says whatever the address."""
    reasons: list[str] = []
    said = fields_of(value, without=frozenset({"address"}))
    url_address, url_host = host_of_url(said.get("url", ""))
    name = said.get("fqdn", "")
    classed = class_in("n6", said.get("category", ""))
    return FeedRow(
        number=0,
        raw=item.raw,
        fields=said,
        address=url_address,
        port=read_port(said.get("sport", ""), reasons),
        host=first_host(["" if name == _NO_NAME else name, url_host]),
        at=read_time(said.get("time", ""), reasons),
        rsit=classed.rsit,
        reason="; ".join(reasons),
        named=each_once(
            named_url(said.get("url", "")),
            named_hash(said.get("md5", "")),
            named_hash(said.get("sha1", "")),
            named_mail(said.get("email", "")),
        ),
        unknown_class=classed.unknown,
    )


def _with_address(row: FeedRow, address: Mapping[str, object]) -> FeedRow:
    theirs = fields_of(address)
    reasons = [row.reason] if row.reason else []
    read = read_address(theirs.get("ip") or theirs.get("ipv6", ""), reasons)
    return replace(
        row,
        fields={**row.fields, **{f"address.{key}": word for key, word in theirs.items()}},
        address=read or row.address,
        host=row.host or read_host(theirs.get("rdns", "")),
        reason="; ".join(reasons),
    )
