"""From rows to values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import DisclosureId
from meldpunt.evidence.values import EvidenceItem
from meldpunt.law import DataKind

from .. import models
from ..values import Answer, AnswerId, Incoming, IncomingId, Outcome, Reminder, ReminderKind

ANSWER_OF_A_BODY: Final = (
    "id",
    "inquiry_id",
    "outcome",
    "texts",
    "kinds",
    "ground",
    "explanation",
    "given_by_name",
    "given_at",
)


def answers_by_inquiry(rows: Iterable[models.Answer]) -> Mapping[UUID, list[models.Answer]]:
    """The answers of each inquiry, in the order given."""
    found: defaultdict[UUID, list[models.Answer]] = defaultdict(list)
    for row in rows:
        found[row.inquiry_id].append(row)
    return found


def answer_from(
    row: models.Answer, *, files: Sequence[EvidenceItem] = (), hidden: Callable[[str], str] = str
) -> Answer:
    """What was answered; `hidden` masks what who looks may not read."""
    return Answer(
        id=AnswerId(row.id),
        outcome=Outcome(row.outcome),
        texts=tuple(hidden(one) for one in row.texts),
        kinds=tuple(DataKind(one) for one in row.kinds),
        ground=hidden(row.ground),
        explanation=hidden(row.explanation),
        by_name=row.given_by_name,
        at=row.given_at,
        files=tuple(files),
    )


def reminder_from(row: models.Reminder) -> Reminder:
    """That the body was reminded."""
    return Reminder(ReminderKind(row.kind), DisclosureId(row.disclosure_id), row.sent_at)


def incoming_from(row: models.Incoming, body: Organisation, *, hidden: Callable[[str], str] = str) -> Incoming:
    """What a body asked; `hidden` masks what who looks may not read."""
    return Incoming(
        id=IncomingId(row.id),
        reference=row.reference,
        body=body,
        subject=hidden(row.subject),
        question=hidden(row.question),
        kinds=tuple(DataKind(one) for one in row.kinds),
        necessity=hidden(row.necessity),
        ground=hidden(row.ground),
        by_name=row.sent_by_name,
        received_at=row.received_at,
        wanted_at=row.wanted_at,
    )
