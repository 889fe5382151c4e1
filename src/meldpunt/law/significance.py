"""Whether an incident is significant: computed from answers, never asked of somebody who is putting out a fire.

The criteria are data of the law (`[[criteria]]`), so that thresholds of a sector are added without code.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from meldpunt.law.in_force import IN_FORCE
from meldpunt.law.regimes import Law
from meldpunt.law.significance_rules import Criterion
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.entities import EntityKind


class Significance(StrEnum):
    """POSSIBLY: a question was left open, so the law may apply."""

    YES = "yes"
    POSSIBLY = "possibly"
    NO = "no"

    @property
    def label(self) -> Bilingual:
        """The answer for people."""
        return _LABELS[self]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The outcome with its reasons, each with the criterion it rests on."""

    significance: Significance
    reasons: tuple[tuple[Bilingual, Criterion], ...]


def criteria_for(*, entity_kind: EntityKind | None, on: date, law: Law = IN_FORCE) -> tuple[Criterion, ...]:
    """The criteria of that day for an entity of this kind (None: not known, then of any), in the order of the law."""
    return tuple(
        one for one in law.criteria if one.is_valid_on(on) and (entity_kind is None or entity_kind in one.entity_kinds)
    )


def weigh(answers: Mapping[str, str], criteria: Iterable[Criterion]) -> Weighed:
    """From `yes`, `no` or anything else (open) per criterion to the outcome.

    One yes makes it significant, whatever else is open; only a no to every question makes it not. Where the law has no
    criterion nothing can be excluded.
    """
    asked = tuple(criteria)
    certain = tuple((one.when_yes, one) for one in asked if answers.get(one.key) == "yes")
    if certain:
        return Weighed(Significance.YES, certain)
    still_open = tuple((one.when_open, one) for one in asked if answers.get(one.key) != "no")
    if still_open or not asked:
        return Weighed(Significance.POSSIBLY, still_open)
    return Weighed(Significance.NO, tuple((_NOT, one) for one in {one.article: one for one in asked}.values()))


_NOT: Final = Bilingual("geen van de criteria geldt", "none of the criteria is met")

_LABELS: Final[Mapping[Significance, Bilingual]] = MappingProxyType(
    {
        Significance.YES: Bilingual("significant", "significant"),
        Significance.POSSIBLY: Bilingual("mogelijk significant", "possibly significant"),
        Significance.NO: Bilingual("niet significant", "not significant"),
    }
)
