"""Networks within each other, cut into intervals that each have all that lie round them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Words64 = npt.NDArray[np.uint64]


@njit(cache=True, nogil=True)
def flatten(
    start_highs: Words64,
    start_lows: Words64,
    end_highs: Words64,
    end_lows: Words64,
    numbers: npt.NDArray[np.int32],
    last_high: np.uint64,
    last_low: np.uint64,
) -> tuple[Words64, Words64, npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """(first addresses as high and low halves, offsets, items): interval i has `items[offsets[i]:offsets[i + 1]]`.

    The networks come by start, the wider before the narrower; `end_*` are their last addresses, `last_*` is that of the
    space. The first interval begins at zero.
    """
    room = 2 * numbers.size + 1
    highs, lows = np.zeros(room, np.uint64), np.zeros(room, np.uint64)
    offsets, items = np.zeros(room + 1, np.int32), np.empty(max(4 * numbers.size, 16), np.int32)
    stack, depth, count, filled = np.empty(256, np.int32), 0, 1, 0
    for number in range(numbers.size + 1):
        is_last = number == numbers.size
        while depth and (
            is_last or _is_before(end_highs, end_lows, stack[depth - 1], start_highs[number], start_lows[number])
        ):
            top = stack[depth - 1]
            depth -= 1
            while depth and _ends_with(end_highs, end_lows, stack[depth - 1], top):
                depth -= 1
            if end_highs[top] == last_high and end_lows[top] == last_low:
                continue
            low = end_lows[top] + np.uint64(1)
            high = end_highs[top] + np.uint64(1 if low == 0 else 0)
            count, filled, items = _cut(highs, lows, offsets, items, count, filled, high, low, numbers, stack, depth)
        if is_last:
            break
        if depth == stack.size:
            stack = np.concatenate((stack, np.empty(depth, np.int32)))
        stack[depth] = number
        depth += 1
        high, low = start_highs[number], start_lows[number]
        count, filled, items = _cut(highs, lows, offsets, items, count, filled, high, low, numbers, stack, depth)
    return highs[:count].copy(), lows[:count].copy(), offsets[: count + 1].copy(), items[:filled].copy()


@njit(cache=True, nogil=True)
def _is_before(end_highs: Words64, end_lows: Words64, one: int, high: np.uint64, low: np.uint64) -> bool:
    return bool(end_highs[one] < high or (end_highs[one] == high and end_lows[one] < low))


@njit(cache=True, nogil=True)
def _ends_with(end_highs: Words64, end_lows: Words64, one: int, other: int) -> bool:
    return bool(end_highs[one] == end_highs[other] and end_lows[one] == end_lows[other])


@njit(cache=True, nogil=True)
def _cut(
    highs: Words64,
    lows: Words64,
    offsets: npt.NDArray[np.int32],
    items: npt.NDArray[np.int32],
    count: int,
    filled: int,
    high: np.uint64,
    low: np.uint64,
    numbers: npt.NDArray[np.int32],
    stack: npt.NDArray[np.int32],
    depth: int,
) -> tuple[int, int, npt.NDArray[np.int32]]:
    """Begin an interval with what is on the stack; one that begins at the same address is written over."""
    if highs[count - 1] == high and lows[count - 1] == low:
        filled = offsets[count - 1]
    else:
        highs[count], lows[count] = high, low
        offsets[count] = filled
        count += 1
    while filled + depth > items.size:
        items = np.concatenate((items, np.empty(items.size, np.int32)))
    for place in range(depth):
        items[filled + place] = numbers[stack[place]]
    filled += depth
    offsets[count] = filled
    return count, filled, items


@njit(cache=True, nogil=True)
def mark_networks(starts: Words64, ends: Words64, bits: Words64) -> None:
    """Set the bit of each IPv4 /24 in which an address between a start and an end lies."""
    for number in range(starts.size):
        for network in range(starts[number] >> np.uint64(8), (ends[number] >> np.uint64(8)) + np.uint64(1)):
            bits[network >> 6] |= np.uint64(1) << np.uint64(network & 63)
