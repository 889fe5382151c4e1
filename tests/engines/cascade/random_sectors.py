"""Random interdependencies that converge: no column adds up to 1."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from meldpunt.engines.cascade import Interdependency
from meldpunt.engines.cascade.interdependency import Values

SHARES = st.floats(0, 1, allow_nan=False).map(lambda share: round(share, 3))


@st.composite
def interdependencies(draw: st.DrawFn) -> Interdependency:
    size = draw(st.integers(2, 5))
    drawn = np.array(draw(st.lists(SHARES, min_size=size * size, max_size=size * size))).reshape(size, size)
    # The spectral radius is at most the largest column sum.
    matrix = drawn / max(1.0, drawn.sum(axis=0).max() * 1.05)
    return Interdependency(tuple(f"s{number}" for number in range(size)), matrix)


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[Interdependency, Values]:
    sectors = draw(interdependencies())
    size = len(sectors.sectors)
    return sectors, np.array(draw(st.lists(SHARES, min_size=size, max_size=size)))
