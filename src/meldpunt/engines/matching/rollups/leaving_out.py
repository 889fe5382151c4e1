"""What of a log never enters a rollup: the addresses and mail addresses of those whose traffic is watched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.kernel.saying import PACKED, Said
from meldpunt.engines.matching.values import IndicatorKind

Flags = npt.NDArray[np.bool_]
Packed = npt.NDArray[np.uint8]
Networks = tuple[IPv4Network | IPv6Network, ...]

_KINDS: Final = tuple(IndicatorKind)
_ADDRESS, _DOMAIN, _URL, _MAIL = (
    _KINDS.index(kind) for kind in (IndicatorKind.ADDRESS, IndicatorKind.DOMAIN, IndicatorKind.URL, IndicatorKind.MAIL)
)
_V4: Final = b"\0" * 10 + b"\xff\xff"
_CARRIERS: Final = (
    (0, bytes.fromhex("0064ff9b") + b"\0" * 8, 12, 0),
    (0, bytes.fromhex("0064ff9b0001"), 12, 0),
    (0, bytes.fromhex("2002"), 2, 0),
    (0, bytes.fromhex("20010000"), 12, 0xFF),
    (8, bytes.fromhex("00005efe"), 12, 0),
    (8, bytes.fromhex("02005efe"), 12, 0),
)
"""Where what stands in an IPv6 address that carries one of IPv4, where that stands, and how its bits are turned: NAT64
(RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380), ISATAP (RFC 5214)."""
_OF_MACHINES: Final = ("in-addr.arpa", "ip6.arpa", "local", "home.arpa", "internal", "lan", "localdomain")
"""Names of reverse look-ups, which are addresses in disguise, and those that only a network of one's own knows
(RFC 6762, RFC 8375)."""
NOT_PUBLIC: Final[Networks] = tuple(
    ip_network(one)
    for one in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("fc00::/7", "fe80::/10", "::1/128"),
    )
)
"""RFC 1918, 6598, 1122, 3927, 4193, 4291: whoever has one of these stands behind the sensor."""


@dataclass(frozen=True, slots=True)
class Own:
    """What belongs to those whose traffic is watched. Their addresses and mail addresses are never kept."""

    networks: Networks = ()
    domains: tuple[str, ...] = ()

    def joined(self, other: Own) -> Own:
        """What is of either."""
        return Own(
            tuple(dict.fromkeys((*self.networks, *other.networks))),
            tuple(dict.fromkeys((*self.domains, *other.domains))),
        )


class LeavingOut:
    """Says which values may be kept."""

    def __init__(self, own: Own) -> None:
        self._networks = (*own.networks, *NOT_PUBLIC)
        self._domains = own.domains
        self._left_out = tuple(f".{name}" for name in (*_OF_MACHINES, *own.domains))
        self._last_letters = np.array(sorted({ord(name[-1]) for name in self._left_out}), np.uint8)

    def may_be_kept(self, said: Said, count: int) -> Flags:
        """Of each of the values whether it is of nobody whose traffic is watched; see `docs/indicators.md`."""
        kinds, ends = said.kinds[:count], said.ends[:count]
        starts = np.concatenate([[0], ends[:-1]]) if count else np.zeros(0, np.int64)
        keeps = np.ones(count, np.bool_)

        def text(place: int) -> bytes:
            return bytes(said.text[starts[place] : ends[place]])

        addresses = np.flatnonzero(kinds == _ADDRESS)
        if addresses.size:
            keeps[addresses] = ~self._are_own(said.text[starts[addresses][:, None] + np.arange(PACKED)])
        # The host of a URL stands first: with a digit or a bracket it may be an address.
        first = said.text[np.minimum(starts, said.text.size - 1)]
        may_be_address = ((first >= ord("0")) & (first <= ord("9"))) | (first == ord("["))
        for place in np.flatnonzero((kinds == _URL) & may_be_address).tolist():
            keeps[place] = not self._is_at_own(text(place))
        for place in np.flatnonzero(kinds == _MAIL).tolist():
            keeps[place] = self._is_stranger(text(place))
        last = said.text[np.maximum(ends - 1, 0)]
        for place in np.flatnonzero((kinds == _DOMAIN) & np.isin(last, self._last_letters)).tolist():
            keeps[place] = not f".{text(place).decode()}".endswith(self._left_out)
        return keeps

    def _are_own(self, packed: Packed) -> Flags:
        """Whether each address lies in a network of ours, or carries an IPv4 address that does."""
        found = _are_within(packed, self._networks)
        for first, begins, place, turned in _CARRIERS:
            there = packed[:, first : first + len(begins)] == np.frombuffer(begins, np.uint8)
            rows = np.flatnonzero(there.all(axis=1))
            if rows.size:
                carried = np.tile(np.frombuffer(_V4 + b"\0" * 4, np.uint8), (rows.size, 1))
                carried[:, 12:] = packed[rows, place : place + 4] ^ np.uint8(turned)
                found[rows] |= _are_within(carried, self._networks)
        return found

    def _is_at_own(self, url: bytes) -> bool:
        origin = url.partition(b"/")[0].decode("ascii", "replace")
        host = origin[1:].partition("]")[0] if origin.startswith("[") else origin.partition(":")[0]
        try:
            packed = np.frombuffer(pack(host), np.uint8).reshape(1, PACKED)
        except ValueError:
            return False
        return bool(self._are_own(packed)[0])

    def _is_stranger(self, mail: bytes) -> bool:
        """Without own domains nobody is known to be one."""
        host = mail.rpartition(b"@")[2].decode("ascii", "replace")
        return bool(self._domains) and not any(host == one or host.endswith(f".{one}") for one in self._domains)


def pack(text: str) -> bytes:
    """An address in sixteen bytes, as the kernel says it."""
    address = ip_address(text)
    return (_V4 if address.version == 4 else b"") + address.packed


def _are_within(packed: Packed, networks: Sequence[IPv4Network | IPv6Network]) -> Flags:
    found = np.zeros(len(packed), np.bool_)
    for network in networks:
        base = np.frombuffer(pack(str(network.network_address)), np.uint8)
        length = network.prefixlen + (96 if network.version == 4 else 0)
        mask = np.frombuffer(((1 << 128) - (1 << 128 - length)).to_bytes(16, "big"), np.uint8)
        found |= ((packed & mask) == (base & mask)).all(axis=1)
    return found
