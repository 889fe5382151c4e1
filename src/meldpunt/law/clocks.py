"""Statutory clocks: which run for whom, until when, and what stopped them.

Pure: nothing here knows what time it is now; `Clock.is_overdue` asks. Instants are UTC, terms are counted on
the calendar of the law's own zone (see `terms`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from meldpunt.law.clock_rules import ClockRule, Counting, Extension, Stage, Start, Weekday
from meldpunt.law.errors import InstantOutOfRange
from meldpunt.law.in_force import IN_FORCE
from meldpunt.law.regimes import Law
from meldpunt.law.terms import Term, add_hours, add_to_day, as_utc, end_of_day
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.entities import EntityKind


class ClockState(StrEnum):
    """WAITING: not yet begun. RUNNING: begun, not yet met. MET, MET_LATE: before or after the deadline."""

    WAITING = "waiting"
    RUNNING = "running"
    MET = "met"
    MET_LATE = "met-late"


@dataclass(frozen=True, slots=True)
class Event:
    """What the clocks run on. All instants carry a zone.

    `aware_at`: awareness of the incident (for a request or a received warning: its receipt). `notified_at`:
    the first time each stage was sent; a revised report is not a new one, see `event_from_reports`.
    """

    aware_at: datetime
    notified_at: Mapping[Stage, datetime] = field(default_factory=dict)
    ended_at: datetime | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """One statutory clock as it stands for one event.

    `deadline` (UTC) is None where the law names no term, or the clock waits for something with no latest
    moment. `is_latest_possible`: the clock has not begun, and this is the latest its deadline can become.
    """

    id: str
    name: Bilingual
    rule: Bilingual
    recipient: Bilingual
    content: Bilingual
    article: str
    verified: bool
    stage: Stage
    state: ClockState
    starts_from: datetime | None
    deadline: datetime | None
    is_latest_possible: bool
    met_at: datetime | None
    zone: str

    def is_overdue(self, now: datetime) -> bool:
        """Whether the deadline has passed without the stage being sent."""
        return self.met_at is None and self.deadline is not None and as_utc(now) > self.deadline


def event_from_reports(
    *,
    aware_at: datetime,
    reports: Iterable[tuple[Stage, datetime]],
    ended_at: datetime | None = None,
    asked_at: datetime | None = None,
) -> Event:
    """An event from everything that was sent, in any order: of each stage the first counts.

    So a revised report never restarts a clock.
    """
    first: dict[Stage, datetime] = {}
    for stage, sent_at in reports:
        first[stage] = min(first.get(stage, as_utc(sent_at)), as_utc(sent_at))
    return Event(aware_at, first, ended_at, asked_at)


def clocks_for(
    *, entity_kind: EntityKind, event: Event, on: date | None = None, law: Law = IN_FORCE
) -> tuple[Clock, ...]:
    """The clocks that run, ran or will run for an entity of this kind, in the order of the law.

    `on` is the day whose law applies; left out, the local day of awareness. Raises InstantWithoutZone and
    InstantOutOfRange.
    """
    day = on if on is not None else local_day(event.aware_at, law)
    rules = [rule for rule in law.clocks if rule.is_valid_on(day) and entity_kind in rule.entity_kinds]
    return tuple(_clock(rule, event, rules, law) for rule in rules if rule.start is not Start.ASKED or event.asked_at)


def local_day(instant: datetime, law: Law = IN_FORCE) -> date:
    """The calendar day of an instant where the law is in force. Raises as `clocks_for`."""
    try:
        return as_utc(instant).astimezone(law.zone).date()
    except OverflowError as error:
        raise InstantOutOfRange(instant.isoformat()) from error


def _clock(rule: ClockRule, event: Event, rules: list[ClockRule], law: Law) -> Clock:
    starts_from, term, can_still_begin = _start_and_term(rule, event, law)
    deadline = _deadline(rule, starts_from, term, law) if starts_from else None
    if can_still_begin:
        deadline = _latest_deadline(rule, event, rules, law)
    met_at = min(
        (as_utc(event.notified_at[stage]) for stage in rule.met_by if stage in event.notified_at), default=None
    )
    return Clock(
        id=rule.id,
        name=rule.name,
        rule=rule.rule,
        recipient=rule.recipient,
        content=rule.content,
        article=rule.article,
        verified=rule.verified,
        stage=rule.stage,
        state=_state(starts_from, deadline, met_at),
        starts_from=starts_from,
        deadline=deadline,
        is_latest_possible=can_still_begin and deadline is not None,
        met_at=met_at,
        zone=law.zone.key,
    )


def _start_and_term(rule: ClockRule, event: Event, law: Law) -> tuple[datetime | None, Term | None, bool]:
    """From when and how long the clock runs, and whether it still waits for a stage to begin it."""
    starts_from = _instant(rule.start, rule.start_stage, event)
    if rule.extension and _is_extended(rule, rule.extension, event, law):
        return _instant(rule.extension.start, None, event), rule.extension.term, False
    return starts_from, rule.term, starts_from is None and rule.start is Start.NOTIFIED


def _instant(start: Start, stage: Stage | None, event: Event) -> datetime | None:
    begun = {
        Start.AWARE: event.aware_at,
        Start.NOTIFIED: event.notified_at.get(stage) if stage else None,
        Start.ENDED: event.ended_at,
        Start.ASKED: event.asked_at,
    }[start]
    return as_utc(begun) if begun else None


def _is_extended(rule: ClockRule, extension: Extension, event: Event, law: Law) -> bool:
    sent_at = event.notified_at.get(extension.after)
    if sent_at is None:
        return False
    starts_from = _instant(rule.start, rule.start_stage, event)
    first_deadline = _deadline(rule, starts_from, rule.term, law) if starts_from else None
    if (
        extension.start is Start.ENDED
        and event.ended_at
        and first_deadline
        and as_utc(event.ended_at) <= first_deadline
    ):
        # Only what still runs when the report is due gets longer: NIS2 article 23(4)(e).
        return False
    return not extension.in_time_only or first_deadline is None or as_utc(sent_at) <= first_deadline


def _latest_deadline(rule: ClockRule, event: Event, rules: list[ClockRule], law: Law) -> datetime | None:
    """The latest this clock can end while the stage it waits for has not been sent.

    That stage has its own clock; who sends it at its last moment gets the longest time after it.
    """
    awaited = next((other for other in rules if other.stage is rule.start_stage), None)
    starts_from = _instant(awaited.start, awaited.start_stage, event) if awaited else None
    latest_start = _deadline(awaited, starts_from, awaited.term, law) if awaited and starts_from else None
    return _deadline(rule, latest_start, rule.term, law) if latest_start else None


def _deadline(rule: ClockRule, starts_from: datetime, term: Term | None, law: Law) -> datetime | None:
    if term is None:
        return None
    if rule.counting is Counting.TO_THE_INSTANT:
        return add_hours(starts_from, term)
    last_day = add_to_day(local_day(starts_from, law), term)
    if rule.counting is Counting.END_OF_WORKING_DAY:
        last_day = next_working_day(last_day, law)
    return end_of_day(last_day, law.zone)


def next_working_day(day: date, law: Law = IN_FORCE) -> date:
    """That day, or the first after it that lies in no weekend and is no general holiday."""
    while Weekday.of(day) in law.weekend or any(free.falls_on(day) for free in law.free_days):
        day += timedelta(days=1)
    return day


def _state(starts_from: datetime | None, deadline: datetime | None, met_at: datetime | None) -> ClockState:
    if met_at is not None:
        late = deadline is not None and met_at > deadline
        return ClockState.MET_LATE if late else ClockState.MET
    return ClockState.RUNNING if starts_from else ClockState.WAITING
