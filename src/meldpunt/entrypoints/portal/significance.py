"""Whether an incident is significant: computed from answers, never asked of somebody who is putting out a fire.

NIS2 article 23(3): an incident is significant when (a) it caused, or can cause, severe operational disruption of
the services or financial loss for the entity, or (b) it affected, or can affect, others by considerable material or
non-material damage. Sector thresholds of national law are not in here. Plain Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from meldpunt.vocabulary.bilingual import Bilingual


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
class Question:
    """What is asked, and what a yes or an open answer means under which article."""

    key: str
    text: Bilingual
    article: str
    when_yes: Bilingual
    when_open: Bilingual


@dataclass(frozen=True, slots=True)
class Weighed:
    """The outcome with its reasons, each with the article it rests on."""

    significance: Significance
    reasons: tuple[tuple[Bilingual, str], ...]


QUESTIONS: Final = (
    Question(
        "severe_disruption",
        Bilingual(
            "Is uw dienst ernstig verstoord, of kan dat gebeuren?",
            "Is your service severely disrupted, or could it be?",
        ),
        "NIS2 art. 23(3)(a)",
        Bilingual("de dienst is of raakt ernstig verstoord", "the service is or may be severely disrupted"),
        Bilingual(
            "het is nog onbekend of de dienst ernstig verstoord raakt",
            "it is not known yet whether the service will be severely disrupted",
        ),
    ),
    Question(
        "financial_loss",
        Bilingual(
            "Lijdt uw organisatie er financieel verlies door, of kan dat gebeuren?",
            "Does your organisation lose money by it, or could it?",
        ),
        "NIS2 art. 23(3)(a)",
        Bilingual("er is of dreigt financieel verlies", "there is or may be financial loss"),
        Bilingual("het is nog onbekend of er financieel verlies is", "it is not known yet whether money is lost"),
    ),
    Question(
        "harm_to_others",
        Bilingual(
            "Hebben anderen er aanzienlijke schade van, of kan dat gebeuren?",
            "Does it do considerable damage to others, or could it?",
        ),
        "NIS2 art. 23(3)(b)",
        Bilingual("anderen hebben of krijgen aanzienlijke schade", "others have or may have considerable damage"),
        Bilingual("het is nog onbekend of anderen schade hebben", "it is not known yet whether others have damage"),
    ),
)


def weigh(answers: Mapping[str, str]) -> Weighed:
    """From `yes`, `no` or anything else (open) per question to the outcome.

    One yes makes it significant, whatever else is open; only a no to every question makes it not.
    """
    certain = tuple((one.when_yes, one.article) for one in QUESTIONS if answers.get(one.key) == "yes")
    if certain:
        return Weighed(Significance.YES, certain)
    still_open = tuple((one.when_open, one.article) for one in QUESTIONS if answers.get(one.key) != "no")
    if still_open:
        return Weighed(Significance.POSSIBLY, still_open)
    return Weighed(Significance.NO, ((_NOTHING, "NIS2 art. 23(3)"),))


_NOTHING: Final = Bilingual(
    "geen ernstige verstoring, geen financieel verlies en geen schade bij anderen",
    "no severe disruption, no financial loss and no damage to others",
)

_LABELS: Final[Mapping[Significance, Bilingual]] = MappingProxyType(
    {
        Significance.YES: Bilingual("significant", "significant"),
        Significance.POSSIBLY: Bilingual("mogelijk significant", "possibly significant"),
        Significance.NO: Bilingual("niet significant", "not significant"),
    }
)
