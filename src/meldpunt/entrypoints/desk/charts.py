"""The estimate as a picture: per process a band over time, a line at what is likely, and where it begins to fail.

Pure geometry; the SVG itself is a template, so that nothing typed by anybody reaches it unescaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from meldpunt.engines.cascade import Band, verdict
from meldpunt.triage.values import Estimate, NextHit
from meldpunt.vocabulary.bilingual import Bilingual

WIDTH, HEAD, SAID, BAND, ROW, KEY = 560, 26, 22, 30, 60, 64
"""Pixels: the whole width; height of the head, of what is said above a band, of a band, of a row, and of the key."""
SCALE, MARGIN, LABEL = 44, 20, 30
"""Pixels before hour 0, where the scale stands; after the last hour; and those that an hour needs to be written."""
MOST_ROWS = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One process over time. `band`, `likely` and the `area` under it are points; `fails` is where it begins to fail.

    `hit` says when it fails through others; without it and with `is_struck` it is out of itself.
    """

    name: Bilingual
    y: int
    band: str
    likely: str
    area: str
    fails: tuple[int, float] | None
    hit: NextHit | None
    is_struck: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws. Heights are those within a row: `half` is where failing begins, `ground` nothing out and
    `top` all of it. `left` is hour 0, and `scale` where the numbers of the scale end.
    """

    width: int
    height: int
    hours: tuple[tuple[int, int], ...]
    half: float
    top: int
    ground: int
    left: int
    scale: int
    key: int
    rows: tuple[Row, ...]


def chart_of(estimate: Estimate) -> Chart:
    """The six gravest processes over every reading, those that fail first on top."""
    rows = tuple(
        _row(estimate, node, HEAD + number * ROW) for number, node in enumerate(in_order(estimate)[:MOST_ROWS])
    )
    key = HEAD + ROW * max(len(rows), 1)
    hours = [reading.hour for reading in estimate.readings]
    return Chart(
        width=WIDTH,
        height=key + KEY,
        hours=tuple(_labelled(hours)),
        half=_y(verdict().fails_from),
        top=SAID,
        ground=SAID + BAND,
        left=SCALE,
        scale=SCALE - 4,
        key=key,
        rows=rows,
    )


def in_order(estimate: Estimate) -> list[str]:
    """What is hit at all: the six of which most stands still at any hour, the first to fail first, and the rest."""
    nodes = {one.node for reading in estimate.readings for one in reading.standings}
    most = {node: max((band.likely, band.high) for band in _over_time(estimate, node)) for node in nodes}
    gravest = sorted(nodes, key=lambda node: (*(-share for share in most[node]), node))
    return [*sorted(gravest[:MOST_ROWS], key=lambda node: _order(estimate, node)), *gravest[MOST_ROWS:]]


def _x(hour: int, last: int) -> int:
    """To scale: an hour is as wide everywhere."""
    return SCALE + round((WIDTH - SCALE - MARGIN) * hour / last)


def _labelled(hours: Sequence[int]) -> list[tuple[int, int]]:
    """Where each hour stands, and the last always; of hours too near each other the earlier gets its label."""
    *rest, last = hours
    found = [(_x(last, last), last)]
    right = -LABEL
    for hour in rest:
        x = _x(hour, last)
        if x - right >= LABEL and found[0][0] - x >= LABEL:
            found.append((x, hour))
            right = x
    return sorted(found)


def _y(share: float) -> float:
    """Full standstill on top."""
    return round(SAID + BAND * (1 - share), 1)


def _over_time(estimate: Estimate, node: str) -> Sequence[Band]:
    nothing = Band.exactly(0.0)
    found = ({one.node: one.inoperability for one in reading.standings} for reading in estimate.readings)
    return [reading.get(node, nothing) for reading in found]


def _order(estimate: Estimate, node: str) -> tuple[int, float, str]:
    """What is out of itself, what fails through it in order of time, and the rest."""
    hit = _hit(estimate, node)
    if node in estimate.outage.shares:
        return (0, 0.0, node)
    return (1, hit.hours.likely, node) if hit else (2, 0.0, node)


def _hit(estimate: Estimate, node: str) -> NextHit | None:
    return next((one for one in estimate.next_hit if one.node == node), None)


def _row(estimate: Estimate, node: str, y: int) -> Row:
    bands = _over_time(estimate, node)
    columns = [_x(reading.hour, estimate.readings[-1].hour) for reading in estimate.readings]
    upper, likely, lower = (
        [f"{x},{_y(share)}" for x, share in zip(columns, shares, strict=True)]
        for shares in zip(*((band.high, band.likely, band.low) for band in bands), strict=True)
    )
    ground = [f"{columns[-1]},{SAID + BAND}", f"{columns[0]},{SAID + BAND}"]
    failing = [number for number, band in enumerate(bands) if band.likely >= verdict().fails_from]
    return Row(
        name=next(one.name for reading in estimate.readings for one in reading.standings if one.node == node),
        y=y,
        band=" ".join([*upper, *reversed(lower)]),
        likely=" ".join(likely),
        area=" ".join([*likely, *ground]),
        fails=(columns[failing[0]], _y(bands[failing[0]].likely)) if failing else None,
        hit=_hit(estimate, node),
        is_struck=node in estimate.outage.shares,
    )
