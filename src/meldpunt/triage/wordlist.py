"""The words of this room's data files: what points at a type of incident, asks to be read first, or gives a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.rows import read_rows
from meldpunt.vocabulary.rsit import IncidentTypeId, incident_type

from .values import Decision

ALARM_WITHIN: Final = 1_000


@cache
def rsit_words() -> Mapping[IncidentTypeId, tuple[str, ...]]:
    """Stems by type, in the order of the file. Raises UnknownIncidentType for an id outside RSIT."""
    file = read_rows(resources.files(__package__) / "data" / "rsit_words.toml")
    return {incident_type(row.text("id")).id: row.texts("words") for row in file.rows("types")}


@cache
def alarming_pattern() -> str:
    """A regular expression of PostgreSQL for the first alarming word, in any case."""
    return rf"(?i)\m(?:{_alarming_words()})"


def find_alarms(text: str) -> frozenset[str]:
    """Every alarming word of the first thousand characters, in small letters."""
    return frozenset(word.lower() for word in _alarming().findall(text[:ALARM_WITHIN]))


@cache
def _alarming() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alarming_words()})", re.IGNORECASE)


def _alarming_words() -> str:
    file = read_rows(resources.files(__package__) / "data" / "alarming_words.toml")
    return "|".join(map(re.escape, file.texts("words")))


@cache
def house_reasons() -> Mapping[Decision, tuple[Bilingual, ...]]:
    """Reasons that the house offers, by decision, in the order of the file."""
    file = read_rows(resources.files(__package__) / "data" / "reasons.toml")
    return {
        Decision(row.text("id")): tuple(map(Bilingual, row.texts("nl"), row.texts("en")))
        for row in file.rows("decisions")
    }
