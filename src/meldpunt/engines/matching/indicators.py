"""What is looked for, and where it is seen: the specification, in plain Python.

An indicator is seen where its value is said, or an address in its network, or a name under its domain. What a field of
a log says stands in `said`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Network, ip_network
from typing import Final

from meldpunt.engines.matching.errors import IndicatorRefused, TimeWithoutZone, Unreadable
from meldpunt.engines.matching.grammar import parse_address, parse_host, parse_prefix, parse_url
from meldpunt.engines.matching.said import Value, read_hash, read_ja3, read_ja4, read_mail, url_key
from meldpunt.engines.matching.suffixes import is_public_suffix
from meldpunt.engines.matching.values import Host, Indicator, IndicatorKind, Network

_SHORTEST: Final = {4: 16, 6: 32}
_SHARED: Final = IPv4Network("100.64.0.0/10")
"""Between a provider and its customers (RFC 6598)."""


def read_indicator(
    kind: IndicatorKind,
    text: str,
    *,
    id: str,  # noqa: A002 - the word of STIX and of the value
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    source: str = "",
) -> Indicator:
    """An indicator in normal form; defanged spellings and a leading `*.` of a domain are read.

    Raises `Unreadable` where the text is no value of its kind, and `IndicatorRefused` for a public suffix, a network of
    the whole space and a window in which no instant lies; `TimeWithoutZone` for a naive time.
    """
    if any(time is not None and time.tzinfo is None for time in (valid_from, valid_until)):
        raise TimeWithoutZone("an instant needs a zone; a naive datetime has none")
    if valid_from is not None and valid_until is not None and valid_until <= valid_from:
        raise IndicatorRefused(id, "it ends before it begins")
    value = _VALUE_OF[kind](text)
    if not _can_be_written(value + id + source):
        raise Unreadable(kind, "half a character in it or in its id", text)
    if kind is IndicatorKind.NETWORK and ip_network(value).prefixlen == 0:
        raise IndicatorRefused(id, "every address is in it")
    if kind is IndicatorKind.DOMAIN and is_public_suffix(Host(value)):
        raise IndicatorRefused(id, "strangers have names under it")
    return Indicator(id, kind, value, valid_from, valid_until, source)


def _can_be_written(text: str) -> bool:
    """Whether it has no surrogate by itself, which JSON can say and UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def too_broad(indicator: Indicator) -> str | None:
    """Why an indicator would be seen all the time, or say nothing where it is; None where nothing tells that it would.

    It is looked for all the same: somebody may want just that.
    """
    if indicator.kind not in (IndicatorKind.ADDRESS, IndicatorKind.NETWORK):
        return None
    network = ip_network(indicator.value)
    if network.prefixlen < _SHORTEST[network.version]:
        return f"a network shorter than /{_SHORTEST[network.version]}"
    kinds = {
        "loopback": network.is_loopback,
        "link-local": network.is_link_local,
        "multicast": network.is_multicast,
        "unspecified": network.is_unspecified,
        "shared": isinstance(network, IPv4Network) and network.subnet_of(_SHARED),
        "private or reserved": network.is_private or network.is_reserved,
    }
    return next((f"{kind} addresses are in everybody's logs" for kind, is_one in kinds.items() if is_one), None)


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """Indicators by what they recognise. Their numbers are their places in `indicators`."""

    indicators: tuple[Indicator, ...]
    _by_value: dict[Value, tuple[int, ...]]
    _networks: dict[tuple[int, int], dict[int, tuple[int, ...]]]

    @classmethod
    def of(cls, indicators: Iterable[Indicator]) -> IndicatorSet:
        """The same value may be that of several indicators."""
        held = tuple(indicators)
        values: defaultdict[Value, list[int]] = defaultdict(list)
        networks: defaultdict[tuple[int, int], defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, one in enumerate(held):
            if one.kind is IndicatorKind.NETWORK:
                network = ip_network(one.value)
                networks[network.version, network.prefixlen][int(network.network_address)].append(number)
            else:
                values[Value(one.kind, comparable(one))].append(number)
        return cls(
            held,
            {value: tuple(numbers) for value, numbers in values.items()},
            {key: {base: tuple(numbers) for base, numbers in each.items()} for key, each in networks.items()},
        )

    def seen_in(self, values: Iterable[Value], *, at: datetime | None, whenever: bool = False) -> frozenset[int]:
        """Numbers of the indicators that these values, said at that instant, are sightings of.

        Without an instant those without any window count alone; `whenever` leaves windows out of account.
        """
        return frozenset(
            number
            for value in values
            for number in self._about(value)
            if whenever or _covers(self.indicators[number], at)
        )

    def _about(self, value: Value) -> Iterator[int]:
        yield from self._by_value.get(value, ())
        if value.kind is IndicatorKind.DOMAIN:
            above = value.text
            while "." in above:
                above = above.partition(".")[2]
                yield from self._by_value.get(Value(IndicatorKind.DOMAIN, above), ())
        if value.kind is IndicatorKind.ADDRESS:
            address = parse_address(value.text)
            width = address.max_prefixlen
            for (version, length), each in self._networks.items():
                if version == address.version:
                    yield from each.get(int(address) >> width - length << width - length, ())


def comparable(indicator: Indicator) -> str:
    """What a value has to equal: of a URL what `url_key` says, of everything else the value itself."""
    return url_key(parse_url(indicator.value)) if indicator.kind is IndicatorKind.URL else indicator.value


def _covers(indicator: Indicator, at: datetime | None) -> bool:
    if at is None:
        return indicator.valid_from is None and indicator.valid_until is None
    return indicator.covers(at)


def _read_network(text: str) -> str:
    network: Network = parse_prefix(text)
    return str(network)


def _read_domain(text: str) -> str:
    return parse_host(text.strip().removeprefix("*."))


_VALUE_OF: Final = {
    IndicatorKind.ADDRESS: lambda text: str(parse_address(text)),
    IndicatorKind.NETWORK: _read_network,
    IndicatorKind.DOMAIN: _read_domain,
    IndicatorKind.URL: lambda text: str(parse_url(text)),
    IndicatorKind.HASH: read_hash,
    IndicatorKind.JA3: read_ja3,
    IndicatorKind.JA4: read_ja4,
    IndicatorKind.MAIL: read_mail,
}
