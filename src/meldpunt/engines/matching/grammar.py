"""The one strict grammar of addresses, hosts, URLs, AS numbers and times.

Every reader strips surrounding white space, undoes defanging, and then takes exactly one spelling
of each value and refuses the rest with a reason: two programs that read `010.0.0.1` differently
would warn two different organisations (RFC 6943, section 3.1.1). This module is the specification;
a faster reader has to give the same answers.
"""

from __future__ import annotations

import re
from ipaddress import (
    AddressValueError,
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    NetmaskValueError,
)

import idna

from meldpunt.engines.matching.defanging import refang_value
from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.values import Address, Asn, Host, Network, Url

_V4 = re.compile(r"(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})", re.ASCII)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?", re.ASCII)
_NUMBER_LIKE = re.compile(r"\d+|0x[0-9a-f]*", re.ASCII)
_URL = re.compile(r"(https?|ftps?)://([^/?#\\]*)(.*)", re.IGNORECASE | re.ASCII | re.DOTALL)
_ASN = re.compile(r"(?:ASN? ?)?(0|[1-9]\d{0,9})(?:\.(0|[1-9]\d{0,4}))?", re.IGNORECASE | re.ASCII)
_MAPPED = IPv6Network("::ffff:0:0/96")
_LAST_ASN = 4_294_967_294
_LAST_PORT = 65_535
_LONGEST_LABEL = 63
_LONGEST_HOST = 253


def parse_address(text: str) -> Address:
    """An IPv4 or IPv6 address; `::ffff:` mapped ones are folded to the IPv4 address they carry.

    Four decimal octets without leading zeros, or RFC 4291 text, which may stand in square brackets.
    Refused with `Unreadable`: octal, hexadecimal, short and integer forms, and zone ids, which mean
    something on one machine only. 6to4 and NAT64 addresses stay IPv6: who owns the IPv4 address
    inside does not own them.
    """
    return _read_address(_clean("address", text), text)


def parse_prefix(text: str) -> Network:
    """A network in CIDR notation, or one address as a network of its own.

    Host bits must be zero: `192.0.2.1/24` may be an address or a network, so it is neither. A prefix
    inside `::ffff:0:0/96` is folded to IPv4. Raises `Unreadable`.
    """
    base, slash, length = _clean("prefix", text).partition("/")
    address = _read_plain_address(base, text)
    if not slash:
        return IPv4Network(address) if isinstance(address, IPv4Address) else IPv6Network(address)
    if not (length.isascii() and length.isdigit()) or len(length) > len("128"):
        raise Unreadable("prefix", "the length is not a number", text)
    try:
        return _network_of(address, int(length), written_as_v6=":" in base)
    except NetmaskValueError:
        raise Unreadable("prefix", "longer than an address", text) from None
    except ValueError:
        raise Unreadable("prefix", "bits are set beyond the prefix", text) from None


def parse_host(text: str) -> Host:
    """A host name in normal form: lower case, A-labels, without the trailing dot.

    Non-ASCII names go through UTS #46 (non-transitional) and IDNA 2008, so `faß.de` is
    `xn--fa-hia.de` and not another owner's `fass.de`. Underscores are allowed anywhere in a label
    (`_dmarc`, RFC 8552); hyphens not at its ends. A name whose last label is a number is an address
    in disguise (WHATWG URL) and is refused. Raises `Unreadable`.
    """
    name = _clean("host", text).removesuffix(".")
    name = name.lower() if name.isascii() else _to_ascii(name, text)
    if not name or len(name) > _LONGEST_HOST:
        raise Unreadable("host", "empty or longer than 253 characters", text)
    labels = name.split(".")
    for label in labels:
        if len(label) > _LONGEST_LABEL or not _LABEL.fullmatch(label):
            raise Unreadable("host", "a label is empty, too long or holds a foreign character", text)
    if _NUMBER_LIKE.fullmatch(labels[-1]):
        raise Unreadable("host", "the last label is a number", text)
    return Host(name)


