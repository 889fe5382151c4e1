"""What of a report's words points at somebody, and the words without it. Pure: the caller brings whom to hide."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from itertools import chain
from typing import Final

from meldpunt.constituency.values import SEALED
from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.grammar import parse_host
from meldpunt.engines.matching.values import ObservableKind
from meldpunt.engines.redaction.finding import find_identifying
from meldpunt.engines.redaction.identity import Identity
from meldpunt.engines.redaction.text import withhold
from meldpunt.engines.redaction.values import Passage

from .values import ReporterDetails

NOBODY: Final = Identity()
"""Nobody is known. Contact data is masked all the same, because its form gives it away."""

_LONGEST_NAME: Final = 200
"""Characters. A stranger types these; what is longer is no name, and a pattern of it would cost."""
_SHORTEST_GIVEN_NAME: Final = 3
_SAYS_NOTHING: Final = frozenset({ObservableKind.HASH, ObservableKind.CVE, ObservableKind.PRODUCT})
"""Digits in a hash or a CVE id look like a phone number at times, and say nothing of anybody. Which product failed the
desk has to read; whose it is stands there by code."""


def terms_of_reporter(who: ReporterDetails, organisation_named: str) -> Identity:
    """What the contact data of a report says: the name, the mail address with its domain, the telephone."""
    return Identity(
        names=_some(organisation_named),
        people=_some(who.name),
        mails=_some(who.email) if who.email.count("@") == 1 else (),
        domains=_domain(who.email.rpartition("@")[2]),
        phones=_some(who.phone),
    )


def both(one: Identity, other: Identity) -> Identity:
    """Everything that points at either."""
    return any_of((one, other))


def any_of(terms: Collection[Identity]) -> Identity:
    """Everything that points at any of these."""
    return Identity(
        **{
            field.name: tuple(dict.fromkeys(chain.from_iterable(getattr(one, field.name) for one in terms)))
            for field in fields(Identity)
        }
    )


def mask_text(text: str, terms: Identity) -> str:
    """The text with a mark wherever it points at these, or holds contact data of anybody."""
    found = [(span.start, span.end) for span in find_identifying(text, terms)]
    found += [match.span() for name in _given_names(terms) for match in re.finditer(name, text)]
    return withhold(text, [Passage(start, end, SEALED) for start, end in found]).text if found else text


def mask_answers(answers: Mapping[str, str], terms: Identity) -> dict[str, str]:
    """The answers masked, and the questions: mail headers and forwarded items bring their own."""
    return {mask_text(question, terms): mask_text(answer, terms) for question, answer in answers.items()}


def is_telling(kind: str, value: str, terms: Identity) -> bool:
    """Does this observable say who it is? Contact data of others does not: it is what the report is about.

    An account number always does: nobody can tell that of a thief from the one of who was robbed.
    """
    if not may_be_telling(kind) or kind == ObservableKind.IBAN:
        return kind == ObservableKind.IBAN
    if kind == ObservableKind.MAIL:
        known = {mail.strip().casefold() for mail in terms.mails}
        return value.casefold() in known or any(find_identifying(half, terms) for half in value.split("@"))
    by_form = {(span.start, span.end) for span in find_identifying(value, NOBODY)}
    return any((span.start, span.end) not in by_form for span in find_identifying(value, terms))


def may_be_telling(kind: str) -> bool:
    """Could an observable of this kind say who it is, when nobody can be asked yet?"""
    return kind not in _SAYS_NOTHING


def _given_names(terms: Identity) -> Iterator[str]:
    """Patterns of what colleagues call each other: `Bel Fenna`. With a capital, because `wil` is also a word."""
    for person in terms.people:
        first, *rest = person.split() or [""]
        if rest and first.isalpha() and len(first) >= _SHORTEST_GIVEN_NAME:
            yield rf"(?<!\w)(?:{first.capitalize()}|{first.upper()})(?!\w)"


def _some(term: str) -> tuple[str, ...]:
    said = term.strip()
    return (said,) if said and len(said) <= _LONGEST_NAME else ()


def _domain(host: str) -> tuple[str, ...]:
    try:
        return (str(parse_host(host)),) if len(host) <= _LONGEST_NAME and "." in host else ()
    except Unreadable:
        return ()
