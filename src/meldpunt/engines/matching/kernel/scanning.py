"""Many bytes at a time: where signs stand, names in small letters, words of eight bytes.

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
_types: Any = types


def _loaded(context: Any, builder: Any, array: Any, held: Any, start: Any, width: int) -> Any:
    """So many bytes from a place on, as a vector."""
    return builder.load(_pointer(context, builder, array, held, start, width), align=1)


def _pointer(context: Any, builder: Any, array: Any, held: Any, start: Any, width: int) -> Any:
    data = _llvm.create_struct_proxy(array)(context, builder, held).data
    return builder.bitcast(builder.gep(data, [start]), _vector(width).as_pointer())


def _vector(width: int) -> Any:
    return _llvm.ir.VectorType(_llvm.ir.IntType(8), width)


def _filled(byte: int) -> Any:
    return _llvm.ir.Constant(_vector(WIDTH), [byte] * WIDTH)


def _bits(builder: Any, found: Any, width: int = WIDTH) -> Any:
    return builder.bitcast(found, _llvm.ir.IntType(width))


def _signs_made(_context: Any, data: Any, place: Any, first: Any, second: Any, third: Any) -> Any:
    """Bit k is set where byte `place + k` is one of the three. All 64 bytes have to be there."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        held, start, *signs = arguments
        bytes_ = _loaded(context, builder, signature.args[0], held, start, WIDTH)
        found = None
        for sign in signs:
            one = builder.insert_element(
                _llvm.ir.Constant(_vector(WIDTH), _llvm.ir.Undefined), sign, _llvm.ir.Constant(_llvm.ir.IntType(32), 0)
            )
            lanes = _llvm.ir.Constant(_llvm.ir.VectorType(_llvm.ir.IntType(32), WIDTH), [0] * WIDTH)
            same = builder.icmp_unsigned("==", bytes_, builder.shuffle_vector(one, one, lanes))
            found = same if found is None else builder.or_(found, same)
        return _bits(builder, found)

    return types.uint64(data, types.intp, types.uint8, types.uint8, types.uint8), generate


def _dots_made(_context: Any, data: Any, place: Any) -> Any:
    """Bit k is set where byte `place + k` is a dot. Sixteen bytes have to be there."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        held, start = arguments
        bytes_ = _loaded(context, builder, signature.args[0], held, start, 16)
        dots = _llvm.ir.Constant(_vector(16), [ord(".")] * 16)
        return builder.zext(_bits(builder, builder.icmp_unsigned("==", bytes_, dots), 16), _llvm.ir.IntType(64))

    return types.uint64(data, types.intp), generate


def _within(builder: Any, bytes_: Any, first: str, last: str) -> Any:
    shifted = builder.sub(bytes_, _filled(ord(first)))
    return builder.icmp_unsigned("<=", shifted, _filled(ord(last) - ord(first)))


def _lowered_made(_context: Any, data: Any, place: Any, out: Any, at: Any) -> Any:
    """Write 64 bytes with capitals as small letters; which of them may stand in a name, and which are dots, hyphens
    and hexadecimal digits."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        held, start, written, there = arguments
        bytes_ = _loaded(context, builder, signature.args[0], held, start, WIDTH)
        small = builder.add(bytes_, _filled(32))
        lower = builder.select(_within(builder, bytes_, "A", "Z"), small, bytes_)
        builder.store(lower, _pointer(context, builder, signature.args[2], written, there, WIDTH), align=1)
        dots, hyphens, lines = (builder.icmp_unsigned("==", bytes_, _filled(ord(one))) for one in ".-_")
        digits = _within(builder, bytes_, "0", "9")
        named = builder.or_(builder.or_(dots, hyphens), builder.or_(lines, digits))
        named = builder.or_(named, _within(builder, lower, "a", "z"))
        hexes = builder.or_(digits, _within(builder, lower, "a", "f"))
        found = [_bits(builder, one) for one in (named, dots, hyphens, hexes)]
        return context.make_tuple(builder, signature.return_type, found)

    return _types.UniTuple(types.uint64, 4)(data, types.intp, out, types.intp), generate


def _copied_made(_context: Any, data: Any, place: Any, out: Any, at: Any) -> Any:
    """Write 64 bytes as they are; which of them a target of a request does not have unless it is looked at again."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        held, start, written, there = arguments
        bytes_ = _loaded(context, builder, signature.args[0], held, start, WIDTH)
        builder.store(bytes_, _pointer(context, builder, signature.args[2], written, there, WIDTH), align=1)
        odd = builder.not_(_within(builder, bytes_, "!", "~"))
        for sign in "[](){}<>\\:#":
            odd = builder.or_(odd, builder.icmp_unsigned("==", bytes_, _filled(ord(sign))))
        return _bits(builder, odd)

    return types.uint64(data, types.intp, out, types.intp), generate


def _word_made(_context: Any, data: Any, place: Any) -> Any:
    """Eight bytes as a number, the first the lowest. All have to be there."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        held, start = arguments
        return _bits(builder, _loaded(context, builder, signature.args[0], held, start, 8))

    return types.uint64(data, types.intp), generate


def _folded_made(_context: Any, one: Any, other: Any) -> Any:
    """The halves of the product in 128 bits, one laid over the other."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        wide = _llvm.ir.IntType(128)
        product = builder.mul(*(builder.zext(factor, wide) for factor in arguments))
        upper = builder.lshr(product, _llvm.ir.Constant(wide, 64))
        return builder.trunc(builder.xor(product, upper), _llvm.ir.IntType(64))

    return types.uint64(types.uint64, types.uint64), generate


def _zeros_made(_context: Any, bits: Any) -> Any:
    """How many bits stand below the lowest that is set; one has to be."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], _llvm.ir.Constant(_llvm.ir.IntType(1), 1))

    return types.uint64(types.uint64), generate


def _zeros_above_made(_context: Any, bits: Any) -> Any:
    """How many bits stand above the highest that is set; one has to be."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctlz(arguments[0], _llvm.ir.Constant(_llvm.ir.IntType(1), 1))

    return types.uint64(types.uint64), generate


_signs_at: Callable[[Bytes, int, np.uint8, np.uint8, np.uint8], np.uint64] = cast(Any, intrinsic)(_signs_made)
dots_at: Callable[[Bytes, int], np.uint64] = cast(Any, intrinsic)(_dots_made)
lower_at: Callable[[Bytes, int, Bytes, int], tuple[np.uint64, np.uint64, np.uint64, np.uint64]] = cast(Any, intrinsic)(
    _lowered_made
)
copy_at: Callable[[Bytes, int, Bytes, int], np.uint64] = cast(Any, intrinsic)(_copied_made)
word_at: Callable[[Bytes, int], np.uint64] = cast(Any, intrinsic)(_word_made)
folded: Callable[[np.uint64, np.uint64], np.uint64] = cast(Any, intrinsic)(_folded_made)
_zeros_before: Callable[[np.uint64], np.uint64] = cast(Any, intrinsic)(_zeros_made)
_zeros_above: Callable[[np.uint64], np.uint64] = cast(Any, intrinsic)(_zeros_above_made)


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


@makes_no_array
def highest(bits: np.uint64) -> int:
    """The number of the highest bit that is set."""
    return 63 - int(_zeros_above(bits))


@makes_no_array
def below(count: int) -> np.uint64:
    """So many bits set, from the lowest on; at most 64."""
    return np.uint64(0xFFFF_FFFF_FFFF_FFFF) if count >= WIDTH else (np.uint64(1) << np.uint64(count)) - np.uint64(1)
