"""A search tells by how many it finds: for what somebody may not see it must find as much as for nonsense."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from urllib.parse import urlencode

import pytest
from tests.cast.matrix import MATRIX, OPEN
from tests.cast.members import Member, come_in
from tests.cast.paths import paths_of
from tests.cast.played import Played
from tests.cast.reading import body_of, fold, search_fields_in

USUAL = frozenset({"text", "q", "search", "subject", "name"})
"""Asked of every list, also of those that show no such field: a filter without a field is a filter all the same."""

SEARCHERS = (
    "second-analyst",
    "duty-officer",
    "woo-officer",
    "statistician",
    "administrator",
    "water-security",
    "bank-security",
    "police-officer",
    "ministry-official",
    "stranger",
    "receipt-of-water",
    "requester",
)
"""One of each sort: what somebody may search follows from their role, their organisation and what they unsealed."""

NONSENSE = "quagga-xylofoon-zwijn"
_QUERIES = re.compile(r"""(?:\?|%3F)[^"'\s<>]*|name="asked" value="[^"]*\"""")
"""Links that repeat what was asked, and the field of the queue that keeps it for a view."""
_MADE_ANEW = re.compile(
    r"""name="(?:csrfmiddlewaretoken|draft|secret)" value="[^"]+"|<p class="house-secret">.*?</p>"""
)
"""What each page has anew: its token, the code of a draft, and the secret of a second factor with what seals it."""


def _searches(member: Member) -> Iterator[tuple[str, str]]:
    """Every page without an id in its address, with each field that makes a difference to what it shows."""
    for path in paths_of(member.door):
        if path.parameters:
            continue
        address = path.filled({})
        answer = member.browser.get(address, headers=dict(member.headers))
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            shown = {field for field in search_fields_in(body_of(answer).decode()) if "text" in field}
            yield from ((address, field) for field in [*sorted(shown), *_unshown(member, address, USUAL - shown)])


def _unshown(member: Member, address: str, fields: Set[str]) -> list[str]:
    """Those of the fields that make a difference: all are asked at once, and each by itself only where they do."""
    ignored = _found(member, address, "unheard-of", words=NONSENSE)
    if _found(member, address, *fields, words=NONSENSE) == ignored:
        return []
    return [one for one in sorted(fields) if _found(member, address, one, words=NONSENSE) != ignored]


def _found(member: Member, address: str, *fields: str, words: str) -> tuple[int, str]:
    """How a search answers, without the words that were asked and without the links that repeat them."""
    query = urlencode(dict.fromkeys(fields, words))
    answer = member.browser.get(f"{address}?{query}", headers=dict(member.headers))
    page = _QUERIES.sub("", _MADE_ANEW.sub("", body_of(answer).decode()))
    return answer.status_code, fold(page).replace(fold(words), "…")


def _nonsense(length: int) -> str:
    """As long as the words that are compared with it: a field may be too short for them."""
    return (NONSENSE * length)[:length]


def _hidden_from(name: str, played: Played) -> dict[str, str]:
    return {
        row.kind: row.marker(played)
        for row in MATRIX
        if name not in row.seen_by | row.allowed and (row.kind, name) not in OPEN
    }


@pytest.mark.parametrize("name", SEARCHERS)
def test_searching_for_what_is_hidden_finds_as_much_as_nonsense(name: str, played: Played) -> None:
    member, hidden = come_in(name, played), _hidden_from(name, played)
    tells = []
    for address, field in _searches(member):
        nothing = _found(member, address, field, words=NONSENSE)
        for kind, words in hidden.items():
            found = _found(member, address, field, words=words)
            if found != nothing and found != _found(member, address, field, words=_nonsense(len(words))):
                tells.append((address, field, kind))
    assert tells == []


@pytest.mark.parametrize(
    ("name", "words"), [("second-analyst", "kwikstaart"), ("woo-officer", "sabotage bij een drinkwaterbedrijf")]
)
def test_searching_for_what_is_seen_finds_it(name: str, words: str, played: Played) -> None:
    """Otherwise the test above would pass where nothing can be searched at all."""
    member, nonsense = come_in(name, played), _nonsense(len(words))
    assert any(
        _found(member, address, field, words=words) != _found(member, address, field, words=nonsense)
        for address, field in _searches(member)
    )
