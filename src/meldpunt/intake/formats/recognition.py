"""Which format a feed is in: by what stands in it. A name alone makes a feed of nothing, and a doubt is not decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from meldpunt.vocabulary.errors import JsonUnreadable

from ..feed_values import FeedFormat, FeedMapping
from ..rules import file_shape
from ..values import KeptReason
from . import intelmq, misp, n6, shadowserver, stix, xarf
from .delimited import open_text, read_records
from .documents import Documents, looks_like_json, open_documents
from .mapped import columns_of, fits

_LOOKED_AT: Final = 20
"""Items of a feed that say which format it is; one of another format further on is a row that cannot be read."""
_MARKS: Final[Mapping[FeedFormat, Callable[[Mapping[str, object]], bool]]] = {
    FeedFormat.XARF: xarf.is_report,
    FeedFormat.STIX: stix.is_bundle,
    FeedFormat.MISP: misp.is_event,
    FeedFormat.N6: n6.is_event,
    FeedFormat.INTELMQ: intelmq.is_event,
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a feed is. `kept` is set where it is not read, with `detail`; `is_known`: its kind was seen before."""

    format: FeedFormat
    report: str
    is_known: bool = True
    kept: KeptReason | None = None
    detail: str = ""
    documents: Documents | None = None
    columns: tuple[str, ...] = ()
    mapping: FeedMapping | None = None


def recognise(raw: bytes, *, name: str, mappings: Sequence[FeedMapping] = ()) -> Recognised:
    """The format of these bytes. Total: whatever they are, the answer says so."""
    if not raw.strip():
        return Recognised(FeedFormat.UNKNOWN, name, is_known=False, kept=KeptReason.EMPTY)
    return _of_json(raw, name) if looks_like_json(raw) else _of_csv(raw, name, mappings)


def _of_json(raw: bytes, name: str) -> Recognised:
    try:
        documents = open_documents(raw)
    except JsonUnreadable as problem:
        return _kept(name, KeptReason.FEED_UNREADABLE, str(problem))
    items = [item.value for item in islice(documents.items(), _LOOKED_AT) if item.value is not None]
    found = [one for one, is_one in _MARKS.items() if any(map(is_one, items))]
    if not found:
        return _kept(name, KeptReason.FEED_WITHOUT_ROWS if documents.whole == [] else KeptReason.FEED_UNKNOWN)
    if len(found) > 1:
        return _kept(name, KeptReason.FEED_AMBIGUOUS, ", ".join(found))
    return Recognised(found[0], found[0].value, documents=documents)


def _of_csv(raw: bytes, name: str, mappings: Sequence[FeedMapping]) -> Recognised:
    header = next(read_records(open_text(raw)), None)
    if header is None:
        return _kept(name, KeptReason.EMPTY)
    columns = columns_of(header)
    return _shadowserver(columns, name) or _mapped(raw, name, mappings) or _never_seen(columns, name)


def _shadowserver(columns: tuple[str, ...], name: str) -> Recognised | None:
    """By the name of the file where that is a report's, else by the names of its columns."""
    report, is_known = shadowserver.report_name(name)
    if is_known and not shadowserver.is_header(columns):
        return _kept(report, KeptReason.FEED_WITHOUT_HEADER, found_as=FeedFormat.SHADOWSERVER)
    report = report if is_known else shadowserver.report_of_header(columns)
    return Recognised(FeedFormat.SHADOWSERVER, report, columns=columns) if report else None


def _mapped(raw: bytes, name: str, mappings: Sequence[FeedMapping]) -> Recognised | None:
    """By the header that somebody mapped; where several did, or the header changed, by the shape of the name."""
    shape = file_shape(name)
    same_name = [one for one in mappings if shape and one.file_shape == shape]
    fitting = [one for one in mappings if (one.mapping.has_header or one in same_name) and fits(raw, one.mapping)]
    if len(fitting) > 1:
        fitting = [one for one in fitting if one in same_name]
        if len(fitting) != 1:
            return _kept(name, KeptReason.FEED_AMBIGUOUS)
    if fitting:
        return Recognised(FeedFormat.MAPPED, fitting[0].name, mapping=fitting[0])
    if same_name:
        return _kept(same_name[0].name, KeptReason.FEED_HEADER_CHANGED, found_as=FeedFormat.MAPPED)
    return None


def _never_seen(columns: tuple[str, ...], name: str) -> Recognised:
    """A report of Shadowserver that nobody knows yet has its common columns; anything else is unknown."""
    if not shadowserver.is_common(columns):
        return _kept(name, KeptReason.FEED_UNKNOWN)
    report, _ = shadowserver.report_name(name)
    return Recognised(FeedFormat.SHADOWSERVER, report, is_known=False, columns=columns)


def _kept(report: str, kept: KeptReason, detail: str = "", *, found_as: FeedFormat = FeedFormat.UNKNOWN) -> Recognised:
    return Recognised(found_as, report, is_known=found_as is not FeedFormat.UNKNOWN, kept=kept, detail=detail)
