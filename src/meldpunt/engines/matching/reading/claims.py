"""Claims from a file, for a registry that is kept elsewhere or for a notebook."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.errors import InputBroken, MatchingError
from meldpunt.engines.matching.instants import parse_time
from meldpunt.engines.matching.values import Claim, ClaimKind

_COLUMNS: Final = ("owner", "role", "kind", "value", "valid_from", "valid_until")


def read_claims(path: Path) -> Iterator[Claim]:
    """Each line as a claim; the columns are those of `Claim`, and an empty `valid_until` is no known end.

    Raises `InputBroken` with the line for what is no claim, and OSError.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        try:
            if set(_COLUMNS) - set(reader.fieldnames or ()):
                raise InputBroken(path.name, f"its columns are not {', '.join(_COLUMNS)}")
            yield from map(_claim, reader)
        except InputBroken:
            raise
        except (MatchingError, ValueError, csv.Error, AttributeError) as broken:
            raise InputBroken(path.name, f"line {max(reader.line_num, 1)}: {broken}") from broken


def _claim(row: dict[str, str]) -> Claim:
    if any(row[column] is None for column in _COLUMNS):
        raise ValueError("it has fewer fields than the first line names")
    until = row["valid_until"]
    return Claim(
        row["owner"],
        row["role"],
        ClaimKind(row["kind"]),
        row["value"],
        parse_time(row["valid_from"]),
        parse_time(until) if until else None,
    )
