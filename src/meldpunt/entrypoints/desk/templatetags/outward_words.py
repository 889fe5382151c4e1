"""Filters of the outward pages of the desk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from uuid import UUID

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from meldpunt.disclosure.values import DisclosureLine, Preview
from meldpunt.entrypoints.web.templatetags.words import in_language, label
from meldpunt.law import Deferral, Need, deferral_ground, listed
from meldpunt.vocabulary.bilingual import Bilingual

from ..outward_labels import outward_label
from ..versions import Pair, pairs_of

register = template.Library()

# As engines.redaction writes a mark: a bar of one width, and why.
_MARK: Final = re.compile(r"(\[\N{FULL BLOCK}+ [^\[\]]*\])")


@register.filter
def named(word: StrEnum | None) -> str:
    """What a page calls a word of a room; nothing for nothing."""
    return "" if word is None else outward_label(word) or label(word)


@register.filter
def pairs(preview: Preview) -> tuple[Pair, ...]:
    """Each part of a preview as it was written, and as readers would get it."""
    return pairs_of(preview.draft.parts, kept=preview.edited.parts, given=preview.verdict.given)


@register.filter
def with_marks(text: str) -> SafeString:
    """A text in which each mark that stands for something hidden can be seen at a glance."""
    pieces = _MARK.split(text)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", one) if _MARK.fullmatch(one) else one,) for one in pieces)
    )


@register.filter
def who_by_code(line: DisclosureLine) -> str:
    """Who reads it, by code, where that says more than what kind of reader they are."""
    kinds = tuple(named(kind) for kind in line.recipients)
    return ", ".join(code for code in map(in_language, line.codes) if not code.startswith(kinds))


@register.filter
def name_in(person: UUID | None, names: Mapping[UUID, str]) -> str:
    """The name of a colleague; who has no account at this desk shows by the first digits of the id."""
    return "" if person is None else names.get(person, f"{str(person)[:8]}…")


@register.filter
def deferral(ground: str) -> Deferral:
    """The ground on which a reporter hears of it later."""
    return deferral_ground(ground)


@register.filter
def missing(need: Need) -> Bilingual:
    """The conditions that are not met, as one enumeration."""
    return listed(need.missing)
