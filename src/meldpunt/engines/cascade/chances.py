"""From many runs to what is said of them: chances with their error, bands, and when the answer is likely."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources
from math import ceil, sqrt
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from meldpunt.engines.cascade.network import Band
from meldpunt.vocabulary import Bilingual
from meldpunt.vocabulary.rows import read_rows

Number = TypeVar("Number", np.float32, np.float64)

QUANTILES = (0.05, 0.5, 0.95)
ROUNDING = 1e-6
"""What single precision may take off a share that is summed of several."""
_NORMAL_95 = 1.959964
"""So many standard deviations to both sides hold 95 percent of a normal distribution."""


class Disruption(Enum):
    """NO: fewer runs than for POSSIBLY meet a criterion. The two thresholds are those of `Verdict`."""

    NO = "no"
    POSSIBLY = "possibly"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Verdict:
    """From which share of the runs on the answer is possibly or likely, from which share of standstill on a node is
    called failing, and why these.
    """

    likely_from: float
    possibly_from: float
    fails_from: float
    rationale: Bilingual

    def on(self, chance: Chance) -> Disruption:
        """The word for this chance."""
        if chance.share >= self.likely_from:
            return Disruption.LIKELY
        return Disruption.POSSIBLY if chance.share >= self.possibly_from else Disruption.NO


@dataclass(frozen=True, slots=True)
class Chance:
    """In which share of the runs something came true, and the error of that share for so few runs.

    `error` is how far the farther end of the 95 percent interval of Wilson (1927, JASA 22) lies from the share; it says
    nothing of the estimates.
    """

    share: float
    error: float

    @classmethod
    def of(cls, true: int, runs: int) -> Chance:
        """So many of so many runs."""
        share, squared = true / runs, _NORMAL_95**2
        spread = _NORMAL_95 * sqrt(share * (1 - share) / runs + squared / (4 * runs**2))
        shrunk = 1 + squared / runs
        middle = (share + squared / (2 * runs)) / shrunk
        return cls(share, abs(middle - share) + spread / shrunk)


@cache
def verdict() -> Verdict:
    """The thresholds of `data/verdict.toml`."""
    rows = read_rows(resources.files(__package__) / "data" / "verdict.toml")
    found = Verdict(
        likely_from=rows.whole("likely_from_percent") / 100,
        possibly_from=rows.whole("possibly_from_percent") / 100,
        fails_from=rows.whole("fails_from_percent") / 100,
        rationale=rows.bilingual("rationale"),
    )
    rows.refuse_unread()
    return found


def quantiles(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """The values that 5, 50 and 95 percent of the runs stay at or below, from the first axis (runs)."""
    ranks = [ceil(share * len(values)) - 1 for share in QUANTILES]
    ordered: npt.NDArray[Number] = np.sort(values, axis=0)
    return ordered[ranks]


def band_of(values: npt.NDArray[np.float64]) -> Band:
    """The band of one number per run."""
    return Band(*(float(value) for value in quantiles(values)))


def chance_of(true: npt.NDArray[np.bool_]) -> Chance:
    """The chance of what is true in some runs: one value per run."""
    return Chance.of(int(np.count_nonzero(true)), true.size)
