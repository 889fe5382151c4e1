"""Ways in which protecting a table goes wrong.

SuppressionError
├── TableDoesNotAddUp         the cells contradict their own totals, or are not counts
├── RulesOutOfRange           a parameter of the rules has no meaning
├── SensitiveCellMustBeShown  a cell that must be hidden was already published, or its margin is to be kept
├── NoSafePattern             no choice of hidden cells keeps every sensitive cell uncertain enough
├── SolverGaveUp              the time was over before any safe pattern was found
├── AttackNotSolved           the attacker's programme failed, so nothing is known about safety
└── AuditFailed               the attacker learns more than the rules allow: nothing may be published
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meldpunt.engines.suppression.values import Audit


class SuppressionError(Exception):
    """Every error that this engine raises on purpose."""


class TableDoesNotAddUp(SuppressionError):
    """Repair the figures first: a total differs from its parts, a cell is negative, or a label is double."""


class RulesOutOfRange(SuppressionError):
    """Correct the parameter that the message names."""


class SensitiveCellMustBeShown(SuppressionError):
    """Either let the cell be hidden, or change the table; what was published once cannot be taken back."""


class NoSafePattern(SuppressionError):
    """Merge rows or columns, or allow margins or zeros to be hidden, and protect the new table."""


class SolverGaveUp(SuppressionError):
    """Allow more time, or protect a smaller table."""


class AttackNotSolved(SuppressionError):
    """Publish nothing: without an answer the table counts as unsafe."""


class AuditFailed(SuppressionError):
    """The pattern found is not safe against the attacker; publish nothing and keep the audit for study."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        cells = ", ".join("/".join(exposure.threat.cell) for exposure in audit.exposures)
        super().__init__(f"An attacker learns too much about: {cells}.")
