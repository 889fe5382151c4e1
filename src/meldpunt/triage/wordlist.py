"""The words by which a text points at a type of incident, or asks to be read first, from this room's data files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from meldpunt.vocabulary.rows import read_rows
from meldpunt.vocabulary.rsit import IncidentTypeId, incident_type


@cache
def rsit_words() -> Mapping[IncidentTypeId, tuple[str, ...]]:
    """Stems by type, in the order of the file. Raises UnknownIncidentType for an id outside RSIT."""
    file = read_rows(resources.files(__package__) / "data" / "rsit_words.toml")
    return {incident_type(row.text("id")).id: row.texts("words") for row in file.rows("types")}


@cache
def alarming_pattern() -> str:
    """A regular expression of PostgreSQL for the first alarming word, in any case."""
    file = read_rows(resources.files(__package__) / "data" / "alarming_words.toml")
    return rf"(?i)\m(?:{'|'.join(map(re.escape, file.texts('words')))})"
