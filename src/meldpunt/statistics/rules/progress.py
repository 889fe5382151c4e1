"""How far an overview has come, and what may be done with it then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from meldpunt.disclosure.values import State as DisclosureState

from ..errors import AlreadyOffered, OverviewNotSafe
from ..values import State

_AT_THE_DOOR: Final[Mapping[DisclosureState, State]] = {
    DisclosureState.PROPOSED: State.OFFERED,
    DisclosureState.WAITING_FOR_APPROVAL: State.OFFERED,
    DisclosureState.DELIVERED: State.PUBLISHED,
    DisclosureState.WITHDRAWN: State.WITHDRAWN,
    DisclosureState.REFUSED: State.CHECKED,
}


def state_of(*, passed: bool, at_the_door: DisclosureState | None) -> State:
    """The state, from the attacker's check and from what the door says about the disclosure, if there is one."""
    if not passed:
        return State.COMPILED
    return _AT_THE_DOOR[at_the_door] if at_the_door else State.CHECKED


def check_publishable(state: State) -> None:
    """Raise OverviewNotSafe or AlreadyOffered unless the overview is checked and not published."""
    if state is State.COMPILED:
        raise OverviewNotSafe("The attacker's check did not pass: nothing of this overview may be published.")
    if state is not State.CHECKED:
        raise AlreadyOffered("This overview was published or offered already.")


def quarter_before(day: date) -> tuple[date, date]:
    """The first and last day of the last quarter that had ended on `day`."""
    first_of_this = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    last = date.fromordinal(first_of_this.toordinal() - 1)
    return date(last.year, last.month - 2, 1), last
