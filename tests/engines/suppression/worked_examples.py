"""Two tables with published answers, and a way to write a table of units."""

from __future__ import annotations

from collections.abc import Sequence

from meldpunt.engines.suppression import CellId, Table

WP22_ROWS, WP22_COLUMNS = ("Alpha", "Beta", "Gamma", "Delta"), ("Low", "Medium", "High", "Very high")


def table_of_units(rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> Table:
    """Every unit counted is an organisation of its own."""
    return Table.from_counts(
        rows,
        columns,
        {
            (row, column): {f"{row}/{column}/{unit}": 1 for unit in range(counts[i][j])}
            for i, row in enumerate(rows)
            for j, column in enumerate(columns)
        },
    )


def fischetti_salazar() -> Table:
    """The 3 x 3 table of Fischetti & Salazar; its sensitive cell is II/C."""
    return table_of_units(("I", "II", "III"), ("A", "B", "C"), ((20, 50, 10), (8, 19, 22), (17, 32, 12)))


def working_paper_22() -> Table:
    """Children by county and education, Statistical Policy Working Paper 22; sensitive below 5."""
    counts = ((15, 1, 3, 1), (20, 10, 10, 15), (3, 10, 10, 2), (12, 14, 7, 2))
    return table_of_units(WP22_ROWS, WP22_COLUMNS, counts)


def cells(*pairs: tuple[str, str]) -> frozenset[CellId]:
    return frozenset(CellId(pair) for pair in pairs)
