"""Is it the same incident? Signs that two things belong together, each in words, and how strong they are together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from meldpunt.engines.matching.defanging import defang
from meldpunt.vocabulary.bilingual import Bilingual

# How much each sign weighs, from 1 to 100. A rare value in common is near proof, one that everybody names is none; an
# organisation alone is not: it may have two incidents. Days in common prove nothing by themselves and so only add to
# another sign.
_BY_ORGANISATION: Final = 45
_BY_FIRST_VALUE: Final = 45
_BY_FURTHER_VALUE: Final = 10
_BY_DAYS: Final = 15
_BY_TEXT: Final = 50
_LEAST: Final = 30
_SIMILAR_FROM: Final = 0.3
_DAYS_APART: Final = 3
_LONGEST_READ: Final = 1_500
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Sign:
    """What of a report or case is compared, as far as who looks may read it.

    `values` are observables in normal form, `trigrams` of its words.
    """

    organisations: frozenset[UUID]
    values: frozenset[str]
    first_day: date
    last_day: date
    trigrams: frozenset[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two belong together, and how strongly (1 to 100)."""

    reasons: tuple[Bilingual, ...]
    strength: int


@dataclass(frozen=True, slots=True)
class InCommon:
    """What two name both: how many values that are sealed for who looks, and what all of them weigh by their rarity.

    `weight` is 1 for each value that nothing else names, less for each that many do, 0 where they say nothing.
    """

    sealed: int
    weight: float


NOTHING_IN_COMMON: Final = InCommon(0, 0.0)


def trigrams_of(text: str) -> frozenset[str]:
    """Trigrams of the words in the first 1,500 characters, each word with two blanks before and one after it.

    The measure of PostgreSQL's pg_trgm, computed here: under a row policy the operator could use no index.
    """
    words = re.findall(r"\w+", text[:_LONGEST_READ].casefold())
    return frozenset(f"  {word} "[at : at + 3] for word in words for at in range(len(word) + 1))


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of trigrams in common (Jaccard), 0 to 1; nothing is like nothing."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def likeness(one: Sign, other: Sign, *, shared: InCommon) -> Likeness | None:
    """How alike two are; None where the signs are too weak to show.

    `shared` is what both name, also what is sealed for who looks: that weighs, and does not show.
    """
    reasons: list[Bilingual] = []
    strength = 0
    if one.organisations & other.organisations:
        strength += _BY_ORGANISATION
        reasons.append(Bilingual("dezelfde organisatie", "the same organisation"))
    shown = sorted(one.values & other.values)
    if shared.weight > 0 and (shown or shared.sealed):
        strength += round(_BY_FIRST_VALUE * min(shared.weight, 1) + _BY_FURTHER_VALUE * max(shared.weight - 1, 0))
        reasons.append(_in_common(shown, sealed=shared.sealed))
    alike = similarity(one.trigrams, other.trigrams)
    if alike >= _SIMILAR_FROM:
        strength += round(_BY_TEXT * alike)
        percent = round(100 * alike)
        reasons.append(Bilingual(f"tekst lijkt voor {percent}%", f"text is {percent}% alike"))
    if reasons and _days_between(one, other) <= _DAYS_APART:
        strength += _BY_DAYS
        reasons.append(Bilingual("in dezelfde dagen", "in the same days"))
    return Likeness(tuple(reasons), min(strength, 100)) if strength >= _LEAST else None


def _in_common(shown: Sequence[str], *, sealed: int) -> Bilingual:
    """Defanged, so that nobody follows a link of an attacker from a list of suggestions."""
    listed = [defang(value) for value in shown[:_SHOWN]]
    nl, en = ([f"{sealed} verzegeld"], [f"{sealed} sealed"]) if sealed else ([], [])
    return Bilingual(f"dezelfde kenmerken: {', '.join(listed + nl)}", f"the same observables: {', '.join(listed + en)}")


def ranked(found: Sequence[tuple[Likeness, str]]) -> list[int]:
    """The places of the likenesses, strongest first; equals in the order of their reference."""
    return sorted(range(len(found)), key=lambda place: (-found[place][0].strength, found[place][1]))


def _days_between(one: Sign, other: Sign) -> int:
    """Days between two spans; 0 where they overlap."""
    return max(0, (one.first_day - other.last_day).days, (other.first_day - one.last_day).days)
