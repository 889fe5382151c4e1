"""Where a report stands on the scales of others: C1 to C6 (NCSC UK), and the taxonomy of the NIS Cooperation Group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from meldpunt.vocabulary.bilingual import Bilingual

from .by import By
from .words import Disruption


@dataclass(frozen=True, slots=True)
class ScaleWord:
    """One step of a scale, by the id of who made the scale."""

    id: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom it concerns, and the category by effect: serious, considerable risk, or indications only."""

    id: str
    name: Bilingual
    by_effect: Mapping[str, ScaleWord]


@dataclass(frozen=True, slots=True)
class Cause(ScaleWord):
    """A root cause, and the classes and types of RSIT that it follows from."""

    rsit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scales:
    """Everything that can be chosen, gravest first, with where it is from."""

    categories: tuple[ScaleWord, ...]
    reaches: tuple[Reach, ...]
    causes: tuple[Cause, ...]
    threats: tuple[ScaleWord, ...]
    impacts: tuple[ScaleWord, ...]
    outlooks: tuple[ScaleWord, ...]
    uk_source: str
    nis_source: str


@dataclass(frozen=True, slots=True)
class ScaleFacts:
    """What an assessment says that the scales rest on. `points`: the value of the option chosen, by NCISS category."""

    rsit: str
    points: Mapping[str, int]
    disruption: Disruption | None
    is_vital: bool
    is_central_government: bool
    malicious: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A step that follows from what is known, and why."""

    word: ScaleWord
    reasons: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows for each scale; None where too little is known."""

    reach: Placed | None
    category: Placed | None
    cause: Placed | None
    threat: Placed | None
    impact: Placed | None


@dataclass(frozen=True, slots=True)
class ScaleForm:
    """What a person answers, and what they put in place of what follows, with one reason. By id; empty: as derived."""

    reach: str = ""
    outlook: str = ""
    category: str = ""
    cause: str = ""
    threat: str = ""
    impact: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Scaling:
    """One version. Each step with what was computed beside it; None where nothing was said and nothing followed.

    `assessment` is the version of the assessment that it was derived from.
    """

    version: int
    assessment: int
    form: ScaleForm
    reach: ScaleWord | None
    outlook: ScaleWord | None
    category: ScaleWord | None
    computed_category: ScaleWord | None
    cause: ScaleWord | None
    computed_cause: ScaleWord | None
    threat: ScaleWord | None
    computed_threat: ScaleWord | None
    impact: ScaleWord | None
    computed_impact: ScaleWord | None
    by: By


@dataclass(frozen=True, slots=True)
class ScalingReading:
    """What a page shows: the version that counts, and what would follow now. `version` is the last, undone or not."""

    kept: Scaling | None
    now: Derived
    assessment: int
    version: int = 0

    @property
    def is_stale(self) -> bool:
        """Whether the report was assessed anew since."""
        return self.kept is not None and self.kept.assessment != self.assessment
