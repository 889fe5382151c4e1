"""What crosses the wall of the constituency room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal, NewType
from uuid import UUID

from meldpunt.access.values import ActorId, OrganisationId

IsacId = NewType("IsacId", UUID)
ContactId = NewType("ContactId", UUID)
KeyId = NewType("KeyId", UUID)
SeatId = NewType("SeatId", UUID)

Kind = Literal["constituent", "party"]

SEALED: Final = "verzegeld / sealed"
"""What a mark says that stands where words point at somebody whose identity is sealed for who reads them."""


class Hours(StrEnum):
    """When a contact person answers."""

    DAY = "day"
    NIGHT = "night"


class KeyKind(StrEnum):
    """By which standard mail is closed with a key: RFC 3156, or RFC 8551."""

    OPENPGP = "openpgp"
    SMIME = "smime"


class KeyState(StrEnum):
    """Whether mail may be closed with a key. All but USABLE mean that nothing of the content goes by mail."""

    USABLE = "usable"
    UNVERIFIED = "unverified"
    """Nobody of the desk compared its fingerprint over a second channel yet."""
    EXPIRED = "expired"
    REVOKED = "revoked"
    MISSING = "missing"


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
class Certificate:
    """What stands in a certificate that mail can be closed with; `fingerprint` in lower-case hexadecimal.

    `addresses` are those it says it belongs to; without `valid_until` it has no end.
    """

    kind: KeyKind
    data: bytes
    fingerprint: str
    addresses: tuple[str, ...]
    valid_from: datetime
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Key:
    """A key on file for a contact, and what came of it. `lent` says why it may carry another's address."""

    id: KeyId
    kind: KeyKind
    fingerprint: str
    addresses: tuple[str, ...]
    valid_from: datetime
    valid_until: datetime | None
    state: KeyState
    added_at: datetime
    lent: str = ""
    verified_at: datetime | None = None
    verified_how: str = ""
    revoked_at: datetime | None = None
    revocation_reason: str = ""


@dataclass(frozen=True, slots=True)
class Reachable:
    """A contact with the keys on file, newest first; `state` is that of the best of them."""

    contact: ContactId
    organisation: OrganisationId
    code: str
    name: str
    mail: str
    hours: Hours
    keys: tuple[Key, ...]
    state: KeyState


@dataclass(frozen=True, slots=True)
class Way:
    """A contact that mail can go to, without who it is: all that the door needs to know when it seals."""

    contact: ContactId
    organisation: OrganisationId
    hours: Hours
    state: KeyState


@dataclass(frozen=True, slots=True)
class Destination:
    """Where one mail goes, at the moment of sending: the address, and the certificate where one is usable."""

    mail: str
    state: KeyState
    certificate: Certificate | None


@dataclass(frozen=True, slots=True)
class Gaps:
    """What of the register leaves somebody unreachable by mail: for who keeps it."""

    unverified: tuple[Reachable, ...]
    expiring: tuple[Reachable, ...]
    unusable: tuple[Reachable, ...]
    without_key: int
    without_address: int
    without_contact: int

    @property
    def urgent(self) -> int:
        """How many wait for somebody now."""
        return len(self.unverified) + len(self.expiring) + len(self.unusable)


@dataclass(frozen=True, slots=True)
class PortalPerson:
    """Somebody who comes in at the portal; `name` is None where the organisation is sealed for who looks.

    `number` counts the people asked for of one organisation.
    """

    account: ActorId
    organisation: OrganisationId
    number: int
    name: str | None
    is_active: bool


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
class OwnSeat:
    """A seat of the viewer's own organisation, taken or left."""

    id: SeatId
    isac: Isac
    member_from: datetime
    member_until: datetime | None
    is_hidden: bool
    is_chair: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody at the same table, by name. Who sits hidden is here for the chair, and for itself."""

    seat: SeatId
    name: str
    is_chair: bool
    is_hidden: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that is taken, as the desk sees it: hidden or not, the organisation by what the viewer may know."""

    id: SeatId
    isac: IsacId
    organisation: Organisation
    member_from: datetime
    is_hidden: bool
    is_chair: bool


@dataclass(frozen=True, slots=True)
class Unsealing:
    """One person may know one organisation's identity, for one purpose, until it lapses."""

    organisation: OrganisationId
    purpose: str
    unsealed_at: datetime
    lapses_at: datetime
