"""How good suggestions are on real texts of which the class is known: docs/suggestions.md says the same numbers."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from meldpunt.triage.rules.nature import suggest_rsit
from meldpunt.triage.wordlist import rsit_words

DOCUMENT: Final = Path(__file__).resolve().parents[2] / "docs" / "suggestions.md"
VULNERABLE: Final = "vulnerable/vulnerable-system"
DATA_LOSS: Final = "information-content-security/data-loss"
FEWEST_RIGHT: Final = {"KEV": 0.90, "CSAF": 0.80, "thefts": 0.60}

Known = Iterator[tuple[str, str, str]]
"""Title, text, and the type it is."""


def kev(shared_data: Path) -> Known:
    catalogue = json.loads((shared_data / "kev" / "known_exploited_vulnerabilities.json").read_text())
    for entry in catalogue["vulnerabilities"]:
        yield "", entry["shortDescription"], VULNERABLE


def csaf(shared_data: Path) -> Known:
    for file in sorted((shared_data / "csaf" / "cisa" / "2018").glob("*.json")):
        document = json.loads(file.read_text())["document"]
        yield document["title"], " ".join(note["text"] for note in document["notes"])[:3000], VULNERABLE


def thefts(shared_data: Path) -> Known:
    """RSIT counts what was lost by physical theft as loss of data."""
    with (shared_data / "incidents" / "hhs_breaches_2009-2014.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["Summary"].strip() and row["Type_of_Breach"] in ("Theft", "Loss"):
                yield "", row["Summary"], DATA_LOSS


CORPORA: Final[Mapping[str, object]] = {"KEV": kev, "CSAF": csaf, "thefts": thefts}


def measured(known: Known) -> tuple[int, int, int, int]:
    """How many texts there are, have a suggestion, have the right one first, and have it among the five."""
    texts = suggested = first = among = 0
    for title, text, kind in known:
        found = [one.type.id for one in suggest_rsit(title=title, text=text, words=rsit_words())]
        texts, suggested = texts + 1, suggested + bool(found)
        first, among = first + (found[:1] == [kind]), among + (kind in found)
    return texts, suggested, first, among


@pytest.mark.parametrize("name", CORPORA)
def test_the_document_says_how_often_the_right_class_is_suggested(shared_data: Path, name: str) -> None:
    texts, suggested, first, among = measured(CORPORA[name](shared_data))  # type: ignore[operator]
    row = f"| {texts:,} | {first / suggested:.2f} | {first / texts:.2f} | {among / texts:.2f} |"
    assert row in DOCUMENT.read_text(), (name, row)
    assert first / texts >= FEWEST_RIGHT[name]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Kwetsbare VPN-voorziening gevonden", ""),
        ("", "Onze mailserver is nog niet bijgewerkt tegen CVE-2999-4711."),
        ("Beveiligingslek in ons portaal", ""),
        ("", "A remote code execution in our gateway, CVE-2999-4711."),
    ],
)
def test_a_text_on_a_vulnerability_points_at_one(title: str, text: str) -> None:
    assert suggest_rsit(title=title, text=text, words=rsit_words())[0].type.id == VULNERABLE


def test_a_text_on_a_break_in_through_a_vulnerability_points_at_the_break_in() -> None:
    found = suggest_rsit(
        title="Gehackt via CVE-2999-4711", text="Er is ingebroken; een webshell stond er.", words=rsit_words()
    )
    assert found[0].type.id == "intrusions/system-compromise"
