"""What crosses the wall of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from meldpunt.access.values import ActorId, OrganisationId
from meldpunt.constituency.values import Organisation
from meldpunt.intake.values import ReportId, ReportLine, Stage
from meldpunt.triage.values import By, Disruption
from meldpunt.vocabulary.bilingual import Bilingual

CaseId = NewType("CaseId", UUID)
DocumentId = NewType("DocumentId", UUID)
TaskId = NewType("TaskId", UUID)


class CaseState(StrEnum):
    """MERGED: the work goes on in another case, until the merge is undone."""

    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"


class EntryKind(StrEnum):
    """What an entry of the timeline is about. All but NOTE are written by the deed itself."""

    OPENED = "opened"
    REPORT_ADDED = "report-added"
    REPORT_TAKEN_OUT = "report-taken-out"
    NOTE = "note"
    TASK_ADDED = "task-added"
    TASK_DONE = "task-done"
    DOCUMENT_ADDED = "document-added"
    PARTY_ADDED = "party-added"
    MERGED = "merged"
    SPLIT = "split"
    REFRESHED = "refreshed"
    CLOSED = "closed"
    REOPENED = "reopened"

    @property
    def label(self) -> Bilingual:
        """The word for people."""
        return _ENTRY[self]


_ENTRY: Mapping[EntryKind, Bilingual] = {
    EntryKind.OPENED: Bilingual("zaak geopend", "case opened"),
    EntryKind.REPORT_ADDED: Bilingual("melding toegevoegd", "report added"),
    EntryKind.REPORT_TAKEN_OUT: Bilingual("melding eruit gehaald", "report taken out"),
    EntryKind.NOTE: Bilingual("notitie", "note"),
    EntryKind.TASK_ADDED: Bilingual("taak toegevoegd", "task added"),
    EntryKind.TASK_DONE: Bilingual("taak gedaan", "task done"),
    EntryKind.DOCUMENT_ADDED: Bilingual("document toegevoegd", "document added"),
    EntryKind.PARTY_ADDED: Bilingual("betrokkene toegevoegd", "party added"),
    EntryKind.MERGED: Bilingual("samengevoegd", "merged"),
    EntryKind.SPLIT: Bilingual("weer gesplitst", "split again"),
    EntryKind.REFRESHED: Bilingual("bijgewerkt", "brought up to date"),
    EntryKind.CLOSED: Bilingual("gesloten", "closed"),
    EntryKind.REOPENED: Bilingual("heropend", "reopened"),
}


class DocumentKind(StrEnum):
    """What a document of a case is. A report and its stages are documents of their case."""

    REPORT = "report"
    STAGE = "stage"
    NOTE = "note"
    CORRESPONDENCE = "correspondence"
    ANALYSIS = "analysis"

    @property
    def label(self) -> Bilingual:
        """The word for people."""
        return _DOCUMENT[self]


_DOCUMENT: Mapping[DocumentKind, Bilingual] = {
    DocumentKind.REPORT: Bilingual("melding", "report"),
    DocumentKind.STAGE: Bilingual("vervolgmelding", "later stage of a report"),
    DocumentKind.NOTE: Bilingual("notitie", "note"),
    DocumentKind.CORRESPONDENCE: Bilingual("briefwisseling", "correspondence"),
    DocumentKind.ANALYSIS: Bilingual("analyse", "analysis"),
}


class PartyRole(StrEnum):
    """What an organisation is in a case."""

    REPORTER = "reporter"
    VICTIM = "victim"
    SUPPLIER = "supplier"
    AUTHORITY = "authority"
    HELPER = "helper"

    @property
    def label(self) -> Bilingual:
        """The word for people."""
        return _ROLE[self]


_ROLE: Mapping[PartyRole, Bilingual] = {
    PartyRole.REPORTER: Bilingual("melder", "reporter"),
    PartyRole.VICTIM: Bilingual("getroffene", "victim"),
    PartyRole.SUPPLIER: Bilingual("leverancier", "supplier"),
    PartyRole.AUTHORITY: Bilingual("overheidspartij", "authority"),
    PartyRole.HELPER: Bilingual("helper", "helper"),
}


@dataclass(frozen=True, slots=True)
class Observable:
    """Something the case is about (`engines.matching.ObservableKind`), and in how many of its reports it stands.

    `id` is one of its rows here: it asks for the value without writing it.
    """

    kind: str
    value: str
    reports: int
    id: UUID


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of the timeline. `case` is where it was written, also after a merge."""

    case: CaseId
    kind: EntryKind
    text: str
    by: By


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do. `owner` is empty while nobody has it."""

    id: TaskId
    case: CaseId
    title: str
    due_at: datetime | None
    owner: ActorId | None
    owner_name: str
    done_at: datetime | None

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been done."""
        return self.done_at is None and self.due_at is not None and self.due_at < now


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation with a role in the case."""

    organisation: Organisation
    role: PartyRole


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in a list."""

    id: DocumentId
    case: CaseId
    kind: DocumentKind
    title: str
    by: By


