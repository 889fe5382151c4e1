"""Kinds of government party the desk works with, besides the constituents."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from meldpunt.vocabulary.bilingual import Bilingual


class PartyKind(StrEnum):
    """What a government party is; the law derives from it which grounds can apply."""

    POLICE = "police"
    PUBLIC_PROSECUTOR = "public-prosecutor"
    GENERAL_INTELLIGENCE = "general-intelligence"
    MILITARY_INTELLIGENCE = "military-intelligence"
    SUPERVISOR = "supervisor"
    MINISTRY = "ministry"
    PARTNER_CSIRT = "partner-csirt"

    @property
    def label(self) -> Bilingual:
        """Its name for people."""
        return PARTY_KINDS[self]


PARTY_KINDS: Final[Mapping[PartyKind, Bilingual]] = MappingProxyType(
    {
        PartyKind.POLICE: Bilingual("politie", "police"),
        PartyKind.PUBLIC_PROSECUTOR: Bilingual("Openbaar Ministerie", "public prosecutor"),
        PartyKind.GENERAL_INTELLIGENCE: Bilingual(
            "algemene inlichtingen- en veiligheidsdienst", "general intelligence and security service"
        ),
        PartyKind.MILITARY_INTELLIGENCE: Bilingual(
            "militaire inlichtingen- en veiligheidsdienst", "military intelligence and security service"
        ),
        PartyKind.SUPERVISOR: Bilingual("toezichthouder", "supervisor"),
        PartyKind.MINISTRY: Bilingual("ministerie", "ministry"),
        PartyKind.PARTNER_CSIRT: Bilingual("ander CSIRT", "partner CSIRT"),
    }
)
