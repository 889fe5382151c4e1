"""Memory that is used again: a page that the machine hands out anew costs more than what is written on it."""

from __future__ import annotations

import numpy as np

from meldpunt.engines.matching.kernel.characters import Bytes


class Room:
    """As many bytes as are wanted, each time the same ones: what was there before is gone."""

    def __init__(self) -> None:
        self._held = np.empty(0, np.uint8)

    def of(self, size: int) -> Bytes:
        """So many, with anything in them."""
        if size > self._held.size:
            self._held = np.empty(size + size // 8, np.uint8)
        return self._held[:size]
