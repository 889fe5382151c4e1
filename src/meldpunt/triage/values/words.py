"""The words of triage: what is decided, how grave it is, and how the queue is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from meldpunt.vocabulary.bilingual import Bilingual


class Decision(StrEnum):
    """What becomes of a report. REOPEN undoes the one before it and leaves it in the history.

    SET_ASIDE puts it where spam lies, or leaves it there with a reason; TAKE_IN undoes that. UNDO takes one's own last
    decision back within the hour: what stood before that one counts again.
    """

    ACCEPT = "accept"
    MERGE = "merge"
    REDIRECT = "redirect"
    DECLINE = "decline"
    REOPEN = "reopen"
    SET_ASIDE = "set-aside"
    TAKE_IN = "take-in"
    UNDO = "undo"


UNDECIDED_AFTER: Final = frozenset({Decision.REOPEN, Decision.SET_ASIDE, Decision.TAKE_IN})
"""After these it is still to be decided what becomes of it."""


class Disruption(StrEnum):
    """May society be disrupted? The words of `engines.cascade`, as they are kept."""

    NO = "no"
    POSSIBLY = "possibly"
    LIKELY = "likely"

    @property
    def label(self) -> Bilingual:
        """The answer for people."""
        return _DISRUPTION[self]


_DISRUPTION: Mapping[Disruption, Bilingual] = {
    Disruption.NO: Bilingual("nee", "no"),
    Disruption.POSSIBLY: Bilingual("mogelijk", "possibly"),
    Disruption.LIKELY: Bilingual("waarschijnlijk", "likely"),
}


class Order(StrEnum):
    """How the queue is sorted. Of each there are both directions: a minus before a word is the other way round."""

    DUE = "due"
    """A statutory duty first, the longest running clock on top; then the grave, and the rest by age.

    Grave is what is likely to disrupt society or scored high, and what people tell with an alarming word while nobody
    assessed it, or while the class that a person gave bears it out.
    """
    DUE_LAST = "-due"
    GRAVEST = "gravest"
    """What may disrupt society first, then the highest score; what nobody assessed yet as with DUE."""
    LEAST_GRAVE = "-gravest"
    SCORE = "score"
    """The highest score first; what nobody scored last."""
    SCORE_LAST = "-score"
    OLDEST = "oldest"
    NEWEST = "newest"
    SECTOR = "sector"
    SECTOR_LAST = "-sector"
    ORGANISATION = "organisation"
    """By the code of the organisation; what is nobody's yet last."""
    ORGANISATION_LAST = "-organisation"
    STATE = "state"
    STATE_LAST = "-state"
    HOLDER = "holder"
    """By the name of whoever has it in hand; what nobody has last."""
    HOLDER_LAST = "-holder"
    CHANGED = "changed"
    """What changed last on top."""
    UNCHANGED = "-changed"
    """What nothing happened to for longest on top."""

    @property
    def reversed(self) -> Order:
        """The same column the other way round."""
        return _REVERSED[self]


_REVERSED: Final[Mapping[Order, Order]] = {
    **{one: Order(f"-{one.value}") for one in Order if f"-{one.value}" in set(Order)},
    **{one: Order(one.value[1:]) for one in Order if one.value.startswith("-")},
    Order.OLDEST: Order.NEWEST,
    Order.NEWEST: Order.OLDEST,
}


class Attention(StrEnum):
    """What of the queue asks for somebody."""

    UNREAD = "unread"
    """Never opened by who looks, or added to, decided or answered since, by somebody else."""
    TODAY = "today"
    """A statutory deadline ends today, or is past."""
    STALE = "stale"
    """Somebody has it in hand for a day, and nothing happened to it meanwhile."""


class Holder(StrEnum):
    """Who has a report in hand."""

    MINE = "mine"
    NOBODY = "nobody"
    COLLEAGUE = "colleague"
