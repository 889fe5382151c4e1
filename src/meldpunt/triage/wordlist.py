"""The words by which a text points at a type of incident, from this room's data file."""

from __future__ import annotations

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
