"""Events of n6 (CERT Polska): JSON with the field names of its SDK. A row an address, because each may be another's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from ..values import FeedFlag
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
    found = chain.from_iterable(map(_addresses, documents.items()))
    for number, one in enumerate(found, start=1):
        if one.item.value is None or not is_event(one.item.value):
            yield unread_row(number, one.item.raw, one.item.reason or "not an event of this format")
        else:
            yield _row(number, one, one.item.value)


@dataclass(frozen=True, slots=True)
class _Addressed:
    """An event with one of its addresses. `place`: the first has the text and the fields of the whole."""

    item: Item
    place: int
    address: Mapping[str, object]
    is_cut: bool = False


def _addresses(item: Item) -> Iterator[_Addressed]:
    """The event with each of its addresses."""
    several: Sequence[Mapping[str, object]] = objects_in((item.value or {}).get("address")) or [{}]
    for place, one in enumerate(several[:_MOST_ADDRESSES]):
        yield _Addressed(item, place, one, is_cut=len(several) > _MOST_ADDRESSES)


def _row(number: int, one: _Addressed, value: Mapping[str, object]) -> FeedRow:
    reasons: list[str] = []
    said = fields_of(value, without=frozenset({"address"}))
    theirs = fields_of(one.address)
    kept = {name: said[name] for name in _IN_EVERY_ROW if name in said} if one.place else said
    url_address, url_host = host_of_url(said.get("url", ""))
    name = said.get("fqdn", "")
    classed = class_in("n6", said.get("category", ""))
    return FeedRow(
        number=number,
        raw=text_of(one.address) if one.place else one.item.raw,
        fields=kept | {f"address.{key}": word for key, word in theirs.items()},
        address=read_address(theirs.get("ip") or theirs.get("ipv6", ""), reasons) or url_address,
        port=read_port(said.get("sport", ""), reasons),
        host=first_host(["" if name == _NO_NAME else name, url_host, theirs.get("rdns", "")]),
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
        flag=FeedFlag.ROWS_CUT if one.is_cut else None,
    )
