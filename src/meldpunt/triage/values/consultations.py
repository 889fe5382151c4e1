"""What a party is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import TOLD, Delivered, Disclosure
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.intake.values import ReportId

from .assessments import By
from .words import Objection, Severity

ConsultationId = NewType("ConsultationId", UUID)


@dataclass(frozen=True, slots=True)
class View:
    """What a party answered, in its own words."""

    nature: str
    severity: Severity
    own_interest: str
    objection: Objection
    text: str
    by: By

    @property
    def is_dissent(self) -> bool:
        """Whether the party has something against going on."""
        return self.objection is not Objection.NONE


@dataclass(frozen=True, slots=True)
class Consultation:
    """One party asked about one report. `disclosure` says what it was told, or why the law refused."""

    id: ConsultationId
    report: ReportId
    party: Organisation
    questions: str
    asked: By
    due_at: datetime
    disclosure: Disclosure
    view: View | None

    @property
    def is_refused(self) -> bool:
        """Whether the law refused to tell this party."""
        return self.disclosure.state is DisclosureState.REFUSED

    @property
    def is_waiting(self) -> bool:
        """Whether the party was asked and has not answered."""
        return self.disclosure.state in TOLD and self.view is None


@dataclass(frozen=True, slots=True)
class Asked:
    """A consultation as the party sees it: what it was told, by when, and what it answered itself."""

    id: ConsultationId
    told: Delivered
    asked_at: datetime
    due_at: datetime
    view: View | None


@dataclass(frozen=True, slots=True)
class ViewForm:
    """What a party fills in."""

    nature: str = ""
    severity: Severity = Severity.UNKNOWN
    own_interest: str = ""
    objection: Objection = Objection.NONE
    text: str = ""
