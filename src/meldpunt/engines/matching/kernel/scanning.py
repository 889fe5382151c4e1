"""Sixty-four bytes at a time: where the next of three signs stands.

Written as vectors of LLVM, which makes of them what the processor has.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

import numpy as np
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from meldpunt.engines.matching.kernel.characters import Bytes
from meldpunt.engines.matching.kernel.compiled import makes_no_array

WIDTH: Final = 64
_llvm: Any = cgutils


def _signs_made(_context: Any, data: Any, place: Any, first: Any, second: Any, third: Any) -> Any:
    """Bit k is set where byte `place + k` is one of the three. All 64 bytes have to be there."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        held, start, *signs = arguments
        pointer = _llvm.create_struct_proxy(signature.args[0])(context, builder, held).data
        vector = _llvm.ir.VectorType(_llvm.ir.IntType(8), WIDTH)
        bytes_ = builder.load(builder.bitcast(builder.gep(pointer, [start]), vector.as_pointer()), align=1)
        found = None
        for sign in signs:
            one = builder.insert_element(
                _llvm.ir.Constant(vector, _llvm.ir.Undefined), sign, _llvm.ir.Constant(_llvm.ir.IntType(32), 0)
            )
            lanes = _llvm.ir.Constant(_llvm.ir.VectorType(_llvm.ir.IntType(32), WIDTH), [0] * WIDTH)
            same = builder.icmp_unsigned("==", bytes_, builder.shuffle_vector(one, one, lanes))
            found = same if found is None else builder.or_(found, same)
        return builder.bitcast(found, _llvm.ir.IntType(64))

    return types.uint64(data, types.intp, types.uint8, types.uint8, types.uint8), generate


def _zeros_made(_context: Any, bits: Any) -> Any:
    """How many bits stand below the lowest that is set; one has to be."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], _llvm.ir.Constant(_llvm.ir.IntType(1), 1))

    return types.uint64(types.uint64), generate


_signs_at: Callable[[Bytes, int, np.uint8, np.uint8, np.uint8], np.uint64] = cast(Any, intrinsic)(_signs_made)
_zeros_before: Callable[[np.uint64], np.uint64] = cast(Any, intrinsic)(_zeros_made)


@makes_no_array
def signs_from(data: Bytes, place: int, first: int, second: int, third: int) -> np.uint64:
    """Bit k is set where byte `place + k` is one of the three; beyond the end of `data` there are none."""
    if place + WIDTH <= data.size:
        return _signs_at(data, place, np.uint8(first), np.uint8(second), np.uint8(third))
    bits = np.uint64(0)
    for one in range(place, data.size):
        if data[one] == first or data[one] == second or data[one] == third:
            bits |= np.uint64(1) << np.uint64(one - place)
    return bits


@makes_no_array
def lowest(bits: np.uint64) -> int:
    """The number of the lowest bit that is set."""
    return int(_zeros_before(bits))
