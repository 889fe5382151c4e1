"""Kinds of entity: the capacity in which a statutory duty to report rests on an organisation.

NIS2 articles 3 (essential, important) and 23(4) (trust service providers); the sector duties of 2013 and
the Wbni of 2018 knew other kinds, kept here so that an old incident keeps its own clocks.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from meldpunt.vocabulary.bilingual import Bilingual


class EntityKind(StrEnum):
    """In which capacity an organisation has, or has not, a statutory clock."""

    ESSENTIAL = "essential"
    IMPORTANT = "important"
    TRUST_SERVICE_PROVIDER = "trust-service-provider"
    TELECOM_PROVIDER = "telecom-provider"
    DIGITAL_SERVICE_PROVIDER = "digital-service-provider"
    VITAL_PROVIDER = "vital-provider"
    ADMINISTRATIVE_BODY = "administrative-body"
    CSIRT = "csirt"
    SINGLE_POINT_OF_CONTACT = "single-point-of-contact"
    NOT_COVERED = "not-covered"

    @property
    def label(self) -> Bilingual:
        """Its name for people."""
        return ENTITY_KINDS[self]


ENTITY_KINDS: Final[Mapping[EntityKind, Bilingual]] = MappingProxyType(
    {
        EntityKind.ESSENTIAL: Bilingual("essentiële entiteit", "essential entity"),
        EntityKind.IMPORTANT: Bilingual("belangrijke entiteit", "important entity"),
        EntityKind.TRUST_SERVICE_PROVIDER: Bilingual(
            "verlener van vertrouwensdiensten of certificaten", "trust service or certificate provider"
        ),
        EntityKind.TELECOM_PROVIDER: Bilingual(
            "aanbieder van openbare telecommunicatie", "public telecommunications provider"
        ),
        EntityKind.DIGITAL_SERVICE_PROVIDER: Bilingual("digitaledienstverlener", "digital service provider"),
        EntityKind.VITAL_PROVIDER: Bilingual("andere vitale aanbieder", "other vital provider"),
        EntityKind.ADMINISTRATIVE_BODY: Bilingual("bestuursorgaan", "administrative body"),
        EntityKind.CSIRT: Bilingual("CSIRT of bevoegde autoriteit", "CSIRT or competent authority"),
        EntityKind.SINGLE_POINT_OF_CONTACT: Bilingual("centraal contactpunt", "single point of contact"),
        EntityKind.NOT_COVERED: Bilingual("geen wettelijke meldplicht", "no statutory duty to report"),
    }
)
