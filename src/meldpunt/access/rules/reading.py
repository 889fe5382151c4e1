"""The words in which `readers` says who may read which row. Plain Python: facts of rows in, yes or no out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from ..values import Door

Row = Mapping[str, object]


@dataclass(frozen=True)
class Viewer:
    """Who looks, as PostgreSQL knows them: the door is sure, a digest is proved, and the rest is claimed."""

    door: Door
    permissions: frozenset[str]
    actor: UUID | None = None
    organisation: UUID | None = None
    receipt_digest: bytes | None = None
    key_digest: bytes | None = None
    certificate: bytes | None = None


@dataclass(frozen=True)
class Rows:
    """All that there is, by table, at one instant; and what was found out about it."""

    of: Mapping[str, Collection[Row]]
    now: datetime
    readable: Callable[[Viewer, str, Row, Rows], bool]
    _found: dict[tuple[Viewer, str], tuple[Row, ...]] = field(default_factory=dict)

    def seen_by(self, viewer: Viewer, table: str) -> tuple[Row, ...]:
        """The rows of another table that this viewer reads."""
        place = (viewer, table)
        if place not in self._found:
            self._found[place] = tuple(row for row in self.of[table] if self.readable(viewer, table, row, self))
        return self._found[place]


Rule = Callable[[Viewer, Row, Rows], bool]


def may(*permissions: str) -> Rule:
    """Whoever holds one of these permissions."""
    return lambda viewer, _row, _rows: any(one in viewer.permissions for one in permissions)


def both(*rules: Rule) -> Rule:
    """All of these hold."""
    return lambda viewer, row, rows: all(rule(viewer, row, rows) for rule in rules)


def either(*rules: Rule) -> Rule:
    """One of these holds."""
    return lambda viewer, row, rows: any(rule(viewer, row, rows) for rule in rules)


def own(column: str = "organisation_id") -> Rule:
    """A row of the organisation that the viewer speaks for."""
    return lambda viewer, row, _rows: viewer.organisation is not None and row[column] == viewer.organisation


def by_oneself(column: str) -> Rule:
    """A row in the viewer's own name."""
    return lambda viewer, row, _rows: viewer.actor is not None and row[column] == viewer.actor


def says(column: str, *values: object) -> Rule:
    """A row of which this column holds one of the values."""
    return lambda _viewer, row, _rows: row[column] in values


def holds(column: str) -> Rule:
    """A row of which this is true."""
    return lambda _viewer, row, _rows: row[column] is True


def lacks(column: str) -> Rule:
    """A row of which this is not true."""
    return lambda _viewer, row, _rows: row[column] is not True


def by_receipt(viewer: Viewer, row: Row, _rows: Rows) -> bool:
    """A row that the code opens which the viewer came back with."""
    return viewer.receipt_digest is not None and row["receipt_digest"] == viewer.receipt_digest


def opened(viewer: Viewer, row: Row, rows: Rows) -> bool:
    """A row that may be known by now."""
    until = row["readable_from"]
    return until is None or (isinstance(until, datetime) and until <= rows.now)


def with_its(table: str, *, by: str, theirs: str = "id", where: Rule | None = None) -> Rule:
    """Whoever reads the row of `table` that this one belongs to (and of which `where` holds)."""

    def rule(viewer: Viewer, row: Row, rows: Rows) -> bool:
        return any(
            one[theirs] == row[by] and (where is None or where(viewer, one, rows))
            for one in rows.seen_by(viewer, table)
        )

    return rule


def unsealed(viewer: Viewer, rows: Rows) -> set[object]:
    """Organisations whose seal this viewer lifted, and which has not lapsed."""
    return {
        one["organisation_id"]
        for one in rows.seen_by(viewer, "constituency_unsealing")
        if isinstance(one["lapses_at"], datetime) and one["lapses_at"] > rows.now
    }


Readers = dict[Door, Rule]
"""For each door that reads any row of a table, of which."""


def desk(permission: str) -> Readers:
    """For the desk alone."""
    return {Door.DESK: may(permission)}


def inside(permission: str) -> Readers:
    """For the desk and the jobs."""
    return {Door.DESK: may(permission), Door.JOBS: may(permission)}
