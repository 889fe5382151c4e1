"""Words of the trade in the visitor's language, and what must never become a link."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal, Protocol

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from meldpunt.engines.matching.defanging import defang
from meldpunt.entrypoints.web.labels import MARKS, words_for
from meldpunt.intake.values import ReportKind
from meldpunt.law import (
    Condition,
    DataKind,
    GroundKind,
    Outcome,
    Purpose,
    RecipientKind,
    answer_wording,
    label_of,
    listed,
    question_wording,
)
from meldpunt.law.labels import LawWord
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.entities import EntityKind
from meldpunt.vocabulary.sectors import sector

register = template.Library()


def active_language() -> Literal["nl", "en"]:
    """The language of this request: English where the visitor chose it, else Dutch."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@register.filter
def in_language(wording: Bilingual | str | None) -> str:
    """The wording in the visitor's language; nothing for nothing, and plain text as it is."""
    if wording is None:
        return ""
    return wording if isinstance(wording, str) else wording.in_language(active_language())


@register.filter
def label(member: StrEnum) -> str:
    """What people call a member of an enum: by its own `label`, by the doors' tables, or as the law says it."""
    own = getattr(member, "label", None)
    if isinstance(own, Bilingual):
        return in_language(own)
    if isinstance(member, (RecipientKind, Purpose, DataKind, Condition, Outcome, GroundKind)):
        return in_language(label_of(member))
    return words_for(member) or member.value


@register.filter
def in_question(name: str) -> str:
    """What a form asked under that name; the name itself where no form of ours did."""
    return in_language(question_wording(name)) or name


@register.filter
def in_answer(answer: str, name: str) -> str:
    """The answer as it was chosen; as it came where it was written."""
    return in_language(answer_wording(name, answer)) or _in_classification(answer, name) or answer


def _in_classification(answer: str, name: str) -> str:
    """What was put right, in words: a kind of report, a sector, a capacity."""
    if name in ("kind_before", "kind_now") and answer in list(ReportKind):
        return words_for(ReportKind(answer)) or ""
    if name in ("entity_kind_before", "entity_kind_now") and answer in list(EntityKind):
        return in_language(EntityKind(answer).label)
    if name in ("sector_before", "sector_now") and answer:
        return sector_name(answer)
    return gettext("not known") if name.endswith(("_before", "_now")) and not answer else ""


@register.filter
def as_told(field: BoundField) -> str:
    """What stands in a field, as who filled it in reads it: the words of a choice, else what was typed."""
    value = field.value() or ""
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(value, value))


class Fact(Protocol):
    """Anything of the law: a ground, a clock, a limit, a deferral."""

    @property
    def article(self) -> str:
        """Where it stands."""
        ...

    @property
    def verified(self) -> bool:
        """Whether that text was read."""
        ...


@register.filter
def article(fact: Fact) -> SafeString:
    """The article of a fact of the law; where nobody re-read it in its text, a mark says so. The one way to show it."""
    return format_html("{}", fact.article) if fact.verified else format_html("{} {}", fact.article, not_verified())


@register.simple_tag
def not_verified() -> SafeString:
    """The mark of a fact of the law that nobody re-read in its text."""
    return format_html('<span class="house-mark house-mark--quiet">{}</span>', gettext("not verified"))


@register.filter
def article_in_text(fact: Fact) -> str:
    """The same where no mark can stand: in the choices of a list."""
    return fact.article if fact.verified else f"{fact.article} ({gettext('not verified')})"


@register.filter
def enumerated(words: Iterable[LawWord]) -> str:
    """Words of the law as one enumeration, in their own order."""
    return in_language(listed(words))


@register.filter
def in_order(words: Iterable[StrEnum]) -> list[StrEnum]:
    """Words of one sort in the order in which they are declared: a set has another order in each process."""
    return sorted(words, key=lambda one: [*one.__class__.__members__.values()].index(one))


@register.filter
def mark_in_words(mark: str) -> str:
    """A mark of progress as the reporter reads it; one that nobody gave words is shown as it is."""
    return str(MARKS.get(mark, mark))


@register.filter
def sector_name(sector_id: str) -> str:
    """The sector with this id; nothing for none."""
    return in_language(sector(sector_id).name) if sector_id else ""


@register.filter
def entity_name(entity_kind: str) -> str:
    """The kind of entity with this value; nothing for none."""
    return in_language(EntityKind(entity_kind).label) if entity_kind else ""


@register.filter
def defanged(text: str) -> str:
    """An indicator as it may be shown: nobody can click it, and no mail reader will make a link of it."""
    return defang(text)


@register.filter
def as_hex(digest: bytes | None) -> str:
    """A digest in hexadecimal."""
    return digest.hex() if digest else ""


@register.filter
def tlp_mark(tlp: str) -> SafeString:
    """The TLP 2.0 label as FIRST writes it (white on black, in its own colour)."""
    name = str(tlp).removeprefix("TLP:").upper()
    return format_html('<span class="house-tlp house-tlp--{}">TLP:{}</span>', name.replace("+", "-"), name)
