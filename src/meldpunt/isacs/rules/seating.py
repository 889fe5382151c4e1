"""Who may move a seat."""

from __future__ import annotations

from collections.abc import Collection

from meldpunt.constituency.values import Neighbour, SeatId

from ..errors import LastChair, MotionNotFound, SpaceNotFound


def own_place(table: Collection[Neighbour]) -> Neighbour:
    """The viewer's own place at the table. Raises SpaceNotFound where it has none."""
    for one in table:
        if one.is_own:
            return one
    raise SpaceNotFound("no such ISAC")


def check_may_leave(table: Collection[Neighbour]) -> None:
    """Raise LastChair where a chair would leave others without one."""
    own = own_place(table)
    if own.is_chair and len(table) > 1 and not any(one.is_chair and not one.is_own for one in table):
        raise LastChair("You chair this table: pass the chair to another member first, or ask the desk.")


def other_place(table: Collection[Neighbour], seat: SeatId) -> Neighbour:
    """Somebody else's place, for the chair. Raises MotionNotFound where the viewer does not chair, or there is none."""
    own = own_place(table)
    for one in table:
        if own.is_chair and one.seat == seat and not one.is_own:
            return one
    raise MotionNotFound("no such seat")
