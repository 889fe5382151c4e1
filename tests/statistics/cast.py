"""Reports, statisticians and readers for tests of statistics."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils import timezone
from scipy.optimize import linprog

from meldpunt.access.values import STRANGER, Actor, ActorId, Door, OrganisationId, Role
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import ReportForm
from meldpunt.vocabulary.rsit import all_classes

TOTAL = "*"

Figures = Mapping[tuple[str, str], int | None]


@dataclass(frozen=True)
class Seen:
    """A report as counting asks for it."""

    sector: str
    rsit_class: str
    organisation: uuid.UUID | None


def actor(role: Role, door: Door, organisation: OrganisationId | None = None) -> Actor:
    return Actor(
        id=ActorId(uuid.uuid4()), name=f"a {role}", door=door, roles=frozenset({role}), organisation=organisation
    )


def statistician() -> Actor:
    return actor(Role.STATISTICIAN, Door.DESK)


def somebody() -> Actor:
    return STRANGER


def reporter_of(organisation: OrganisationId) -> Actor:
    return actor(Role.CONSTITUENT, Door.PORTAL, organisation)


def period() -> tuple[date, date]:
    """The last thirty days."""
    today = timezone.localdate()
    return today - timedelta(days=30), today


def report(organisation: OrganisationId, *, sector: str, kind: str, times: int = 1) -> None:
    """`times` reports of yesterday, which their reporter calls `kind` (a type of RSIT)."""
    for _ in range(times):
        form = ReportForm(
            title="Storing",
            text="De besturing hapert.",
            sector=sector,
            occurred_on=timezone.localdate() - timedelta(days=1),
            answers={"type": kind},
        )
        intake_actions.receive_report(reporter_of(organisation), form=form)


def figures_in_csv(data: bytes) -> Figures:
    """What somebody reads in the published file."""
    lines = csv.DictReader(io.StringIO(data.decode()))
    return {(one["sector"], one["class"]): None if one["reports"] == "x" else int(one["reports"]) for one in lines}


def possible_values(figures: Figures, place: tuple[str, str], *, at_least: int = 0) -> tuple[int, int | None]:
    """The attacker: between which values a hidden figure must lie, given all that is shown and the sums."""
    rows = sorted({row for row, _ in figures})
    columns = sorted({column for _, column in figures})
    hidden = [one for one, figure in figures.items() if figure is None]
    lines = [{**{(r, c): 1 for c in columns if c != TOTAL}, (r, TOTAL): -1} for r in rows]
    lines += [{**{(r, c): 1 for r in rows if r != TOTAL}, (TOTAL, c): -1} for c in columns]
    sums = np.array([[line.get(one, 0) for one in hidden] for line in lines])
    sides = np.array([-sum(sign * (figures[one] or 0) for one, sign in line.items()) for line in lines])
    ends: list[int | None] = []
    for sign in (1, -1):
        aim = np.array([sign if one == place else 0 for one in hidden])
        answer = linprog(aim, A_eq=sums, b_eq=sides, bounds=(at_least, None), method="highs")
        ends.append(None if answer.status == 3 else round(sign * answer.fun))
    lowest, highest = ends
    assert lowest is not None
    return lowest, highest


def classes() -> list[str]:
    return [str(one.id) for one in all_classes()]
