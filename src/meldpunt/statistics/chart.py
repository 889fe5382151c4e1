"""The table as a picture: an SVG drawn on the server, from figures that may be seen and from nothing else."""

from __future__ import annotations

from typing import Final

import altair
import vl_convert

from meldpunt.vocabulary.bilingual import Bilingual

from .tables import HIDDEN
from .values import FigureTable, Language

_TITLE: Final = Bilingual("Meldingen per sector en soort", "Reports by sector and type")
_SECTOR: Final = Bilingual("Sector", "Sector")
_CLASS: Final = Bilingual("Soort incident", "Type of incident")
_REPORTS: Final = Bilingual("Meldingen", "Reports")
_FIGURE: Final = Bilingual("Getal", "Figure")
_DESCRIPTION: Final = Bilingual(
    "Aantal meldingen per sector en soort; x is een verborgen getal. De tabel ernaast bevat dezelfde getallen.",
    "Number of reports by sector and type; x is a hidden figure. The table beside it holds the same figures.",
)
_CELL: Final = 28
"""Width and height of one cell, in pixels."""


def draw_chart(table: FigureTable, *, language: Language) -> str:
    """A field of figures, darker where more was reported. Rows and columns of zeros only are left out.

    The SVG holds no script, no style sheet or attribute, and no reference to another place, so that it shows as an
    `<img>` under a strict content security policy.
    """
    return vl_convert.vegalite_to_svg(_drawing(table, language).to_json())


def _drawing(table: FigureTable, language: Language) -> altair.LayerChart:
    sector, kind, reports, figure = (word.in_language(language) for word in (_SECTOR, _CLASS, _REPORTS, _FIGURE))
    cells = _cells(table, language)
    values = [{sector: one[0], kind: one[1], reports: one[2], figure: _written(one[2])} for one in cells]
    across = altair.Axis(labelAngle=-45, orient="top")
    field = altair.Chart(altair.InlineData(values=values)).encode(
        y=altair.Y(sector, type="nominal", sort=[one[0] for one in cells], title=None),
        x=altair.X(kind, type="nominal", sort=[one[1] for one in cells], title=None, axis=across),
    )
    # From white to a light blue, so that black words stay readable on the darkest square.
    shade = altair.Scale(range=["#ffffff", "#8fc1e8"], domainMin=0, interpolate="rgb")
    squares = field.mark_rect(stroke="#bbb").encode(
        color=altair.Color(reports, type="quantitative", scale=shade, legend=None)
    )
    words = field.mark_text(color="#000").encode(text=altair.Text(figure, type="nominal"))
    drawing: altair.LayerChart = (squares + words).properties(
        title=f"{_TITLE.in_language(language)}, {table.first_day:%d-%m-%Y} – {table.last_day:%d-%m-%Y}",
        description=_DESCRIPTION.in_language(language),
        width=altair.Step(_CELL),
        height=altair.Step(_CELL),
    )
    return drawing


def _cells(table: FigureTable, language: Language) -> list[tuple[str, str, int | None]]:
    rows = [row for row in table.rows if any(table.figures[row.id, one.id] != 0 for one in table.columns)]
    columns = [one for one in table.columns if any(table.figures[row.id, one.id] != 0 for row in table.rows)]
    return [
        (row.name.in_language(language), one.name.in_language(language), table.figures[row.id, one.id])
        for row in rows
        for one in columns
    ]


def _written(figure: int | None) -> str:
    return HIDDEN if figure is None else str(figure)
