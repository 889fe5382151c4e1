"""What crosses the wall of the constituency room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal, NewType
from uuid import UUID

from meldpunt.access.values import OrganisationId

IsacId = NewType("IsacId", UUID)

Kind = Literal["constituent", "party"]

SEALED: Final = "verzegeld / sealed"
"""What a mark says that stands where words point at somebody whose identity is sealed for who reads them."""


class Hours(StrEnum):
    """When a contact person answers."""

    DAY = "day"
    NIGHT = "night"


class Oversight(StrEnum):
    """What a party is to a sector."""

    SUPERVISOR = "supervisor"
    MINISTRY = "ministry"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as this viewer may know it: `name` is None while its identity is sealed for the viewer."""

    id: OrganisationId
    code: str
    kind: Kind
    sector: str
    entity_kind: str
    party_kind: str
    vital_processes: tuple[str, ...] = ()
    name: str | None = None

    @property
    def label(self) -> str:
        """What a page shows: the name where it may be known, the code otherwise."""
        return self.name or self.code


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to reach at an organisation, and when."""

    name: str
    function: str
    mail: str
    phone: str
    hours: Hours


@dataclass(frozen=True, slots=True)
class Holding:
    """A network (CIDR), domain or AS number an organisation holds from `valid_from` up to `valid_until`.

    `role` is `holder`, or `hoster` for who runs it for somebody else. Without `valid_from` it is held as of always.
    """

    value: str
    role: str = "holder"
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """The form with which an organisation enters the constituency. Without `code` the next of its sector is given."""

    kind: Kind
    sector: str
    name: str
    entity_kind: str = ""
    party_kind: str = ""
    code: str = ""
    aliases: tuple[str, ...] = ()
    place: str = ""
    people: tuple[Person, ...] = ()
    networks: tuple[Holding, ...] = ()
    domains: tuple[Holding, ...] = ()
    asns: tuple[Holding, ...] = ()
    products: tuple[str, ...] = ()
    vital_processes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Isac:
    """A sector's table at which members tell each other what they see."""

    id: IsacId
    sector: str
    name: str


@dataclass(frozen=True, slots=True)
class Unsealing:
    """One person may know one organisation's identity, for one purpose, until it lapses."""

    organisation: OrganisationId
    purpose: str
    unsealed_at: datetime
    lapses_at: datetime