@dataclass(frozen=True, slots=True)
class Document:
    """A document whole, never changed: a new version is a new document. `is_masked`: its report is sealed."""

    id: DocumentId
    case: CaseId
    kind: DocumentKind
    title: str
    text: str
    report: ReportId | None
    by: By
    is_masked: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """What a reporter added to a report in a case, which the case did not take over yet."""

    case: CaseId
    report: ReportId
    reference: str
    stage: Stage
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list. `disruption` is what triage said when the case was last brought up to date."""

    id: CaseId
    reference: str
    title: str
    state: CaseState
    rsit: str
    rsit_name: Bilingual | None
    sector: str
    organisation: Organisation | None
    disruption: Disruption | None
    opened_at: datetime
    reports: int
    open_tasks: int
    next_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of cases; `total` counts all that the filters leave."""

    lines: tuple[CaseLine, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """What the list is narrowed to; empty or None means no narrowing. `text` is looked for in titles and documents."""

    state: CaseState | None = CaseState.OPEN
    sector: str = ""
    organisation: OrganisationId | None = None
    disruption: Disruption | None = None
    is_mine: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """A case that is merged into this one."""

    id: CaseId
    reference: str
    title: str
    reason: str
    by: By


@dataclass(frozen=True, slots=True)
class Case:
    """A case with everything in it, also what came from the cases merged into it.

    `merged_into` is set while the work goes on elsewhere. `organisation` is whom it is mostly about.
    """

    id: CaseId
    reference: str
    title: str
    state: CaseState
    rsit: str
    rsit_name: Bilingual | None
    sector: str
    organisation: Organisation | None
    disruption: Disruption | None
    opened: By
    closed_at: datetime | None
    closing_reason: str
    merged_into: CaseId | None
    joined: tuple[Joined, ...]
    reports: tuple[ReportLine, ...]
    observables: tuple[Observable, ...]
    entries: tuple[EntryLine, ...]
    tasks: tuple[Task, ...]
    parties: tuple[Party, ...]
    documents: tuple[DocumentLine, ...]

    @property
    def whole(self) -> tuple[CaseId, ...]:
        """The case, and every case merged into it."""
        return (self.id, *(one.id for one in self.joined))

    @property
    def organisations(self) -> frozenset[OrganisationId]:
        """Everybody it is about or who has a role in it."""
        named = {party.organisation.id for party in self.parties}
        named |= {line.organisation for line in self.reports if line.organisation}
        return frozenset(named | ({self.organisation.id} if self.organisation else set()))

    @property
    def may_disrupt_society(self) -> bool:
        """Whether triage saw a risk, possibly or likely."""
        return self.disruption in (Disruption.POSSIBLY, Disruption.LIKELY)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A case that may be about the same incident, why, and how strongly (1 to 100)."""

    case: CaseLine
    reasons: tuple[Bilingual, ...]
    strength: int


@dataclass(frozen=True, slots=True)
class ReportSuggestion:
    """An undecided report that may be about the same incident, why, and how strongly (1 to 100)."""

    report: ReportLine
    reasons: tuple[Bilingual, ...]
    strength: int
