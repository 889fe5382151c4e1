"""Where in a rollup what is asked for would stand, and whether it is that which stands there.

A rollup is mapped as it lies on the disk: nothing in it is believed to lead inside it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.kernel.characters import Bytes
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.looking import DOMAIN

_DOT = ord(".")
_Halves = npt.NDArray[np.uint64]


@makes_no_array
def find_places(
    highs: _Halves,
    lows: _Halves,
    asked_highs: _Halves,
    asked_lows: _Halves,
    is_behind: bool,
    places: npt.NDArray[np.int64],
) -> None:
    """How many of the sorted addresses lie before each that is asked for; `is_behind`: before or at it."""
    for number in range(asked_highs.size):
        high, low = asked_highs[number], asked_lows[number]
        first, until = 0, highs.size
        while first < until:
            middle = (first + until) >> 1
            is_before = highs[middle] < high or (highs[middle] == high and lows[middle] < low)
            if is_before or (is_behind and highs[middle] == high and lows[middle] == low):
                first = middle + 1
            else:
                until = middle
        places[number] = first


@makes_no_array
def compare_values(
    kinds: npt.NDArray[np.uint8],
    offsets: npt.NDArray[np.int64],
    text: Bytes,
    values: npt.NDArray[np.int32],
    asked: npt.NDArray[np.int32],
    asked_kinds: npt.NDArray[np.uint8],
    asked_offsets: npt.NDArray[np.int64],
    asked_text: Bytes,
    is_same: npt.NDArray[np.bool_],
) -> bool:
    """Whether each value is the one that is asked for, or a name under it: equal fingerprints are not enough.

    False where a value leads outside the rollup.
    """
    for number in range(values.size):
        value, one = values[number], asked[number]
        if value < 0 or value >= kinds.size or value + 1 >= offsets.size:
            return False
        first, end = offsets[value], offsets[value + 1]
        if first < 0 or end < first or end > text.size:
            return False
        begin, length = asked_offsets[one], asked_offsets[one + 1] - asked_offsets[one]
        start = end - length
        is_equal = kinds[value] == asked_kinds[one] and start >= first
        is_equal = is_equal and (start == first or (kinds[value] == DOMAIN and text[start - 1] == _DOT))
        place = 0
        while is_equal and place < length:
            is_equal = text[start + place] == asked_text[begin + place]
            place += 1
        is_same[number] = is_equal
    return True
