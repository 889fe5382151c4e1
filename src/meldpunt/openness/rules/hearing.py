"""Who was heard on what, how long that suspends the term, and from when documents may be read.

Awb article 4:8: who did not ask for the decision, is concerned by it and is expected to object, is heard before it is
made. Woo article 4.4(3)-(6), before it Wob article 6(3) and 6(5): meanwhile the term stands still; where an objection
is expected the documents follow two weeks after the decision was made known, and who is concerned is told of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from meldpunt.law import IN_FORCE, local_day, next_working_day
from meldpunt.law.terms import end_of_day
from meldpunt.vocabulary.texts import clean_text

from ..errors import HearingImpossible, HearingNeeded, ViewEmpty
from ..values import Hearing, Selection, Stance

LONGEST_HEARING: Final = timedelta(weeks=8)
"""What is asked for longer than this is no reasonable term, and keeps who asked waiting."""
WAIT: Final = timedelta(weeks=2)
"""Woo article 4.4(5), Wob article 6(5)."""

Shown = Mapping[str, Sequence[Sequence[int]]]
"""The ranges that were withheld, by selection."""


@dataclass(frozen=True, slots=True)
class Pause:
    """From when the requester knew that somebody is heard, until when that one could answer, or did."""

    told_at: datetime
    due_at: datetime
    answered_at: datetime | None

    @property
    def days(self) -> frozenset[date]:
        """From the day after it was told, up to and including that of the view or of the end of the term for it."""
        first, last = local_day(self.told_at), local_day(min(self.answered_at or self.due_at, self.due_at))
        return frozenset(first + timedelta(days=number) for number in range(1, (last - first).days + 1))


def later_by(received_at: datetime, days: int) -> datetime:
    """That many calendar days later, at the same hour of the wall."""
    zone = ZoneInfo(IN_FORCE.zone.key)
    return (received_at.astimezone(zone) + timedelta(days=days)).astimezone(received_at.tzinfo)


def suspended_until(pauses: Iterable[Pause], *, now: datetime) -> datetime | None:
    """Until when somebody may still answer; None when nobody may."""
    return max((one.due_at for one in pauses if one.answered_at is None and one.due_at > now), default=None)


def release_day(delivered_at: datetime) -> datetime:
    """From when documents may be read that somebody is expected to object to: the end of the last working day."""
    last = next_working_day(local_day(delivered_at) + WAIT)
    return end_of_day(last, IN_FORCE.zone)


def shown_in(selections: Iterable[Selection]) -> dict[str, list[list[int]]]:
    """What is withheld now."""
    return {str(one.id): [[passage.start, passage.end] for passage in one.passages] for one in selections}


def still_covers(shown: Shown, selections: Iterable[Selection]) -> bool:
    """Whether nothing would now be released of these that was not shown: more may be withheld since, never less."""
    for selection in selections:
        if str(selection.id) not in shown:
            return False
        hidden = {place for one in selection.passages for place in range(one.start, one.end)}
        if any(place not in hidden for start, end in shown[str(selection.id)] for place in range(start, end)):
            return False
    return True


def check_term(due_at: datetime, *, now: datetime) -> None:
    """Raise HearingImpossible for a term that is over before it begins, or that nobody would call reasonable."""
    if not now < due_at <= now + LONGEST_HEARING:
        raise HearingImpossible("Choose a day in the coming eight weeks by which they can answer.")


def check_heard(hearings: Iterable[Hearing], *, is_anybody_unheard: bool, unheard: str, now: datetime) -> str:
    """Why somebody was not heard, which is empty only where everybody was. Raises HearingNeeded."""
    why = clean_text(unheard)
    if any(one.is_told and one.view is None and one.due_at > now for one in hearings) and not why:
        raise HearingNeeded("Somebody can still give a view: wait for it, or write why you cannot.")
    if is_anybody_unheard and not why:
        raise HearingNeeded("Hear the organisations concerned first (Awb 4:8), or write why that is not needed.")
    return why


def is_objected_to(hearings: Iterable[Hearing]) -> bool:
    """Whether an interested party is expected to object: it said so."""
    return any(one.view is not None and one.view.stance is Stance.AGAINST for one in hearings)


def check_view(stance: Stance, text: str) -> str:
    """The words. Raises ViewEmpty for an objection without any."""
    said = clean_text(text)
    if stance is Stance.AGAINST and not said:
        raise ViewEmpty("Write what you object to, and why.")
    return said
