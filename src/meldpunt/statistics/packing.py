"""Values of this room to JSON and back. The table has one form: on the row, and as the published attachment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.errors import WordingMissing

from .errors import NotAnOverview
from .values import TOTAL, AuditLine, FigureRules, FigureTable, Heading, HiddenBy, HiddenFigure, SectorGroup

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

FORMAT: Final = "meldpunt-overview-1"
_LARGEST_BYTES: Final = 1_000_000


def pack_table(table: FigureTable) -> dict[str, Json]:
    """Headings, and the figures line by line with the totals last; null is a hidden figure."""
    rows = [row.id for row in table.rows] + [TOTAL]
    columns = [column.id for column in table.columns] + [TOTAL]
    return {
        "format": FORMAT,
        "counts": "reports",
        "first_day": table.first_day.isoformat(),
        "last_day": table.last_day.isoformat(),
        "sectors": [_pack_heading(row) for row in table.rows],
        "classes": [_pack_heading(column) for column in table.columns],
        "figures": [[table.figures[row, column] for column in columns] for row in rows],
    }


def rows_of(data: bytes) -> FigureTable:
    """The table in the JSON attachment of a published overview. Raises NotAnOverview."""
    if len(data) > _LARGEST_BYTES:
        raise NotAnOverview("This is too large for an overview.")
    try:
        found = json.loads(data)
        return unpack_table(found)
    except (ValueError, KeyError, TypeError, RecursionError, WordingMissing) as error:
        raise NotAnOverview("This is not the table of an overview.") from error


def unpack_table(packed: Mapping[str, Json]) -> FigureTable:
    """The table. Raises KeyError, TypeError or ValueError where it has another form."""
    if packed["format"] != FORMAT:
        raise ValueError(f"not of the form {FORMAT}")
    rows = tuple(_heading(one) for one in _list(packed["sectors"]))
    columns = tuple(_heading(one) for one in _list(packed["classes"]))
    places = [(row, column) for row in (*_ids(rows), TOTAL) for column in (*_ids(columns), TOTAL)]
    figures = [_figure(one) for line in _list(packed["figures"]) for one in _list(line)]
    return FigureTable(
        first_day=date.fromisoformat(_text(packed["first_day"])),
        last_day=date.fromisoformat(_text(packed["last_day"])),
        rows=rows,
        columns=columns,
        figures=dict(zip(places, figures, strict=True)),
    )


def pack_rules(rules: FigureRules) -> dict[str, Json]:
    """The rules as they were on that day."""
    return {
        "minimum_organisations": rules.minimum_organisations,
        "largest_share": rules.largest_share,
        "range_share": rules.range_share,
        "insiders": rules.insiders,
        "groups": [
            _pack_heading(Heading(group.id, group.name)) | {"sectors": list(group.sectors)} for group in rules.groups
        ],
    }


def unpack_rules(packed: Mapping[str, Json]) -> FigureRules:
    """The rules, from `pack_rules`."""
    groups = []
    for one in _list(packed["groups"]):
        heading = _heading(one)
        sectors = tuple(_text(sector) for sector in _list(_object(one)["sectors"]))
        groups.append(SectorGroup(heading.id, heading.name, sectors))
    return FigureRules(
        minimum_organisations=_whole(packed["minimum_organisations"]),
        largest_share=_number(packed["largest_share"]),
        range_share=_number(packed["range_share"]),
        insiders=bool(packed["insiders"]),
        groups=tuple(groups),
    )


def pack_hidden(hidden: Sequence[HiddenFigure]) -> list[Json]:
    """Why each figure is hidden; what it is was never here."""
    return [
        {
            "row": one.row,
            "column": one.column,
            "reasons": [reason.value for reason in one.reasons],
            "protects": [list(place) for place in one.protects],
            "lowest": one.lowest,
            "highest": one.highest,
        }
        for one in hidden
    ]


def unpack_hidden(packed: Sequence[Mapping[str, Json]]) -> tuple[HiddenFigure, ...]:
    """The hidden figures, from `pack_hidden`."""
    return tuple(
        HiddenFigure(
            row=_text(one["row"]),
            column=_text(one["column"]),
            reasons=tuple(HiddenBy(_text(reason)) for reason in _list(one["reasons"])),
            protects=tuple((_text(_list(place)[0]), _text(_list(place)[1])) for place in _list(one["protects"])),
            lowest=_whole(one["lowest"]),
            highest=_figure(one["highest"]),
        )
        for one in packed
    )


def pack_audit(audit: AuditLine) -> dict[str, Json]:
    """What the attacker's check said."""
    return {
        "passed": audit.passed,
        "attackers": audit.attackers,
        "is_optimal": audit.is_optimal,
        "cost": audit.cost,
        "problem": audit.problem,
    }


def unpack_audit(packed: Mapping[str, Json]) -> AuditLine:
    """The check, from `pack_audit`."""
    return AuditLine(
        passed=bool(packed["passed"]),
        attackers=_whole(packed["attackers"]),
        is_optimal=bool(packed["is_optimal"]),
        cost=_whole(packed["cost"]),
        problem=_text(packed["problem"]),
    )


def _pack_heading(heading: Heading) -> dict[str, Json]:
    return {"id": heading.id, "nl": heading.name.nl, "en": heading.name.en}


def _heading(packed: Json) -> Heading:
    found = _object(packed)
    return Heading(_text(found["id"]), Bilingual(_text(found["nl"]), _text(found["en"])))


def _ids(headings: Sequence[Heading]) -> list[str]:
    return [heading.id for heading in headings]


def _figure(packed: Json) -> int | None:
    return None if packed is None else _whole(packed)


def _whole(packed: Json) -> int:
    # JSON has no booleans that are numbers, Python has.
    if not isinstance(packed, int) or isinstance(packed, bool) or packed < 0:
        raise TypeError("not a count")
    return packed


def _number(packed: Json) -> float:
    if not isinstance(packed, int | float):
        raise TypeError("not a number")
    return float(packed)


def _text(packed: Json) -> str:
    if not isinstance(packed, str):
        raise TypeError("not a text")
    return packed


def _list(packed: Json) -> list[Json]:
    if not isinstance(packed, list):
        raise TypeError("not a list")
    return packed


def _object(packed: Json) -> dict[str, Json]:
    if not isinstance(packed, dict):
        raise TypeError("not an object")
    return packed
