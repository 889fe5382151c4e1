"""The prefixes of 43 real Dutch bodies, at their edges. Realistic, not authoritative."""

import csv
from collections import defaultdict
from datetime import UTC, datetime
from ipaddress import IPv4Network, ip_address, ip_network
from pathlib import Path

from meldpunt.engines.matching.grammar import parse_address
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.values import Address, Claim, ClaimKind, Network

NOW = datetime(2026, 11, 23, tzinfo=UTC)
Owned = dict[Network, set[str]]


def read(shared: Path) -> Owned:
    owned: defaultdict[Network, set[str]] = defaultdict(set)
    path = shared / "networks" / "nl_public_bodies_prefixes.csv"
    with path.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            owned[ip_network(row["cidr"])].add(row["organisation"])
    return owned


def compiled(owned: Owned) -> Registry:
    """Where two bodies share a prefix, each has it in a role of its own, as the registry demands."""
    return Registry.compile(
        Claim(owner, f"holder {place}", ClaimKind.PREFIX, str(network), NOW)
        for network, owners in owned.items()
        for place, owner in enumerate(sorted(owners))
    )


def expected(owned: Owned, address: Address) -> set[str]:
    covering = [network for network in owned if address.version == network.version and address in network]
    return owned[max(covering, key=lambda network: network.prefixlen)] if covering else set()


def edges(network: Network) -> list[Address]:
    first, last = int(network[0]), int(network[-1])
    return [ip_address(network[0]), ip_address(network[-1]), type(network[0])(first - 1), type(network[0])(last + 1)]


def test_every_prefix_is_attributed_at_its_edges_and_not_one_beyond(shared_data: Path) -> None:
    owned = read(shared_data)
    registry = compiled(owned)
    assert sum(map(len, owned.values())) == 383
    for network in owned:
        for address in edges(network):
            found = {a.owner for a in registry.attribute(at=NOW, address=address)}
            assert found == expected(owned, address), f"{address} at the edge of {network}"


def test_a_mapped_address_is_attributed_like_the_address_it_carries(shared_data: Path) -> None:
    owned = read(shared_data)
    registry = compiled(owned)
    for network in owned:
        if isinstance(network, IPv4Network):
            mapped = parse_address(f"::ffff:{network[-1]}")
            assert {a.owner for a in registry.attribute(at=NOW, address=mapped)} == expected(owned, network[-1])
