"""The attacker: what can be worked out from the cells that are shown.

Written apart from `pattern.py` on purpose. That module chooses what to hide; this one knows only what is shown and
solves small programmes of its own (`ends.py`), so that a mistake in one is seen by the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from meldpunt.engines.suppression.ends import Unknowns, Values
from meldpunt.engines.suppression.errors import AttackNotSolved
from meldpunt.engines.suppression.rules import level_against
from meldpunt.engines.suppression.table import Table
from meldpunt.engines.suppression.values import (
    OUTSIDER,
    Attacker,
    Audit,
    CellId,
    Exposure,
    Insiders,
    Interval,
    OrganisationId,
    ProtectionLevel,
    Sensitivity,
    Threat,
)

# Far above the error of the solver and far below one incident.
SOLVER_SLACK = 1e-6

Knowledge = tuple[npt.NDArray[np.bool_], Values]
"""Which cells an attacker does not know, and the least it holds possible in each."""


def audit(
    table: Table,
    suppressed: Collection[CellId],
    *,
    sensitive: Mapping[CellId, Sensitivity],
    insiders: Insiders = Insiders.NOBODY,
    already_public: Collection[CellId] = frozenset(),
) -> Audit:
    """What readers can work out when the `suppressed` cells are left out of the table.

    An outsider knows that counts are whole and not negative, and the cells in `already_public` (shown earlier
    with this same value, so hiding them now hides nothing). Insiders know besides what they reported
    themselves. A sensitive cell that is not suppressed is exposed. Raises `AttackNotSolved` when the solver fails.
    """
    return Attack(table, already_public=already_public).audit(suppressed, sensitive=sensitive, insiders=insiders)


class Attack:
    """Attacks on one table, however it is suppressed.

    Every other table that was once found to fit is remembered: as long as it agrees with what an attacker knows,
    that attacker cannot exclude it, and no programme has to be solved to say so.
    """

    def __init__(self, table: Table, *, already_public: Collection[CellId] = frozenset()) -> None:
        self._table = table
        self._already_public = frozenset(already_public)
        self._place = {cell_id: number for number, cell_id in enumerate(table.cells)}
        self._truth = np.array([cell.value for cell in table.cells.values()], dtype=np.float64)
        self._sums = np.zeros((len(table.equations), len(self._place)))
        for row, equation in zip(self._sums, table.equations, strict=True):
            row[self._place[equation.total]] = -1.0
            row[[self._place[part] for part in equation.parts]] = 1.0
        self._possible = self._truth[np.newaxis, :]
        self._asked: dict[bool, tuple[tuple[bytes, bytes], Unknowns]] = {}

    def audit(
        self, suppressed: Collection[CellId], *, sensitive: Mapping[CellId, Sensitivity], insiders: Insiders
    ) -> Audit:
        """See the function `audit`."""
        hidden = [cell_id for cell_id in self._table.cells if cell_id in set(suppressed)]
        outside = self._knowledge(hidden, OUTSIDER)
        intervals = {cell_id: self._interval(cell_id, outside) for cell_id in hidden}
        attackers = _attackers(self._table, hidden, insiders)
        return Audit(intervals, tuple(self.exposures(hidden, attackers, sensitive=sensitive)))

    def exposures(
        self,
        suppressed: Collection[CellId],
        attackers: Iterable[Attacker],
        *,
        sensitive: Mapping[CellId, Sensitivity],
    ) -> Iterator[Exposure]:
        """The sensitive cells about which an attacker learns more than their level allows."""
        for attacker in attackers:
            knowledge = self._knowledge(suppressed, attacker)
            for cell_id, sensitivity in sensitive.items():
                cell = self._table.cells[cell_id]
                if attacker.knows(cell):
                    # It learns nothing about anybody else.
                    continue
                level = level_against(attacker, cell, sensitivity.level)
                if self._remembers_enough(cell_id, knowledge, level):
                    continue
                interval = self._interval(cell_id, knowledge)
                if not interval.protects(cell.value, level):
                    yield Exposure(Threat(attacker, cell_id, level), interval)

    def _knowledge(self, suppressed: Collection[CellId], attacker: Attacker) -> Knowledge:
        unknown = np.zeros(self._truth.size, dtype=bool)
        at_least = np.zeros(self._truth.size)
        for cell_id in suppressed:
            cell = self._table.cells[cell_id]
            unknown[self._place[cell_id]] = cell_id not in self._already_public and not attacker.knows(cell)
            at_least[self._place[cell_id]] = attacker.own(cell)
        return unknown, at_least

    def _remembers_enough(self, cell_id: CellId, knowledge: Knowledge, level: ProtectionLevel) -> bool:
        """Whether tables found before already span the whole level around the truth."""
        unknown, at_least = knowledge
        agrees = np.all(np.where(unknown, self._possible >= at_least, self._possible == self._truth), axis=1)
        values = self._possible[agrees, self._place[cell_id]]
        span = Interval(int(values.min()), int(values.max()))
        return span.protects(self._table.cells[cell_id].value, level)

    def _interval(self, cell_id: CellId, knowledge: Knowledge) -> Interval:
        if not knowledge[0][self._place[cell_id]]:
            value = self._table.cells[cell_id].value
            return Interval(value, value)
        lowest = self._extreme(cell_id, knowledge, sign=1.0)
        highest = self._extreme(cell_id, knowledge, sign=-1.0)
        if lowest is None:
            raise AttackNotSolved(f"A count without a lower end: {cell_id}.")
        # Counts are whole numbers, and the attacker knows that too.
        upper = None if highest is None else floor(highest + SOLVER_SLACK)
        return Interval(ceil(lowest - SOLVER_SLACK), upper)

    def _extreme(self, cell_id: CellId, knowledge: Knowledge, *, sign: float) -> float | None:
        """The least (sign 1) or greatest (sign -1) value of a cell, or None where it has no end."""
        unknown, _ = knowledge
        place = int(np.count_nonzero(unknown[: self._place[cell_id]]))
        found = self._unknowns(knowledge, whole=False).end(place, sign=sign)
        if found is not None and not self._table.is_network:
            # Outside networks the end may lie at a fraction, and whole counts may end well before it.
            found = self._unknowns(knowledge, whole=True).end(place, sign=sign)
        if found is None:
            return None
        self._remember(found, unknown)
        return float(found[place])

    def _unknowns(self, knowledge: Knowledge, *, whole: bool) -> Unknowns:
        """What this attacker does not know; kept for its next question."""
        unknown, at_least = knowledge
        key = (unknown.tobytes(), at_least.tobytes())
        kept = self._asked.get(whole)
        if kept is not None and kept[0] == key:
            return kept[1]
        sums = self._sums[np.any(self._sums[:, unknown] != 0, axis=1)]
        known = -sums[:, ~unknown] @ self._truth[~unknown]
        asked = Unknowns(sums[:, unknown], known, at_least[unknown], whole=whole)
        self._asked[whole] = key, asked
        return asked

    def _remember(self, found: Values, unknown: npt.NDArray[np.bool_]) -> None:
        candidate = self._truth.copy()
        candidate[unknown] = np.round(found)
        # Only what holds exactly, in whole numbers, is a table that nobody can exclude.
        if not np.any(self._sums @ candidate) and not np.any(candidate < 0):
            self._possible = np.vstack([self._possible, candidate])


def _attackers(table: Table, hidden: Sequence[CellId], insiders: Insiders) -> tuple[Attacker, ...]:
    organisations: set[OrganisationId] = set()
    if insiders is not Insiders.NOBODY:
        for cell_id in hidden:
            contributions = table.cells[cell_id].contributions
            largest = max(contributions.values(), default=0)
            organisations.update(
                name for name, count in contributions.items() if insiders is Insiders.EVERYBODY or count == largest
            )
    return (OUTSIDER, *(Attacker(name) for name in sorted(organisations)))
