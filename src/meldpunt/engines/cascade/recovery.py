"""How sectors come back by themselves. Lian & Haimes (2006), Systems Engineering 9(3).

By itself, for who asks for it: SciPy takes each process that loads it a sixth of a second.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import expm

from meldpunt.engines.cascade.inoperability import shares
from meldpunt.engines.cascade.interdependency import Interdependency, Values


def recovery(interdependency: Interdependency, *, resilience: Values, start: Values, after: float) -> Values:
    """The inoperability `after` that much time when nothing disturbs any more: exp(-K (I - A*) t) q(0).

    `resilience` is the diagonal of K per unit of that time. Raises `ShapesDiffer` and `OutOfRange`.
    """
    size = len(interdependency.sectors)
    rates = np.asarray(resilience, dtype=np.float64)[:, np.newaxis] * (np.eye(size) - interdependency.matrix)
    return np.asarray(expm(-rates * after) @ shares(start, size), dtype=np.float64)
