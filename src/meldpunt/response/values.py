"""What crosses the wall of response."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from meldpunt.access.values import ActorId
from meldpunt.cases.values import CaseId
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import DisclosureId
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.triage.values import By, Disruption
from meldpunt.vocabulary.bilingual import Bilingual

ActivationId = NewType("ActivationId", UUID)
ActionId = NewType("ActionId", UUID)
HandoverId = NewType("HandoverId", UUID)


@dataclass(frozen=True, slots=True)
class Range:
    """A likely figure between a low and a high one."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class CascadeSummary:
    """The gravest estimate of the case's reports as it was at activation; after `hour` hours. Money in euro.

    Without an estimate there is only the desk's own word in `disruption`, and `hour` is None.
    """

    disruption: Disruption | None
    hour: int | None = None
    processes: tuple[Bilingual, ...] = ()
    sectors_hit: Range | None = None
    damage_eur: Range | None = None
    people_in_distress: Range | None = None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """Who does what by when."""

    id: ActionId
    organisation: Organisation
    text: str
    due_at: datetime
    done_at: datetime | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a situation report for one member; None where the viewer does not oversee disclosures."""

    organisation: Organisation
    disclosure: DisclosureId
    state: DisclosureState | None


@dataclass(frozen=True, slots=True)
class SituationReport:
    """One situation report, numbered within its response."""

    number: int
    title: str
    published: By
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """One shift to the next. Without `to`, whoever takes the shift signs."""

    id: HandoverId
    given: By
    to: ActorId | None
    open_points: str
    signed: By | None


@dataclass(frozen=True, slots=True)
class ActivationLine:
    """One response in a list."""

    id: ActivationId
    case: CaseId
    case_reference: str
    title: str
    started_at: datetime
    ended_at: datetime | None
    members: int
    open_actions: int


@dataclass(frozen=True, slots=True)
class Activation:
    """One response in full."""

    line: ActivationLine
    reason: str
    override_reason: str
    cascade: CascadeSummary
    started: By
    ended: By | None
    ending_reason: str
    members: tuple[Organisation, ...]
    actions: tuple[ActionLine, ...]
    reports: tuple[SituationReport, ...]
    handovers: tuple[Handover, ...]

    @property
    def id(self) -> ActivationId:
        """The response's id."""
        return self.line.id

    @property
    def is_active(self) -> bool:
        """Whether it has not ended."""
        return self.line.ended_at is None
