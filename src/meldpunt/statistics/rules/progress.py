"""How far an overview has come, and what may be done with it then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from meldpunt.disclosure.values import State as DisclosureState

from ..errors import AlreadyOffered, OverviewNotSafe
from ..values import State

_AT_THE_DOOR: Final[Mapping[DisclosureState, State]] = {
    DisclosureState.PROPOSED: State.OFFERED,
    DisclosureState.WAITING_FOR_APPROVAL: State.OFFERED,
    DisclosureState.DELIVERED: State.PUBLISHED,
    DisclosureState.SUPERSEDED: State.WITHDRAWN,
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
