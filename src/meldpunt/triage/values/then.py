"""What was known of a report at one moment, and what has changed since another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from meldpunt.access.values import OrganisationId
from meldpunt.intake.values import Match, ObservableLine, ReportId, StageLine, State
from meldpunt.vocabulary.bilingual import Bilingual

from .assessments import Assessment, DecisionLine
from .by import By
from .consultations import Consultation
from .viewing import AskedState


class Unknown(StrEnum):
    """What a moment in the past does not say any more."""

    ATTRIBUTION = "attribution"
    """Whose it is was determined later; what was thought before was not kept."""
    HEADER = "header"
    """Title, sector and kind stand as they are now: versions of them are not kept."""
    SEALED = "sealed"
    """What is sealed for who looks now, stays so."""

    @property
    def label(self) -> Bilingual:
        """The sentence for people."""
        return _UNKNOWN[self]


_UNKNOWN = {
    Unknown.ATTRIBUTION: Bilingual(
        "Van wie de melding is, is later bepaald; wat daarvoor gold, is niet bewaard.",
        "Whose report it is was determined later; what held before that was not kept.",
    ),
    Unknown.HEADER: Bilingual(
        "Titel, sector en soort staan er zoals ze nu zijn; eerdere versies worden niet bewaard.",
        "Title, sector and kind stand as they are now; earlier versions of them are not kept.",
    ),
    Unknown.SEALED: Bilingual(
        "U leest dit met wat u nu mag zien: wat nu voor u verzegeld is, blijft dat.",
        "You read this with what you may see now: what is sealed for you now stays sealed.",
    ),
}


@dataclass(frozen=True, slots=True)
class AskedThen:
    """A consultation as it stood: its views, questions and messages until then, and how far asking had come."""

    consultation: Consultation
    state: AskedState


@dataclass(frozen=True, slots=True)
class Attributed:
    """Whose it was, and how that was found; `organisation` is None where it was nobody's."""

    organisation: OrganisationId | None
    by: Match | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Then:
    """A report as it was known `at` an instant, read from versions and times alone.

    `attributed` is None where that is not known any more. `unknown` says what this cannot tell.
    """

    report: ReportId
    reference: str
    title: str
    text: str
    at: datetime
    was_there: bool
    state: State | None
    stages: tuple[StageLine, ...]
    observables: tuple[ObservableLine, ...]
    attributed: Attributed | None
    assessment: Assessment | None
    asked: tuple[AskedThen, ...]
    decisions: tuple[DecisionLine, ...]
    holder: By | None
    unknown: tuple[Unknown, ...]

    @property
    def consultations(self) -> tuple[Consultation, ...]:
        """The consultations as they stood."""
        return tuple(one.consultation for one in self.asked)


@dataclass(frozen=True, slots=True)
class Changes:
    """What came in a report since an instant, mostly that of a decision."""

    since: datetime
    stages: tuple[StageLine, ...]
    before: Assessment | None
    after: Assessment | None
    views: tuple[Consultation, ...]
    asked: tuple[Consultation, ...]

    @property
    def is_assessed_anew(self) -> bool:
        """Whether another version of the assessment counts now."""
        return self.before != self.after

    @property
    def is_nothing(self) -> bool:
        """Whether nothing changed."""
        return not (self.stages or self.views or self.asked or self.is_assessed_anew)
