"""Each member of the cast, at their own door: what they come across is what the matrix says, no more and no less."""

from __future__ import annotations

import re

import pytest
from tests.cast.matrix import MATRIX, OPEN
from tests.cast.members import MEMBERS, come_in, door_of
from tests.cast.paths import known_of
from tests.cast.played import Played
from tests.cast.walking import Walk, walk

IN_ENGLISH = frozenset(
    {"second-analyst", "second-duty-officer", "second-woo-officer", "administrator", "water-director"}
    | {"hospital-security", "military-intelligence-officer", "ministry-official", "receipt-of-water", "forwarder"}
)
"""The others read Dutch: a label that leaks in one language only is found by one of the two."""

AT_EVERY_DOOR = frozenset({"analyst", "bank-security", "sensor", "stranger"})
"""Whoever came in by one door is a stranger at the others; these four try."""


@pytest.mark.parametrize("name", MEMBERS)
def test_each_of_the_cast_sees_what_is_theirs_and_nothing_else(name: str, played: Played) -> None:
    member = come_in(name, played)
    language = "en" if name in IN_ENGLISH else "nl"
    walked = walk(member, known_of(played, door_of(name)), language=language, elsewhere=name in AT_EVERY_DOOR)
    seen = _seen(walked, played)
    expected = {row.kind for row in MATRIX if name in row.seen_by} | {kind for kind, who in OPEN if who == name}
    allowed = {row.kind for row in MATRIX if name in row.allowed}
    assert {kind: where[:5] for kind, where in seen.items() if kind not in expected | allowed} == {}
    assert expected - seen.keys() == set()
    assert _naming_the_observer(walked, played) == []


def _seen(walked: Walk, played: Played) -> dict[str, list[str]]:
    found = {row.kind: walked.where(row.marker(played)) for row in MATRIX}
    return {kind: where for kind, where in found.items() if where}


def _naming_the_observer(walked: Walk, played: Played) -> list[str]:
    """Pages that hold a sighting and its observer, by name, id or code; a row of its own report says each once."""
    observer = played.organisations["energy"]
    (code,) = played.column("SELECT code FROM constituency_organisation WHERE id = %s", observer)
    own = played.column("SELECT reference FROM intake_report WHERE organisation_id = %s", observer)
    sighting = (played.receipts["sighting"]["reference"].casefold(), played.report("sighting"))
    found: list[str] = []
    for address, page in walked.words.items():
        words = page.replace(address, "")
        rows = sum(reference.casefold() in words for reference in own)
        named = max(words.count(observer), len(re.findall(rf"\b{re.escape(code.casefold())}\b", words)))
        if any(one in words for one in sighting) and (named > rows or "de kabelaar" in words):
            found.append(address)
    return found
