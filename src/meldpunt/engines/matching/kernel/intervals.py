"""In which interval of a space that is cut at the edges of prefixes an address lies."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.kernel.compiled import makes_no_array


@makes_no_array
def interval_of_v4(tops: npt.NDArray[np.int32], starts: npt.NDArray[np.uint32], address: np.uint64) -> int:
    """The last interval that starts at or before an IPv4 address. `tops` says it for each first half of one."""
    top = address >> np.uint64(16)
    low, high = tops[top], tops[top + np.uint64(1)]
    number = np.uint32(address)
    while low < high:
        middle = (low + high + 1) >> 1
        if starts[middle] <= number:
            low = middle
        else:
            high = middle - 1
    return int(low)


@makes_no_array
def interval_of_v6(
    tops: npt.NDArray[np.int32],
    highs: npt.NDArray[np.uint64],
    lows: npt.NDArray[np.uint64],
    address_high: np.uint64,
    address_low: np.uint64,
) -> int:
    """The same for an IPv6 address; `tops` is for each first sixteen bits."""
    top = address_high >> np.uint64(48)
    low, high = tops[top], tops[top + np.uint64(1)]
    while low < high:
        middle = (low + high + 1) >> 1
        start = highs[middle]
        if start < address_high or (start == address_high and lows[middle] <= address_low):
            low = middle
        else:
            high = middle - 1
    return int(low)
