"""The forms of the law as it writes them: which items are asked of whom, about what, at which stage."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meldpunt.law.clock_rules import Stage
from meldpunt.law.terms import Term, add_to_day
from meldpunt.law.values import RegimeId
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.entities import EntityKind


class Subject(StrEnum):
    """What a report is about."""

    INCIDENT = "incident"
    NEAR_MISS = "near-miss"
    THREAT = "threat"
    VULNERABILITY = "vulnerability"


class ItemKind(StrEnum):
    """How an item is answered. YES_NO has a third answer: not known yet."""

    WORDS = "words"
    LINE = "line"
    YES_NO = "yes-no"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class FormItem:
    """One question, the article that asks it (`verified` as its form), and the key under which its answer is kept."""

    key: str
    question: Bilingual
    kind: ItemKind
    article: str
    verified: bool


@dataclass(frozen=True, slots=True)
class FormRule:
    """One form as law gives it. Without `stage` it belongs to the first report; without `entity_kinds` to anybody.

    `term`: counted in days from the day of reception, how long what is told is kept from the public at most.
    """

    id: str
    regime: RegimeId
    name: Bilingual
    article: str
    source: str
    verified: bool
    subject: Subject
    stage: Stage | None
    entity_kinds: frozenset[EntityKind]
    items: tuple[FormItem, ...]
    term: Term | None
    valid_from: date
    valid_until: date | None

    def is_valid_on(self, day: date) -> bool:
        """Whether the form is law on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def fits(self, kind: EntityKind | None) -> bool:
        """Whether it is asked of an entity of this kind (None: of somebody of whom it is not known)."""
        return not self.entity_kinds or kind in self.entity_kinds

    def due_on(self, received_on: date) -> date | None:
        """The last day of the term; None where the form has none."""
        return add_to_day(received_on, self.term) if self.term else None
