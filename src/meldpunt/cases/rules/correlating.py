"""Is it the same incident? Signs that two things belong together, each in words, and how strong they are together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum, log
from typing import Final, TypeAlias
from uuid import UUID

from meldpunt.engines.matching.defanging import defang
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.days import written_day

# How much each sign weighs, from 1 to 100. A rare value in common is near proof, one that everybody names is none; an
# organisation alone is not: it may have two incidents. Days in common prove nothing by themselves and so only add to
# another sign; months apart, the same organisation or wording tells of another time rather than of the same incident.
_BY_ORGANISATION: Final = 45
_BY_FIRST_VALUE: Final = 45
_BY_FURTHER_VALUE: Final = 10
_BY_DAYS: Final = 15
_BY_TEXT: Final = 60
_LEAST: Final = 30
_SIMILAR_FROM: Final = 0.3
_DAYS_NEAR: Final = 3
_DAYS_FAR: Final = 30
_LONGEST_READ: Final = 3_000
_SHOWN: Final = 5
_SHOWN_WORDS: Final = 3
# Measured on real reports (docs/suggestions.md): with fewer, a few words that two short texts share count as proof.
_WEIGHT_OF_DOUBT: Final = 20.0
_TEXTS_FORESEEN: Final = 10

_Span: TypeAlias = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Sign:
    """What of a report or case is compared, as far as who looks may read it.

    `values` are observables in normal form; `texts` the words of each text, of a case those of some of its reports.
    """

    organisations: frozenset[UUID]
    values: frozenset[str]
    first_day: date
    last_day: date
    texts: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many of `among` texts each word stands: what every text says tells nothing of one."""

    among: int
    named: Mapping[str, int]

    def weight(self, word: str) -> float:
        """What a word weighs: the logarithm of how many texts there are for each that has it (Spärck Jones 1972)."""
        return log((self.among + _TEXTS_FORESEEN) / (self.named.get(word, 0) + 1))


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


def words_of(text: str) -> frozenset[str]:
    """The words in the first 3,000 characters, without those of one letter."""
    return frozenset(word for word in re.findall(r"\w+", text[:_LONGEST_READ].casefold()) if len(word) > 1)


def rarity_among(texts: Collection[frozenset[str]]) -> Rarity:
    """How rare each word is in texts that were not chosen for being alike: among those, what is rare looks usual."""
    return Rarity(len(texts), Counter(word for text in texts for word in text))


def similarity(one: frozenset[str], other: frozenset[str], rarity: Rarity) -> float:
    """The share of what the words weigh that is in both, 0 to 1; the less two texts say, the less it counts.

    The measure of Jaccard over weighed words, as if each text had said some more that the other did not.
    """
    common = fsum(map(rarity.weight, one & other))
    return common / (fsum(map(rarity.weight, one | other)) + _WEIGHT_OF_DOUBT)


def span_of(*, occurred_on: date | None, aware_on: date | None, ended_on: date | None, received_on: date) -> _Span:
    """From which day to which the incident went on, by what was told: known when it began, it went on until it was
    noticed or over; not known, it is the day on which it was noticed or told.
    """
    first = occurred_on or aware_on or received_on
    return first, max(first, ended_on or aware_on or first)


def likeness(one: Sign, other: Sign, *, shared: InCommon, rarity: Rarity) -> Likeness | None:
    """How alike two are; None where the signs are too weak to show.

    `shared` is what both name, also what is sealed for who looks: that weighs, and does not show.
    """
    reasons: list[Bilingual] = []
    strength, days = 0.0, _days_between(one, other)
    if one.organisations & other.organisations:
        strength += _BY_ORGANISATION
        reasons.append(Bilingual("dezelfde organisatie", "the same organisation"))
    alike, words = _closest(one, other, rarity)
    if alike >= _SIMILAR_FROM:
        strength += _BY_TEXT * alike
        reasons.append(_worded_alike(alike, words, rarity))
    if days > _DAYS_FAR:
        strength /= 2
    shown = sorted(one.values & other.values)
    if shared.weight > 0 and (shown or shared.sealed):
        strength += _BY_FIRST_VALUE * min(shared.weight, 1) + _BY_FURTHER_VALUE * max(shared.weight - 1, 0)
        reasons.append(_in_common(shown, sealed=shared.sealed))
    if reasons and days <= _DAYS_NEAR:
        strength += _BY_DAYS
        reasons.append(_at_one_time(one, other, days))
    return Likeness(tuple(reasons), min(round(strength), 100)) if strength >= _LEAST else None


def _closest(one: Sign, other: Sign, rarity: Rarity) -> tuple[float, frozenset[str]]:
    """The two texts that are most alike: how much, and the words they share."""
    pairs = [(similarity(mine, theirs, rarity), mine & theirs) for mine in one.texts for theirs in other.texts]
    return max(pairs, key=lambda pair: (pair[0], sorted(pair[1])), default=(0.0, frozenset()))


def _worded_alike(alike: float, words: frozenset[str], rarity: Rarity) -> Bilingual:
    """With the words that weighed most, so that who reads it sees whether they mean anything."""
    heaviest = sorted(words, key=lambda word: (-rarity.weight(word), -len(word), word))[:_SHOWN_WORDS]
    named, percent = ", ".join(heaviest), round(100 * alike)
    return Bilingual(f"tekst lijkt voor {percent}%: {named}", f"text is {percent}% alike: {named}")


def _at_one_time(one: Sign, other: Sign, days: int) -> Bilingual:
    if days:
        nl, en = ("dag", "day") if days == 1 else ("dagen", "days")
        return Bilingual(f"{days} {nl} na elkaar", f"{days} {en} apart")
    first, last = max(one.first_day, other.first_day), min(one.last_day, other.last_day)
    begun, ended = written_day(first), written_day(last)
    if first == last:
        return Bilingual(f"beide op {begun.nl}", f"both on {begun.en}")
    return Bilingual(f"beide van {begun.nl} tot en met {ended.nl}", f"both from {begun.en} to {ended.en}")


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
