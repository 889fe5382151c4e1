"""Who may read which row of every table: the reference that PostgreSQL's row policies are held to.

Written from the design and not from the policies. What a table does not name for a door, that door does not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..reading import Readers, Row, Rows, Viewer
from .disclosures import DISCLOSURES
from .platform import PLATFORM
from .river import RIVER

READERS: Final[Mapping[str, Readers]] = {**PLATFORM, **DISCLOSURES, **RIVER}
"""For each table and door, of which rows the viewer reads. A door that is not named reads none."""


def is_readable(viewer: Viewer, table: str, row: Row, rows: Rows) -> bool:
    """May this viewer read this row?"""
    rule = READERS[table].get(viewer.door)
    return rule is not None and rule(viewer, row, rows)
