"""IP addresses in every spelling in which they give their owner away.

`engines.matching` reads one spelling and refuses the rest, because attribution must not guess. Here
the question is the other one: might a reader recognise the network in this?
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.grammar import parse_address
from meldpunt.engines.matching.values import Network

_NAT64 = IPv6Network("64:ff9b::/96")
_TAIL = r"(?:/\d{1,3}|:\d{1,5})?(?!\d)"
_DOTTED = re.compile(rf"(?<![\d.])(\d{{1,4}})\.(\d{{1,4}})\.(\d{{1,4}})\.(\d{{1,4}}|[x*]+)(?!\.?\d){_TAIL}")
_DASHED = re.compile(r"(?<!\d)(\d{1,3})[-_](\d{1,3})[-_](\d{1,3})[-_](\d{1,3})(?!\d)")
_REVERSED = re.compile(r"(?<!\d)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.in-addr\.arpa\b")
_NIBBLES = re.compile(r"(?<![0-9a-f.])((?:[0-9a-f]\.){32})ip6\.arpa\b")
_SIX = re.compile(
    r"(?<![\w:.])(?=[0-9a-f:]*:[0-9a-f]*:)([0-9a-f:]{2,39}(?:\.\d{1,3}){0,3})(?:%\w+)?(?:/\d{1,3})?(?![\w:])"
)
_NUMBER = re.compile(r"(?<![\w.+-])(0x[0-9a-f]{8}|\d{8,10})(?![\w.-])")


@dataclass(frozen=True, slots=True)
class Spelled:
    """Folded text `start:end` spells the `networks`. `plain` when it is the ordinary way to write it."""

    start: int
    end: int
    networks: tuple[Network, ...]
    plain: bool


def find_addresses(folded: str) -> Iterator[Spelled]:
    """Every spelling of an address in folded, refanged text, in no particular order; they may overlap.

    Read are dotted IPv4 (also zero-padded, and with the last octet masked as `x` or `*`), dashes as in
    provider host names, reverse DNS names of both versions, IPv6 with zone and prefix length, the IPv4
    address inside 6to4 and NAT64, and an IPv4 address written as one number.
    """
    for match in _DOTTED.finditer(folded):
        octets = match.groups()
        masked = not octets[3].isdigit()
        whole = _from_octets((*octets[:3], "0" if masked else octets[3]), 24 if masked else 32)
        padded = any(len(octet) > 1 and octet[0] == "0" for octet in octets)
        yield from _spelled(match, whole, plain=not masked and not padded)
    for match in _DASHED.finditer(folded):
        yield from _spelled(match, _from_octets(match.groups(), 32), plain=False)
    for match in _REVERSED.finditer(folded):
        yield from _spelled(match, _from_octets(match.groups()[::-1], 32), plain=False)
    for match in _NIBBLES.finditer(folded):
        digits = match[1].replace(".", "")[::-1]
        yield from _spelled(match, (IPv6Network(int(digits, 16)),), plain=False)
    for match in _SIX.finditer(folded):
        yield from _spelled(match, _from_six(match[1]), plain=True)
    for match in _NUMBER.finditer(folded):
        number = int(match[1], 0) if match[1].startswith("0x") else int(match[1])
        yield from _spelled(match, (IPv4Network(number),) if number < 1 << 32 else (), plain=False)


def _spelled(match: re.Match[str], networks: tuple[Network, ...], *, plain: bool) -> Iterator[Spelled]:
    if networks:
        yield Spelled(match.start(), match.end(), networks, plain)


def _from_octets(octets: tuple[str, ...], length: int) -> tuple[Network, ...]:
    values = [int(octet) for octet in octets]
    if max(values) > 0xFF:
        return ()
    return (IPv4Network((bytes(values), length)),)


def _from_six(written: str) -> tuple[Network, ...]:
    try:
        address = parse_address(written)
    except Unreadable:
        return ()
    if isinstance(address, IPv4Address):
        return (IPv4Network(address),)
    found: list[Network] = [IPv6Network(address)]
    inside = _carried(address)
    return (*found, IPv4Network(inside)) if inside is not None else tuple(found)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside a transition address: RFC 3056 (6to4), RFC 6052 (NAT64)."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.sixtofour
