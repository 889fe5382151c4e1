"""The forms with which the story's country enters the constituency: the same ones every time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from ipaddress import ip_network
from itertools import chain, cycle

from meldpunt.constituency.values import Holding, Hours, Person, Registration
from meldpunt.vocabulary.rows import Row

from .cast import story_data

_ASNS = (range(64496, 64512), range(65536, 65552))
"""AS numbers kept for documentation (RFC 5398)."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """A form, and the name under which the story knows the organisation (empty for the crowd)."""

    cast: str
    form: Registration


def constituents() -> tuple[Entrant, ...]:
    """Every constituent, in the order of the file."""
    file = story_data("constituents")
    draw = _Draw(file)
    return tuple(
        Entrant(row.text("cast") if row.has("cast") else "", draw.constituent(sector, row))
        for sector in file.rows("sectors")
        for row in sector.rows("organisations")
    )


def parties() -> tuple[Entrant, ...]:
    """Every government party and the partner CSIRT."""
    return tuple(
        Entrant(
            row.text("cast"),
            Registration(kind="party", party_kind=row.text("kind"), sector=row.text("sector"), name=row.text("name")),
        )
        for row in story_data("parties").rows("parties")
    )


def slug_of(name: str) -> str:
    """The label of a domain for a name: `Bank De Korenbeurs` becomes `bank-de-korenbeurs`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


class _Draw:
    """Hands out what there is one of, in order: networks, AS numbers, people."""

    def __init__(self, file: Row) -> None:
        pools = (ip_network(pool) for pool in file.texts("pools"))
        self._networks = chain.from_iterable(pool.subnets(new_prefix=30) for pool in pools)
        self._prefixes = ip_network("2001:db8::/32").subnets(new_prefix=48)
        self._asns = chain.from_iterable(_ASNS)
        self._asn_sectors = file.texts("asn_sectors")
        self._people = _people()

    def constituent(self, sector: Row, row: Row) -> Registration:
        """The form of one organisation of a sector."""
        domain = f"{slug_of(row.text('name'))}.example"
        return Registration(
            kind="constituent",
            sector=sector.text("id"),
            entity_kind=sector.text("entity_kind"),
            name=row.text("name"),
            aliases=(row.text("alias"),) if row.has("alias") else (),
            place=row.text("place"),
            people=(self._person(domain, Hours.DAY), self._person(domain, Hours.NIGHT)),
            networks=(*self._own_networks(row), Holding(str(next(self._prefixes)))),
            domains=(Holding(domain),),
            asns=self._asn(sector),
            products=sector.texts("products"),
            vital_processes=(row if row.has("vital") else sector).texts("vital"),
        )

    def _own_networks(self, row: Row) -> tuple[Holding, ...]:
        if row.has("networks"):
            return tuple(_holding(network) for network in row.rows("networks"))
        return tuple(Holding(str(network)) for network in [next(self._networks, None)] if network)

    def _asn(self, sector: Row) -> tuple[Holding, ...]:
        if sector.text("id") not in self._asn_sectors:
            return ()
        return tuple(Holding(f"AS{number}") for number in [next(self._asns, None)] if number)

    def _person(self, domain: str, hours: Hours) -> Person:
        number, (given, family) = next(self._people)
        day = hours is Hours.DAY
        return Person(
            name=f"{given} {family}",
            function="informatiebeveiliging" if day else "storingsdienst",
            mail=f"{slug_of(given)}.{slug_of(family)}@{domain}",
            # A block of noughts, so that it reads as invented.
            phone=f"+31 88 000 {number:04}",
            hours=hours,
        )


def _people() -> Iterator[tuple[int, tuple[str, str]]]:
    """Given and family names in step. The lists differ by one in length, so that no pair comes twice."""
    names = story_data("cast").row("names")
    given, family = names.texts("given"), names.texts("family")
    return enumerate(zip(cycle(given), cycle(family), strict=False))


def _holding(row: Row) -> Holding:
    until = row.last_day("until")
    return Holding(
        value=row.text("value"),
        role=row.text("role") if row.has("role") else "holder",
        valid_until=None if until is None else datetime.combine(until, time.min, UTC),
    )
