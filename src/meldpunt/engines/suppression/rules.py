"""Primary suppression: which cells are sensitive by themselves, and how well each must be protected.

The rules and the upper levels that follow from them are those of Hundepool et al., Statistical Disclosure
Control (2012), chapter 4; the lower level is taken equal to the upper one, as is usual.
"""

from __future__ import annotations

from math import ceil, floor

from meldpunt.engines.suppression.errors import RulesOutOfRange
from meldpunt.engines.suppression.table import Table
from meldpunt.engines.suppression.values import (
    Attacker,
    Cell,
    CellId,
    Dominance,
    ProtectionLevel,
    Rule,
    Rules,
    Sensitivity,
    Zeros,
)

# Shares such as 0.1 have no exact binary form; without this a level of exactly 3 would be rounded up to 4.
ROUNDING_SLACK = 1e-9


def sensitive_cells(table: Table, rules: Rules) -> dict[CellId, Sensitivity]:
    """The sensitive cells of a table, each with the rules it breaks and the widest level these ask.

    Raises `RulesOutOfRange` when a parameter has no meaning or a marked cell does not exist.
    """
    _refuse_senseless(table, rules)
    broken: dict[CellId, dict[Rule, ProtectionLevel]] = {}
    for cell in table.cells.values():
        for rule, level in _broken_by_itself(cell, rules).items():
            broken.setdefault(cell.id, {})[rule] = level
    for cell_id, level in _group_disclosures(table, rules).items():
        broken.setdefault(cell_id, {})[Rule.GROUP_DISCLOSURE] = level
    for cell_id, level in rules.marked.items():
        broken.setdefault(cell_id, {})[Rule.MARKED] = level
    return {cell_id: Sensitivity(frozenset(levels), widest(*levels.values())) for cell_id, levels in broken.items()}


def widest(*levels: ProtectionLevel) -> ProtectionLevel:
    """The level that satisfies all of them."""
    return ProtectionLevel(
        lower=max(level.lower for level in levels),
        upper=max(level.upper for level in levels),
        sliding=max(level.sliding for level in levels),
    )


def level_against(attacker: Attacker, cell: Cell, level: ProtectionLevel) -> ProtectionLevel:
    """The level that can be asked against an attacker: no value below its own contribution is possible to it."""
    room_below = cell.value - attacker.own(cell)
    return ProtectionLevel(min(level.lower, room_below), level.upper, level.sliding)


def _broken_by_itself(cell: Cell, rules: Rules) -> dict[Rule, ProtectionLevel]:
    if cell.value == 0:
        return {Rule.ZERO: _zero_level(rules)} if rules.zeros is Zeros.SENSITIVE else {}
    broken: dict[Rule, ProtectionLevel] = {}
    minimum = rules.minimum_organisations
    if minimum is not None and len(cell.contributions) < minimum:
        reach = minimum - cell.value if rules.reach_minimum else 0
        broken[Rule.MINIMUM_FREQUENCY] = ProtectionLevel(
            lower=_range(cell, rules), upper=max(_range(cell, rules), reach)
        )
    if rules.dominance is not None and _dominance_excess(cell, rules.dominance) > ROUNDING_SLACK:
        broken[Rule.DOMINANCE] = _symmetric(_dominance_excess(cell, rules.dominance), cell, rules)
    if rules.p_share is not None and _p_share_excess(cell, rules.p_share) > ROUNDING_SLACK:
        broken[Rule.P_PERCENT] = _symmetric(_p_share_excess(cell, rules.p_share), cell, rules)
    return broken


def _dominance_excess(cell: Cell, dominance: Dominance) -> float:
    """How much larger the cell would have to be for its largest contributors to stay within their share."""
    return sum(cell.largest_first[: dominance.largest]) / dominance.share - cell.value


def _p_share_excess(cell: Cell, share: float) -> float:
    """How much the second largest contributor lacks in uncertainty about the largest."""
    two_largest = cell.largest_first[:2]
    return share * two_largest[0] - (cell.value - sum(two_largest))


def _symmetric(excess: float, cell: Cell, rules: Rules) -> ProtectionLevel:
    level = max(ceil(excess - ROUNDING_SLACK), _range(cell, rules))
    return ProtectionLevel(lower=level, upper=level)


def _range(cell: Cell, rules: Rules) -> int:
    return max(1, ceil(rules.range_share * cell.value - ROUNDING_SLACK))


def _zero_level(rules: Rules) -> ProtectionLevel:
    reach = rules.minimum_organisations if rules.reach_minimum else None
    return ProtectionLevel(lower=0, upper=reach or 1)


def _group_disclosures(table: Table, rules: Rules) -> dict[CellId, ProtectionLevel]:
    """Inner cells that hold nearly all of a row or column: all its members are then known to be that."""
    if rules.group_share is None:
        return {}
    found: dict[CellId, ProtectionLevel] = {}
    for equation in table.equations:
        allowed = rules.group_share * table.cells[equation.total].value
        for part in equation.parts:
            value = table.cells[part].value
            if part not in table.margins and len(equation.parts) > 1 and value > allowed + ROUNDING_SLACK:
                level = ProtectionLevel(lower=value - floor(allowed + ROUNDING_SLACK), upper=0)
                found[part] = widest(level, found.get(part, level))
    return found


def _refuse_senseless(table: Table, rules: Rules) -> None:
    if rules.minimum_organisations is not None and rules.minimum_organisations < 1:
        raise RulesOutOfRange("minimum_organisations must be at least 1.")
    if rules.dominance is not None and not (rules.dominance.largest >= 1 and 0 < rules.dominance.share <= 1):
        raise RulesOutOfRange("dominance needs at least one contributor and a share above 0 and at most 1.")
    shares = {"p_share": rules.p_share, "group_share": rules.group_share, "range_share": rules.range_share}
    for name, share in shares.items():
        if share is not None and not 0 <= share <= 1:
            raise RulesOutOfRange(f"{name} must lie between 0 and 1.")
    for cell_id, level in rules.marked.items():
        if cell_id not in table.cells:
            raise RulesOutOfRange(f"The marked cell {cell_id} is not in the table.")
        if min(level.lower, level.upper, level.sliding) < 0:
            raise RulesOutOfRange(f"The level of the marked cell {cell_id} is negative.")
