"""How much of one sector's loss of working becomes another's: the matrix A* of the inoperability model.

Haimes & Jiang (2001), J. Infrastruct. Syst. 7(1); Santos & Haimes (2004), Risk Analysis 24(6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from meldpunt.engines.cascade.errors import Diverges, OutOfRange, ShapesDiffer

Values = npt.NDArray[np.float64]


class Driven(Enum):
    """DEMAND: a sector that stops no longer buys, and its suppliers are hit. SUPPLY: its customers are hit next."""

    DEMAND = "demand"
    SUPPLY = "supply"


@dataclass(frozen=True, eq=False)
class Interdependency:
    """`matrix[i, j]` is the inoperability of sector i per unit inoperability of sector j (both shares, 0…1).

    Raises `ShapesDiffer`, `OutOfRange` for a negative or infinite entry, and `Diverges`.
    """

    sectors: tuple[str, ...]
    matrix: Values

    def __post_init__(self) -> None:
        size = len(self.sectors)
        matrix = np.array(self.matrix, dtype=np.float64)
        if matrix.shape != (size, size) or len(set(self.sectors)) != size:
            raise ShapesDiffer(f"{size} sectors and a matrix of shape {matrix.shape}.")
        if not np.all(np.isfinite(matrix)) or np.any(matrix < 0):
            raise OutOfRange("An interdependency is negative or not a number.")
        radius = spectral_radius(matrix)
        if radius >= 1:
            raise Diverges(radius)
        matrix.setflags(write=False)
        object.__setattr__(self, "matrix", matrix)

    @classmethod
    def from_flows(cls, sectors: Sequence[str], *, flows: Values, output: Values, driven: Driven) -> Interdependency:
        """From an input-output table: `flows[i, j]` is what i delivers to j, `output[i]` all that i makes.

        Demand: A*ᵢⱼ = zᵢⱼ / xᵢ, the share of i's output that j buys. Supply: A*ᵢⱼ = zⱼᵢ / xᵢ, the input that i
        takes from j as a share of i's output. Flows and output in one unit of money a year.
        """
        coefficients = technical_coefficients(flows, output)
        if driven is Driven.SUPPLY:
            return cls(tuple(sectors), coefficients.T)
        return cls(tuple(sectors), coefficients * output[np.newaxis, :] / output[:, np.newaxis])

    def order(self, number: int) -> Values:
        """The interdependency of the n-th order, A* to the power n: what is passed on through n - 1 others."""
        return np.asarray(np.linalg.matrix_power(self.matrix, number), dtype=np.float64)

    def total(self) -> Values:
        """(I - A*)⁻¹: direct and all indirect interdependencies together."""
        return np.asarray(np.linalg.inv(np.eye(len(self.sectors)) - self.matrix), dtype=np.float64)


def technical_coefficients(flows: Values, output: Values) -> Values:
    """Leontief's A = Z diag(x)⁻¹: what each sector needs of every other per unit it makes."""
    flows = np.asarray(flows, dtype=np.float64)
    output = np.asarray(output, dtype=np.float64)
    if output.ndim != 1 or flows.shape != (output.size, output.size):
        raise ShapesDiffer(f"Flows of shape {flows.shape} and output of shape {output.shape}.")
    if np.any(output <= 0):
        raise OutOfRange("A sector without output has no coefficients.")
    return np.asarray(flows / output[np.newaxis, :], dtype=np.float64)


def spectral_radius(matrix: Values) -> float:
    """The largest absolute eigenvalue: the factor by which a disturbance is repeated, round after round."""
    if matrix.size == 0:
        return 0.0
    return float(np.max(np.abs(np.linalg.eigvals(matrix))))


def dependency_index(matrix: Values) -> Values:
    """How much a sector leans on the others: the mean of its row without itself (Setola et al. 2009).

    Given `Interdependency.matrix` the direct index, given `Interdependency.total()` the overall one.
    """
    return _mean_without_self(matrix)


def influence_index(matrix: Values) -> Values:
    """How much the others lean on a sector: the mean of its column without itself (Setola et al. 2009)."""
    return _mean_without_self(matrix.T)


def _mean_without_self(matrix: Values) -> Values:
    others = matrix.shape[0] - 1
    if others < 1:
        raise ShapesDiffer("An index compares a sector with others; there is only one.")
    return np.asarray((matrix.sum(axis=1) - np.diag(matrix)) / others, dtype=np.float64)
