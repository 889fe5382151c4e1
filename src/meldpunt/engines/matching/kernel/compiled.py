"""How functions of the kernel are compiled. One that makes an array says `njit(cache=True, nogil=True)` instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

_F = TypeVar("_F", bound=Callable[..., Any])


def makes_no_array(function: _F) -> _F:
    """Compile a function that makes no array and keeps none: it then counts no references to those it is given.

    Counting costs two exchanges between the cores for each array and call, more than reading a short field does. It is
    laid into whatever calls it, because handing over tables of many arrays costs as much again.
    """
    return cast(_F, cast(Any, njit)(cache=True, nogil=True, _nrt=False, forceinline=True)(function))
