"""What crosses the wall of detection: indicators as the desk writes them, and what was seen of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

IndicatorId = NewType("IndicatorId", UUID)

FEWEST_OBSERVERS: Final = 3
"""With fewer observers than this a number would help to guess who they are."""


class IndicatorKind(StrEnum):
    """What an indicator looks for. A hash is told apart by its length: MD5, SHA-1, SHA-256 or SHA-512."""

    ADDRESS = "address"
    NETWORK = "network"
    DOMAIN = "domain"
    URL = "url"
    MAIL = "mail"
    HASH = "hash"


@dataclass(frozen=True, slots=True)
class IndicatorForm:
    """An indicator before it is checked. `value` may be defanged.

    `reports` are the reports it stems from, beside those of its case: whoever made them finds its disclosure in the
    list of what was told, and their names are kept out of it. `valid_from` left out means now.
    """

    kind: IndicatorKind
    value: str
    tlp: TLP = TLP.AMBER_STRICT
    pap: PAP = PAP.AMBER
    description: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    case: UUID | None = None
    reports: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkPart:
    """Whom of the detection network is told: who is in one of the sectors, or named; all of it where both are empty."""

    sectors: tuple[str, ...] = ()
    participants: tuple[UUID, ...] = ()


WHOLE: Final = NetworkPart()
"""All of the network."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What to look for, in normal form. The same kind and value always have the same id."""

    id: IndicatorId
    kind: IndicatorKind
    value: str
    tlp: TLP
    pap: PAP
    description: str
    valid_from: datetime
    valid_until: datetime | None
    created_at: datetime
    case: UUID | None = None
    reports: tuple[UUID, ...] = ()
    disclosures: tuple[UUID, ...] = ()

    @property
    def stix_id(self) -> str:
        """Its name in a STIX bundle."""
        return f"indicator--{self.id}"


@dataclass(frozen=True, slots=True)
class Seen:
    """How often an indicator was seen, by how many; `observers` is None below `FEWEST_OBSERVERS`."""

    sightings: int = 0
    times: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    observers: int | None = None

    @property
    def observers_label(self) -> Bilingual:
        """How many participants saw it, in words that never lead to one of them."""
        if not self.sightings:
            return Bilingual("niemand", "nobody")
        if self.observers is None:
            return Bilingual(f"minder dan {FEWEST_OBSERVERS}", f"fewer than {FEWEST_OBSERVERS}")
        return Bilingual(str(self.observers), str(self.observers))


@dataclass(frozen=True, slots=True)
class PictureLine:
    """One indicator in the national picture. `told` counts the participants of its widest disclosure."""

    indicator: Indicator
    told: int
    seen: Seen


@dataclass(frozen=True, slots=True)
class SightingLine:
    """That an indicator was seen. Which participant saw it is sealed with the report it came back as."""

    report: UUID
    times: int
    first_at: datetime
    last_at: datetime
    received_at: datetime
