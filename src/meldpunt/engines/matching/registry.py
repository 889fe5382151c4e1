"""Whose is it: claims compiled once, asked for each row as of that row's own time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from meldpunt.engines.matching.errors import (
    OwnedTwice,
    PublicSuffixClaimed,
    TimeWithoutZone,
    ValidityEmpty,
)
from meldpunt.engines.matching.grammar import parse_asn, parse_host, parse_prefix
from meldpunt.engines.matching.suffixes import is_public_suffix
from meldpunt.engines.matching.values import Address, Asn, Attribution, Claim, ClaimKind, Host

Key = tuple[int, int, int] | Host | Asn
"""(IP version, prefix length, network bits without the host part), a domain, or an AS number."""

_WIDTH = {4: 32, 6: 128}
_NO_END = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim and its value in normal form."""

    claim: Claim
    matched: str


@dataclass(frozen=True, slots=True)
class Registry:
    """Who owns which prefixes, domains and AS numbers, and when. Make one with `compile`."""

    _entries: MappingProxyType[Key, tuple[Entry, ...]]
    _lengths: MappingProxyType[int, tuple[int, ...]]
    """Prefix lengths in use for each IP version, longest first."""

    @classmethod
    def compile(cls, claims: Iterable[Claim]) -> Registry:
        """Check every claim and lay them out for asking.

        Raises `Unreadable` for a value outside the grammar, `PublicSuffixClaimed`, `ValidityEmpty`,
        `TimeWithoutZone`, and `OwnedTwice` when two owners hold the same value in the same role at
        the same instant. One owner may hold a value twice: that is a gap-free renewal.
        """
        found: defaultdict[Key, list[Entry]] = defaultdict(list)
        for claim in claims:
            key, matched = check_claim(claim)
            found[key].append(Entry(claim, matched))
        for entries in found.values():
            _refuse_double_ownership([entry.claim for entry in entries])
        lengths: dict[int, set[int]] = {4: set(), 6: set()}
        for key in found:
            if isinstance(key, tuple):
                lengths[key[0]].add(key[1])
        return cls(
            MappingProxyType({key: tuple(entries) for key, entries in found.items()}),
            MappingProxyType({v: tuple(sorted(used, reverse=True)) for v, used in lengths.items()}),
        )

    def attribute(
        self,
        *,
        at: datetime,
        address: Address | None = None,
        host: Host | None = None,
        asn: Asn | None = None,
    ) -> tuple[Attribution, ...]:
        """Everyone who answers for the row at that instant, each owner and role once.

        For each role by itself the longest valid prefix wins, and the AS number only where no prefix
        in that role does; likewise the longest valid domain suffix. An expired child therefore falls
        back to its parent, and a hoster never hides the organisation it hosts. Order: by way
        (prefix, asn, domain), role, owner. Raises `TimeWithoutZone` for a naive `at`.
        """
        _require_zone(at)
        network_keys = [] if address is None else list(self._prefix_keys(address))
        if asn is not None:
            network_keys.append(asn)
        domain_keys: list[Key] = [] if host is None else list(suffixes(host))
        answers: dict[tuple[str, str], Attribution] = {}
        for keys in (network_keys, domain_keys):
            for attribution in narrowest([self._entries.get(key, ()) for key in keys], at):
                answers.setdefault((attribution.owner, attribution.role), attribution)
        order = {ClaimKind.PREFIX: 0, ClaimKind.ASN: 1, ClaimKind.DOMAIN: 2}
        return tuple(sorted(answers.values(), key=lambda a: (order[a.by], a.role, a.owner)))

    def _prefix_keys(self, address: Address) -> Iterator[Key]:
        bits, width = int(address), _WIDTH[address.version]
        for length in self._lengths[address.version]:
            yield (address.version, length, bits >> (width - length))

    @property
    def entries(self) -> Mapping[Key, Sequence[Entry]]:
        """Every claim, under the value it is on."""
        return self._entries


def narrowest(levels: Iterable[Sequence[Entry]], at: datetime) -> list[Attribution]:
    """For each role the valid claims of the first level, narrowest first, that has any."""
    won: dict[str, list[Attribution]] = {}
    for level in levels:
        here: defaultdict[str, list[Attribution]] = defaultdict(list)
        for entry in level:
            claim = entry.claim
            if claim.role not in won and claim.covers(at):
                here[claim.role].append(Attribution(claim.owner, claim.role, claim.kind, entry.matched))
        won.update(here)
    return [attribution for attributions in won.values() for attribution in attributions]


def check_claim(claim: Claim) -> tuple[Key, str]:
    """Whether one claim may enter the registry by itself: its key and its value in normal form.

    Raises `Unreadable`, `PublicSuffixClaimed`, `ValidityEmpty` or `TimeWithoutZone`.
    """
    _require_zone(claim.valid_from)
    if claim.valid_until is not None:
        _require_zone(claim.valid_until)
        if claim.valid_until <= claim.valid_from:
            raise ValidityEmpty("valid at no instant", claim.value)
    if claim.kind is ClaimKind.PREFIX:
        network = parse_prefix(claim.value)
        bits = int(network.network_address) >> (_WIDTH[network.version] - network.prefixlen)
        return (network.version, network.prefixlen, bits), str(network)
    if claim.kind is ClaimKind.DOMAIN:
        host = parse_host(claim.value)
        if is_public_suffix(host):
            raise PublicSuffixClaimed("a public suffix belongs to nobody", claim.value)
        return host, host
    asn = parse_asn(claim.value)
    return asn, f"AS{asn}"


def _refuse_double_ownership(claims: list[Claim]) -> None:
    """Sweep per role over the start times; an overlap with another owner shows at a neighbour.

    Keeping the claim that ends last is enough: whatever overlaps an earlier one overlaps it too, or
    was refused when that one came by.
    """
    latest: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.role, c.valid_from, c.owner)):
        before = latest.get(claim.role)
        if before is not None and before.owner != claim.owner and before.covers(claim.valid_from):
            raise OwnedTwice(f"{before.owner} and {claim.owner} both hold it as {claim.role}", claim.value)
        if before is None or (before.valid_until or _NO_END) < (claim.valid_until or _NO_END):
            latest[claim.role] = claim


def suffixes(host: Host) -> Iterator[Host]:
    """The name itself, then each parent: longest first."""
    rest: str = host
    while rest:
        yield Host(rest)
        rest = rest.partition(".")[2]


def _require_zone(instant: datetime) -> None:
    if instant.tzinfo is None:
        raise TimeWithoutZone("an instant needs a zone; a naive datetime has none")
