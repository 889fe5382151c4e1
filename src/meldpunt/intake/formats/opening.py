"""A feed opened: what it is, what its rows have in common, and the rows one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from meldpunt.vocabulary.markings import TLP, most_restrictive

from ..feed_values import FeedFlag, FeedFormat, FeedMapping, Named
from ..values import KeptReason, ReporterDetails
from . import intelmq, misp, n6, shadowserver, stix, xarf
from .documents import Documents
from .mapped import read_mapped
from .recognition import Recognised, recognise
from .rows import FeedRow, Reading

MOST_LOOKED_UP: Final = 1_000
"""Hashes and CVE ids of a feed that are kept to be found by; the rest is found in its rows."""
_MOST_CLASSES_TOLD: Final = 20
_GONE_OVER_TWICE: Final = 5_000_000
"""Bytes."""
_READERS: Final[Mapping[FeedFormat, Callable[[Documents], Reading]]] = {
    FeedFormat.INTELMQ: intelmq.read_feed,
    FeedFormat.N6: n6.read_feed,
    FeedFormat.XARF: xarf.read_feed,
    FeedFormat.MISP: misp.read_feed,
    FeedFormat.STIX: stix.read_feed,
}
_LOOKED_UP: Final = frozenset({"hash", "cve"})
"""What says nothing of anybody, so that it may be found by whoever reads reports."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed opened. `kept` is set where nothing of it is read, and then it has no rows.

    `answers` are what is told of it with its report: format, flags, marking, classes without an RSIT type. `count` of
    its rows is exact up to five million bytes.
    """

    format: FeedFormat
    report: str
    title: str
    kept: KeptReason | None
    answers: Mapping[str, str]
    rows: Iterator[FeedRow] = field(default_factory=lambda: iter(()))
    text: str = ""
    reporter: ReporterDetails = field(default_factory=ReporterDetails)
    looked_up: tuple[Named, ...] = ()
    is_known: bool = True
    count: int = 0

    @property
    def marking(self) -> TLP | None:
        """The strictest traffic light that its sender put on anything in it."""
        return TLP(self.answers["marking"]) if "marking" in self.answers else None


def open_feed(raw: bytes, *, name: str, mappings: Sequence[FeedMapping] = ()) -> Feed:
    """The feed in these bytes, whatever they are."""
    return feed_of(raw, recognise(raw, name=name, mappings=mappings), name=name)


def feed_of(raw: bytes, found: Recognised, *, name: str) -> Feed:
    """The feed in bytes that were recognised."""
    told = {"file": name, "format": found.format.value, "report": found.report}
    told["known"] = "yes" if found.is_known else "no"
    if found.kept:
        answers = told | ({"why": found.detail} if found.detail else {})
        return Feed(found.format, found.report, _title(found), found.kept, answers, is_known=found.is_known)
    reading = _reading(raw, found)
    seen = _survey(reading, at_most=1 if _is_uniform(raw, found) else None)
    flags = {*reading.flags, *seen.flags, *(() if found.is_known else (FeedFlag.UNKNOWN_REPORT,))}
    return Feed(
        found.format,
        found.report,
        reading.title,
        None if seen.rows else KeptReason.FEED_WITHOUT_ROWS,
        {**told, **reading.answers, **_answers(reading, seen, flags)},
        rows=reading.rows(),
        text=reading.text,
        reporter=reading.reporter,
        looked_up=tuple(seen.looked_up),
        is_known=found.is_known,
        count=seen.rows,
    )


@dataclass(slots=True)
class _Seen:
    """What the rows have in common, counted in one go over them."""

    rows: int = 0
    types: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    markings: set[TLP] = field(default_factory=set)
    flags: set[FeedFlag] = field(default_factory=set)
    looked_up: dict[Named, None] = field(default_factory=dict)


def _is_uniform(raw: bytes, found: Recognised) -> bool:
    """A report of Shadowserver has one class and no marking: a large one is not gone over twice."""
    return found.format is FeedFormat.SHADOWSERVER and len(raw) > _GONE_OVER_TWICE


def _survey(reading: Reading, *, at_most: int | None) -> _Seen:
    seen = _Seen()
    for row in islice(reading.rows(), at_most):
        seen.rows += 1
        if row.is_readable:
            seen.types[row.rsit] += 1
        if row.unknown_class and (row.unknown_class in seen.unknown or len(seen.unknown) < _MOST_CLASSES_TOLD):
            seen.unknown[row.unknown_class] += 1
        if row.marking:
            seen.markings.add(row.marking)
        if row.flag:
            seen.flags.add(row.flag)
        _look_up(row, seen)
    if seen.unknown:
        seen.flags.add(FeedFlag.UNKNOWN_CLASS)
    return seen


def _look_up(row: FeedRow, seen: _Seen) -> None:
    for one in row.named:
        if one.kind in _LOOKED_UP and one not in seen.looked_up:
            if len(seen.looked_up) == MOST_LOOKED_UP:
                seen.flags.add(FeedFlag.NAMES_CUT)
                return
            seen.looked_up[one] = None


def _answers(reading: Reading, seen: _Seen, flags: set[FeedFlag]) -> dict[str, str]:
    markings = {*reading.markings, *seen.markings}
    commonest = next((kind for kind, _ in seen.types.most_common(1)), "")
    answers = {
        "type": commonest,
        "marking": most_restrictive(*markings).value if markings else "",
        "flags": " ".join(sorted(flags)),
        "unknown_classes": ", ".join(f"{said} ({count})" for said, count in seen.unknown.most_common()),
    }
    return {name: said for name, said in answers.items() if said}


def _reading(raw: bytes, found: Recognised) -> Reading:
    if found.mapping:
        mapping = found.mapping.mapping
        return Reading(_title(found), lambda: read_mapped(raw, mapping))
    if found.documents:
        return _READERS[found.format](found.documents)
    return Reading(_title(found), lambda: shadowserver.read_rows(raw, columns=found.columns, report=found.report))


def _title(found: Recognised) -> str:
    return f"Shadowserver: {found.report}" if found.format is FeedFormat.SHADOWSERVER else f"Feed: {found.report}"
