"""Which kind of indicator a text is, where a source says it in its own words or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from meldpunt.engines.matching.errors import IndicatorRefused, Unreadable
from meldpunt.engines.matching.indicators import read_indicator
from meldpunt.engines.matching.values import Indicator, IndicatorKind

_JA4: Final = re.compile(r"[tqd]\w{9}_\w{12}_\w{12}", re.ASCII)
_HEX: Final = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}", re.ASCII)
_SCHEME: Final = re.compile(r"(?:h\w\wps?|f\w{1,2}s?)\W{0,3}:\W{0,3}//", re.IGNORECASE)
_SPACE: Final = (IndicatorKind.ADDRESS, IndicatorKind.NETWORK)

WORDS: Final[Mapping[str, tuple[IndicatorKind, ...]]] = {
    **dict.fromkeys(("ip", "ipv4", "ipv6", "ip-src", "ip-dst", "ipv4-addr", "ipv6-addr", "address", "src_ip"), _SPACE),
    **dict.fromkeys(("ip_address", "ip address", "dst_ip", "cidr", "network", "subnet", "netblock"), _SPACE),
    **dict.fromkeys(("domain", "hostname", "fqdn", "host", "domain-name", "domain_name"), (IndicatorKind.DOMAIN,)),
    **dict.fromkeys(("url", "uri", "link"), (IndicatorKind.URL,)),
    **dict.fromkeys(("md5", "sha1", "sha-1", "sha256", "sha-256", "hash", "file"), (IndicatorKind.HASH,)),
    **dict.fromkeys(("filehash-md5", "filehash-sha1", "filehash-sha256"), (IndicatorKind.HASH,)),
    **dict.fromkeys(("md5_hash", "sha1_hash", "sha256_hash"), (IndicatorKind.HASH,)),
    **dict.fromkeys(("x509-fingerprint-md5", "x509-fingerprint-sha1"), (IndicatorKind.HASH,)),
    **dict.fromkeys(("x509-fingerprint-sha256", "certificate"), (IndicatorKind.HASH,)),
    **dict.fromkeys(("email", "mail", "email-src", "email-dst", "email-reply-to", "email-addr"), (IndicatorKind.MAIL,)),
    **dict.fromkeys(("ja3", "ja3-fingerprint-md5", "ja3_hash", "ja3s"), (IndicatorKind.JA3,)),
    **dict.fromkeys(("ja4", "ja4-fingerprint"), (IndicatorKind.JA4,)),
}
"""What sources call them: columns of exports, types of MISP, of OTX and of STIX."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of a source became no indicator: where it stands, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a source says round a value."""

    id: str
    source: str
    valid_from: datetime | None = None
    valid_until: datetime | None = None


def indicator_of(text: str, kinds: tuple[IndicatorKind, ...], given: Given) -> Indicator | LeftOut:
    """The text as the one kind of these that it is; a network is told by its slash."""
    kind = kinds[0] if kinds != _SPACE else _SPACE["/" in text]
    try:
        return read_indicator(
            kind,
            text,
            id=given.id,
            valid_from=given.valid_from,
            valid_until=given.valid_until,
            source=given.source,
        )
    except IndicatorRefused as refused:
        return LeftOut(given.id, refused.reason)
    except Unreadable as unreadable:
        return LeftOut(given.id, f"no {kind}: {unreadable.reason}")


def guess(text: str) -> tuple[IndicatorKind, ...] | None:
    """The kind of a value that nobody named. 32 digits are taken for an MD5 and not for a JA3. None: it may be several,
    or it is none."""
    written = text.strip()
    return next((kinds for is_one, kinds in _GUESSES if is_one(written)), None)


def _is_space(text: str) -> bool:
    return any(isinstance(indicator_of(text, (kind,), Given("", "")), Indicator) for kind in _SPACE)


def _is_domain(text: str) -> bool:
    found = indicator_of(text, (IndicatorKind.DOMAIN,), Given("", ""))
    return isinstance(found, Indicator) or (found.reason.startswith("strangers") and "." in text)


_GUESSES: Final[tuple[tuple[Callable[[str], object], tuple[IndicatorKind, ...]], ...]] = (
    (_SCHEME.match, (IndicatorKind.URL,)),
    (_JA4.fullmatch, (IndicatorKind.JA4,)),
    (_HEX.fullmatch, (IndicatorKind.HASH,)),
    (_is_space, _SPACE),
    (lambda text: "@" in text, (IndicatorKind.MAIL,)),
    (_is_domain, (IndicatorKind.DOMAIN,)),
)

Found = Iterator[Indicator | LeftOut]
"""What a reader gives: everything in the source, as an indicator or as what is left out and why."""
