"""Small tables for properties: few organisations, so that they meet in several cells."""

from __future__ import annotations

from hypothesis import strategies as st

from meldpunt.engines.suppression import Table

ORGANISATIONS = st.sampled_from("abcdef")
CONTRIBUTIONS = st.dictionaries(ORGANISATIONS, st.integers(1, 4), max_size=4)


@st.composite
def small_tables(draw: st.DrawFn, *, rows: int = 3, columns: int = 3) -> Table:
    row_labels = [f"r{number}" for number in range(draw(st.integers(2, rows)))]
    column_labels = [f"c{number}" for number in range(draw(st.integers(2, columns)))]
    return Table.from_counts(
        row_labels,
        column_labels,
        {(row, column): draw(CONTRIBUTIONS) for row in row_labels for column in column_labels},
    )