def parse_url(text: str) -> Url:
    """An absolute http, https, ftp or ftps URL (RFC 3986); host in normal form, the rest as written.

    Credentials before `@` are dropped: passwords never travel. A backslash ends the host, as it does
    in browsers. Raises `Unreadable` for another scheme, white space or control characters inside, a
    bad host or a port beyond 65535.
    """
    cleaned = _clean("url", text)
    if any(char.isspace() or not char.isprintable() for char in cleaned):
        raise Unreadable("url", "white space or a control character inside", text)
    match = _URL.fullmatch(cleaned)
    if match is None:
        raise Unreadable("url", "no http, https, ftp or ftps scheme", text)
    scheme, authority, target = match[1].lower(), match[2].rpartition("@")[2], match[3]
    if authority.startswith("["):
        name, bracket, port = authority.partition("]")
        name += bracket
    else:
        name, colon, port = authority.partition(":")
        port = colon + port
    return Url(scheme=scheme, host=parse_endpoint(name), port=_read_port(port, text), target=target)


def parse_endpoint(text: str) -> Address | Host:
    """Whichever of the two it is: an address, or else a host name. Raises `Unreadable`."""
    try:
        return parse_address(text)
    except Unreadable:
        return parse_host(text)


def parse_asn(text: str) -> Asn:
    """An AS number: `AS64496`, `ASN64496`, `64496` or asdot `AS1.10` (RFC 5396).

    0, 4294967295 (RFC 7607, RFC 7300) and what does not fit 32 bits are refused with `Unreadable`.
    """
    match = _ASN.fullmatch(_clean("asn", text))
    if match is None:
        raise Unreadable("asn", "not a number after AS", text)
    high, low = (0, int(match[1])) if match[2] is None else (int(match[1]), int(match[2]))
    if match[2] is not None and (high > 0xFFFF or low > 0xFFFF):
        raise Unreadable("asn", "a half does not fit 16 bits", text)
    number = (high << 16) + low
    if not 1 <= number <= _LAST_ASN:
        raise Unreadable("asn", "reserved or beyond 32 bits", text)
    return Asn(number)


def _clean(kind: str, text: str) -> str:
    """Stripped and refanged. A value has no line breaks or NUL inside, whatever its kind."""
    stripped = text.strip()
    if not stripped:
        raise Unreadable(kind, "empty", text)
    return refang_value(stripped)


def _read_address(cleaned: str, text: str) -> Address:
    if cleaned.startswith("[") and cleaned.endswith("]"):
        inside = _read_plain_address(cleaned[1:-1], text)
        if isinstance(inside, IPv4Address) and ":" not in cleaned:
            raise Unreadable("address", "only IPv6 stands in brackets", text)
        return inside
    return _read_plain_address(cleaned, text)


def _read_plain_address(cleaned: str, text: str) -> Address:
    match = _V4.fullmatch(cleaned)
    if match is not None:
        if any(int(octet) > 0xFF for octet in match.groups()):
            raise Unreadable("address", "an octet is beyond 255", text)
        return IPv4Address(cleaned)
    if ":" not in cleaned or not cleaned.isascii():
        raise Unreadable("address", "neither four plain octets nor IPv6", text)
    if "%" in cleaned:
        raise Unreadable("address", "a zone id has no meaning elsewhere", text)
    try:
        address = IPv6Address(cleaned)
    except AddressValueError:
        raise Unreadable("address", "not an IPv6 address", text) from None
    return address.ipv4_mapped or address


def _network_of(address: Address, length: int, *, written_as_v6: bool) -> Network:
    """The network; a mapped address was folded already, so its length is counted from the fold."""
    if isinstance(address, IPv6Address):
        return IPv6Network((address, length))
    if not written_as_v6:
        return IPv4Network((address, length))
    if length >= _MAPPED.prefixlen:
        return IPv4Network((address, length - _MAPPED.prefixlen))
    return IPv6Network((int(_MAPPED.network_address) | int(address), length))


def _to_ascii(name: str, text: str) -> str:
    try:
        mapped = idna.uts46_remap(name, std3_rules=False, transitional=False)
        labels = [
            label if label.isascii() else idna.alabel(label).decode("ascii")
            for label in mapped.removesuffix(".").split(".")
        ]
    except idna.IDNAError:
        raise Unreadable("host", "not a valid international name", text) from None
    return ".".join(labels).lower()


def _read_port(port: str, text: str) -> int | None:
    digits = port.removeprefix(":")
    if not digits:
        return None
    if not port.startswith(":") or not (digits.isascii() and digits.isdigit()):
        raise Unreadable("url", "the port is not a number", text)
    if len(digits) > len("65535") or int(digits) > _LAST_PORT:
        raise Unreadable("url", "the port is beyond 65535", text)
    return int(digits)
