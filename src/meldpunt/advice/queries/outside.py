"""Advice as its organisation has it. Words come from the delivery; numbers, days and answers from here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Delivered, ItemKind
from meldpunt.law import DataKind

from .. import models
from ..errors import AdviceNotFound
from ..values import AdviceId, Measure, OwnAdvice
from .rows import answers_to, measure_from


@look(Permission.ADVICE_ANSWER)
def list_own_advice(viewer: Actor, /, *, page: int = 1) -> tuple[OwnAdvice, ...]:
    """What the viewer's organisation was advised and still stands, newest first, a page of the deliveries at a time."""
    return _own(disclosure_queries.list_delivered(viewer, item=ItemKind.ADVICE, page=page))


@look(Permission.ADVICE_ANSWER)
def get_own_advice(viewer: Actor, /, *, advice: AdviceId) -> OwnAdvice:
    """One of them; it is not marked as read. Raises AdviceNotFound."""
    found = _own(disclosure_queries.list_delivered(viewer, item=ItemKind.ADVICE, subject=advice))
    if not found:
        raise AdviceNotFound("no such advice")
    return found[0]


def _own(told: Iterable[Delivered]) -> tuple[OwnAdvice, ...]:
    standing = {one.id: one for one in told if one.withdrawn_at is None}
    rows = {
        row.disclosure_id: row
        for row in models.Advice.objects.filter(disclosure_id__in=list(standing)).only("id", "due_on", "disclosure")
    }
    words = {rows[key].id: _words_of(one) for key, one in standing.items() if key in rows}
    measures = _measures(words)
    return tuple(
        OwnAdvice(AdviceId(rows[key].id), one, rows[key].due_on, measures[rows[key].id])
        for key, one in standing.items()
        if key in rows
    )


def _words_of(told: Delivered) -> tuple[str, ...]:
    # The verdict keeps or drops a kind of data as a whole, so the nth part that is left is the nth measure.
    return tuple(part.text for part in told.parts if part.kind is DataKind.MEASURES)


def _measures(words: dict[UUID, tuple[str, ...]]) -> defaultdict[UUID, tuple[Measure, ...]]:
    rows = list(
        models.Measure.objects.filter(advice_id__in=list(words))
        .order_by("number")
        .only("id", "advice", "number", "due_on")
    )
    answers = answers_to(row.id for row in rows)
    found: defaultdict[UUID, tuple[Measure, ...]] = defaultdict(tuple)
    for row in rows:
        said = words[row.advice_id]
        if row.number <= len(said):
            found[row.advice_id] += (measure_from(row, text=said[row.number - 1], answers=answers[row.id]),)
    return found
