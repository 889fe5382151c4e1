"""The registry of the house itself, read as its jobs read it."""

from __future__ import annotations

import django
from django.db import OperationalError

from meldpunt.access.values import JOB
from meldpunt.engines.matching.errors import MatchingError
from meldpunt.engines.matching.registry import Registry

django.setup()

from meldpunt.constituency import queries  # noqa: E402


def registry_of_the_house() -> Registry:
    """All claims of the constituency; owners are ids, and names stay sealed. Raises `MatchingError`."""
    try:
        return queries.compile_registry(JOB)
    except OperationalError as away:
        raise MatchingError("no database of the house answers; say --claims for a registry kept elsewhere") from away
