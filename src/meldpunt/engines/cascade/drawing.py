"""What an uncertain dependency is in each run: drawn by a counter, so that the same dependency draws the same always.

Every dependency has a stream of its own, named by the seed and its two ids; the number of the run is the counter.
Two scenarios, or two networks of which one holds more, therefore differ in nothing but what was changed (common random
numbers). The mixing function is that of SplitMix64 (Steele, Lea & Flood 2014, OOPSLA), which needs no state.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from meldpunt.engines.cascade.network import Band, Dependency

Floats = npt.NDArray[np.float32]
Counters = npt.NDArray[np.uint64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_ROUNDS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_KEPT_BITS = 24


class Draws:
    """Strength and buffer of every dependency, in their order, for any range of runs."""

    def __init__(self, dependencies: Sequence[Dependency], *, seed: int) -> None:
        self._silent: tuple[int, ...] = ()
        digests = b"".join(_digest(dependency, seed) for dependency in dependencies)
        keys = np.frombuffer(digests, dtype="<u8").reshape(-1, 2)
        self._strength = _Triangular([dependency.strength for dependency in dependencies], keys[:, 0])
        self._buffer = _Triangular([dependency.buffer_hours for dependency in dependencies], keys[:, 1])

    def silencing(self, dependency: int) -> Draws:
        """The same draws, of which this dependency has no strength."""
        silenced = copy(self)
        silenced._silent = (*self._silent, dependency)
        return silenced

    def strengths(self, runs: range) -> Floats:
        """The share that is lost: shape (runs, dependencies)."""
        drawn = self._strength.drawn(runs)
        drawn[:, list(self._silent)] = 0.0
        return drawn

    def buffers(self, runs: range) -> npt.NDArray[np.int64]:
        """The buffer in whole hours, rounded: shape (runs, dependencies)."""
        return np.rint(self._buffer.drawn(runs)).astype(np.int64)


class _Triangular:
    """Triangular distributions from least over likely to greatest; the value of a band without width is fixed."""

    def __init__(self, bands: Sequence[Band], keys: Counters) -> None:
        values = np.array([(band.low, band.likely, band.high) for band in bands], dtype=np.float32).reshape(-1, 3)
        self._fixed = np.ascontiguousarray(values[:, 1])
        self._uncertain = np.flatnonzero(values[:, 2] > values[:, 0])
        low, likely, high = values[self._uncertain].T
        self._keys = keys[self._uncertain]
        self._low, self._high = low, high
        self._rising = (likely - low) / (high - low)
        self._up, self._down = (high - low) * (likely - low), (high - low) * (high - likely)

    def drawn(self, runs: range) -> Floats:
        values = np.tile(self._fixed, (len(runs), 1))
        for row, run in enumerate(runs):
            share = _uniform(self._keys, run)
            rising = self._low + np.sqrt(share * self._up)
            falling = self._high - np.sqrt((1 - share) * self._down)
            values[row, self._uncertain] = np.where(share < self._rising, rising, falling)
        return values


def _digest(dependency: Dependency, seed: int) -> bytes:
    name = f"{seed}\0{dependency.of}\0{dependency.on}".encode()
    return blake2b(name, digest_size=16).digest()


def _uniform(keys: Counters, run: int) -> Floats:
    """A number from 0 up to 1 for every key."""
    mixed = keys + np.uint64((int(_STEP) * (run + 1)) & 0xFFFFFFFFFFFFFFFF)
    for shift, factor in _ROUNDS:
        mixed ^= mixed >> np.uint64(shift)
        mixed *= np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(64 - _KEPT_BITS)).astype(np.float32) * np.float32(2.0**-_KEPT_BITS)
