"""What somebody has to see to at this moment, asked of the rooms and told to the alarms.

The worker looks each minute, and so does whoever listens for mail: if one of them stops, the other says so.
`meldpunt watch` looks from outside, where both may have stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from meldpunt.access.values import JOB
from meldpunt.alarms import actions as alarm_actions
from meldpunt.alarms import queries as alarm_queries
from meldpunt.alarms.values import Alarm, AlarmKind, Process, Standing
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import State

_HOUR = timedelta(hours=1)


def watch(process: Process | None = None) -> int:
    """Beat for this process, raise and clear what stands, and mail what was raised; how many alarms are new."""
    if process is not None:
        alarm_actions.beat(JOB, process=process)
    raised = alarm_actions.raise_alarms(JOB, standing=tuple(standing()))
    while (alarm := alarm_actions.claim_alarm(JOB)) is not None:
        alarm_actions.mail_alarm(JOB, alarm=alarm)
    return raised


def list_standing() -> tuple[Alarm, ...]:
    """The alarms that stand, for who asks from outside."""
    return alarm_queries.list_alarms(JOB)


def standing() -> Iterator[Standing]:
    """All that needs somebody now, each kind once."""
    now = timezone.now()
    long_ago = now - timedelta(hours=settings.QUEUE_HOURS)
    for kind, state in ((AlarmKind.QUEUE_UNREAD, State.RECEIVED), (AlarmKind.KEPT_UNREAD, State.KEPT)):
        if unread := intake_queries.find_unread(JOB, state=state, before=long_ago):
            yield Standing(kind, unread.since, unread.count)
    if held_back := intake_queries.find_held_back(JOB, since=now - _HOUR):
        yield Standing(AlarmKind.ANSWERS_HELD_BACK, held_back.since, held_back.count)
    troubled = [one for one in intake_queries.list_mailboxes(JOB) if one.trouble]
    if troubled:
        yield Standing(AlarmKind.MAILBOX, min(one.trouble_since or now for one in troubled), len(troubled))
    if refused := disclosure_queries.find_refused_answers(JOB):
        yield Standing(AlarmKind.ANSWERS_REFUSED, refused[1], refused[0])
    if stuck := disclosure_queries.find_stuck(JOB):
        yield Standing(AlarmKind.DELIVERIES_STUCK, stuck[1], stuck[0])
    yield from alarm_queries.find_silences(JOB)
