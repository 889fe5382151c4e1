"""Whom to hide."""

from __future__ import annotations

from dataclasses import dataclass, fields

from meldpunt.engines.matching.grammar import parse_host, parse_prefix


@dataclass(frozen=True, slots=True)
class Identity:
    """Everything known that points at one organisation or person. Each field may be empty.

    `names` are the full names, `aliases` brand names and acronyms, `people` the persons who act for
    it (given name first), `domains` registered names (everything under them counts), `networks` its
    prefixes in CIDR notation or single addresses, `addresses` postal ones in one line each, `phones`
    and `mails` its contact data, `products` those that hardly anyone else uses.

    Raises `Unreadable` (engines.matching) for a domain or network outside the grammar: a list of what
    to hide that is only half understood would hide half.
    """

    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    products: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for domain in self.domains:
            parse_host(domain)
        for network in self.networks:
            parse_prefix(network)

    def secrets(self) -> tuple[str, ...]:
        """Every literal value, for `find_traces`. Networks stand for many addresses and are left out."""
        values = (getattr(self, field.name) for field in fields(self) if field.name != "networks")
        return tuple(dict.fromkeys(value for group in values for value in group if value.strip()))
