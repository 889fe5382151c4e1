"""How a disclosure moves, and whose eyes were on it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from uuid import UUID

from meldpunt.law import Condition, Purpose, Verdict, label_of, listed
from meldpunt.vocabulary.texts import is_readable

from ..errors import ReasonMissing, SecondPersonNeeded, SeenChanged, StateDoesNotAllow, VouchingMissing
from ..values import ON_SOMEBODYS_WORD, GroundSays, Reason, Sight, State


class Move(StrEnum):
    """What somebody wants to do with a disclosure."""

    DECIDE = "decide"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"


_FROM: Final[Mapping[Move, frozenset[State]]] = {
    Move.DECIDE: frozenset({State.PROPOSED}),
    Move.APPROVE: frozenset({State.WAITING_FOR_APPROVAL}),
    Move.WITHDRAW: frozenset({State.PROPOSED, State.WAITING_FOR_APPROVAL, State.DELIVERED, State.SUPERSEDED}),
    Move.SUPERSEDE: frozenset({State.DELIVERED}),
}


def check_move(state: State, move: Move) -> None:
    """Raise StateDoesNotAllow where the disclosure is past that point or not there yet."""
    if state not in _FROM[move]:
        raise StateDoesNotAllow("The disclosure is past this point, or has not reached it yet.")


def state_after(move: Move, *, refused: bool, four_eyes: bool) -> State:
    """Where a move leads. The law is asked again at each move, so each can still end in a refusal."""
    if move is Move.WITHDRAW:
        return State.WITHDRAWN
    if move is Move.SUPERSEDE:
        return State.SUPERSEDED
    if refused:
        return State.REFUSED
    if move is Move.DECIDE and four_eyes:
        return State.WAITING_FOR_APPROVAL
    return State.DELIVERED


def check_replaceable(state: State) -> None:
    """Raise StateDoesNotAllow where what a new version replaces does not stand any more."""
    if state is not State.DELIVERED:
        raise StateDoesNotAllow("What this replaces was withdrawn, or replaced by another: propose it anew.")


def check_second_person(approver: UUID, *, proposer: UUID, decider: UUID | None) -> None:
    """Raise SecondPersonNeeded where the approver had a hand in it before."""
    if approver in (proposer, decider):
        raise SecondPersonNeeded("Who proposed or decided this disclosure cannot approve it: ask a colleague.")


def check_seen(seen: Sight, *, now: Sight) -> None:
    """Raise SeenChanged where what was on the page is not what would be told now."""
    if seen != now:
        raise SeenChanged("What you saw has changed meanwhile: look again.")


def check_reason(reason: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing."""
    if not is_readable(reason):
        raise ReasonMissing("Write the reason: it is kept with the decision.")
    return reason.strip()


def reason_of(reason: Reason, verdict: Verdict, *, purpose: Purpose) -> str:
    """The reason as it is kept: the words, or the articles with what goes and what for, in both languages."""
    if not isinstance(reason, GroundSays):
        return reason
    articles = ", ".join(dict.fromkeys(ground.article for ground in verdict.grounds))
    what, why = listed(verdict.given), label_of(purpose)
    return (
        f"Om {why.nl}, op grond van {articles}; wat gaat: {what.nl}."
        f" / To {why.en}, on the ground of {articles}; what goes: {what.en}."
    )


def check_vouching(conditions: frozenset[Condition], vouching: str) -> None:
    """Raise VouchingMissing where consent, an offence or national security is claimed on nobody's word."""
    if conditions & ON_SOMEBODYS_WORD and not is_readable(vouching):
        raise VouchingMissing("Write how you know what you vouch for: who said so, and when.")
