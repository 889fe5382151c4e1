"""What in a text gives away the organisation or person that must stay unnamed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from meldpunt.engines.matching.grammar import parse_prefix
from meldpunt.engines.matching.mapped import MappedText
from meldpunt.engines.matching.values import Network
from meldpunt.engines.redaction.addresses import find_addresses
from meldpunt.engines.redaction.folding import fold_mapped
from meldpunt.engines.redaction.identity import Identity
from meldpunt.engines.redaction.naming import (
    domain_patterns,
    mail_pattern,
    name_pattern,
    person_pattern,
    phone_pattern,
    place_patterns,
    surname_pattern,
)
from meldpunt.engines.redaction.personal import scan_personal, without_contained
from meldpunt.engines.redaction.values import Span, SpanKind

_Patterns = Iterable[re.Pattern[str] | None]

_ENDS_A_TOKEN = frozenset(" \t\r\n\f\v<>\"'(),;[]{}|")
_SENTENCE_MARKS = ".:!?-"


def find_identifying(text: str, identity: Identity) -> tuple[Span, ...]:
    """Everything in the text that points at the identity, and all contact data whoever it belongs to.

    Names are found in any case, accented or not, broken over lines, hyphenated, inside compounds and
    in the possessive; domains with all that is under them, defanged or read out; addresses inside the
    networks in any spelling; phone numbers in any grouping. Mail addresses, phone numbers, IBANs and
    BSNs of others are found by their form (`find_personal`); IP addresses of others are left alone,
    because they are the indicators a release is about. Finding is generous: a person decides.

    Sorted by position; a span inside another one is left out.
    """
    mapped = fold_mapped(text)
    return without_contained(
        chain(
            _find_names(mapped, identity),
            _find_people(text, mapped, identity),
            _find_contact_data(mapped, identity),
            _find_in_networks(mapped, identity),
            scan_personal(mapped, with_addresses=False),
        )
    )


def _find_names(mapped: MappedText, identity: Identity) -> Iterator[Span]:
    for kind, what, names in (
        (SpanKind.NAME, "name", identity.names),
        (SpanKind.NAME, "alias", identity.aliases),
        (SpanKind.PRODUCT, "product", identity.products),
    ):
        for name in names:
            matches = _matches(mapped, [name_pattern(name)])
            for start, end in _grown(mapped.text, matches, lambda char: char.isalnum()):
                yield _span(mapped, (start, end), kind, f"{what} {name}")


def _find_people(text: str, mapped: MappedText, identity: Identity) -> Iterator[Span]:
    for person in identity.people:
        for match in _matches(mapped, [person_pattern(person)]):
            yield _span(mapped, match.span(), SpanKind.PERSON, f"person {person}")
        for match in _matches(mapped, [surname_pattern(person)]):
            first = mapped.span_in_source(*match.span("surname"))[0]
            if text[first].isupper():
                yield _span(mapped, match.span(), SpanKind.PERSON, f"surname of {person}")


def _find_contact_data(mapped: MappedText, identity: Identity) -> Iterator[Span]:
    for domain in identity.domains:
        matches = _matches(mapped, domain_patterns(domain))
        for start, end in _grown(mapped.text, matches, lambda char: char not in _ENDS_A_TOKEN):
            yield _span(mapped, (start, end), SpanKind.DOMAIN, f"domain {domain}")
    for mail in identity.mails:
        for match in _matches(mapped, [mail_pattern(mail)]):
            yield _span(mapped, match.span(), SpanKind.MAIL, f"mail address {mail}")
    for phone in identity.phones:
        for match in _matches(mapped, [phone_pattern(phone)]):
            yield _span(mapped, match.span(), SpanKind.PHONE, f"phone {phone}")
    for address in identity.addresses:
        for match in _matches(mapped, place_patterns(address)):
            yield _span(mapped, match.span(), SpanKind.PLACE, f"address {address}")


def _find_in_networks(mapped: MappedText, identity: Identity) -> Iterator[Span]:
    networks = [parse_prefix(network) for network in identity.networks]
    if not networks:
        return
    for spelled in find_addresses(mapped.text):
        for network in networks:
            if any(_shares(network, other) for other in spelled.networks):
                yield _span(mapped, (spelled.start, spelled.end), SpanKind.IP, f"network {network}")


def _shares(network: Network, other: Network) -> bool:
    return network.version == other.version and network.overlaps(other)


def _matches(mapped: MappedText, patterns: _Patterns) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        if pattern is not None:
            yield from pattern.finditer(mapped.text)


def _grown(text: str, matches: Iterable[re.Match[str]], belongs: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The words or tokens that hold a match, each once: one token may be all of a text and hold thousands."""
    start, end = 0, 0
    for match in matches:
        if not start <= match.start() < match.end() <= end:
            start, end = _grow(text, match.span(), belongs)
            yield start, end


def _grow(text: str, span: tuple[int, int], belongs: Callable[[str], bool]) -> tuple[int, int]:
    """The span with the rest of its word or token; a full stop that ends the sentence stays outside."""
    start, end = span
    while start > 0 and belongs(text[start - 1]):
        start -= 1
    grown = end
    while grown < len(text) and belongs(text[grown]):
        grown += 1
    while grown > end and text[grown - 1] in _SENTENCE_MARKS:
        grown -= 1
    return start, grown


def _span(mapped: MappedText, folded: tuple[int, int], kind: SpanKind, why: str) -> Span:
    start, end = mapped.span_in_source(*folded)
    return Span(start, end, kind, why)
