"""Filters of the desk's templates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure.values import Disclosure, State
from meldpunt.engines.cascade import Band
from meldpunt.engines.matching.values import ObservableKind
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.intake.feed_values import ColumnUse, FeedMapping
from meldpunt.intake.mail_values import Link, links_from_words
from meldpunt.intake.values import Report
from meldpunt.triage.values import AskedState, Consultation, Estimate, Standing
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.entities import ENTITY_KINDS, EntityKind
from meldpunt.vocabulary.errors import UnknownWord
from meldpunt.vocabulary.parties import PARTY_KINDS, PartyKind
from meldpunt.vocabulary.rsit import incident_class, incident_type
from meldpunt.vocabulary.sectors import all_sectors
from meldpunt.vocabulary.vital import Category, Criteria, criteria_of, vital_process

from ..charts import in_order
from ..feed_told import FeedTold
from ..feed_told import feed_told as told_of
from ..labels import PURPOSES, label_of
from ..unread_rows import reason_in_words

register = template.Library()

K = TypeVar("K")
V = TypeVar("V")


@register.filter
def in_groups(fingerprint: str) -> str:
    """A fingerprint as it is read out: four signs at a time."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4)).upper()


@register.filter
def label(word: StrEnum | None) -> str:
    """What the desk calls a word of a room; nothing for nothing."""
    return "" if word is None else label_of(word)


@register.filter
def asked_state(one: Consultation) -> AskedState:
    """How far asking this party has come by now."""
    return one.state_at(timezone.now())


@register.filter
def state_at(told: Disclosure, instant: datetime) -> State:
    """How far a disclosure had come at an instant."""
    return told.state_at(instant)


@register.filter
def purpose_name(purpose: str) -> str:
    """For what an attachment came; the purpose itself where a file of terms brings one of its own."""
    return str(PURPOSES.get(purpose, purpose))


@register.filter
def permits(actor: Actor, permission: str) -> bool:
    """Whether the actor may; a page offers no link that would answer that there is nothing."""
    return may(actor.roles, Permission(permission))


@register.filter
def sector_name(sector: str) -> str:
    """The name of a sector by its id; the id itself for one the vocabulary does not know."""
    return next((in_language(known.name) for known in all_sectors() if known.id == sector), sector)


@register.filter
def entity_kind_name(kind: str) -> str:
    """The capacity in which a duty to report rests on somebody."""
    return in_language(ENTITY_KINDS[EntityKind(kind)]) if kind in list(EntityKind) else kind


@register.filter
def party_kind_name(kind: str) -> str:
    """What a government party is."""
    return in_language(PARTY_KINDS[PartyKind(kind)]) if kind in list(PartyKind) else kind


@register.filter
def rsit_words(word: str) -> str:
    """The name of a class or type of RSIT; the word itself for one the standard does not know."""
    try:
        return in_language((incident_type(word) if "/" in word else incident_class(word)).name) if word else ""
    except UnknownWord:
        return word


@register.filter
def observable_name(kind: str) -> str:
    """What the desk calls something a report names."""
    return label_of(ObservableKind(kind)) if kind in set(ObservableKind) else kind


@register.filter
def process_name(process: str) -> str:
    """The name of a vital process by its id; the id itself for one the vocabulary does not know."""
    try:
        return in_language(vital_process(process).name)
    except UnknownWord:
        return process


@register.filter
def feed_told(answers: Mapping[str, str]) -> FeedTold | None:
    """What is told of a feed."""
    return told_of(answers)


@register.filter
def mail_links(report: Report) -> tuple[Link, ...]:
    """The links in the HTML of the mail, and of those that were added, each once; what misleads first."""
    said = [report.answers.get("links", ""), *(one.answers.get("links", "") for one in report.stages)]
    found = dict.fromkeys(link for words in said for link in links_from_words(words))
    return tuple(sorted(found, key=lambda link: not link.is_misleading))


@register.filter
def without_links(answers: Mapping[str, str]) -> Mapping[str, str]:
    """The answers without the links, which have a table of their own."""
    return {name: answer for name, answer in answers.items() if name != "links"}


@register.filter
def uses_of(mapping: FeedMapping) -> list[tuple[str, ColumnUse]]:
    """The columns of a mapping, each with its use."""
    return list(zip(mapping.mapping.columns, mapping.mapping.uses, strict=True))


