"""The queue: what came in, how far it is, who has it, and what is due."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TypeAlias
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.engines.matching.defanging import defang, refang_value
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import UNDECIDED, Channel, KeptReason, ReportId, ReportKind, ReportLine, State
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..rules.deciding import first_due
from ..rules.wording import page_number, place_after, read_place
from ..values import UNDECIDED_AFTER, Decision, Holder, Objection, Order, QueueFilters, QueueLine, QueuePage
from ..wordlist import alarming_pattern
from .rows import brief_from, latest_of, standing_of

PAGE = 50
MOST_LATE = 50
COUNTED = 10_000
"""A list is counted no further: whoever sees as many narrows it."""
_BY_AGE = {Order.NEWEST: ("DESC", "<"), Order.OLDEST: ("ASC", ">")}
_INDICATOR = re.compile(r"\S+[.:]\S+")
_UNDECIDED = QueueFilters()
# Written out and not a parameter, so that an index of what leads serves the queue.
_LEADING = "AND r.behind IS NULL"
_OF_ONE_WAVE = "AND (r.id = %(wave)s::uuid OR r.behind = %(wave)s::uuid)"
_EACH = ""
_Parameters: TypeAlias = dict[str, str | int | bool | UUID | list[str] | list[UUID] | None]


@look(Permission.TRIAGE_READ)
def list_queue(
    viewer: Actor, /, *, filters: QueueFilters = _UNDECIDED, order: Order = Order.DUE, page: int = 1, after: str = ""
) -> QueuePage:
    """Fifty reports with what triage knows of each; without filters those that are undecided.

    By age it goes on `after` the place that the page before ended with (`QueuePage.following`); otherwise at `page`.
    Above the first page of what is undecided stand at most fifty that were decided, and added to since.
    """
    parameters = _parameters(viewer, filters, order, page_number(page))
    counted = _count(parameters, filters)
    total, pages = min(counted, COUNTED), max(1, -(-min(counted, COUNTED) // PAGE))
    late = _late_lines(viewer, filters, parameters) if page_number(page) == 1 and not after else ()
    if order in _BY_AGE:
        by_age = _by_age(order, _shown(filters))
        lines = _read(viewer, by_age, parameters | _beginning(after) | {"limit": PAGE + 1})
        following = place_after(lines[PAGE - 1].received_at, lines[PAGE - 1].id) if len(lines) > PAGE else ""
        number = page_number(page) if after else 1
    else:
        lines = _read(viewer, _sql("queue.sql", _shown(filters)), parameters)
        following, number = "", page_number(page)
    shown = _queue_lines(viewer, [*late, *lines[:PAGE]])
    found, above = shown[len(late) :], shown[: len(late)]
    return QueuePage(found, number, pages, total, counted > COUNTED, following, above)


def _late_lines(viewer: Actor, filters: QueueFilters, parameters: _Parameters) -> tuple[ReportLine, ...]:
    """What was decided and is not done with, because somebody added to it since; narrowed as the rest.

    Read by itself: among the undecided it would keep an index of those from serving the queue.
    """
    found = _late() if filters.states == _UNDECIDED.states and filters.wave is None else ()
    if not found:
        return ()
    asked = parameters | _beginning("") | {"states": [], "only": list(found), "limit": MOST_LATE}
    lines = _read(viewer, _by_age(Order.OLDEST, _EACH), asked)
    return tuple(line for line in lines if line.state not in UNDECIDED)


@look(Permission.REPORT_READ)
def list_lines(viewer: Actor, /, *, reports: Collection[UUID]) -> Mapping[ReportId, ReportLine]:
    """The lines of these reports; those the viewer may not see are left out."""
    if not reports:
        return {}
    parameters = _parameters(viewer, QueueFilters(states=()), Order.OLDEST, 1)
    asked = parameters | _beginning("") | {"only": list(reports), "limit": len(reports)}
    lines = _read(viewer, _by_age(Order.OLDEST, _EACH), asked)
    return {line.id: line for line in lines}


def _parameters(viewer: Actor, filters: QueueFilters, order: Order, page: int) -> _Parameters:
    return {
        "states": [state.value for state in filters.states],
        "only": [],
        "sector": clean_text(filters.sector),
        "channel": filters.channel.value if filters.channel else "",
        "kind": filters.kind.value if filters.kind else "",
        "organisation": filters.organisation,
        "holder": filters.holder.value if filters.holder else "",
        "viewer": viewer.id,
        "assessed": filters.is_assessed,
        "patterns": _patterns(filters.text),
        "wave": filters.wave,
        "alarming": alarming_pattern(),
        "order": order.value,
        "limit": PAGE,
        "offset": PAGE * (page - 1),
    }


def _shown(filters: QueueFilters) -> str:
    """Which of those that look alike are lines: the one that leads, or each where somebody looks closer."""
    if filters.wave is not None:
        return _OF_ONE_WAVE
    return _EACH if filters.text else _LEADING


def _count(parameters: _Parameters, filters: QueueFilters) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_sql("queue_count.sql", _shown(filters)), parameters | {"most": COUNTED + 1})
        return int(cursor.fetchone()[0])


def _beginning(after: str) -> _Parameters:
    at, report = read_place(after) or (None, None)
    return {"after_at": at.isoformat() if at else None, "after_id": report}


def _by_age(order: Order, shown: str) -> str:
    direction, beyond = _BY_AGE[order]
    return _sql("queue_by_age.sql", shown).replace("{direction}", direction).replace("{beyond}", beyond)


def _read(viewer: Actor, query: str, parameters: _Parameters) -> tuple[ReportLine, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        rows = cursor.fetchall()
    # Only a statutory report has clocks, so most lines cost nothing.
    clocks = intake_queries.list_clocks(viewer, reports=[row[0] for row in rows if row[3] == ReportKind.STATUTORY])
    return tuple(
        ReportLine(
            id=ReportId(report),
            reference=reference,
            channel=Channel(channel),
            kind=ReportKind(kind),
            title=title,
            sector=sector,
            organisation=OrganisationId(organisation) if organisation else None,
            received_at=received_at,
            state=State(state),
            kept_reason=KeptReason(kept_reason) if kept_reason else None,
            due=first_due(clocks.get(ReportId(report), ())),
        )
        for report, reference, channel, kind, title, sector, organisation, received_at, state, kept_reason in rows
    )


def _queue_lines(viewer: Actor, lines: Collection[ReportLine]) -> tuple[QueueLine, ...]:
    ids = [line.id for line in lines]
    assessed, decided, asked = latest_of(ids), standing_of(ids), _asked(ids)
    taken = {row.report_id: row for row in models.Assignment.objects.filter(report_id__in=ids)}
    about = [line.organisation for line in lines if line.organisation]
    organisations = constituency_queries.list_by_ids(viewer, organisations=about)
    marks, late = _marks(ids), _late(ids) if ids else ()
    return tuple(
        QueueLine(
            report=line,
            organisation=organisations.get(line.organisation) if line.organisation else None,
            assessment=brief_from(assessed[line.id]) if line.id in assessed else None,
            decision=_standing(decided.get(line.id)),
            holder=_holder(viewer, taken.get(line.id)),
            holder_name=taken[line.id].name if line.id in taken else "",
            asked=asked.get(line.id, (0, 0, 0))[0],
            views=asked.get(line.id, (0, 0, 0))[1],
            dissents=asked.get(line.id, (0, 0, 0))[2],
            alarm="" if line.id in assessed else marks[line.id][0],
            added_at=marks[line.id][1],
            alike=marks[line.id][2],
            alike_until=marks[line.id][3],
            is_late=line.id in late,
        )
        for line in lines
    )


def _marks(reports: Collection[UUID]) -> Mapping[UUID, tuple[str, datetime | None, int, datetime | None]]:
    """Per report the first alarming word, when the reporter last added something, how many look alike, until when."""
    with connection.cursor() as cursor:
        cursor.execute(_sql("queue_marks.sql", _EACH), {"only": list(reports), "alarming": alarming_pattern()})
        return {report: (word.lower(), *others) for report, word, *others in cursor.fetchall()}


def _late(reports: Collection[UUID] = ()) -> Collection[UUID]:
    """Those of these, or of all, to which something was added after the decision that nobody followed up."""
    with connection.cursor() as cursor:
        cursor.execute(_sql("late_additions.sql", _EACH), {"only": list(reports), "most": MOST_LATE})
        return frozenset(report for (report,) in cursor.fetchall())


def _asked(reports: Iterable[UUID]) -> Mapping[UUID, tuple[int, int, int]]:
    """Per report how many parties were asked, answered, and have something against it."""
    asked = models.Consultation.objects.filter(report_id__in=list(reports), refused=False)
    counted = dict(asked.values_list("report_id").annotate(Count("id")))
    views = models.View.objects.filter(consultation__in=asked.values("id"))
    answered = views.values("consultation__report_id").annotate(
        count=Count("consultation_id"),
        dissents=Count("consultation_id", filter=~Q(objection=Objection.NONE.value)),
    )
    given = {row["consultation__report_id"]: (row["count"], row["dissents"]) for row in answered}
    return {report: (count, *given.get(report, (0, 0))) for report, count in counted.items()}


def _standing(decision: Decision | None) -> Decision | None:
    return None if decision in UNDECIDED_AFTER else decision


def _holder(viewer: Actor, taken: models.Assignment | None) -> Holder:
    if taken is None:
        return Holder.NOBODY
    return Holder.MINE if taken.actor == viewer.id else Holder.COLLEAGUE


def _patterns(text: str) -> list[str]:
    """Patterns for ILIKE in which the text stands for itself; none for no text.

    An indicator is told plainly or defanged, and pasted from either: each way of writing it finds the other.
    """
    typed = clean_text(text)
    plain = refang_value(typed)
    told = (defang(plain), plain.replace(".", "[.]")) if _INDICATOR.fullmatch(plain) else ()
    ways = dict.fromkeys((typed, plain, *told))
    return [f"%{_literal(way)}%" for way in ways if way]


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@cache
def _sql(name: str, shown: str) -> str:
    folder = files("meldpunt.triage") / "sql"
    filters = (folder / "queue_filters.sql").read_text("utf-8").split("\n", 1)[1]
    return (folder / name).read_text("utf-8").replace("{filters}", filters).replace("{shown}", shown)
