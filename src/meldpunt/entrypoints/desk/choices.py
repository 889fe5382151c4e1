"""What can be chosen, in the language of the visitor. Called anew for each form."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.entities import EntityKind
from meldpunt.vocabulary.rsit import all_classes
from meldpunt.vocabulary.sectors import all_sectors

Choice = tuple[str, str]


def sectors() -> list[Choice]:
    """Every sector, after the empty choice."""
    return _with_empty((sector.id, sector.name) for sector in all_sectors())


def entity_kinds() -> list[Choice]:
    """Every capacity in which a duty to report may rest on somebody, after the empty choice."""
    return _with_empty((kind.value, kind.label) for kind in EntityKind)


def incident_types() -> list[tuple[str, list[Choice]]]:
    """RSIT: types grouped by class; a class can be chosen by itself where the type is not known yet."""
    groups: list[tuple[str, list[Choice]]] = [("", [("", "—")])]
    for known in all_classes():
        name = in_language(known.name)
        whole = (known.id, gettext("%(class)s, type unknown") % {"class": name})
        groups.append((name, [whole, *((kind.id, in_language(kind.name)) for kind in known.types)]))
    return groups


def _with_empty(known: Iterable[tuple[str, Bilingual]]) -> list[Choice]:
    return [("", "—"), *((id_, in_language(name)) for id_, name in known)]
