"""What a field of a log says: the specification, in plain Python.

A field says one or more *values*: an address, a name, the comparable part of a URL, a hash, a fingerprint, a mail
address. Nothing is said where it cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from ipaddress import IPv6Address
from typing import Final, NamedTuple

from meldpunt.engines.matching.defanging import refang_value
from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.grammar import parse_address, parse_endpoint, parse_host, parse_url
from meldpunt.engines.matching.values import Address, FieldKind, Host, IndicatorKind, Url

_HEX: Final = re.compile(r"[0-9a-f]+", re.ASCII)
_HASH_LENGTHS: Final = (32, 40, 64)
_JA3_LENGTH: Final = 32
_JA4: Final = re.compile(r"[a-z][a-z0-9]{9}_[0-9a-f]{12}_[0-9a-f]{12}", re.ASCII)
_DEFAULT_PORTS: Final = {"http": 80, "https": 443, "ftp": 21, "ftps": 990}
_WEB_PORTS: Final = (80, 443)
_ESCAPE: Final = re.compile(rb"\\x([0-9a-fA-F]{2})")
_LONGEST_LOCAL: Final = 64
_WITH_PORT: Final = re.compile(r"(\[[^\]]*\]|[^:]*):(\d{0,5})", re.ASCII)
_LAST_PORT: Final = 65_535
_DEFANGING: Final = re.compile(r"[\[\](){}<\\]")


class Value(NamedTuple):
    """What a field says, in normal form. `kind` is never NETWORK; a DOMAIN is the whole name."""

    kind: IndicatorKind
    text: str


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


def url_key(url: Url) -> str:
    """Host, port and target. The scheme is not compared, because a log of requests has none; a default port is left
    out, a fragment never travels, and no target is `/`. An IPv6 address has brackets, or its end might be a port."""
    host = f"[{url.host}]" if isinstance(url.host, IPv6Address) else str(url.host)
    port = "" if url.port in (None, _DEFAULT_PORTS[url.scheme]) else f":{url.port}"
    return f"{host}{port}{_target(url.target)}"


def _target(written: str) -> str:
    target = written.partition("#")[0]
    return target if target.startswith("/") else f"/{target}"


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


def _in_print(kind: IndicatorKind, read: Callable[[str], str]) -> Callable[[str], Iterator[Value]]:
    """What says a field of digits that is one value or none."""

    def values(text: str) -> Iterator[Value]:
        try:
            yield Value(kind, read(text))
        except Unreadable:
            return

    return values


def _in_mail(text: str) -> Iterator[Value]:
    try:
        mail = read_mail(text)
    except Unreadable:
        return
    yield Value(IndicatorKind.MAIL, mail)
    yield Value(IndicatorKind.DOMAIN, mail.rpartition("@")[2])


def read_hash(text: str) -> str:
    """MD5, SHA-1 or SHA-256, hexadecimal, perhaps with a colon between the bytes. Raises `Unreadable`."""
    written = text.strip().lower()
    plain = written.replace(":", "") if written[2:3] == ":" else written
    if len(plain) not in _HASH_LENGTHS or not _HEX.fullmatch(plain):
        raise Unreadable("hash", "not 32, 40 or 64 hexadecimal digits", text)
    if plain != written and written != ":".join(plain[place : place + 2] for place in range(0, len(plain), 2)):
        raise Unreadable("hash", "colons that do not stand between all bytes", text)
    return plain


def read_ja3(text: str) -> str:
    """32 hexadecimal digits. Raises `Unreadable`."""
    written = text.strip().lower()
    if len(written) != _JA3_LENGTH or not _HEX.fullmatch(written):
        raise Unreadable("ja3", "not 32 hexadecimal digits", text)
    return written


def read_ja4(text: str) -> str:
    """Its own form (FoxIO): ten characters and two times twelve digits. Raises `Unreadable`."""
    written = text.strip()
    if not _JA4.fullmatch(written):
        raise Unreadable("ja4", "not ten characters and two times twelve digits", text)
    return written


def read_mail(text: str) -> str:
    """A mail address, bare, in angle brackets, or behind the name of who has it; the local part as it is written.

    Raises `Unreadable`.
    """
    written = text.strip()
    if written.endswith(">") and "<" in written:
        written = written[written.rindex("<") + 1 : -1].strip()
    written = refang_value(written) if _DEFANGING.search(written) else written
    local, at, host = written.rpartition("@")
    if not at or not 0 < len(local) <= _LONGEST_LOCAL or any(char.isspace() or char in '<>",;@' for char in local):
        raise Unreadable("mail", "not a local part, @ and a host", text)
    return f"{local}@{parse_host(host)}"


_IN_FIELD: Final[Mapping[FieldKind, Callable[[str], Iterator[Value]]]] = {
    FieldKind.ADDRESS: _in_address,
    FieldKind.HOST: _in_host,
    FieldKind.URL: _in_url,
    FieldKind.HASH: _in_print(IndicatorKind.HASH, read_hash),
    FieldKind.JA3: _in_print(IndicatorKind.JA3, read_ja3),
    FieldKind.JA4: _in_print(IndicatorKind.JA4, read_ja4),
    FieldKind.MAIL: _in_mail,
}
