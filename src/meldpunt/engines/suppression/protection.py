"""The whole deed: find what is sensitive, hide the cheapest cells that protect it, and let an attacker try."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from meldpunt.engines.suppression.attack import Attack
from meldpunt.engines.suppression.errors import AuditFailed, SensitiveCellMustBeShown
from meldpunt.engines.suppression.pattern import Choice, Pattern, cheapest_pattern
from meldpunt.engines.suppression.rules import sensitive_cells
from meldpunt.engines.suppression.table import Table
from meldpunt.engines.suppression.values import (
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
    `AttackNotSolved`. `time_limit_seconds` holds for each programme; there are a few, as threats turn up.
    """
    sensitive = sensitive_cells(table, rules)
    choice = _choice(table, rules, sensitive=sensitive, already_public=already_public)
    if not sensitive:
        return _nothing_hidden(table)
    attack = Attack(table, already_public=already_public)
    threats: list[Threat] = []
    while True:
        pattern = cheapest_pattern(table, choice, threats, time_limit_seconds=time_limit_seconds)
        found = attack.audit(pattern.hidden, sensitive=sensitive, insiders=rules.insiders)
        if found.passed:
            reasons = _reasons(table, attack, pattern, sensitive=sensitive, threats=threats)
            return _protection(table, choice, pattern, sensitive=sensitive, found=found, reasons=reasons)
        # A threat enters the programme once it has succeeded: a pattern that is cheapest against some threats and
        # safe against all is cheapest against all. A threat that is in it and still succeeds is a defect.
        unforeseen = [exposure.threat for exposure in found.exposures if exposure.threat not in threats]
        if len(unforeseen) < len(found.exposures):
            raise AuditFailed(found)
        threats.extend(unforeseen)


def _protection(
    table: Table,
    choice: Choice,
    pattern: Pattern,
    *,
    sensitive: Mapping[CellId, Sensitivity],
    found: Audit,
    reasons: Mapping[CellId, Reason],
) -> Protection:
    secondary = pattern.hidden - frozenset(sensitive)
    return Protection(
        primary=sensitive,
        secondary=secondary,
        published=_shown(table, pattern.hidden),
        reasons=reasons,
        cost=sum(choice.weights[cell_id] for cell_id in secondary),
        loss=sum(choice.weights[cell_id] for cell_id in pattern.hidden),
        status=SolverStatus.OPTIMAL if pattern.proven_optimal else SolverStatus.TIME_LIMIT,
        audit=found,
    )


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
    attack: Attack,
    pattern: Pattern,
    *,
    sensitive: Mapping[CellId, Sensitivity],
    threats: Collection[Threat],
) -> dict[CellId, Reason]:
    """Per hidden cell its own rules, and the sensitive cells that would be exposed if it were shown after all."""
    attackers = sorted({threat.attacker for threat in threats}, key=_name)
    reasons = {cell_id: Reason(found.rules, frozenset()) for cell_id, found in sensitive.items()}
    for cell_id in table.cells:
        if cell_id in pattern.hidden and cell_id not in sensitive:
            exposed = attack.exposures(pattern.hidden - {cell_id}, attackers, sensitive=sensitive)
            reasons[cell_id] = Reason(frozenset(), frozenset(exposure.threat.cell for exposure in exposed))
    return reasons


def _name(attacker: Attacker) -> str:
    return attacker.organisation or ""
