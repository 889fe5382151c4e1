"""From the three answers of a row to the attributions it has, each owner and role once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from meldpunt.engines.matching.kernel.attributing import BY_NAME, BY_NETWORK, BY_NUMBER
from meldpunt.engines.matching.kernel.compiled import makes_no_array

Numbers = npt.NDArray[np.int32]


@njit(cache=True, nogil=True)
def expand(answers: Numbers, offsets: Numbers, owners: Numbers, roles: Numbers) -> tuple[Numbers, Numbers]:
    """(rows, attributions): every attribution of every row, in the order of the rows, as places in the answer table.

    As `Registry.attribute` has it: an AS number answers in the roles in which no prefix does, and who answers twice in
    one role does so by the first of network, number and name.
    """
    most = 0
    for row in range(answers.shape[0]):
        for way in range(3):
            most += offsets[answers[row, way] + 1] - offsets[answers[row, way]]
    rows, found = np.empty(most, np.int32), np.empty(most, np.int32)
    count = 0
    for row in range(answers.shape[0]):
        first = count
        for place in range(offsets[answers[row, BY_NETWORK]], offsets[answers[row, BY_NETWORK] + 1]):
            rows[count], found[count] = row, place
            count += 1
        networks = count
        for place in range(offsets[answers[row, BY_NUMBER]], offsets[answers[row, BY_NUMBER] + 1]):
            if not _has_role(found, first, networks, roles, roles[place]):
                rows[count], found[count] = row, place
                count += 1
        for place in range(offsets[answers[row, BY_NAME]], offsets[answers[row, BY_NAME] + 1]):
            if not _has_both(found, first, count, owners, roles, owners[place], roles[place]):
                rows[count], found[count] = row, place
                count += 1
    return rows[:count], found[:count]


@makes_no_array
def _has_role(found: Numbers, first: int, until: int, roles: Numbers, role: int) -> bool:
    for place in range(first, until):
        if roles[found[place]] == role:
            return True
    return False


@makes_no_array
def _has_both(found: Numbers, first: int, until: int, owners: Numbers, roles: Numbers, owner: int, role: int) -> bool:
    for place in range(first, until):
        if owners[found[place]] == owner and roles[found[place]] == role:
            return True
    return False


@njit(cache=True, nogil=True)
def order_by_owner(
    rows: Numbers, items: Numbers, owners: Numbers, ranks: Numbers, claims: npt.NDArray[np.int64]
) -> tuple[Numbers, Numbers, npt.NDArray[np.int64]]:
    """(rows, attributions) by the rank of their owner, as they were within it, and where each rank begins.

    An owner gets a row once, for the first of its attributions. `claims` counts every one of them.
    """
    firsts = np.zeros(ranks.size + 2, np.int64)
    for number in range(rows.size):
        claims[items[number]] += 1
        if _is_first(rows, items, owners, number):
            firsts[ranks[owners[items[number]]] + 2] += 1
    for rank in range(2, firsts.size):
        firsts[rank] += firsts[rank - 1]
    ordered_rows, ordered_items = np.empty(firsts[-1], np.int32), np.empty(firsts[-1], np.int32)
    for number in range(rows.size):
        if _is_first(rows, items, owners, number):
            rank = ranks[owners[items[number]]] + 1
            ordered_rows[firsts[rank]], ordered_items[firsts[rank]] = rows[number], items[number]
            firsts[rank] += 1
    return ordered_rows, ordered_items, firsts[:-1]


@makes_no_array
def _is_first(rows: Numbers, items: Numbers, owners: Numbers, number: int) -> bool:
    before = number - 1
    while before >= 0 and rows[before] == rows[number]:
        if owners[items[before]] == owners[items[number]]:
            return False
        before -= 1
    return True
