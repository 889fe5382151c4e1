"""An advice names its organisation where it pleases: it is written to it. Who has not unsealed it reads it masked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from meldpunt.constituency.values import SEALED
from meldpunt.engines.redaction.hiding import hide
from meldpunt.engines.redaction.identity import Identity

from ..history import history_of
from ..values import Advice, Measure


def masked_advice(advice: Advice, terms: Iterable[Identity]) -> Advice:
    """The advice with a mark wherever it, or what was answered to it, points at these; its history with it."""
    hidden = tuple(terms)
    if not hidden:
        return advice
    return history_of(
        replace(
            advice,
            title=masked(advice.title, hidden),
            introduction=masked(advice.introduction, hidden),
            requested_by=masked(advice.requested_by, hidden),
            measures=tuple(_measure(one, hidden) for one in advice.measures),
            follow_ups=tuple(replace(one, note=masked(one.note, hidden)) for one in advice.follow_ups),
            escalations=tuple(replace(one, reason=masked(one.reason, hidden)) for one in advice.escalations),
        )
    )


def masked(text: str, terms: Iterable[Identity]) -> str:
    """The text with a mark wherever it points at these."""
    return hide(text, terms, ground=SEALED).text


def _measure(measure: Measure, terms: tuple[Identity, ...]) -> Measure:
    answers = tuple(replace(one, reason=masked(one.reason, terms)) for one in measure.answers)
    return replace(measure, text=masked(measure.text, terms), answers=answers)
