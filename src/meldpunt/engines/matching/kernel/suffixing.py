"""Fingerprints of values: of a name also of each name above it, so that an indicator finds all that lies under it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.kernel.characters import Bytes
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.hashing import begun, of_kind, with_part
from meldpunt.engines.matching.kernel.looking import DOMAIN, hash_key, label_before
from meldpunt.engines.matching.kernel.saying import ADDRESS

_DOT = ord(".")


@makes_no_array
def count_fingerprints(kinds: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64], text: Bytes) -> int:
    """How many there are: none of an address, one of each dot in a name, one of anything else.

    The last label alone is none: no indicator is a single label.
    """
    count = 0
    for value in range(kinds.size):
        if kinds[value] == DOMAIN:
            for place in range(offsets[value], offsets[value + 1]):
                count += text[place] == _DOT
        elif kinds[value] != ADDRESS:
            count += 1
    return count


@makes_no_array
def fill_fingerprints(
    seed: npt.NDArray[np.uint64],
    kinds: npt.NDArray[np.uint8],
    offsets: npt.NDArray[np.int64],
    text: Bytes,
    prints: npt.NDArray[np.uint64],
    values: npt.NDArray[np.int32],
) -> None:
    """Fill `prints`, and `values` with the value that each is of."""
    count = 0
    for value in range(kinds.size):
        first, end = offsets[value], offsets[value + 1]
        if kinds[value] == DOMAIN:
            label = label_before(text, first, end)
            hashed, until = with_part(seed, begun(seed), text, label, end), label - 1
            while label > first:
                label = label_before(text, first, until)
                hashed, until = with_part(seed, hashed, text, label, until), label - 1
                prints[count], values[count] = of_kind(seed, hashed, DOMAIN), value
                count += 1
        elif kinds[value] != ADDRESS:
            prints[count], values[count] = hash_key(seed, int(kinds[value]), text, first, end), value
            count += 1
