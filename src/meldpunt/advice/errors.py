"""Ways in which advice goes wrong.

MeldpuntError
├── access.NotFound
│   ├── AdviceNotFound        no such advice, or not for this viewer
│   └── MeasureNotFound       no such measure, or not for this viewer
└── access.RuleBroken
    ├── WordingMissing        a title, an introduction, a measure or a reason without words
    ├── OrganisationNotInCase the organisation has no part in the case
    ├── ReportNotInCase       the report from which it was begun is in another case
    ├── NotConcerned          the report does not concern the organisation
    ├── TooManyAtOnce         more than are told in one go
    ├── CaseMissing           the ministry is told of a case, and the report is in none
    ├── StateDoesNotAllow     given twice, or followed up before it was given
    ├── TimeImpossible        a follow-up planned without a zone
    ├── EscalationNotAllowed  a condition is not met; `unmet` says which
    └── EscalationUnderway    the ministry knows already, or will once a second person agrees
LetterImpossible              the typesetter refuses (a fault of ours)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from meldpunt.access.errors import MeldpuntError, NotFound, RuleBroken
from meldpunt.vocabulary.bilingual import Bilingual

from .values import Requirement

_WRITE: Final[Mapping[str, str]] = {
    "title": "Write the title.",
    "introduction": "Write the introduction.",
    "measure": "Write the measure.",
    "measures": "Write at least one measure.",
    "note": "Write the note.",
    "reason": "Write the reason.",
    "reason for refusing": "Write the reason for refusing.",
}


class AdviceNotFound(NotFound):
    """There is no such advice for this viewer."""


class MeasureNotFound(NotFound):
    """There is no such measure for this viewer."""


class WordingMissing(RuleBroken):
    """Write it: advice without words helps nobody."""

    def __init__(self, what: str) -> None:
        super().__init__(_WRITE[what])
        self.what = what


class ReportNotInCase(RuleBroken):
    """Begin it from a report of this case, or from the case itself."""

    def __init__(self) -> None:
        super().__init__("This report is not in this case.")


class OrganisationNotInCase(RuleBroken):
    """Add the organisation to the case first, or advise from its own case."""

    def __init__(self) -> None:
        super().__init__("This organisation has no part in the case.")


class NotConcerned(RuleBroken):
    """Choose among those whom the report is about, who registered the product, or who are in the sector."""

    def __init__(self) -> None:
        super().__init__("Nothing here says that the report concerns this organisation.")


class TooManyAtOnce(RuleBroken):
    """Narrow it down, or warn them with an advisory."""

    def __init__(self, most: int) -> None:
        super().__init__("At most %(most)s organisations are advised at once.", most=most)


class CaseMissing(RuleBroken):
    """Accept the report into a case first."""

    def __init__(self) -> None:
        super().__init__("Accept the report into a case first: the letter to the ministry is about a case.")


class StateDoesNotAllow(RuleBroken):
    """Look at the state of the advice."""


class TimeImpossible(RuleBroken):
    """Give the instant with a zone."""

    def __init__(self) -> None:
        super().__init__("A follow-up is planned at a time with a zone.")


class EscalationNotAllowed(RuleBroken):
    """Not yet: `unmet` holds the conditions that are not met, each with its sentence."""

    def __init__(self, unmet: tuple[Requirement, ...]) -> None:
        sentences = [one.sentence for one in unmet]
        nl, en = " ".join(one.nl for one in sentences), " ".join(one.en for one in sentences)
        super().__init__("%(unmet)s", unmet=Bilingual(nl, en))
        self.unmet = unmet


class EscalationUnderway(RuleBroken):
    """Wait for the second person, or withdraw that disclosure first."""

    def __init__(self) -> None:
        super().__init__("This advice was escalated before; that still stands.")


class LetterImpossible(MeldpuntError):
    """The letter cannot be set: the message is the typesetter's."""
