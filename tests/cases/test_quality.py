"""How good the suggestions are, on real reports: docs/suggestions.md says the same numbers."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from uuid import NAMESPACE_DNS, uuid5

import pytest
from django.db import connection
from tests.triage.cast import analyst

from meldpunt.access.binding import bound
from meldpunt.cases.rules.correlating import (
    NOTHING_IN_COMMON,
    Likeness,
    Rarity,
    Sign,
    likeness,
    ranked,
    rarity_among,
    span_of,
    words_of,
)

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "suggestions.md"
MOST_SHOWN = 10


@dataclass(frozen=True)
class Told:
    """One of the 1,055 breaches that were reported to the United States' department of health, 2009 to 2014."""

    organisation: str
    supplier: str
    began: str
    text: str
    sign: Sign

    def is_the_same_as(self, other: Told) -> bool:
        """One breach at a supplier, told by each of its customers; or one organisation that told it twice."""
        at_one_supplier = bool(self.supplier) and self.supplier == other.supplier
        return self.began == other.began and (at_one_supplier or self.organisation == other.organisation)


def breaches(shared_data: Path) -> list[Told]:
    with (shared_data / "incidents" / "hhs_breaches_2009-2014.csv").open(newline="") as file:
        return [told(row) for row in csv.DictReader(file)]


def told(row: dict[str, str]) -> Told:
    organisation = row["Name_of_Covered_Entity"].strip().casefold()
    supplier = row["Business_Associate_Involved"].strip()
    text = f"{row['Type_of_Breach']}: {row['Location_of_Breached_Information']}\n"
    text += f"It happened at our supplier {supplier}. " if supplier else ""
    text += f"{row['Individuals_Affected']} persons. {row['Summary']}"
    began = date.fromisoformat(row["breach_start"])
    ended = date.fromisoformat(row["breach_end"]) if row["breach_end"] else None
    first, last = span_of(occurred_on=began, aware_on=None, ended_on=ended, received_on=began)
    sign = Sign(frozenset({uuid5(NAMESPACE_DNS, organisation)}), frozenset(), first, last, (words_of(text),))
    return Told(organisation, supplier.casefold(), row["breach_start"], text, sign)


def candidates(reports: list[Told]) -> dict[int, set[int]]:
    """Who is compared with whom: about one organisation, or alike by the sketch that PostgreSQL keeps."""
    found: dict[int, set[int]] = defaultdict(set)
    groups: dict[object, list[int]] = defaultdict(list)
    with bound(analyst()), connection.cursor() as cursor:
        cursor.execute(
            "SELECT n, unnest(intake_sketch(told)) FROM unnest(%s::text[]) WITH ORDINALITY AS one (told, n)",
            [[one.text for one in reports]],
        )
        for number, part in cursor.fetchall():
            groups[part].append(number - 1)
    for number, one in enumerate(reports):
        groups[one.organisation].append(number)
    for members in groups.values():
        for one in members:
            found[one].update(members)
    return found


def suggested(reports: list[Told], number: int, near: set[int], rarity: Rarity) -> list[tuple[int, Likeness]]:
    others = sorted(near - {number})
    judged = [
        (one, likeness(reports[number].sign, reports[one].sign, shared=NOTHING_IN_COMMON, rarity=rarity))
        for one in others
    ]
    shown = [(one, found) for one, found in judged if found is not None]
    order = ranked([(found, str(one)) for one, found in shown])[:MOST_SHOWN]
    return [shown[place] for place in order]


@pytest.mark.django_db
def test_the_document_says_how_good_suggestions_are_on_real_reports(shared_data: Path) -> None:
    reports = breaches(shared_data)
    near = candidates(reports)
    rarity = rarity_among([words_of(one.text) for one in reports[::10]])
    same = sum(2 for one, other in combinations(reports, 2) if one.is_the_same_as(other))
    shown = [
        (reports[number].is_the_same_as(reports[other]), reports[number].began == reports[other].began, found.strength)
        for number in range(len(reports))
        for other, found in suggested(reports, number, near[number], rarity)
    ]
    rows = []
    for least in (30, 40, 50, 60):
        strong = [(is_right, is_day) for is_right, is_day, strength in shown if strength >= least]
        count, (right, on_day) = len(strong), (sum(column) for column in zip(*strong, strict=True))
        rows.append(f"| {least} | {count} | {right / count:.2f} | {on_day / count:.2f} | {right / same:.2f} |")
    written = re.findall(r"^\| \d+ \| .*$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert written[: len(rows)] == rows
