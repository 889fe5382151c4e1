"""One row of a feed, whatever format it came in, and the strict reading of the values in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.grammar import parse_address, parse_host, parse_prefix, parse_url
from meldpunt.engines.matching.instants import parse_time
from meldpunt.engines.matching.values import ObservableKind
from meldpunt.vocabulary.markings import TLP
from meldpunt.vocabulary.texts import is_keepable

from ..feed_values import FeedFlag, Named, RowKind
from ..rules import LONGEST_OBSERVABLE, byte_length
from ..values import ReporterDetails

UNDETERMINED: Final = "other/undetermined"
MOST_NAMED: Final = 50
"""Values that one row names. A file has a handful of hashes; what stands in a longer list stays in its raw text."""

LAST_PORT: Final = 65_535
_HASH: Final = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128}", re.IGNORECASE | re.ASCII)
_MAIL: Final = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,255}")
_CVE: Final = re.compile(r"CVE-\d{4}-\d{4,19}", re.IGNORECASE | re.ASCII)
_EPOCH: Final = re.compile(r"\d{1,12}(?:\.\d{1,9})?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1970, 2199


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One row of a feed. Where it is not readable `raw` holds the whole and `reason` says what is wrong.

    `unknown_class` is what its sender calls it where that has no RSIT type, `marking` what the row itself bears: both
    are told of the feed as a whole.
    """

    number: int
    raw: str
    fields: Mapping[str, str]
    address: str | None
    port: int | None
    host: str
    at: datetime | None
    rsit: str
    reason: str
    kind: RowKind = RowKind.EVENT
    named: tuple[Named, ...] = ()
    unknown_class: str = ""
    marking: TLP | None = None
    flag: FeedFlag | None = None

    @property
    def is_readable(self) -> bool:
        """Whether everything in it could be taken apart."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class Reading:
    """A feed as its format reads it. `rows` may be asked twice: for what they have in common, and one by one."""

    title: str
    rows: Callable[[], Iterator[FeedRow]]
    text: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    reporter: ReporterDetails = field(default_factory=ReporterDetails)
    markings: tuple[TLP, ...] = ()
    flags: tuple[FeedFlag, ...] = ()


def unread_row(number: int, raw: str, reason: str) -> FeedRow:
    """A row of which nothing could be read."""
    return FeedRow(number, raw, {}, None, None, "", None, UNDETERMINED, reason)


def read_address(written: str, reasons: list[str]) -> str | None:
    """The address. A network in its place (blocklists) is no address and no mistake either."""
    if not written:
        return None
    try:
        return str(parse_address(written))
    except Unreadable as problem:
        if not _is_network(written):
            reasons.append(str(problem))
        return None


def read_port(written: str, reasons: list[str]) -> int | None:
    """The port, 0 to 65535."""
    if not written:
        return None
    if written.isascii() and written.isdigit() and len(written) <= len("65535") and int(written) <= LAST_PORT:
        return int(written)
    reasons.append("port: not a number up to 65535")
    return None


def read_time(written: str, reasons: list[str]) -> datetime | None:
    """The instant, in UTC; without a zone it is one."""
    try:
        return parse_time(written)
    except Unreadable as problem:
        reasons.append(str(problem))
        return None


def find_time(written: str) -> datetime | None:
    """The instant, or the seconds since 1970 that some formats write; None where it is neither."""
    if _EPOCH.fullmatch(written):
        seconds = float(written)
        instant = datetime.fromtimestamp(seconds, UTC) if seconds < _after_last_year() else None
        return instant if instant and instant.year > _FIRST_YEAR else None
    return read_time(written, []) if written else None


def read_host(written: str) -> str:
    """The host name; what is none (an address in a host column) names nobody."""
    try:
        return str(parse_host(written)) if written else ""
    except Unreadable:
        return ""


def first_host(written: Sequence[str]) -> str:
    """The first of these that is a host name."""
    return next((host for one in written if (host := read_host(one))), "")


def host_of_url(url: str) -> tuple[str | None, str]:
    """The address or else the host name that a URL points at."""
    try:
        host = parse_url(url).host
    except Unreadable:
        return None, ""
    # A host name is a text, an address is not.
    return (None, str(host)) if isinstance(host, str) else (str(host), "")


def named_url(written: str) -> tuple[Named, ...]:
    """The URL in normal form, where it is one."""
    try:
        return _named(ObservableKind.URL, str(parse_url(written)))
    except Unreadable:
        return ()


def named_hash(written: str) -> tuple[Named, ...]:
    """A hash as MD5, SHA-1, SHA-256 and SHA-512 write it."""
    plain = written.strip().rpartition(":")[2]
    return _named(ObservableKind.HASH, plain.lower()) if _HASH.fullmatch(plain) else ()


def named_mail(written: str) -> tuple[Named, ...]:
    """A mail address, with its domain in normal form."""
    plain = written.strip()
    if not _MAIL.fullmatch(plain):
        return ()
    local, _, domain = plain.rpartition("@")
    host = read_host(domain)
    return _named(ObservableKind.MAIL, f"{local}@{host}") if host else ()


def named_cves(written: str) -> tuple[Named, ...]:
    """The CVE ids in it."""
    found = dict.fromkeys(match.upper() for match in _CVE.findall(written[:10_000]))
    return tuple(one for value in list(found)[:MOST_NAMED] for one in _named(ObservableKind.CVE, value))


def each_once(*named: tuple[Named, ...]) -> tuple[Named, ...]:
    """All of these, each once and no more than a row carries."""
    return tuple(dict.fromkeys(one for some in named for one in some))[:MOST_NAMED]


def _named(kind: ObservableKind, value: str) -> tuple[Named, ...]:
    fits = is_keepable(value) and byte_length(value) <= LONGEST_OBSERVABLE
    return (Named(kind.value, value),) if fits else ()


def _is_network(written: str) -> bool:
    try:
        parse_prefix(written)
    except Unreadable:
        return False
    return True


def _after_last_year() -> float:
    return datetime(_LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp()
