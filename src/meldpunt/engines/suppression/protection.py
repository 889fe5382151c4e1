"""The whole deed: find what is sensitive, hide the cheapest cells that protect it, and let an attacker try."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from meldpunt.engines.suppression.attack import audit, find_exposures
from meldpunt.engines.suppression.errors import AuditFailed, SensitiveCellMustBeShown
from meldpunt.engines.suppression.pattern import Choice, cheapest_pattern
from meldpunt.engines.suppression.rules import level_against, sensitive_cells
from meldpunt.engines.suppression.table import Table
from meldpunt.engines.suppression.values import (
    OUTSIDER,
    Attacker,
    Audit,
    Cell,
    CellId,
    Protection,
    Reason,
    Rules,
    Sensitivity,
    SolverStatus,
    Threat,
    Weight,
    Zeros,
)


def protect(
    table: Table,
    rules: Rules,
    *,
    already_public: Collection[CellId] = frozenset(),
    time_limit_seconds: float = 60.0,
) -> Protection:
    """Choose the cells to hide so that every sensitive cell keeps the uncertainty that the rules ask.

    `already_public` are cells that were shown before with this same value: readers have them, so hiding them
    helps nobody and the choice takes that into account. Among choices of equal cost the one with fewest cells
    is taken. The answer has passed `audit`; otherwise `AuditFailed` is raised and nothing may be published.
    Raises also `RulesOutOfRange`, `SensitiveCellMustBeShown`, `NoSafePattern`, `SolverGaveUp`,
    `AttackNotSolved`.
    """
    sensitive = sensitive_cells(table, rules)
    choice = _choice(table, rules, sensitive=sensitive, already_public=already_public)
    if not sensitive:
        return _nothing_hidden(table)
    threats = [
        Threat(OUTSIDER, cell_id, level_against(OUTSIDER, table.cells[cell_id], sensitivity.level))
        for cell_id, sensitivity in sensitive.items()
    ]
    while True:
        pattern = cheapest_pattern(table, choice, threats, time_limit_seconds=time_limit_seconds)
        found = audit(
            table,
            pattern.hidden,
            sensitive=sensitive,
            insiders=rules.insiders,
            already_public=already_public,
        )
        if found.passed:
            return Protection(
                primary=sensitive,
                secondary=pattern.hidden - frozenset(sensitive),
                published=_shown(table, pattern.hidden),
                reasons=_reasons(
                    table, pattern.hidden, sensitive=sensitive, threats=threats, already_public=already_public
                ),
                cost=sum(choice.weights[cell_id] for cell_id in pattern.hidden - frozenset(sensitive)),
                loss=sum(choice.weights[cell_id] for cell_id in pattern.hidden),
                status=SolverStatus.OPTIMAL if pattern.proven_optimal else SolverStatus.TIME_LIMIT,
                audit=found,
            )
        # Insiders are added only when they succeed: a pattern that is cheapest against some and safe against
        # all is cheapest against all. A threat that the programme knew of and that still succeeds is a defect.
        unforeseen = [exposure.threat for exposure in found.exposures if exposure.threat not in threats]
        if len(unforeseen) < len(found.exposures):
            raise AuditFailed(found)
        threats.extend(unforeseen)


def _choice(
    table: Table, rules: Rules, *, sensitive: Mapping[CellId, Sensitivity], already_public: Collection[CellId]
) -> Choice:
    must_show = frozenset(already_public) | (table.margins if rules.margins_kept else frozenset())
    in_vain = must_show & frozenset(sensitive)
    if in_vain:
        raise SensitiveCellMustBeShown(f"Sensitive, and yet shown: {sorted(in_vain)}.")
    zeros_shown = rules.zeros is Zeros.SHOWN
    may_hide = frozenset(
        cell.id for cell in table.cells.values() if cell.id not in must_show and not (zeros_shown and cell.value == 0)
    )
    weights = {cell.id: _weight(cell, rules.weight) for cell in table.cells.values()}
    return Choice(frozenset(sensitive), may_hide, weights)


def _weight(cell: Cell, weight: Weight) -> int:
    return {
        Weight.VALUE: cell.value,
        Weight.ORGANISATIONS: len(cell.contributions),
        Weight.EQUAL: 1,
    }[weight]


def _shown(table: Table, hidden: frozenset[CellId]) -> dict[CellId, int]:
    return {cell.id: cell.value for cell in table.cells.values() if cell.id not in hidden}


def _nothing_hidden(table: Table) -> Protection:
    return Protection(
        primary={},
        secondary=frozenset(),
        published=_shown(table, frozenset()),
        reasons={},
        cost=0,
        loss=0,
        status=SolverStatus.NOTHING_SENSITIVE,
        audit=Audit({}, ()),
    )


def _reasons(
    table: Table,
    hidden: frozenset[CellId],
    *,
    sensitive: Mapping[CellId, Sensitivity],
    threats: Collection[Threat],
    already_public: Collection[CellId],
) -> dict[CellId, Reason]:
    """Per hidden cell its own rules, and the sensitive cells that would be exposed if it were shown after all."""
    attackers = sorted({threat.attacker for threat in threats}, key=_name)
    reasons: dict[CellId, Reason] = {}
    for cell_id in table.cells:
        if cell_id in sensitive:
            reasons[cell_id] = Reason(sensitive[cell_id].rules, frozenset())
        elif cell_id in hidden:
            exposed = {
                exposure.threat.cell
                for attacker in attackers
                for exposure in find_exposures(
                    table,
                    hidden - {cell_id},
                    attacker=attacker,
                    sensitive=sensitive,
                    already_public=already_public,
                )
            }
            reasons[cell_id] = Reason(frozenset(), frozenset(exposed))
    return reasons


def _name(attacker: Attacker) -> str:
    return attacker.organisation or ""
