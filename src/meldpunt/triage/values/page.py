"""What a page of triage shows of one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from meldpunt.constituency.values import Organisation
from meldpunt.intake.values import Report, ReportId, StageId
from meldpunt.law import Clock
from meldpunt.vocabulary.nciss import ScoreCategory, Thresholds
from meldpunt.vocabulary.vital import VitalProcess

from .assessments import Assessment, DecisionLine, RsitSuggestion, Stood, standing_line
from .by import By
from .consultations import Consultation
from .queue import FeedSummary
from .scales import ScalingReading
from .then import Changes
from .words import UNDECIDED_AFTER, Decision


@dataclass(frozen=True, slots=True)
class Addition:
    """What was added after the decision. `by` is who of the desk followed it up, if anybody did.

    `became` is the report of its own that it became, with its reference.
    """

    stage: StageId
    by: By | None = None
    became: ReportId | None = None
    became_reference: str = ""


@dataclass(frozen=True, slots=True)
class Triage:
    """Everything a page of triage shows. `processes` are the vital processes of the organisation it is about.

    `version` is the last of the assessments, also where that one was undone and `assessment` is None. `additions` are
    those after the decision; `origin` is the report of which this one was an addition.
    """

    report: Report
    organisation: Organisation | None
    clocks: tuple[Clock, ...]
    feed: FeedSummary | None
    suggestions: tuple[RsitSuggestion, ...]
    categories: tuple[ScoreCategory, ...]
    processes: tuple[VitalProcess, ...]
    assessment: Assessment | None
    version: int
    history: tuple[Assessment, ...]
    consultations: tuple[Consultation, ...]
    decisions: tuple[DecisionLine, ...]
    taken: By | None
    additions: Mapping[StageId, Addition]
    thresholds: Thresholds
    scaling: ScalingReading
    origin: tuple[ReportId, str] | None = None
    since: Changes | None = None
    """What came since the last decision that said what becomes of it, whether that still stands or not."""

    @property
    def stood(self) -> Stood:
        """What whoever decides from this page has seen."""
        views = sum(len(one.views) for one in self.consultations)
        return Stood(len(self.decisions), len(self.report.stages), views)

    @property
    def is_late(self) -> bool:
        """Whether something was added after the decision that nobody followed up."""
        return self.first_late is not None

    @property
    def first_late(self) -> StageId | None:
        """The first of those."""
        return next((one.stage for one in self.additions.values() if one.by is None), None)

    @property
    def decision(self) -> Decision | None:
        """The decision that stands, if any."""
        standing = standing_line(self.decisions)
        return None if standing is None or standing.decision in UNDECIDED_AFTER else standing.decision
