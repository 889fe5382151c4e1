"""What happened to an advice, in order, from what is kept of it anyway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from meldpunt.vocabulary.bilingual import Bilingual

from .rules import STATE_OF_ANSWER
from .values import Advice, Event

_WRITTEN: Final = Bilingual("geschreven", "written")
_DELIVERED: Final = Bilingual("bezorgd", "delivered")
_PLANNED: Final = Bilingual("opvolging gepland", "follow-up planned")
_ESCALATED: Final = Bilingual("opgeschaald naar het ministerie", "escalated to the ministry")


def history_of(advice: Advice) -> Advice:
    """The same advice with its history, oldest first."""
    return replace(advice, history=tuple(sorted(_events(advice), key=lambda event: event.at)))


def _events(advice: Advice) -> Iterator[Event]:
    yield Event(advice.written.at, _WRITTEN, advice.written.name)
    if advice.delivered_at:
        yield Event(advice.delivered_at, _DELIVERED, advice.organisation.label)
    for measure in advice.measures:
        for answer in measure.answers:
            word = STATE_OF_ANSWER[answer.kind].label
            what = Bilingual(f"maatregel {measure.number}: {word.nl}", f"measure {measure.number}: {word.en}")
            # Who answered is somebody's employee: the desk knows the organisation, the ledger the account.
            yield Event(answer.at, what, advice.organisation.label, answer.reason)
    for follow_up in advice.follow_ups:
        yield Event(follow_up.planned.at, _PLANNED, follow_up.planned.name)
        if follow_up.done and follow_up.outcome:
            yield Event(follow_up.done.at, follow_up.outcome.label, follow_up.done.name, follow_up.note)
    for escalation in advice.escalations:
        yield Event(escalation.requested.at, _ESCALATED, escalation.requested.name, escalation.reason)
