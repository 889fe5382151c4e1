"""What a report is asked under which law: items by subject, kind of entity and stage, each with its article.

An item that is not answered yet stays open; no item keeps anybody from reporting.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from meldpunt.law.form_rules import FormItem, FormRule, ItemKind, Subject
from meldpunt.law.in_force import IN_FORCE
from meldpunt.law.regimes import Law
from meldpunt.vocabulary import questions
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.entities import EntityKind

UNKNOWN = "unknown"
"""The answer of who does not know yet; it leaves the item open."""


def forms_for(
    *, subject: Subject, entity_kind: EntityKind | None, on: date, law: Law = IN_FORCE
) -> tuple[FormRule, ...]:
    """The forms of that day, in the order of the law."""
    return tuple(
        rule for rule in law.forms if rule.subject is subject and rule.fits(entity_kind) and rule.is_valid_on(on)
    )


def items_of(forms: Iterable[FormRule]) -> tuple[FormItem, ...]:
    """Their items, each key once: what one article asked already, the next does not ask again."""
    found: dict[str, FormItem] = {}
    for form in forms:
        for item in form.items:
            found.setdefault(item.key, item)
    return tuple(found.values())


def open_items(items: Iterable[FormItem], answers: Mapping[str, str]) -> tuple[FormItem, ...]:
    """Those that have no answer yet."""
    return tuple(item for item in items if answers.get(item.key, "").strip() in ("", UNKNOWN))


def question_wording(key: str, law: Law = IN_FORCE) -> Bilingual | None:
    """What was asked under this key, by a form of any day or by a door; None for what nobody asked."""
    asked = [(item.key, item.question) for form in law.forms for item in form.items]
    asked += [(one.key, one.question) for one in law.criteria]
    return questions.question_wording(key) or dict(asked).get(key)


def answer_wording(key: str, answer: str, law: Law = IN_FORCE) -> Bilingual | None:
    """One of the answers to choose from; None for what was written."""
    chosen = {item.key for form in law.forms for item in form.items if item.kind is ItemKind.YES_NO}
    chosen |= {one.key for one in law.criteria}
    return questions.ANSWERS.get(answer) if key in chosen else questions.answer_wording(key, answer)
