"""Four water companies that differ in nothing but who they are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Company:
    """All by which a water company can be known. The names are of unlike length, so that a mask must hide that too."""

    cast: str
    name: str
    alias: str
    place: str
    domain: str
    network: str
    address: str
    asn: str
    day: str
    night: str
    product: str

    @property
    def mail(self) -> str:
        """Where its person of the day is reached."""
        return f"{self.day.split()[0].lower()}@{self.domain}"

    @property
    def night_mail(self) -> str:
        """Where its person of the night is reached."""
        return f"nacht@{self.domain}"


COMPANIES = (
    Company(
        cast="grutto",
        name="Waterbedrijf Grutterswaard",
        alias="WGW",
        place="Grutterswaard",
        domain="waterbedrijf-grutterswaard.example",
        network="192.0.2.0/28",
        address="192.0.2.9",
        asn="AS64496",
        day="Hadewych Ooievaarsnest",
        night="Bas Kluutje",
        product="Sluiswachter 4",
    ),
    Company(
        cast="peer",
        name="Bronnen Van Oost",
        alias="BVO",
        place="Oosterbron",
        domain="bronnen-oost.example",
        network="192.0.2.32/28",
        address="192.0.2.40",
        asn="AS64497",
        day="Wiebe Plevierstra",
        night="Noor Scholekster",
        product="Peilschaal 2",
    ),
    Company(
        cast="hidden",
        name="Duinwater Zandloper",
        alias="DZL",
        place="Zandloperduin",
        domain="duinwater-zandloper.example",
        network="192.0.2.64/28",
        address="192.0.2.70",
        asn="AS64498",
        day="Ilse Strandloperse",
        night="Teun Kanoet",
        product="Peilschaal 2",
    ),
    Company(
        cast="reiger",
        name="De Roerdomp Drinkwater en Leidingen",
        alias="RDL",
        place="Roerdompermeer",
        domain="roerdomp.example",
        network="198.51.100.16/28",
        address="198.51.100.29",
        asn="AS64510",
        day="Jo Waterhoen",
        night="Marinus Fuutenberg",
        product="Kraanmeester 11",
    ),
)
"""The first and the last are the victims: one before and one after the peers, in every list that is sorted."""
