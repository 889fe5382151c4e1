"""Sharing markings: the Traffic Light Protocol 2.0 (FIRST, August 2022) and the Permissible Actions Protocol.

TLP says how far information may travel, PAP what may be done with it. Members are listed from the most
to the least restrictive, and the order is the strictness.
"""

import re
from enum import StrEnum
from typing import TypeVar

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.errors import NothingToCompare, UnknownMarking


class Reach(StrEnum):
    """How far an act of telling reaches, from near to far."""

    NAMED_PERSONS = "named-persons"
    OWN_ORGANISATION = "own-organisation"
    CLIENTS = "clients"
    COMMUNITY = "community"
    PUBLIC = "public"


class TLP(StrEnum):
    """Traffic Light Protocol 2.0; the value is the label exactly as FIRST writes it."""

    RED = "TLP:RED"
    AMBER_STRICT = "TLP:AMBER+STRICT"
    AMBER = "TLP:AMBER"
    GREEN = "TLP:GREEN"
    CLEAR = "TLP:CLEAR"

    @property
    def strictness(self) -> int:
        """4 for RED down to 0 for CLEAR."""
        return len(TLP) - 1 - list(TLP).index(self)

    @property
    def meaning(self) -> Bilingual:
        """What the recipient may do with it, in plain words."""
        return _TLP_MEANING[self]

    @property
    def colour(self) -> str:
        """The background FIRST's colour table gives, as #RRGGBB."""
        return _TLP_COLOUR[self]

    @property
    def stix_id(self) -> str:
        """Id of the TLP 2.0 marking definition of the OASIS common objects."""
        return f"marking-definition--{_TLP_STIX[self]}"

    def may_reach(self, reach: Reach) -> bool:
        """Whether information so marked may be passed on as far as `reach`."""
        furthest = list(Reach).index(_TLP_REACH[self])
        return list(Reach).index(reach) <= furthest


class PAP(StrEnum):
    """Permissible Actions Protocol (MISP taxonomy PAP, version 3)."""

    RED = "PAP:RED"
    AMBER = "PAP:AMBER"
    GREEN = "PAP:GREEN"
    CLEAR = "PAP:CLEAR"

    @property
    def strictness(self) -> int:
        """3 for RED down to 0 for CLEAR."""
        return len(PAP) - 1 - list(PAP).index(self)

    @property
    def meaning(self) -> Bilingual:
        """Which deeds the marking allows, in plain words."""
        return _PAP_MEANING[self]


Marking = TypeVar("Marking", TLP, PAP)


def most_restrictive(*markings: Marking) -> Marking:
    """The strictest of the given markings of one protocol; raises NothingToCompare for none."""
    if not markings:
        raise NothingToCompare("the most restrictive of no markings")
    return max(markings, key=lambda marking: marking.strictness)


def parse_tlp(text: str) -> TLP:
    """Read a TLP label in any case, with or without `TLP:`; the 1.0 label WHITE is read as CLEAR.

    Raises UnknownMarking for anything else.
    """
    colour = re.sub(r"^TLP\s*:\s*", "", text.strip().upper()).replace("_", "+")
    label = f"TLP:{'CLEAR' if colour == 'WHITE' else colour}"
    if label not in set(TLP):
        raise UnknownMarking(text)
    return TLP(label)


def parse_pap(text: str) -> PAP:
    """Read a PAP label in any case, with or without `PAP:`; WHITE is read as CLEAR. Raises UnknownMarking."""
    colour = re.sub(r"^PAP\s*:\s*", "", text.strip().upper())
    label = f"PAP:{'CLEAR' if colour == 'WHITE' else colour}"
    if label not in set(PAP):
        raise UnknownMarking(text)
    return PAP(label)


def tlp_from_stix(marking_id: str) -> TLP:
    """The TLP of a STIX marking definition, of TLP 1.0 or 2.0. Raises UnknownMarking."""
    marking = _TLP_BY_STIX.get(marking_id.removeprefix("marking-definition--").lower())
    if marking is None:
        raise UnknownMarking(marking_id)
    return marking


_TLP_REACH = {
    TLP.RED: Reach.NAMED_PERSONS,
    TLP.AMBER_STRICT: Reach.OWN_ORGANISATION,
    TLP.AMBER: Reach.CLIENTS,
    TLP.GREEN: Reach.COMMUNITY,
    TLP.CLEAR: Reach.PUBLIC,
}
_TLP_COLOUR = {
    TLP.RED: "#FF2B2B",
    TLP.AMBER_STRICT: "#FFC000",
    TLP.AMBER: "#FFC000",
    TLP.GREEN: "#33FF00",
    TLP.CLEAR: "#FFFFFF",
}
_TLP_STIX = {
    TLP.RED: "e828b379-4e03-4974-9ac4-e53a884c97c1",
    TLP.AMBER_STRICT: "939a9414-2ddd-4d32-a0cd-375ea402b003",
    TLP.AMBER: "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    TLP.GREEN: "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    TLP.CLEAR: "94868c89-83c2-464b-929b-a1a8aa3c8487",
}
# STIX 2.1 itself predefines the four markings of TLP 1.0; partners still send them.
_TLP1_STIX = {
    "5e57c739-391a-4eb3-b6be-7d15ca92d5ed": TLP.RED,
    "f88d31f6-486f-44da-b317-01333bde0b82": TLP.AMBER,
    "34098fce-860f-48ae-8e50-ebd3cc5e41da": TLP.GREEN,
    "613f2e26-407d-48c7-9eca-b8e91df99dc9": TLP.CLEAR,
}
_TLP_BY_STIX = _TLP1_STIX | {stix: marking for marking, stix in _TLP_STIX.items()}
_TLP_MEANING = {
    TLP.RED: Bilingual("alleen voor de genoemde personen", "for the named people only"),
    TLP.AMBER_STRICT: Bilingual(
        "alleen binnen de eigen organisatie, voor wie het nodig heeft",
        "within your own organisation only, for those who need it",
    ),
    TLP.AMBER: Bilingual(
        "binnen de eigen organisatie en bij haar klanten, voor wie het nodig heeft",
        "within your own organisation and its clients, for those who need it",
    ),
    TLP.GREEN: Bilingual(
        "binnen de eigen gemeenschap, niet langs openbare weg",
        "within your community, not through public channels",
    ),
    TLP.CLEAR: Bilingual("mag naar iedereen", "may go to anyone"),
}
_PAP_MEANING = {
    PAP.RED: Bilingual("alleen onzichtbaar gebruik op eigen logbestanden", "undetectable use on your own logs only"),
    PAP.AMBER: Bilingual(
        "alleen passief: navragen bij derden mag, het doel benaderen niet",
        "passive only: you may check with third parties, not touch the target",
    ),
    PAP.GREEN: Bilingual("actief gebruik mag, ook blokkeren", "active use is allowed, blocking too"),
    PAP.CLEAR: Bilingual("geen beperking in gebruik", "no limit on use"),
}
