"""The queue: what came in, how far it is, who has it, and what is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import UNDECIDED, Channel, KeptReason, ReportId, ReportKind, ReportLine, State
from meldpunt.law import Clock

from .. import models
from ..rules.deciding import first_due
from ..rules.wording import Key, page_number, place_after
from ..values import UNDECIDED_AFTER, Decision, Holder, Objection, Order, QueueFilters, QueueLine, QueuePage
from ..wordlist import alarming_pattern
from .due import due_today
from .narrowing import Narrowed, Parameters, and_only, narrow, only
from .ordering import Sorting, sorting_of
from .rows import brief_from, latest_of, standing_of

PAGE = 50
MOST_LATE = 50
COUNTED = 10_000
"""A list is counted no further: whoever sees as many narrows it."""
_UNDECIDED = QueueFilters()
_BY_AGE = (Order.NEWEST, Order.OLDEST)


@look(Permission.TRIAGE_READ)
def list_queue(
    viewer: Actor, /, *, filters: QueueFilters = _UNDECIDED, order: Order = Order.DUE, page: int = 1, after: str = ""
) -> QueuePage:
    """Fifty reports with what triage knows of each; without filters those that are undecided.

    It goes on `after` the place that the page before ended with (`QueuePage.following`); without one, at `page`. Above
    the first page of what is undecided stand at most fifty that were decided, and added to since.
    """
    narrowed = narrow(viewer, filters, due=due_today(viewer, filters))
    counted = count_narrowed(narrowed, most=COUNTED)
    total, number = min(counted, COUNTED), page_number(page)
    # Of what is decided too only the age has an index: as many lines are not sorted by anything else.
    kept = order if narrowed.is_open or counted <= COUNTED or order in _BY_AGE else Order.NEWEST
    late = _late_lines(viewer, filters) if number == 1 and not after else ()
    lines, following = _page(viewer, narrowed, kept, number, after)
    shown = _queue_lines(viewer, [*late, *lines])
    return QueuePage(
        lines=shown[len(late) :],
        page=number,
        pages=max(1, -(-total // PAGE)),
        total=total,
        is_more=counted > COUNTED,
        following=following,
        late=shown[: len(late)],
        order=kept,
    )


def count_narrowed(narrowed: Narrowed, *, most: int) -> int:
    """How many there are; one more than `most` where there are more."""
    with connection.cursor() as cursor:
        count = _sql("queue_count.sql").replace("{narrowed}", narrowed.sql)
        cursor.execute(count, narrowed.given | {"most": most + 1})
        return int(cursor.fetchone()[0])


def _page(viewer: Actor, narrowed: Narrowed, order: Order, number: int, after: str) -> tuple[Sequence[ReportLine], str]:
    """The lines of a page, and the place after which the next one begins."""
    sorting = sorting_of(order, is_open=narrowed.is_open)
    place = sorting.place(after)
    limits = {"limit": PAGE + 1, "offset": 0 if place else PAGE * (number - 1)}
    found = _read(viewer, narrowed, sorting, limits, place)
    lines = [line for line, _ in found[:PAGE]]
    return lines, place_after(found[PAGE - 1][1]) if len(found) > PAGE else ""


def _late_lines(viewer: Actor, filters: QueueFilters) -> tuple[ReportLine, ...]:
    """What was decided and is not done with, because somebody added to it since; narrowed as the rest.

    Read by itself: among the undecided it would keep an index of those from serving the queue.
    """
    found = _late() if filters.states == _UNDECIDED.states and filters.wave is None else ()
    if not found:
        return ()
    among = and_only(narrow(viewer, replace(filters, states=())), list(found))
    oldest = sorting_of(Order.OLDEST, is_open=False)
    lines = _read(viewer, among, oldest, {"limit": MOST_LATE, "offset": 0})
    return tuple(line for line, _ in lines if line.state not in UNDECIDED)


@look(Permission.REPORT_READ)
def list_lines(viewer: Actor, /, *, reports: Collection[UUID]) -> Mapping[ReportId, ReportLine]:
    """The lines of these reports; those the viewer may not see are left out."""
    if not reports:
        return {}
    oldest = sorting_of(Order.OLDEST, is_open=False)
    lines = _read(viewer, only(list(reports)), oldest, {"limit": len(reports), "offset": 0})
    return {line.id: line for line, _ in lines}


def _read(
    viewer: Actor,
    narrowed: Narrowed,
    sorting: Sorting,
    limits: Mapping[str, Key],
    place: Mapping[str, Key] | None = None,
) -> Sequence[tuple[ReportLine, tuple[Key, ...]]]:
    """Lines, each with the keys by which it is sorted."""
    with connection.cursor() as cursor:
        given = {**narrowed.given, **limits, **(place or {})}
        cursor.execute(_page_sql(narrowed.sql, sorting, goes_on=bool(place)), given)
        rows = cursor.fetchall()
    # Only a statutory report has clocks, so most lines cost nothing.
    clocks = intake_queries.list_clocks(viewer, reports=[row[0] for row in rows if row[3] == ReportKind.STATUTORY])
    return [(_line(row, first_due(clocks.get(ReportId(row[0]), ()))), tuple(row[10:])) for row in rows]


def _line(row: Sequence[Any], due: Clock | None) -> ReportLine:
    report, reference, channel, kind, title, sector, organisation, received_at, state, kept_reason = row[:10]
    return ReportLine(
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
        due=due,
    )


def _queue_lines(viewer: Actor, lines: Collection[ReportLine]) -> tuple[QueueLine, ...]:
    ids = [line.id for line in lines]
    assessed, decided, asked = latest_of(ids), standing_of(ids), _asked(ids)
    taken = {row.report_id: row for row in models.Assignment.objects.filter(report_id__in=ids)}
    about = [line.organisation for line in lines if line.organisation]
    organisations = constituency_queries.list_by_ids(viewer, organisations=about)
    present = _present(viewer, ids)
    marks, late = _marks(viewer, ids), _late(ids) if ids else ()
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
            is_unread=marks[line.id][4],
            changed_at=marks[line.id][5],
            present=present.get(line.id, ()),
        )
        for line in lines
    )


def _marks(
    viewer: Actor, reports: Collection[UUID]
) -> Mapping[UUID, tuple[str, datetime | None, int, datetime | None, bool, datetime | None]]:
    """Per report the columns of queue_marks.sql."""
    given: Parameters = {"only": list(reports), "alarming": alarming_pattern(), "viewer": viewer.id}
    with connection.cursor() as cursor:
        cursor.execute(_sql("queue_marks.sql"), given)
        return {report: (word.lower(), *others) for report, word, *others in cursor.fetchall()}


def _present(viewer: Actor, reports: Collection[UUID]) -> Mapping[UUID, tuple[str, ...]]:
    """Per report the colleagues who have it open."""
    there = models.Presence.objects.filter(report_id__in=list(reports), expires_at__gt=timezone.now())
    found: defaultdict[UUID, tuple[str, ...]] = defaultdict(tuple)
    for report, name in there.exclude(actor=viewer.id).order_by("name").values_list("report_id", "name"):
        found[report] += (name,)
    return found


def _late(reports: Collection[UUID] = ()) -> Collection[UUID]:
    """Those of these, or of all, to which something was added after the decision that nobody followed up."""
    with connection.cursor() as cursor:
        cursor.execute(_sql("late_additions.sql"), {"only": list(reports), "most": MOST_LATE})
        return frozenset(report for (report,) in cursor.fetchall())


def _asked(reports: Iterable[UUID]) -> Mapping[UUID, tuple[int, int, int]]:
    """Per report how many parties were asked, answered, and have something against it."""
    asked = models.Consultation.objects.filter(report_id__in=list(reports), refused=False)
    counted = dict(asked.values_list("report_id").annotate(Count("id")))
    latest = models.View.objects.filter(consultation__in=asked.values("id"))
    given: dict[UUID, tuple[int, int]] = {}
    for report, objection in (
        latest.order_by("consultation_id", "-version")
        .distinct("consultation_id")
        .values_list("consultation__report_id", "objection")
    ):
        count, dissents = given.get(report, (0, 0))
        given[report] = count + 1, dissents + (objection != Objection.NONE.value)
    return {report: (count, *given.get(report, (0, 0))) for report, count in counted.items()}


def _standing(decision: Decision | None) -> Decision | None:
    return None if decision in UNDECIDED_AFTER else decision


def _holder(viewer: Actor, taken: models.Assignment | None) -> Holder:
    if taken is None:
        return Holder.NOBODY
    return Holder.MINE if taken.actor == viewer.id else Holder.COLLEAGUE


@cache
def _sql(name: str) -> str:
    return (files("meldpunt.triage") / "sql" / name).read_text("utf-8")


def _page_sql(narrowed: str, sorting: Sorting, *, goes_on: bool) -> str:
    parts = {
        "{picked}": sorting.picked,
        "{keys}": sorting.named,
        "{narrowed}": narrowed,
        "{beyond}": sorting.beyond if goes_on else "",
        "{order}": sorting.directed,
        "{again}": sorting.again,
    }
    # The comment above it speaks of the parts by name.
    sql = _sql("queue.sql").partition("SELECT r.id")
    made = sql[1] + sql[2]
    for name, part in parts.items():
        made = made.replace(name, part)
    return made
