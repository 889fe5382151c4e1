"""What kind of incident a report is about: suggestions that say why, and the check of what a person chose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.errors import ScoreChoicesInvalid, UnknownWord
from meldpunt.vocabulary.nciss import Level, Thresholds, score, score_categories
from meldpunt.vocabulary.rsit import (
    IncidentClass,
    IncidentType,
    IncidentTypeId,
    incident_class,
    incident_type,
    rsit_from_intelmq,
)

from ..errors import ClassificationUnknown
from ..values import RsitSuggestion

# How far each sign is believed, from 1 to 100. A feed was made by a machine that saw the traffic; a sender who has a
# taxonomy chose from it; a word in a text is only a word, and more of them are more.
_BY_FEED = 90
_BY_SENDER = 75
_BY_WORD_IN_TITLE = 35
_BY_WORD = 20
_STRONGEST_BY_WORDS = 70
_MOST_SUGGESTIONS = 5
_LONGEST_READ = 20_000

_UNDETERMINED = ("other/undetermined", "other/other")


def suggest_rsit(
    *,
    title: str,
    text: str,
    words: Mapping[IncidentTypeId, tuple[str, ...]],
    feed: str = "",
    said: Iterable[str] = (),
) -> tuple[RsitSuggestion, ...]:
    """Types the report points at, strongest first, at most five; each says what it rests on.

    `feed` is the type a feed's report stands for, `said` what the sender called it in any older taxonomy, `words` the
    stems by type. Only the first 20,000 characters of the text are read.
    """
    strengths: defaultdict[str, int] = defaultdict(int)
    reasons: defaultdict[str, list[Bilingual]] = defaultdict(list)
    if feed and feed not in _UNDETERMINED:
        strengths[feed] = _BY_FEED
        reasons[feed].append(
            Bilingual("deze feed meldt dit soort incidenten", "this feed reports this kind of incident")
        )
    for word in said:
        found = type_said(word)
        if found is not None and found.id not in _UNDETERMINED:
            strengths[found.id] = max(strengths[found.id], _BY_SENDER)
            reasons[found.id].append(Bilingual(f"de afzender noemt het ‘{word}’", f"the sender calls it “{word}”"))
    for type_id, stems in words.items():
        strength, seen = _heard(stems, title=title, text=text[:_LONGEST_READ])
        if seen:
            strengths[type_id] = min(100, strengths[type_id] + min(strength, _STRONGEST_BY_WORDS))
            listed = ", ".join(seen)
            reasons[type_id].append(Bilingual(f"de tekst noemt: {listed}", f"the text mentions: {listed}"))
    ranked = sorted(strengths, key=lambda type_id: (-strengths[type_id], type_id))[:_MOST_SUGGESTIONS]
    return tuple(RsitSuggestion(incident_type(one), tuple(reasons[one]), strengths[one]) for one in ranked)


def type_said(word: str) -> IncidentType | None:
    """The type a sender means by a word of RSIT, IntelMQ or eCSIRT.net; None where it is none of theirs."""
    try:
        return rsit_from_intelmq(word) if word.strip() else None
    except UnknownWord:
        return None


def class_of(*, assessed: str, feed: str, said: str) -> str:
    """The class a report counts under: the desk's, else the feed's, else the sender's, else `other`."""
    if assessed:
        return assessed
    known = type_said(feed) or type_said(said)
    return known.class_id if known else "other"


def read_rsit(rsit: str) -> tuple[IncidentClass, IncidentType | None]:
    """A class (`availability`) or a type (`availability/ddos`). Raises ClassificationUnknown."""
    try:
        if "/" in rsit:
            kind = incident_type(rsit)
            return incident_class(kind.class_id), kind
        return incident_class(rsit), None
    except UnknownWord:
        raise ClassificationUnknown("RSIT has no class or type “%(rsit)s”.", rsit=rsit) from None


def read_score(choices: Mapping[str, str], thresholds: Thresholds) -> tuple[float, Level] | None:
    """The NCISS score (0 to 100) and its level; None for no choices at all. Raises ClassificationUnknown."""
    if not choices:
        return None
    try:
        points = score(choices)
    except ScoreChoicesInvalid:
        names = [category.name for category in score_categories()]
        listed = Bilingual(", ".join(name.nl for name in names), ", ".join(name.en for name in names))
        sentence = "Choose one option in each of the eight categories of the score: %(categories)s."
        raise ClassificationUnknown(sentence, categories=listed) from None
    return points, thresholds.level_of(points)


def _heard(stems: tuple[str, ...], *, title: str, text: str) -> tuple[int, list[str]]:
    strength, seen = 0, []
    for stem in stems:
        in_title, in_text = _pattern(stem).search(title), _pattern(stem).search(text)
        found = in_title or in_text
        if found is None:
            continue
        strength += _BY_WORD_IN_TITLE if in_title else _BY_WORD
        goes_on = found.string[found.end() : found.end() + 1].isalnum()
        seen.append(f"{stem}…" if goes_on else stem)
    return strength, seen


@cache
def _pattern(stem: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(stem)}", re.IGNORECASE)
