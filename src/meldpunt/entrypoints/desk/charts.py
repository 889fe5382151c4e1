"""The estimate as a picture: for each process and each hour a bar from low to high, with a stroke at what is likely.

Pure geometry; the SVG itself is a template, so that nothing typed by anybody reaches it unescaped.
"""

from __future__ import annotations

from dataclasses import dataclass

from meldpunt.triage.values import Estimate
from meldpunt.vocabulary.bilingual import Bilingual

NAMES, CELL, BAR, ROW, TOP = 300, 150, 120, 26, 34
"""Pixels: width of the names, of one hour, of a whole bar; height of one row and of the head."""
MOST_ROWS = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One process after one hour. `low` to `high` is the band, `likely` the stroke; all are x positions."""

    start: float
    low: float
    width: float
    likely: float
    filled: float
    is_failing: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One process over time."""

    name: Bilingual
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws."""

    width: int
    height: int
    hours: tuple[tuple[int, int], ...]
    rows: tuple[Row, ...]


def chart_of(estimate: Estimate) -> Chart:
    """The ten gravest processes at the last reading, over every reading."""
    last = estimate.readings[-1].standings[:MOST_ROWS]
    rows = tuple(
        Row(standing.name, TOP + number * ROW, _bars(estimate, standing.node)) for number, standing in enumerate(last)
    )
    hours = tuple((NAMES + column * CELL, reading.hour) for column, reading in enumerate(estimate.readings))
    return Chart(NAMES + CELL * len(estimate.readings), TOP + ROW * max(len(rows), 1) + 8, hours, rows)


def _bars(estimate: Estimate, process: str) -> tuple[Bar, ...]:
    bars = []
    for column, reading in enumerate(estimate.readings):
        found = next((one for one in reading.standings if one.node == process), None)
        if found is None:
            continue
        start, band = NAMES + column * CELL, found.inoperability
        bars.append(
            Bar(
                start=start,
                low=start + band.low * BAR,
                width=max((band.high - band.low) * BAR, 1),
                likely=start + band.likely * BAR,
                filled=band.likely * BAR,
                is_failing=found.is_failing,
            )
        )
    return tuple(bars)
