"""What a system that forwards reads back: what became of its own reports, and no word that anybody told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meldpunt.law import Clock

from .values import Report, ReportKind, Stage, State


@dataclass(frozen=True, slots=True)
class ForwardedFilters:
    """What the list is narrowed to; `since` is an instant, inclusive. Empty or None means no narrowing."""

    state: State | None = None
    kind: ReportKind | None = None
    since: datetime | None = None
    source_reference: str = ""


@dataclass(frozen=True, slots=True)
class ForwardedLine:
    """One report in the list. `due` is the first statutory clock that still runs or is overdue."""

    reference: str
    source_reference: str
    kind: ReportKind
    sector: str
    received_at: datetime
    state: State
    is_kept_unread: bool
    due: Clock | None


@dataclass(frozen=True, slots=True)
class ForwardedPage:
    """Lines, newest first; `is_last` where none comes after them."""

    lines: tuple[ForwardedLine, ...]
    is_last: bool


@dataclass(frozen=True, slots=True)
class ForwardedStage:
    """A stage of a report; `is_own`: this system sent it. Somebody else with the receipt may have sent the others."""

    stage: Stage
    submitted_at: datetime
    is_own: bool


@dataclass(frozen=True, slots=True)
class ForwardedFile:
    """A file that this system sent with a report. `digest` is the SHA-256 of its bytes; None once it was destroyed."""

    name: str
    media_type: str
    size: int
    digest: bytes | None
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A report as the system that forwarded it follows it. `report` has no words, and what that system answered."""

    line: ForwardedLine
    report: Report
    stages: tuple[ForwardedStage, ...]
    files: tuple[ForwardedFile, ...]
    clocks: tuple[Clock, ...]
