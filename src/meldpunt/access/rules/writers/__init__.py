"""Who may add, change and take away rows of every table: the reference that PostgreSQL is held to, as `readers` is.

Nobody changes what they cannot read, so each rule adds to that. What is not named here nobody may: most rows say what
happened, and what happened stays. Which columns, and what a row must say afterwards, the policies and triggers hold.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..readers import is_readable
from ..reading import Readers, Row, Rows, Viewer
from .adding import ADDERS
from .changing import CHANGERS
from .removing import REMOVERS

__all__ = ["ADDERS", "CHANGERS", "REMOVERS", "is_changeable", "is_removable"]


def is_changeable(viewer: Viewer, table: str, row: Row, rows: Rows) -> bool:
    """May this viewer change anything of this row?"""
    return _allows(CHANGERS, viewer, table, row, rows)


def is_removable(viewer: Viewer, table: str, row: Row, rows: Rows) -> bool:
    """May this viewer take this row away?"""
    return _allows(REMOVERS, viewer, table, row, rows)


def _allows(rules: Mapping[str, Readers], viewer: Viewer, table: str, row: Row, rows: Rows) -> bool:
    rule = rules.get(table, {}).get(viewer.door)
    return rule is not None and is_readable(viewer, table, row, rows) and rule(viewer, row, rows)