@register.filter
def row_reason(reason: str) -> str:
    """Why a row of a feed could not be read."""
    return reason_in_words(reason)


@register.filter
def percent(share: float) -> str:
    """A share from 0 to 1 in whole percents."""
    return f"{hundredths(share)} %"


@register.filter
def fine_percent(share: float) -> str:
    """A share from 0 to 1 in percents with a tenth: most chances are below one in a hundred."""
    return f"{number_format(round(share * 100, 1), 1)} %"


@register.filter
def hundredths(share: float) -> str:
    """The same without the sign, for inside brackets."""
    return str(round(share * 100))


@register.filter
def millions(amount: float) -> str:
    """Money in millions as the language writes it, whole; a tenth below ten."""
    found = amount / 1_000_000
    return str(number_format(found, 0 if abs(found) >= 10 or found == 0 else 1, force_grouping=True))


@register.simple_tag
def least_criteria() -> Criteria:
    """From where an outage disrupts society at all: the thresholds of category B."""
    return criteria_of(Category.B)


@register.filter
def between_percents(band: Band) -> str:
    """The band of a share in whole percents, in brackets, where it is one as written; else nothing."""
    return _between(hundredths(band.low), hundredths(band.high))


@register.filter
def between_millions(band: Band) -> str:
    """The band of an amount in millions, in brackets, where it is one as written; else nothing."""
    return _between(millions(band.low), millions(band.high))


@register.filter
def between_wholes(band: Band) -> str:
    """The band of a number without decimals, in brackets, where it is one as written; else nothing."""
    low, high = (str(number_format(round(one), 0, force_grouping=True)) for one in (band.low, band.high))
    return _between(low, high)


_LONGEST_WHOLE = 12
"""Characters of a band that stays on one line; that of hundreds of thousands of people may go on below its dash."""


def _between(low: str, high: str) -> str:
    if low == high:
        return ""
    dash = " – " if "-" in low + high else "–"
    whole = " desk-whole" if len(low + high) <= _LONGEST_WHOLE else ""
    return format_html(' <span class="desk-quiet desk-between{}">({}{}{})</span>', whole, low, dash, high)


@register.filter
def at(mapping: Mapping[K, V], key: K) -> V | None:
    """The value under a key, or nothing."""
    return mapping.get(key)


@register.filter
def over_time(estimate: Estimate) -> list[tuple[Bilingual, list[Standing | None]]]:
    """Each process that is hit, in the order of the picture, with how it stands at every reading."""
    readings = [{one.node: one for one in reading.standings} for reading in estimate.readings]
    names = {node: one.name for reading in readings for node, one in reading.items()}
    return [(names[node], [reading.get(node) for reading in readings]) for node in in_order(estimate)]


@register.filter
def hours_between(band: Band) -> str:
    """Between which whole hours something falls: `4–9`, or one number where they are the same."""
    return f"{band.low:.0f}" if band.low == band.high else f"{band.low:.0f}–{band.high:.0f}"


@register.filter
def tenths(share: float) -> str:
    """A share from 0 to 1 in percents with a tenth, as the language writes it."""
    return f"{number_format(share * 100, 1)} %"


@register.filter
def error_of(share: float) -> str:
    """The error of a share in whole percents, never less than one."""
    return f"{max(1, round(share * 100))} %"


# The spelling alphabet of the ICAO, in which those on both ends of a line spell alike (Annex 10, volume II, 5.2.1.3).
_ALPHABET = (
    *(
        "Alfa",
        "Bravo",
        "Charlie",
        "Delta",
        "Echo",
        "Foxtrot",
        "Golf",
        "Hotel",
        "India",
        "Juliett",
        "Kilo",
        "Lima",
        "Mike",
    ),
    *("Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Uniform", "Victor", "Whiskey"),
    *("X-ray", "Yankee", "Zulu"),
)
_SPELLED = {word[0]: word for word in _ALPHABET}


@register.filter
def spelled(code: str) -> list[str]:
    """A code to read out, group by group: `7F3K` is `7 Foxtrot 3 Kilo`."""
    return [" ".join(_SPELLED.get(sign, sign) for sign in group) for group in code.split("-")]
