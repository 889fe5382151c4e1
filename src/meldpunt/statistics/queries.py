"""Overviews as the desk reads them. Outside the desk nobody reads these: the door delivers its own copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, Permission
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import DisclosureId, Preview
from meldpunt.disclosure.values import State as DisclosureState

from . import models
from .drafting import overview_draft
from .errors import OverviewNotFound
from .packing import unpack_audit, unpack_hidden, unpack_rules, unpack_table
from .rules.progress import state_of
from .values import Overview, OverviewId, OverviewLine

PAGE: Final = 50
"""Lines on one page of a list."""


@look(Permission.FIGURES_READ)
def list_overviews(viewer: Actor, /, *, page: int = 1) -> tuple[OverviewLine, ...]:
    """Overviews, the latest period first, `PAGE` at a time."""
    rows = models.Overview.objects.order_by("-last_day", "-compiled_at", "id").defer("table", "chart_nl", "chart_en")
    found = list(rows[PAGE * (page - 1) : PAGE * page])
    states = _at_the_door(viewer, found)
    return tuple(_line(row, states) for row in found)


@look(Permission.FIGURES_READ)
def get_overview(viewer: Actor, /, *, overview: OverviewId) -> Overview:
    """One overview with its rules, reasons and check. Raises OverviewNotFound."""
    row = models.Overview.objects.filter(id=overview).first()
    if row is None:
        raise OverviewNotFound("no such overview")
    line = _line(row, _at_the_door(viewer, [row]))
    return Overview(
        id=line.id,
        state=line.state,
        first_day=row.first_day,
        last_day=row.last_day,
        compiled_by=line.compiled_by,
        compiled_by_name=row.compiled_by_name,
        compiled_at=row.compiled_at,
        rules=unpack_rules(row.rules),
        table=unpack_table(row.table) if row.table is not None else None,
        hidden=unpack_hidden(row.hidden),
        audit=unpack_audit(row.audit),
        charts={"nl": row.chart_nl, "en": row.chart_en} if row.passed else {},
        disclosure=line.disclosure,
    )


@look(Permission.FIGURES_PUBLISH)
def preview_overview(viewer: Actor, /, *, overview: Overview) -> Preview:
    """Who would see these figures, and why. Saves nothing. Raises OverviewNotSafe."""
    return disclosure_queries.preview_disclosure(viewer, draft=overview_draft(overview))


@look(Permission.FIGURES_READ)
def find_overview(viewer: Actor, /, *, first_day: date, last_day: date) -> OverviewId | None:
    """The latest overview over exactly this period, if there is one."""
    rows = models.Overview.objects.filter(first_day=first_day, last_day=last_day).order_by("-compiled_at")
    found = rows.values_list("id", flat=True).first()
    return OverviewId(found) if found else None


def _line(row: models.Overview, at_the_door: Mapping[UUID, DisclosureState]) -> OverviewLine:
    return OverviewLine(
        id=OverviewId(row.id),
        first_day=row.first_day,
        last_day=row.last_day,
        state=state_of(passed=row.passed, at_the_door=at_the_door.get(row.id)),
        compiled_by=ActorId(row.compiled_by),
        compiled_by_name=row.compiled_by_name,
        compiled_at=row.compiled_at,
        disclosure=DisclosureId(row.disclosure_id) if row.disclosure_id else None,
    )


def _at_the_door(viewer: Actor, rows: Sequence[models.Overview]) -> dict[UUID, DisclosureState]:
    """What the door says of each overview that was offered."""
    offered = {row.disclosure_id: row.id for row in rows if row.disclosure_id is not None}
    came = disclosure_queries.list_progress(viewer, disclosures=offered) if offered else {}
    return {offered[key]: one.state for key, one in came.items()}
