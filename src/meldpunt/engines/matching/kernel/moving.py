"""Bytes that are copied thirty-two at a time, and the quotes among them found on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from meldpunt.engines.matching.kernel.characters import Bytes
from meldpunt.engines.matching.kernel.compiled import makes_no_array

AT_ONCE: Final = 32
_QUOTE: Final = ord('"')
_llvm: Any = cgutils


def _move_made(_context: Any, data: Any, start: Any, out: Any, place: Any) -> Any:
    """Copy 32 bytes; bit k is set where byte `start + k` is a quote. All of them have to be there on both sides."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        held, first, written, at = arguments
        vector = _llvm.ir.VectorType(_llvm.ir.IntType(8), AT_ONCE)
        source = _llvm.create_struct_proxy(signature.args[0])(context, builder, held).data
        target = _llvm.create_struct_proxy(signature.args[2])(context, builder, written).data
        bytes_ = builder.load(builder.bitcast(builder.gep(source, [first]), vector.as_pointer()), align=1)
        builder.store(bytes_, builder.bitcast(builder.gep(target, [at]), vector.as_pointer()), align=1)
        quotes = _llvm.ir.Constant(vector, [_QUOTE] * AT_ONCE)
        return builder.bitcast(builder.icmp_unsigned("==", bytes_, quotes), _llvm.ir.IntType(32))

    return types.uint32(data, types.intp, out, types.intp), generate


def _fetch_made(_context: Any, held: Any, place: Any) -> Any:
    """Ask for the cache line of item `place`, which need not be there, and do not wait for it."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, item = arguments
        pointer = _llvm.create_struct_proxy(signature.args[0])(context, builder, array).data
        byte, number = _llvm.ir.IntType(8).as_pointer(), _llvm.ir.IntType(32)
        kind = _llvm.ir.FunctionType(_llvm.ir.VoidType(), [byte, number, number, number])
        fetch = _llvm.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        line = builder.bitcast(builder.gep(pointer, [item]), byte)
        builder.call(fetch, [line, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(held, types.intp), generate


fetch: Callable[[Any, int], None] = cast(Any, intrinsic)(_fetch_made)
_move: Callable[[Bytes, int, Bytes, int], np.uint32] = cast(Any, intrinsic)(_move_made)


@makes_no_array
def move(data: Bytes, start: int, end: int, out: Bytes, place: int) -> bool:
    """Copy `data[start:end]` to `out[place:]`, where up to 32 bytes more may change; says whether it holds a quote."""
    found = np.uint32(0)
    while start + AT_ONCE <= data.size and place + AT_ONCE <= out.size:
        quotes = _move(data, start, out, place)
        if end - start < AT_ONCE:
            return bool(found | quotes & ((np.uint32(1) << np.uint32(end - start)) - np.uint32(1)))
        found |= quotes
        start, place = start + AT_ONCE, place + AT_ONCE
    has_quote = _move_bytes(data, start, end, out, place)
    return has_quote or bool(found)


@makes_no_array
def _move_bytes(data: Bytes, start: int, end: int, out: Bytes, place: int) -> bool:
    found = False
    for one in range(end - start):
        out[place + one] = data[start + one]
        found = found or data[start + one] == _QUOTE
    return bool(found)


@makes_no_array
def deal_out(
    data: Bytes, sizes: npt.NDArray[np.int64], places: npt.NDArray[np.int64], nexts: npt.NDArray[np.int64], out: Bytes
) -> None:
    """Put the runs of `data`, which follow each other, behind what their place in `nexts` has already."""
    start = 0
    for run in range(sizes.size):
        size, place = sizes[run], nexts[places[run]]
        _move_no_more(data, start, start + size, out, place)
        nexts[places[run]] = place + size
        start += size


@makes_no_array
def _move_no_more(data: Bytes, start: int, end: int, out: Bytes, place: int) -> None:
    if end - start < AT_ONCE:
        for one in range(end - start):
            out[place + one] = data[start + one]
        return
    last = place + end - start - AT_ONCE
    while place < last:
        _move(data, start, out, place)
        start, place = start + AT_ONCE, place + AT_ONCE
    _move(data, end - AT_ONCE, out, last)
