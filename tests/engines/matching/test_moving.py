"""Bytes that are copied thirty-two at a time are the bytes that were there, and no others where that would matter."""

from __future__ import annotations

import numpy as np
import pytest

from meldpunt.engines.matching.kernel.moving import AT_ONCE, deal_out, move

_SIZES = (0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 2 * AT_ONCE, 3 * AT_ONCE + 5)
_LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz" * 40, np.uint8)


@pytest.mark.parametrize("behind", [0, 200])
@pytest.mark.parametrize("size", _SIZES)
def test_a_stretch_is_copied_and_a_quote_is_seen_in_it_and_not_beside_it(size: int, behind: int) -> None:
    for quote in range(size + 2):
        data = _LETTERS[: 1 + size + 1 + behind].copy()
        data[quote] = ord('"')
        out = np.zeros(3 + size + behind, np.uint8)
        assert move(data, 1, 1 + size, out, 3) == (1 <= quote <= size)
        assert bytes(out[3 : 3 + size]) == bytes(data[1 : 1 + size])
        assert not out[:3].any()


def test_runs_are_dealt_out_in_their_order_and_none_touches_its_neighbour() -> None:
    drawn = np.random.default_rng(4)
    sizes = drawn.choice(_SIZES, 200).astype(np.int64)
    places = drawn.integers(0, 5, sizes.size)
    data = drawn.integers(0, 256, int(sizes.sum())).astype(np.uint8)
    pieces = np.split(data, np.cumsum(sizes)[:-1])
    expected = [
        b"".join(bytes(one) for one, at in zip(pieces, places, strict=True) if at == place) for place in range(5)
    ]
    out, begins = np.zeros(data.size, np.uint8), np.cumsum([0, *(len(one) for one in expected)])
    deal_out(data, sizes, places, begins[:-1].copy(), out)
    assert bytes(out) == b"".join(expected)
