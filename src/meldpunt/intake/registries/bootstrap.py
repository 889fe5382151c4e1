"""Which registry knows of what: the bootstrap files of IANA (RFC 9224), kept in a folder by whoever runs this."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Final
from urllib.parse import quote

from meldpunt.engines.matching.grammar import parse_address, parse_host, parse_url
from meldpunt.engines.matching.suffixes import registrable
from meldpunt.engines.matching.values import Host, ObservableKind

from .values import Question

_FILES: Final = ("dns.json", "ipv4.json", "ipv6.json")


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """The first HTTPS address of each registry, by top-level domain and by network."""

    domains: Mapping[str, str]
    networks: Mapping[IPv4Network | IPv6Network, str]

    def question_of(self, kind: str, value: str) -> Question | None:
        """What to ask about this observable; None where it is no address or name, or no registry is known for it."""
        address, host = _place_of(kind, value)
        if host:
            domain = registrable(host)
            base = self._of_domain(domain) if domain else None
            return Question(f"{base}domain/{quote(domain)}", domain) if base and domain else None
        base = self._of_address(address) if address else None
        return Question(f"{base}ip/{quote(address, safe=':')}", address) if base and address else None

    def _of_domain(self, domain: str) -> str | None:
        """By the longest run of labels at its end (RFC 9224, section 4)."""
        labels = domain.split(".")
        endings = (".".join(labels[first:]) for first in range(len(labels)))
        return next((self.domains[one] for one in endings if one in self.domains), None)

    def _of_address(self, address: str) -> str | None:
        """By the longest prefix (RFC 9224, section 5)."""
        asked = ip_address(address)
        found = [network for network in self.networks if asked.version == network.version and asked in network]
        return self.networks[max(found, key=lambda one: one.prefixlen)] if found else None


def read_bootstrap(folder: Path) -> Bootstrap:
    """What the files in the folder say. Raises OSError or ValueError where one cannot be read."""
    services = [one for name in _FILES if (folder / name).exists() for one in _services(folder / name)]
    return Bootstrap(
        {entry.casefold(): url for entry, url in services if "/" not in entry},
        {ip_network(entry): url for entry, url in services if "/" in entry},
    )


def _services(file: Path) -> Iterator[tuple[str, str]]:
    for entries, urls in json.loads(file.read_text("utf-8"))["services"]:
        # RFC 9224, section 3: an address ends in a slash; what goes without TLS is not asked.
        https = next((f"{url.rstrip('/')}/" for url in urls if url.startswith("https://")), None)
        if https:
            yield from ((str(entry), https) for entry in entries)


def _place_of(kind: str, value: str) -> tuple[str | None, Host | None]:
    if kind == ObservableKind.ADDRESS:
        return str(parse_address(value)), None
    if kind == ObservableKind.DOMAIN:
        return None, parse_host(value)
    if kind == ObservableKind.MAIL:
        return None, parse_host(value.rpartition("@")[2])
    if kind == ObservableKind.URL:
        host = parse_url(value).host
        return (None, host) if isinstance(host, str) else (str(host), None)
    return None, None
