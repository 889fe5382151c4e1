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
