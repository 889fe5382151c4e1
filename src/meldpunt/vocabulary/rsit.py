"""Reference Security Incident Taxonomy, version 1003: what kind of incident it is.

The class is mandatory, the type optional (ENISA RSIT working group). Type ids are written `class/type`,
because the class `other` has a type of the same name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, NewType

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.errors import UnknownIncidentClass, UnknownIncidentType
from meldpunt.vocabulary.rows import Row, read_rows

IncidentClassId = NewType("IncidentClassId", str)
IncidentTypeId = NewType("IncidentTypeId", str)

RSIT_VERSION: Final = "1003"


@dataclass(frozen=True, slots=True)
class IncidentType:
    """One of the 39 types; `id` is `class/type`."""

    id: IncidentTypeId
    class_id: IncidentClassId
    name: Bilingual


@dataclass(frozen=True, slots=True)
class IncidentClass:
    """One of the 11 classes, with its types in the order of the standard."""

    id: IncidentClassId
    name: Bilingual
    types: tuple[IncidentType, ...]


def all_classes() -> tuple[IncidentClass, ...]:
    """The 11 classes in the order of the standard."""
    return tuple(_classes().values())


def all_types() -> tuple[IncidentType, ...]:
    """The 39 types in the order of the standard."""
    return tuple(kind for incident_class in all_classes() for kind in incident_class.types)


def incident_class(class_id: str) -> IncidentClass:
    """The class with this id, such as `availability`. Raises UnknownIncidentClass."""
    found = _classes().get(class_id)
    if found is None:
        raise UnknownIncidentClass(class_id)
    return found


def incident_type(type_id: str) -> IncidentType:
    """The type with this id, such as `availability/ddos`. Raises UnknownIncidentType."""
    found = _types().get(type_id)
    if found is None:
        raise UnknownIncidentType(type_id)
    return found


def rsit_from_intelmq(name: str) -> IncidentType:
    """The RSIT type for a classification type of IntelMQ (2 or 3) or eCSIRT.net mkVI.

    Reads `type` and `class/type`, with spaces, underscores, capitals and the American `unauthorized`.
    Raises UnknownIncidentType; a feed reader keeps the row and files it as `other/undetermined`.
    """
    plain = "-".join(name.strip().lower().replace("_", " ").split()).replace("unauthorized", "unauthorised")
    found = _names().get(plain) or _names().get(plain.rpartition("/")[2])
    if found is None:
        raise UnknownIncidentType(name)
    return incident_type(found)


@cache
def _file() -> Row:
    return read_rows(resources.files(__package__) / "data" / "rsit.toml")


@cache
def _classes() -> Mapping[str, IncidentClass]:
    file = _file()
    if file.text("version") != RSIT_VERSION:
        raise UnknownIncidentClass(f"RSIT version {file.text('version')}")
    return {row.text("id"): _class_from(row) for row in file.rows("classes")}


def _class_from(row: Row) -> IncidentClass:
    class_id = IncidentClassId(row.text("id"))
    types = tuple(
        IncidentType(IncidentTypeId(f"{class_id}/{inner.text('id')}"), class_id, inner.bilingual("name"))
        for inner in row.rows("types")
    )
    return IncidentClass(class_id, row.bilingual("name"), types)


@cache
def _types() -> Mapping[str, IncidentType]:
    return {kind.id: kind for kind in all_types()}


@cache
def _names() -> Mapping[str, str]:
    """Every name a feed may use, to the id of its RSIT type."""
    names: dict[str, str] = {}
    for row in _file().rows("older_names"):
        names |= dict.fromkeys(row.texts("names"), incident_type(row.text("type")).id)
    for kind in all_types():
        names |= {kind.id: kind.id, kind.id.partition("/")[2]: kind.id}
    return names
