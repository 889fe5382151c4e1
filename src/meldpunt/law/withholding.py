"""Grounds on which a passage may, or must, be withheld from a freedom-of-information release."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from meldpunt.law.values import RegimeId
from meldpunt.vocabulary.bilingual import Bilingual

WithholdingGroundId = NewType("WithholdingGroundId", str)


class Weighing(StrEnum):
    """How the interest is set against openness."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    TEMPORARY = "temporary"
    EXCEPTIONAL = "exceptional"
    OPINIONS = "opinions"

    @property
    def has_to_be_argued(self) -> bool:
        """Whether the decision itself has to say why the interest outweighs openness (Woo article 5.1(3))."""
        return self is not Weighing.ABSOLUTE

    @property
    def ages(self) -> bool:
        """Whether it weighs less as the information gets older (Woo article 5.3 names 5.1(2), 5.1(5) and 5.2)."""
        return self in (Weighing.RELATIVE, Weighing.EXCEPTIONAL, Weighing.OPINIONS)

    @property
    def label(self) -> Bilingual:
        """Its name and meaning for people."""
        return _WEIGHING[self]


@dataclass(frozen=True, slots=True)
class WithholdingGround:
    """One ground to withhold. `successors` are the ids that took its place when its act was replaced.

    `letter` marks the two grounds on which the minister's letter of 2013 rests confidentiality.
    """

    id: WithholdingGroundId
    regime: RegimeId
    article: str
    subject: Bilingual
    weighing: Weighing
    successors: tuple[WithholdingGroundId, ...]
    letter: bool
    source: str
    verified: bool
    valid_from: date
    valid_until: date | None

    def is_valid_on(self, day: date) -> bool:
        """Whether the ground is law on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class WithholdingLimit:
    """Where a ground to withhold does not reach, or only in part: environmental information, consent, a term."""

    id: str
    regime: RegimeId
    article: str
    wording: Bilingual
    grounds: frozenset[WithholdingGroundId]
    source: str
    verified: bool


_WEIGHING = {
    Weighing.ABSOLUTE: Bilingual("absoluut: geen afweging", "absolute: no weighing"),
    Weighing.RELATIVE: Bilingual("relatief: afwegen tegen openbaarheid", "relative: weighed against openness"),
    Weighing.TEMPORARY: Bilingual(
        "tijdelijk: het besluit zegt wanneer het alsnog openbaar wordt",
        "temporary: the decision says when it will be disclosed after all",
    ),
    Weighing.EXCEPTIONAL: Bilingual(
        "uitzonderlijk: alleen zelfstandig en met bijzondere motivering",
        "exceptional: on its own and with special reasons only",
    ),
    Weighing.OPINIONS: Bilingual(
        "persoonlijke beleidsopvattingen uit intern beraad", "personal policy opinions in internal deliberation"
    ),
}
