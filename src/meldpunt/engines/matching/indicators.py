"""What indicators are looked for, and what a field of a log says that may be one: the specification, in plain Python.

A field of a log says one or more *values*: an address, a name, the comparable part of a URL, a hash, a fingerprint, a
mail address. An indicator is seen where its value is said, or an address in its network, or a name under its domain.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network, IPv6Address, ip_network
from typing import Final, NamedTuple

from meldpunt.engines.matching.defanging import refang_value
from meldpunt.engines.matching.errors import IndicatorRefused, TimeWithoutZone, Unreadable
from meldpunt.engines.matching.grammar import parse_address, parse_endpoint, parse_host, parse_prefix, parse_url
from meldpunt.engines.matching.instants import parse_time
from meldpunt.engines.matching.suffixes import is_public_suffix
from meldpunt.engines.matching.values import Address, FieldKind, Host, Indicator, IndicatorKind, Network, Url

_HEX: Final = re.compile(r"[0-9a-f]+", re.ASCII)
_HASH_LENGTHS: Final = (32, 40, 64)
_JA3_LENGTH: Final = 32
_JA4: Final = re.compile(r"[a-z][a-z0-9]{9}_[0-9a-f]{12}_[0-9a-f]{12}", re.ASCII)
_EPOCH: Final = re.compile(r"(\d{1,10})(?:\.(\d{1,9}))?", re.ASCII)
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_AFTER_LAST: Final = datetime(2200, 1, 1, tzinfo=UTC)
_DEFAULT_PORTS: Final = {"http": 80, "https": 443, "ftp": 21, "ftps": 990}
_WEB_PORTS: Final = (80, 443)
_ESCAPE: Final = re.compile(rb"\\x([0-9a-fA-F]{2})")
_LONGEST_LOCAL: Final = 64
_SHORTEST: Final = {4: 16, 6: 32}
_SHARED: Final = IPv4Network("100.64.0.0/10")
"""Between a provider and its customers (RFC 6598)."""
_WITH_PORT: Final = re.compile(r"(\[[^\]]*\]|[^:]*):(\d{0,5})", re.ASCII)
_LAST_PORT: Final = 65_535
_DEFANGING: Final = re.compile(r"[\[\](){}<\\]")


class Value(NamedTuple):
    """What a field says, in normal form. `kind` is never NETWORK; a DOMAIN is the whole name."""

    kind: IndicatorKind
    text: str


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


def read_log_time(text: str) -> datetime:
    """When a record was: seconds since 1970 with up to nine decimals, as Zeek writes it, or what `parse_time` takes.

    Digits beyond the microsecond are cut off. Raises `Unreadable`.
    """
    match = _EPOCH.fullmatch(text.strip())
    if match is None:
        return parse_time(text)
    micros = int((match[2] or "")[:6].ljust(6, "0"))
    instant = _BEGINNING + timedelta(seconds=int(match[1]), microseconds=micros)
    if instant >= _AFTER_LAST:
        raise Unreadable("time", "year after 2199", text)
    return instant


def values_in(
    kind: FieldKind, text: str, *, target: str | None = None, separator: str = "", is_escaped: bool = False
) -> frozenset[Value]:
    """Everything that a field says; nothing where it cannot be read. See `watching.Watched` for the arguments."""
    parts = text.split(separator) if separator else [text]
    found: set[Value] = set()
    for part in parts:
        said = unescape(part) if is_escaped else part
        if target is not None:
            found.update(_in_request(said, unescape(target) if is_escaped else target))
        else:
            found.update(_IN_FIELD[kind](said))
    return frozenset(found)


def unescape(text: str) -> str:
    r"""The text with `\xNN` as the byte it stands for (Zeek, ASCII writer); what is no UTF-8 then becomes U+FFFD."""
    if "\\" not in text:
        return text
    raw = _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), text.encode("utf-8", "replace"))
    return raw.decode("utf-8", "replace")


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


def url_key(url: Url) -> str:
    """Host, port and target. The scheme is not compared, because a log of requests has none; a default port is left
    out, a fragment never travels, and no target is `/`. An IPv6 address has brackets, or its end might be a port."""
    host = f"[{url.host}]" if isinstance(url.host, IPv6Address) else str(url.host)
    port = "" if url.port in (None, _DEFAULT_PORTS[url.scheme]) else f":{url.port}"
    return f"{host}{port}{_target(url.target)}"


def _target(written: str) -> str:
    target = written.partition("#")[0]
    return target if target.startswith("/") else f"/{target}"


def _covers(indicator: Indicator, at: datetime | None) -> bool:
    if at is None:
        return indicator.valid_from is None and indicator.valid_until is None
    return indicator.covers(at)


def _in_address(text: str) -> Iterator[Value]:
    try:
        yield Value(IndicatorKind.ADDRESS, str(parse_address(text)))
    except Unreadable:
        return


def _of_endpoint(endpoint: Address | Host) -> Value:
    kind = IndicatorKind.DOMAIN if isinstance(endpoint, str) else IndicatorKind.ADDRESS
    return Value(kind, str(endpoint))


def _in_host(text: str) -> Iterator[Value]:
    """A host, perhaps with a port behind it, as a `Host` header has it (RFC 9110, section 7.2)."""
    try:
        yield _of_endpoint(parse_endpoint(text))
    except Unreadable:
        match = _WITH_PORT.fullmatch(text.strip())
        if match is not None and int(match[2] or 0) <= _LAST_PORT:
            yield from _in_host(match[1])


def _in_url(text: str) -> Iterator[Value]:
    try:
        url = parse_url(text)
    except Unreadable:
        return
    yield Value(IndicatorKind.URL, url_key(url))
    yield _of_endpoint(url.host)


def _in_request(host: str, target: str) -> Iterator[Value]:
    """A request as an HTTP log has it: a host, perhaps with a port, and a target in origin form or (through a proxy)
    absolute form (RFC 9112, section 3.2). The host is watched in a column of its own."""
    if not target.startswith("/"):
        yield from _in_url(target)
        return
    try:
        url = parse_url(f"http://{host.strip()}{target}")
    except Unreadable:
        return
    plain = Url(url.scheme, url.host, None if url.port in _WEB_PORTS else url.port, url.target)
    yield Value(IndicatorKind.URL, url_key(plain))


def _in_hash(text: str) -> Iterator[Value]:
    try:
        yield Value(IndicatorKind.HASH, _read_hash(text))
    except Unreadable:
        return


def _in_ja3(text: str) -> Iterator[Value]:
    try:
        yield Value(IndicatorKind.JA3, _read_ja3(text))
    except Unreadable:
        return


def _in_ja4(text: str) -> Iterator[Value]:
    try:
        yield Value(IndicatorKind.JA4, _read_ja4(text))
    except Unreadable:
        return


def _in_mail(text: str) -> Iterator[Value]:
    try:
        mail = _read_mail(text)
    except Unreadable:
        return
    yield Value(IndicatorKind.MAIL, mail)
    yield Value(IndicatorKind.DOMAIN, mail.rpartition("@")[2])


def _read_network(text: str) -> str:
    network: Network = parse_prefix(text)
    return str(network)


def _read_domain(text: str) -> str:
    return parse_host(text.strip().removeprefix("*."))


def _read_hash(text: str) -> str:
    """MD5, SHA-1 or SHA-256, hexadecimal, perhaps with a colon between the bytes."""
    written = text.strip().lower()
    plain = written.replace(":", "") if written[2:3] == ":" else written
    if len(plain) not in _HASH_LENGTHS or not _HEX.fullmatch(plain):
        raise Unreadable("hash", "not 32, 40 or 64 hexadecimal digits", text)
    if plain != written and written != ":".join(plain[place : place + 2] for place in range(0, len(plain), 2)):
        raise Unreadable("hash", "colons that do not stand between all bytes", text)
    return plain


def _read_ja3(text: str) -> str:
    written = text.strip().lower()
    if len(written) != _JA3_LENGTH or not _HEX.fullmatch(written):
        raise Unreadable("ja3", "not 32 hexadecimal digits", text)
    return written


def _read_ja4(text: str) -> str:
    written = text.strip()
    if not _JA4.fullmatch(written):
        raise Unreadable("ja4", "not ten characters and two times twelve digits", text)
    return written


def _read_mail(text: str) -> str:
    """A mail address, bare, in angle brackets, or behind the name of who has it; the local part as it is written."""
    written = text.strip()
    if written.endswith(">") and "<" in written:
        written = written[written.rindex("<") + 1 : -1].strip()
    written = refang_value(written) if _DEFANGING.search(written) else written
    local, at, host = written.rpartition("@")
    if not at or not 0 < len(local) <= _LONGEST_LOCAL or any(char.isspace() or char in '<>",;@' for char in local):
        raise Unreadable("mail", "not a local part, @ and a host", text)
    return f"{local}@{parse_host(host)}"


_VALUE_OF: Final = {
    IndicatorKind.ADDRESS: lambda text: str(parse_address(text)),
    IndicatorKind.NETWORK: _read_network,
    IndicatorKind.DOMAIN: _read_domain,
    IndicatorKind.URL: lambda text: str(parse_url(text)),
    IndicatorKind.HASH: _read_hash,
    IndicatorKind.JA3: _read_ja3,
    IndicatorKind.JA4: _read_ja4,
    IndicatorKind.MAIL: _read_mail,
}
_IN_FIELD: Final = {
    FieldKind.ADDRESS: _in_address,
    FieldKind.HOST: _in_host,
    FieldKind.URL: _in_url,
    FieldKind.HASH: _in_hash,
    FieldKind.JA3: _in_ja3,
    FieldKind.JA4: _in_ja4,
    FieldKind.MAIL: _in_mail,
}
