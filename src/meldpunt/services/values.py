"""What crosses the wall of the room of services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from meldpunt.access.values import OrganisationId
from meldpunt.constituency.values import Organisation
from meldpunt.engines.cascade import Band
from meldpunt.vocabulary.bilingual import Bilingual

ServiceId = NewType("ServiceId", UUID)
DependencyId = NewType("DependencyId", UUID)
NamingId = NewType("NamingId", UUID)

_PREFIX: Final = "service:"

OWN_COLUMNS: Final = (
    *("line", "key", "name", "sector", "people", "of", "on", "provider"),
    *("low", "likely", "high", "buffer_low", "buffer_likely", "buffer_high", "sure"),
)
"""The header of a file of one's own services (`rules/importing_own.py`)."""


class Sureness(StrEnum):
    """How sure it is that one leans on the other, and how much."""

    MEASURED = "measured"
    """It was seen: an exercise, or an outage."""
    TOLD = "told"
    """Whoever runs the service said so."""
    ASSUMED = "assumed"
    """The desk thinks so."""

    @property
    def label(self) -> Bilingual:
        """The word for people."""
        return _SURENESS[self]


_SURENESS: Final[Mapping[Sureness, Bilingual]] = {
    Sureness.MEASURED: Bilingual("gebleken", "seen to be so"),
    Sureness.TOLD: Bilingual("verteld", "told"),
    Sureness.ASSUMED: Bilingual("aangenomen", "assumed"),
}


def node_of(service: UUID) -> str:
    """The service as an end of a dependency and a node of the cascade: `service:` and its id."""
    return f"{_PREFIX}{service}"


def service_in(node: str) -> ServiceId | None:
    """The service that a node is, or None for a vital process and for what is no node."""
    if not node.startswith(_PREFIX):
        return None
    try:
        return ServiceId(UUID(node.removeprefix(_PREFIX)))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Service:
    """What somebody delivers. Its owner is an organisation of the register, or else a provider by name.

    `told_by` is who registered it: a colleague, or the organisation itself by its code; empty for that organisation,
    which learns no more than whether it told it itself. `people`: how many it serves. `ended_by`: a name, or a code.
    """

    id: ServiceId
    code: str
    name: str
    sector: str
    organisation: Organisation | None
    provider: str
    registered_at: datetime
    ended_at: datetime | None = None
    people: int | None = None
    told_by: str = ""
    is_told_by_its_owner: bool = False
    ended_by: str = ""

    @property
    def is_ended_by_its_owner(self) -> bool:
        """Did the organisation that delivers it say that it is delivered no more?"""
        return self.organisation is not None and self.ended_by == self.organisation.code

    @property
    def node(self) -> str:
        """Its id as an end of a dependency."""
        return node_of(self.id)

    @property
    def owner(self) -> str:
        """Who delivers it, as the viewer may know."""
        return self.organisation.label if self.organisation else self.provider

    @property
    def label(self) -> str:
        """What a list shows."""
        return f"{self.code} {self.name}"


@dataclass(frozen=True, slots=True)
class End:
    """An end of a dependency: a service, or a vital process by its id."""

    node: str
    process: str = ""
    service: Service | None = None


@dataclass(frozen=True, slots=True)
class Dependency:
    """`of` loses `strength` (a share, 0 to 1) of its working when `on` stands still, after `buffer_hours`.

    `until` is None while it holds. `told_by` says who told it, `told_on` when. Whoever delivers `of` reads no words and
    no names, and what it leans on only where that is a process or its own service.
    """

    id: DependencyId
    of: End
    on: End
    strength: Band
    buffer_hours: Band
    told_by: str
    told_on: date
    sure: Sureness
    since: datetime
    until: datetime | None
    reason: str
    by_name: str
    end_reason: str = ""
    naming: NamingId | None = None
    is_told_by_its_owner: bool = False
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """On whom one of the viewer's own services leans, as its organisation named it; bands as in a dependency.

    `is_placed` once the desk said which service or process that is.
    """

    id: NamingId
    of: ServiceId
    provider: str
    sector: str
    strength: Band
    buffer_hours: Band
    told_on: date
    sure: Sureness
    is_placed: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A naming that waits for the desk: who is meant, by code where the register has them, or else by name."""

    id: NamingId
    of: Service
    organisation: Organisation | None
    provider: str
    sector: str
    strength: Band
    buffer_hours: Band
    told_on: date
    sure: Sureness


@dataclass(frozen=True, slots=True)
class Leaning:
    """The dependencies of one service that hold: what it leans on, who leans on it, and those that ended."""

    it_on: tuple[Dependency, ...]
    on_it: tuple[Dependency, ...]
    ended: tuple[Dependency, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """What the desk told of organisations' own services and they ended: whole services, and what others lean on."""

    services: tuple[Service, ...]
    dependencies: tuple[Dependency, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """What leans on a service, directly or through others: `hours` until it feels a standstill, at the soonest.

    Hours are the sum of the likely buffers along the quickest way; `steps` how many dependencies that way has.
    """

    end: End
    hours: float
    steps: int


@dataclass(frozen=True, slots=True)
class Trace:
    """What is reached, soonest first. `is_whole` is False where the search stopped at its bounds."""

    reached: tuple[Reached, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A dependency as the cascade takes it: nodes, a share, and hours."""

    of: str
    on: str
    strength: Band
    buffer_hours: Band


@dataclass(frozen=True, slots=True)
class Graph:
    """All that holds now. `sectors` by node; `digest` (SHA-256, hex) is another as soon as anything in it is."""

    sectors: Mapping[str, str]
    edges: tuple[Edge, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class ServiceForm:
    """A service that is told of. Without a sector it is that of its organisation."""

    name: str
    organisation: OrganisationId | None = None
    provider: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class DependencyForm:
    """A dependency that is told of. `of` and `on` are nodes; strength in percent (0 to 100), buffers in hours."""

    of: str
    on: str
    strength: tuple[float, float, float]
    buffer_hours: tuple[float, float, float]
    told_by: str
    told_on: date
    sure: Sureness


@dataclass(frozen=True, slots=True)
class OwnServiceForm:
    """A service of one's own. Without a sector it is that of the organisation."""

    name: str
    sector: str = ""
    people: int | None = None


@dataclass(frozen=True, slots=True)
class OwnLeanForm:
    """What a service of one's own leans on: a node (one's own service, or a vital process), or else somebody by name.

    Strength in percent (0 to 100), buffers in hours.
    """

    of: ServiceId
    on: str
    strength: tuple[float, float, float]
    buffer_hours: tuple[float, float, float]
    provider: str = ""
    sector: str = ""
    sure: Sureness = Sureness.TOLD


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file brought: how many were new, and how many dependencies replaced an earlier version."""

    services: int
    dependencies: int
    replaced: int
