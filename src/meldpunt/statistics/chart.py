"""The table as a picture: an SVG drawn on the server, from figures that may be seen and from nothing else."""

from __future__ import annotations

import json
from typing import Final

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
    return vl_convert.vegalite_to_svg(json.dumps(_drawing(table, language)))


def _drawing(table: FigureTable, language: Language) -> dict[str, object]:
    """The drawing in the words of Vega-Lite: squares, and their figures on top."""
    cells = _cells(table, language)
    sector, kind, reports, figure = (word.in_language(language) for word in (_SECTOR, _CLASS, _REPORTS, _FIGURE))
    across = {"labelAngle": -45, "orient": "top"}
    place = {
        "y": {"field": sector, "type": "nominal", "sort": [one[0] for one in cells], "title": None},
        "x": {"field": kind, "type": "nominal", "sort": [one[1] for one in cells], "title": None, "axis": across},
    }
    # From white to a light blue, so that black words stay readable on the darkest square.
    shade = {"range": ["#ffffff", "#8fc1e8"], "domainMin": 0, "interpolate": "rgb"}
    darker = {"field": reports, "type": "quantitative", "scale": shade, "legend": None}
    return {
        "title": f"{_TITLE.in_language(language)}, {table.first_day:%d-%m-%Y} – {table.last_day:%d-%m-%Y}",
        "description": _DESCRIPTION.in_language(language),
        "width": {"step": _CELL},
        "height": {"step": _CELL},
        "config": {"view": {"continuousWidth": 300, "continuousHeight": 300}},
        "data": {
            "values": [{sector: one[0], kind: one[1], reports: one[2], figure: _written(one[2])} for one in cells]
        },
        "layer": [
            {"mark": {"type": "rect", "stroke": "#bbb"}, "encoding": place | {"color": darker}},
            {
                "mark": {"type": "text", "color": "#000"},
                "encoding": place | {"text": {"field": figure, "type": "nominal"}},
            },
        ],
    }


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
