"""What a text points at: addresses, names, URLs, hashes, mail addresses, CVE ids, bank accounts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from ipaddress import IPv6Address

from meldpunt.engines.matching.accounts import cut_iban, parse_iban
from meldpunt.engines.matching.defanging import refang
from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.grammar import parse_address, parse_host, parse_prefix, parse_url
from meldpunt.engines.matching.mapped import MappedText
from meldpunt.engines.matching.suffixes import has_known_suffix
from meldpunt.engines.matching.values import Observable, ObservableKind

_V4 = r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}"
_V6 = r"(?<![\w:.])(?=[0-9a-f:]*:[0-9a-f]*:)[0-9a-f:]{2,39}(?:\.\d{1,3}){0,3}"
_LABEL = r"[^\W_](?:[\w-]{0,61}\w)?"
_SCANS: tuple[tuple[ObservableKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (ObservableKind.URL, r"\b(?:https?|ftps?)://[^\s<>\"'`{}|^]+"),
        (ObservableKind.MAIL, rf"[\w.+=&'~%-]{{1,64}}@(?:{_LABEL}\.){{1,20}}{_LABEL}"),
        (ObservableKind.CVE, r"\bCVE-\d{4}-\d{4,19}\b"),
        # Looked at from each place: what follows a number is taken for a group of it, and may be the next one.
        (ObservableKind.IBAN, r"(?<![^\W_])(?=([a-z]{2}\d{2}(?:[ \u00a0-]?[a-z0-9]){11,31}))"),
        (ObservableKind.HASH, r"(?<![\w-])(?:[0-9a-f]{128}|[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![\w-])"),
        (ObservableKind.NETWORK, rf"(?:{_V4}|{_V6})/\d{{1,3}}(?![\w/])"),
        (ObservableKind.ADDRESS, rf"{_V4}(?![\w-]|\.\w)"),
        (ObservableKind.ADDRESS, rf"{_V6}(?![\w:]|\.\d)"),
        (ObservableKind.DOMAIN, rf"(?<![\w@/-])(?:[\w-]{{1,63}}\.){{1,20}}{_LABEL}(?![\w-])"),
    )
)
_FILE_TLDS = frozenset({"md", "mov", "ps", "py", "rs", "sh", "so", "zip"})
"""Country and generic domains that in prose are nearly always the ending of a file name."""

_FEWEST_V6_DIGITS = 4


def lift_observables(text: str) -> tuple[Observable, ...]:
    """Everything in the text that names a host, network, file, mailbox, vulnerability or bank account.

    Defanged spellings are read; values come back in normal form; passages do not overlap, and where
    two readings compete the wider notion wins (a URL over the host inside it). A name counts as a
    domain when its suffix is on the Public Suffix List or reserved for local use. `setup.py` and the
    like count only when defanged or longer than two labels. The loopback and unspecified IPv6
    addresses are left alone: in prose they are punctuation. In order of position.
    """
    mapped = refang(text)
    taken: list[Observable] = []
    covered = bytearray(len(text))
    for kind, pattern in _SCANS:
        for observable in _scan(kind, pattern, mapped):
            if not any(covered[observable.start : observable.end]):
                covered[observable.start : observable.end] = b"\1" * (observable.end - observable.start)
                taken.append(observable)
    return tuple(sorted(taken, key=lambda o: o.start))


def _scan(kind: ObservableKind, pattern: re.Pattern[str], mapped: MappedText) -> Iterator[Observable]:
    for match in pattern.finditer(mapped.text):
        written = match[match.lastindex or 0]
        written = _CUTS[kind](written) if kind in _CUTS else written
        start, end = mapped.span_in_source(match.start(), match.start() + len(written))
        try:
            value = _READERS[kind](written)
        except Unreadable:
            continue
        was_defanged = end - start != len(written)
        if value and (was_defanged or not _looks_like_file(kind, value)):
            yield Observable(kind, value, start, end)


def _trim(url: str) -> str:
    """Without the punctuation of the sentence round it; a closing bracket stays when it was opened."""
    while url[-1] in ".,;:!?)]":
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        if url[-1] == "]" and url.count("[") >= url.count("]"):
            break
        url = url[:-1]
    return url


def _looks_like_file(kind: ObservableKind, value: str) -> bool:
    labels = value.split(".")
    return kind is ObservableKind.DOMAIN and len(labels) == 2 and labels[-1] in _FILE_TLDS


def _read_address(written: str) -> str:
    address = parse_address(written)
    if isinstance(address, IPv6Address):
        digits = sum(char not in ":." for char in written)
        if address.is_loopback or digits < _FEWEST_V6_DIGITS:
            return ""
    return str(address)


def _read_domain(written: str) -> str:
    host = parse_host(written)
    return host if has_known_suffix(host) else ""


def _read_mail(written: str) -> str:
    local, _, domain = written.rpartition("@")
    return f"{local}@{parse_host(domain)}"


_CUTS: dict[ObservableKind, Callable[[str], str]] = {ObservableKind.URL: _trim, ObservableKind.IBAN: cut_iban}
_READERS: dict[ObservableKind, Callable[[str], str]] = {
    ObservableKind.URL: lambda written: str(parse_url(written)),
    ObservableKind.MAIL: _read_mail,
    ObservableKind.CVE: str.upper,
    ObservableKind.IBAN: parse_iban,
    ObservableKind.HASH: str.lower,
    ObservableKind.NETWORK: lambda written: str(parse_prefix(written)),
    ObservableKind.ADDRESS: _read_address,
    ObservableKind.DOMAIN: _read_domain,
}
