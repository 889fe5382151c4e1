"""A question to a registry over HTTPS (RFC 7480): one answer, of no more than so much, from where it should come.

A registry may send on to another. What it sends on to must be a public address, and is asked at the very address that
was looked at: otherwise whoever answers could have us knock at doors inside our own house.
"""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from time import monotonic
from typing import Final, cast
from urllib.parse import SplitResult, urljoin, urlsplit

from ..errors import RegistrySilent
from .values import Reply

SECONDS: Final = 6.0
MOST_BYTES: Final = 256 * 1024
_MOST_HOPS: Final = 4
_AT_ONCE: Final = 16 * 1024
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_OK, _UNKNOWN = 200, 404
_CARRIES_IPV4: Final = tuple(map(ip_network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")))
"""IPv6 addresses that are passed on to an IPv4 address in them (RFC 4291, 6052, 8215, 4380, 3056), wherever that is."""
_HEADERS: Final = {"Accept": "application/rdap+json, application/json", "User-Agent": "Meldpunt", "Connection": "close"}


@lru_cache(maxsize=512)
def ask_once(url: str, *, authorities: str, hour: int) -> Reply:
    """As `ask`, once in an hour for each question: `hour` is which one. What fails is asked anew."""
    return ask(url, authorities=authorities)


def ask(url: str, *, authorities: str = "", seconds: float = SECONDS) -> Reply:
    """The reply to a question. `authorities` is a file with those to believe, where not those of the machine.

    Raises RegistrySilent with what went wrong.
    """
    until, trust = monotonic() + seconds, ssl.create_default_context(cafile=authorities or None)
    for hop in range(_MOST_HOPS):
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname or parts.username is not None:
            raise RegistrySilent("not-https")
        address = _address_of(parts, is_configured=hop == 0)
        connection = _Pinned(parts, address, trust=trust, seconds=until - monotonic())
        try:
            connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=_HEADERS)
            with connection.getresponse() as answer:
                if answer.status not in _MOVED:
                    return Reply(parts.hostname, _read(answer, connection, until), datetime.now(UTC))
                url = urljoin(url, answer.headers.get("Location", ""))
        except (OSError, HTTPException, ValueError) as reason:
            raise RegistrySilent("unreachable") from reason
        finally:
            connection.close()
    raise RegistrySilent("sent-on")


def _address_of(parts: SplitResult, *, is_configured: bool) -> str:
    """Where the server is. The one that whoever runs this wrote down may be anywhere, any other only in public."""
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as reason:
        raise RegistrySilent("unreachable") from reason
    addresses = [str(one[4][0]) for one in found]
    if not is_configured and not all(_is_public(ip_address(one.partition("%")[0])) for one in addresses):
        raise RegistrySilent("sent-inside")
    return addresses[0]


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    is_inside = address.is_multicast or (isinstance(address, IPv6Address) and address.is_site_local)
    return address.is_global and not is_inside and not any(address in network for network in _CARRIES_IPV4)


def _read(answer: HTTPResponse, connection: _Pinned, until: float) -> str:
    if answer.status == _UNKNOWN:
        return ""
    if answer.status != _OK:
        raise RegistrySilent("refused")
    data = bytearray()
    while len(data) <= MOST_BYTES:
        left = until - monotonic()
        if left <= 0:
            raise RegistrySilent("unreachable")
        connection.wait_at_most(left)
        part = answer.read1(_AT_ONCE)
        if not part:
            return _checked(bytes(data))
        data += part
    raise RegistrySilent("too-much")


def _checked(data: bytes) -> str:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as reason:
        raise RegistrySilent("no-rdap") from reason
    if not isinstance(said, dict) or "objectClassName" not in cast("Mapping[str, object]", said):
        raise RegistrySilent("no-rdap")
    return data.decode("utf-8", "replace")


class _Pinned(HTTPSConnection):
    """A connection to the address that was looked at, under the name that was asked for."""

    def __init__(self, parts: SplitResult, address: str, *, trust: ssl.SSLContext, seconds: float) -> None:
        super().__init__(parts.hostname or "", parts.port or 443, timeout=max(0.1, seconds), context=trust)
        self._address, self._trust = address, trust
        self._secured: ssl.SSLSocket | None = None

    def connect(self) -> None:
        """Overridden: no name is looked up a second time."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        try:
            self.sock = self._secured = self._trust.wrap_socket(plain, server_hostname=self.host)
        except (OSError, ValueError):
            plain.close()
            raise

    def wait_at_most(self, seconds: float) -> None:
        """For the next bytes; also once the library has handed the socket over to its answer."""
        if self._secured is not None:
            self._secured.settimeout(seconds)
