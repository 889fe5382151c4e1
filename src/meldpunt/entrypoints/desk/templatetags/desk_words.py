"""Filters of the desk's templates."""

from __future__ import annotations

from enum import StrEnum

from django import template

from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.vocabulary.entities import ENTITY_KINDS, EntityKind
from meldpunt.vocabulary.parties import PARTY_KINDS, PartyKind
from meldpunt.vocabulary.sectors import all_sectors

from ..labels import label_of

register = template.Library()


@register.filter
def label(word: StrEnum | None) -> str:
    """What the desk calls a word of a room; nothing for nothing."""
    return "" if word is None else label_of(word)


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
def percent(share: float) -> str:
    """A share from 0 to 1 in whole percents."""
    return f"{round(share * 100)} %"
