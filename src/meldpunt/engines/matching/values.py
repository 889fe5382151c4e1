"""What crosses the wall of the matching room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import NewType

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

Host = NewType("Host", str)
"""A host name in normal form: lower case, A-labels (RFC 5890), no trailing dot."""

Asn = NewType("Asn", int)
"""An autonomous system number, 1 to 4294967294 (RFC 6793; 0 and the last are reserved)."""


@dataclass(frozen=True, slots=True)
class Url:
    """A URL taken apart. Credentials in it are dropped on reading and kept nowhere."""

    scheme: str
    host: Address | Host
    port: int | None
    target: str
    """Path, query and fragment exactly as written: servers tell upper from lower case there."""

    def __str__(self) -> str:
        host = f"[{self.host}]" if isinstance(self.host, IPv6Address) else str(self.host)
        port = "" if self.port is None else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"


class ClaimKind(StrEnum):
    """By what a claim recognises its owner."""

    PREFIX = "prefix"
    DOMAIN = "domain"
    ASN = "asn"


@dataclass(frozen=True, slots=True)
class Claim:
    """`owner` holds `value` in `role` from `valid_from` up to, not including, `valid_until`.

    `owner` is an opaque id and `role` a word of the caller; this room gives neither a meaning.
    Both times are aware; `valid_until=None` means no end is known.
    """

    owner: str
    role: str
    kind: ClaimKind
    value: str
    valid_from: datetime
    valid_until: datetime | None = None

    def covers(self, at: datetime) -> bool:
        """Whether the claim was valid at that instant."""
        return self.valid_from <= at and (self.valid_until is None or at < self.valid_until)


@dataclass(frozen=True, slots=True)
class Attribution:
    """`owner` answers in `role` for a row, because `matched` (a prefix, domain or AS number) did."""

    owner: str
    role: str
    by: ClaimKind
    matched: str


class ObservableKind(StrEnum):
    """What a passage of text points at."""

    ADDRESS = "address"
    NETWORK = "network"
    DOMAIN = "domain"
    URL = "url"
    MAIL = "mail"
    HASH = "hash"
    CVE = "cve"
    IBAN = "iban"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Observable:
    """A value found in text, refanged and in normal form; `start`/`end` are offsets in the source."""

    kind: ObservableKind
    value: str
    start: int
    end: int


class IndicatorKind(StrEnum):
    """What an indicator recognises."""

    ADDRESS = "address"
    NETWORK = "network"
    """Every address in it."""
    DOMAIN = "domain"
    """The name itself and every name under it."""
    URL = "url"
    HASH = "hash"
    """MD5, SHA-1 or SHA-256 of a file, hexadecimal in lower case."""
    JA3 = "ja3"
    JA4 = "ja4"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that is looked for, in normal form, from `valid_from` up to, not including, `valid_until`.

    `id` is that of its source (a STIX id, a MISP uuid, a line of a list); this room gives it no meaning. Times are
    aware; None means that the source names no such edge.
    """

    id: str
    kind: IndicatorKind
    value: str
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    source: str = ""

    def covers(self, at: datetime) -> bool:
        """Whether the indicator was valid at that instant."""
        has_begun = self.valid_from is None or self.valid_from <= at
        return has_begun and (self.valid_until is None or at < self.valid_until)


class FieldKind(StrEnum):
    """What stands in a column of a log, and so which indicators are looked for in it."""

    ADDRESS = "address"
    """Addresses, and networks round them."""
    HOST = "host"
    """Domains; and addresses, where an address stands for a name (a `Host` header, an answer of the DNS)."""
    URL = "url"
    """URLs, and what is looked for in a host."""
    HASH = "hash"
    JA3 = "ja3"
    JA4 = "ja4"
    MAIL = "mail"
    """Mail addresses, bare or behind a name, and what is looked for in the host of one."""
