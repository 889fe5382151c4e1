"""What may be looked for, and how it is written. Pure."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from itertools import count
from typing import Final

from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.grammar import parse_address, parse_endpoint, parse_host, parse_prefix, parse_url
from meldpunt.engines.matching.suffixes import is_public_suffix
from meldpunt.engines.matching.values import Address, Host, Network
from meldpunt.engines.redaction.finding import find_identifying
from meldpunt.engines.redaction.identity import Identity
from meldpunt.engines.redaction.personal import find_personal
from meldpunt.engines.redaction.values import SpanKind
from meldpunt.vocabulary.markings import TLP, Reach, most_restrictive

from .errors import IndicatorNeverValid, IndicatorTooBroad, IndicatorUnreadable, SightingBackwards
from .values import IndicatorId, IndicatorKind

NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_DNS, "indicators.meldpunt.example")
"""Two desks that write the same value make the same id (UUIDv5, RFC 9562)."""

_HASH = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128}")
_WIDEST: Final = {4: 16, 6: 32}
# RFC 5737, RFC 2544 and RFC 3849, RFC 9637: nobody's, so they harm nobody; exercises and the demo live in them.
_DOCUMENTATION: Final[tuple[Network, ...]] = (
    IPv4Network("192.0.2.0/24"),
    IPv4Network("198.51.100.0/24"),
    IPv4Network("203.0.113.0/24"),
    IPv4Network("198.18.0.0/15"),
    IPv6Network("2001:db8::/32"),
    IPv6Network("3fff::/20"),
)
# What every machine has: the digests of nothing at all (RFC 1321, FIPS 180-4).
_EMPTY_FILE: Final = frozenset(
    {
        "d41d8cd98f00b204e9800998ecf8427e",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
        "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
    }
)


_POINTS_AT_IT: Final = frozenset(
    {SpanKind.NAME, SpanKind.PERSON, SpanKind.DOMAIN, SpanKind.IP, SpanKind.PLACE, SpanKind.PRODUCT}
)


def indicator_id(kind: IndicatorKind, value: str) -> IndicatorId:
    """The one id of this kind and value in normal form."""
    return IndicatorId(quiet_uuid(f"{kind.value}:{value}"))


def quiet_uuid(seed: str) -> uuid.UUID:
    """A UUIDv5 of the seed whose digits nobody takes for a telephone or citizen service number.

    One in three hundred looks like one; the door would then hold back the whole bundle to protect somebody.
    """
    numbered = (uuid.uuid5(NAMESPACE, f"{seed}#{number}" if number else seed) for number in count())
    return next(one for one in numbered if not find_personal(f"indicator--{one}"))


def normal_value(kind: IndicatorKind, text: str) -> str:
    """The value in normal form. Raises IndicatorUnreadable, and IndicatorTooBroad for what is everybody's.

    Too broad: addresses that are not routed on the internet (those for documentation excepted), networks wider than
    /16 (IPv4) or /32 (IPv6), names under which strangers register, and the digest of an empty file.
    """
    try:
        return _READERS[kind](text)
    except Unreadable:
        raise IndicatorUnreadable("The value cannot be read as what it is said to be.") from None


def check_order(first_at: datetime, last_at: datetime) -> None:
    """Raise SightingBackwards where the first time lies after the last."""
    if first_at > last_at:
        raise SightingBackwards("It cannot have been seen first after it was seen last.")


def names(text: str, identity: Identity) -> bool:
    """Whether the text points at this organisation. Contact data of others does not: a mail address may be what is
    looked for."""
    return any(span.kind in _POINTS_AT_IT for span in find_identifying(text, identity))


def check_validity(valid_from: datetime, valid_until: datetime | None) -> None:
    """Raise IndicatorNeverValid where the end is not after the start."""
    if not is_valid_at(valid_until, valid_from):
        raise IndicatorNeverValid("This indicator would end before it starts.")


def is_valid_at(valid_until: datetime | None, at: datetime) -> bool:
    """Whether there is still reason to look for it."""
    return valid_until is None or at < valid_until


def _address(text: str) -> str:
    return str(_specific(parse_address(text)))


def _network(text: str) -> str:
    network = parse_prefix(text)
    if network.prefixlen < _WIDEST[network.version]:
        raise IndicatorTooBroad("Networks wider than /16 (IPv4) or /32 (IPv6) hold far too many strangers.")
    _routed(network)
    return str(network)


def _domain(text: str) -> str:
    return _registered(parse_host(text))


def _url(text: str) -> str:
    url = parse_url(text)
    _endpoint(url.host)
    return str(url)


def _mail(text: str) -> str:
    local, at, domain = text.strip().rpartition("@")
    if not at or not local or not local.isprintable() or any(sign.isspace() for sign in local):
        raise Unreadable("mail address", "no local part and domain round an @", text)
    return f"{local}@{_endpoint(parse_endpoint(domain))}"


def _hash(text: str) -> str:
    digest = text.strip().lower()
    if not _HASH.fullmatch(digest):
        raise Unreadable("hash", "not 32, 40, 64 or 128 hexadecimal digits", text)
    if digest in _EMPTY_FILE:
        raise IndicatorTooBroad("This is the digest of an empty file: every machine has one.")
    return digest


def _endpoint(host: Address | Host) -> str:
    return _registered(host) if isinstance(host, str) else str(_specific(host))


def _specific(address: Address) -> Address:
    _routed(parse_prefix(str(address)))
    return address


def _registered(host: Host) -> str:
    if is_public_suffix(host):
        raise IndicatorTooBroad("Under this name strangers register theirs: name the one that is meant.")
    return host


def _routed(network: Network) -> None:
    # `is_global` of the standard library follows the special-purpose registries of IANA; it leaves out multicast.
    first, last = network.network_address, network.broadcast_address
    everywhere = not (first.is_global and last.is_global) or first.is_multicast
    if everywhere and not any(network.version == one.version and _inside(network, one) for one in _DOCUMENTATION):
        raise IndicatorTooBroad("This address is in use inside every organisation, or by none: it points at nobody.")


def _inside(network: Network, other: Network) -> bool:
    return network.network_address in other and network.broadcast_address in other


_READERS: Final[Mapping[IndicatorKind, Callable[[str], str]]] = {
    IndicatorKind.ADDRESS: _address,
    IndicatorKind.NETWORK: _network,
    IndicatorKind.DOMAIN: _domain,
    IndicatorKind.URL: _url,
    IndicatorKind.MAIL: _mail,
    IndicatorKind.HASH: _hash,
}


def marking_of(usual: TLP, asked: Iterable[TLP], *, is_widened: bool) -> TLP:
    """The marking to tell the network under: the usual one, or the strictest that was asked and that reaches it."""
    reaching = [one for one in asked if one.may_reach(Reach.OWN_ORGANISATION)]
    return usual if is_widened else most_restrictive(usual, *reaching)
