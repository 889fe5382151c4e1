"""The inoperability model: static and dynamic. Inoperability is a share: 0 works, 1 has stopped.

Static: Haimes & Jiang (2001). Dynamic: Lian & Haimes (2006), Systems Engineering 9(3).
"""

from __future__ import annotations

from math import log

import numpy as np

from meldpunt.engines.cascade.errors import OutOfRange, ShapesDiffer
from meldpunt.engines.cascade.interdependency import Interdependency, Values

CAP_SLACK = 1e-12


def inoperability(interdependency: Interdependency, perturbation: Values) -> Values:
    """The inoperability q of every sector once a lasting `perturbation` c* (share per sector) has spread.

    q = min(1, A* q + c*): no sector stops more than wholly, and what stopped wholly passes on no more than that.
    Where nothing reaches 1 this is (I - A*)⁻¹ c*. It is also where `trajectory` ends.
    Raises `ShapesDiffer` and `OutOfRange`.
    """
    return solve_capped(interdependency.matrix, shares(perturbation, len(interdependency.sectors)))


def solve_capped(matrix: Values, perturbation: Values) -> Values:
    """The one q with q = min(1, matrix q + perturbation), for a matrix of spectral radius below 1.

    Howard's policy iteration: suppose which sectors stand still, solve the others, suppose again. q only comes
    down from round to round and there are finitely many suppositions, so it ends at the answer.
    """
    size = perturbation.size
    capped = np.zeros(size, dtype=bool)
    identity = np.eye(size)
    while True:
        left = np.where(capped[:, np.newaxis], identity, identity - matrix)
        right = np.where(capped, 1.0, perturbation)
        solved = np.linalg.solve(left, right)
        beyond = matrix @ solved + perturbation > 1 + CAP_SLACK
        if np.array_equal(beyond, capped):
            return np.asarray(np.clip(solved, 0.0, 1.0), dtype=np.float64)
        capped = beyond


def trajectory(interdependency: Interdependency, *, resilience: Values, perturbation: Values, start: Values) -> Values:
    """The inoperability over time: row k holds all sectors after k steps, row 0 is `start`.

    q(k+1) = q(k) + K (A* q(k) + c*(k+1) - q(k)), kept within 0…1. `resilience` is the diagonal of K, the share of
    the gap that a sector closes per step (0…1]; `perturbation[k]` is c* in force from step k to step k + 1.
    """
    size = len(interdependency.sectors)
    pace = shares(resilience, size)
    if np.any(pace <= 0):
        raise OutOfRange("A sector with resilience 0 never moves; give a share above 0.")
    if perturbation.ndim != 2:
        raise ShapesDiffer("The perturbation needs one row per step.")
    path = np.empty((perturbation.shape[0] + 1, size))
    path[0] = shares(start, size)
    for step, pushed in enumerate(perturbation):
        gap = interdependency.matrix @ path[step] + shares(pushed, size) - path[step]
        path[step + 1] = np.clip(path[step] + pace * gap, 0.0, 1.0)
    return path


def recovery_coefficient(*, start: float, end: float, duration: float, own_use: float = 0.0) -> float:
    """The k of a sector that came back from inoperability `start` to `end` in a time T, the `duration`.

    k = ln(start / end) / (T (1 - aᵢᵢ)), with `own_use` for aᵢᵢ. Per unit of `duration`. Raises `OutOfRange`.
    """
    if not (0 < end <= start <= 1 and duration > 0 and 0 <= own_use < 1):
        raise OutOfRange("Recovery runs down from at most 1 to more than 0 in a time above 0.")
    return log(start / end) / (duration * (1 - own_use))


def lost_time(path: Values, *, step: float = 1.0) -> Values:
    """Per sector the integral of inoperability over time (trapezoid rule), in units of `step`."""
    return np.asarray(np.trapezoid(path, dx=step, axis=0), dtype=np.float64)


def economic_loss(path: Values, *, output: Values, step: float = 1.0) -> float:
    """What the outage costs: Σ xᵢ ∫ qᵢ dt, with `output` in money per unit of the time that `step` counts."""
    if path.shape[1:] != output.shape:
        raise ShapesDiffer(f"A path of shape {path.shape} and output of shape {output.shape}.")
    return float(lost_time(path, step=step) @ output)


def shares(values: Values, size: int) -> Values:
    """The values as floats, a share for each of so many sectors. Raises `ShapesDiffer` and `OutOfRange`."""
    given = np.asarray(values, dtype=np.float64)
    if given.shape != (size,):
        raise ShapesDiffer(f"{size} sectors and values of shape {given.shape}.")
    if not np.all((given >= 0) & (given <= 1)):
        raise OutOfRange("A share lies between 0 and 1.")
    return given
