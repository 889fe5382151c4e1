"""What the queue is narrowed to, as SQL: only what was asked stands in it, so that an index can answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeAlias
from uuid import UUID

from django.utils import timezone

from meldpunt.access.values import Actor
from meldpunt.engines.matching.defanging import defang, refang_value
from meldpunt.vocabulary.texts import clean_text

from ..rules.wording import Key
from ..values import Attention, Holder, QueueFilters

STALE_AFTER: Final = timedelta(hours=24)
UNDECIDED: Final = QueueFilters().states
Parameters: TypeAlias = dict[str, Key | list[str] | list[UUID] | None]
_INDICATOR: Final = re.compile(r"\S+[.:]\S+")
_HELD: Final[Mapping[Holder, str]] = {
    Holder.MINE: "l.holder = %(viewer)s::uuid",
    Holder.NOBODY: "l.holder IS NULL",
    Holder.COLLEAGUE: "l.holder <> %(viewer)s::uuid",
}
_ATTENTION: Final[Mapping[Attention, str]] = {
    Attention.UNREAD: "l.news_by IS DISTINCT FROM %(viewer)s::uuid AND NOT EXISTS (SELECT FROM triage_reading AS g"
    " WHERE g.actor = %(viewer)s::uuid AND g.report_id = l.report_id AND g.at >= l.news_at)",
    Attention.TODAY: "l.report_id = ANY (%(due)s::uuid[])",
    Attention.STALE: "l.holder IS NOT NULL AND l.changed_at < %(stale)s",
}
_IS_ASSESSED: Final = """%(assessed)s::boolean = coalesce((
    SELECT a.rsit_class <> '' FROM triage_assessment AS a WHERE a.report_id = {report} ORDER BY a.version DESC LIMIT 1
), false)"""
_FOUND: Final = "SELECT intake_find_reports(p) FROM unnest(%(patterns)s::text[]) AS p"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """FROM and WHERE over lines `l` and reports `r`, with what they are given. `is_open`: nothing decided is in it."""

    sql: str
    given: Parameters
    is_open: bool


def narrow(viewer: Actor, filters: QueueFilters, *, due: Sequence[UUID] = ()) -> Narrowed:
    """What is left of the queue by these filters; `due` are the reports with a statutory deadline today."""
    is_open = filters.wave is None and not filters.text and bool(filters.states) and _are_open(filters)
    clauses = [*_of_lines(filters), *(_of_open(filters) if is_open else _of_all(filters))]
    given: Parameters = {
        "states": [state.value for state in filters.states],
        "sector": clean_text(filters.sector),
        "channel": filters.channel.value if filters.channel else "",
        "kind": filters.kind.value if filters.kind else "",
        "organisation": filters.organisation,
        "viewer": viewer.id,
        "assessed": filters.is_assessed,
        "patterns": patterns_of(filters.text),
        "wave": filters.wave,
        "due": list(due),
        "stale": timezone.now() - STALE_AFTER,
    }
    source = "triage_line AS l" if is_open else "intake_report AS r LEFT JOIN triage_line AS l ON l.report_id = r.id"
    if is_open and filters.organisation:
        source = "triage_line AS l JOIN intake_report AS r ON r.id = l.report_id"
    return Narrowed(f"FROM {source} WHERE {' AND '.join(clauses) or 'true'}", given, is_open)


def only(reports: Sequence[UUID]) -> Narrowed:
    """These reports, whatever became of them."""
    source = "intake_report AS r LEFT JOIN triage_line AS l ON l.report_id = r.id"
    return Narrowed(f"FROM {source} WHERE r.id = ANY (%(only)s::uuid[])", {"only": list(reports)}, is_open=False)


def and_only(narrowed: Narrowed, reports: Sequence[UUID]) -> Narrowed:
    """Those of them that are among these reports."""
    report = "l.report_id" if narrowed.is_open else "r.id"
    sql = f"{narrowed.sql} AND {report} = ANY (%(only)s::uuid[])"
    return Narrowed(sql, narrowed.given | {"only": list(reports)}, narrowed.is_open)


def patterns_of(text: str) -> list[str]:
    """Patterns for ILIKE in which the text stands for itself; none for no text.

    An indicator is told plainly or defanged, and pasted from either: each way of writing it finds the other.
    """
    typed = clean_text(text)
    plain = refang_value(typed)
    told = (defang(plain), plain.replace(".", "[.]")) if _INDICATOR.fullmatch(plain) else ()
    ways = dict.fromkeys((typed, plain, *told))
    return [f"%{_literal(way)}%" for way in ways if way]


def _are_open(filters: QueueFilters) -> bool:
    return set(filters.states) <= set(UNDECIDED)


def _of_lines(filters: QueueFilters) -> Iterator[str]:
    if filters.holder:
        yield _HELD[filters.holder]
    if filters.attention:
        yield _ATTENTION[filters.attention]


def _of_open(filters: QueueFilters) -> Iterator[str]:
    """A line stands there for each that leads; what stands behind another is not open by itself."""
    yield "l.is_open"
    if filters.states != UNDECIDED:
        yield "l.state = ANY (%(states)s::text[])"
    yield from _of_either(filters, "l")


def _of_all(filters: QueueFilters) -> Iterator[str]:
    if filters.states:
        yield "r.state = ANY (%(states)s::text[])"
    yield from _of_either(filters, "r")
    if patterns_of(filters.text):
        yield f"r.id IN ({_FOUND})"
    if filters.wave is not None:
        yield "(r.id = %(wave)s::uuid OR r.behind = %(wave)s::uuid)"
    elif not filters.text:
        yield "r.behind IS NULL"


def _of_either(filters: QueueFilters, table: str) -> Iterator[str]:
    yield from (f"{table}.{name} = %({name})s" for name in ("sector", "channel", "kind") if getattr(filters, name))
    if filters.organisation:
        yield "r.organisation_id = %(organisation)s::uuid"
    if filters.is_assessed is not None:
        yield _IS_ASSESSED.replace("{report}", "l.report_id" if table == "l" else "r.id")


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
