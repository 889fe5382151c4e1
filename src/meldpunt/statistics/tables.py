"""The table as a file: comma-separated (RFC 4180) and as JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import Final

from meldpunt.vocabulary.bilingual import Bilingual

from .packing import pack_table
from .values import TOTAL, FigureTable, Heading

HIDDEN: Final = "x"
"""What stands in a file where a figure is hidden."""

_TOTAL = Heading(TOTAL, Bilingual("Totaal", "Total"))
# With these a spreadsheet begins a formula (OWASP, CSV injection); the name of a group is free text.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_HEADER: Final = ("sector", "sector_nl", "sector_en", "class", "class_nl", "class_en", "reports")


def table_csv(table: FigureTable) -> bytes:
    """One line per figure, margins included, in UTF-8; `*` is the id of a margin and `x` a hidden figure."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADER)
    for row in (*table.rows, _TOTAL):
        for column in (*table.columns, _TOTAL):
            figure = table.figures[row.id, column.id]
            words = (row.id, row.name.nl, row.name.en, column.id, column.name.nl, column.name.en)
            writer.writerow([*map(_harmless, words), HIDDEN if figure is None else figure])
    return text.getvalue().encode()


def table_json(table: FigureTable) -> bytes:
    """What `packing.rows_of` reads back."""
    return json.dumps(pack_table(table), ensure_ascii=False, indent=1).encode()


def _harmless(word: str) -> str:
    return f"'{word}" if word.startswith(_FORMULA) else word
