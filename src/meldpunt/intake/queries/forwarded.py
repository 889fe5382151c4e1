"""What a system that forwards reads back of its own reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.values import EvidenceItem

from .. import models
from ..deadlines import first_due
from ..errors import CursorMalformed, ReportNotFound
from ..forwarded_values import (
    Forwarded,
    ForwardedFile,
    ForwardedFilters,
    ForwardedLine,
    ForwardedPage,
    ForwardedStage,
)
from ..values import Report, ReportKind, Stage, StageId, StageLine, State
from .rows import Hanging, clocks_from_row, whole_from

_EVERYTHING: Final = ForwardedFilters()
_LINE: Final = (
    "id",
    "reference",
    "sender_reference",
    "kind",
    "sector",
    "entity_kind",
    "received_at",
    "aware_at",
    "ended_at",
    "state",
    "kept_reason",
)
# What the door of machines may read of a stage: its words are of whoever told it.
_STAGE: Final = ("id", "report_id", "stage", "submitted_at", "submitted_by", "ended_at")


@look(Permission.REPORT_FORWARD)
def list_forwarded(
    viewer: Actor, /, *, filters: ForwardedFilters = _EVERYTHING, after: str = "", limit: int
) -> ForwardedPage:
    """What this system forwarded, newest first, `limit` at a time.

    `after` is the reference of the last line of the page before. It names a report that the viewer reads, and no count:
    what comes in meanwhile neither repeats nor hides one. Raises CursorMalformed for any other.
    """
    rows = _narrowed(_own(viewer), filters)
    if after:
        last = _own(viewer).filter(reference=after).only("id", "received_at").first()
        if last is None:
            raise CursorMalformed
        rows = rows.filter(received_at__lte=last.received_at).filter(
            Q(received_at__lt=last.received_at) | Q(id__lt=last.id)
        )
    found = list(rows.order_by("-received_at", "-id").only(*_LINE)[: limit + 1])
    statutory = [row.id for row in found if row.kind == ReportKind.STATUTORY]
    stages = _stages_of(statutory) if statutory else {}
    lines = tuple(_line(row, [line for line, _ in stages.get(row.id, ())]) for row in found[:limit])
    return ForwardedPage(lines, is_last=len(found) <= limit)


@look(Permission.REPORT_FORWARD)
def get_forwarded(viewer: Actor, /, *, reference: str) -> Forwarded:
    """One of them, with its stages and clocks. Raises ReportNotFound."""
    row = _own(viewer).filter(reference=reference).first()
    if row is None:
        raise ReportNotFound("no such report")
    told, answers = _stages_of([row.id]).get(row.id, []), _own_answers(row.id)
    lines = tuple(replace(line, answers=answers.get(line.id, {})) for line, _ in told)
    marks = tuple(models.Progress.objects.filter(report_id=row.id).order_by("at", "id"))
    report = replace(
        _without_words(whole_from(row, Hanging({}, (), marks))), stages=lines, answers=answers.get(None, {})
    )
    items = evidence_queries.list_evidence(viewer, about=row.id)
    return Forwarded(
        line=_line(row, lines),
        report=report,
        stages=tuple(ForwardedStage(line.stage, line.submitted_at, by == viewer.id) for line, by in told),
        files=tuple(_file(one) for one in items if one.id not in row.raw_evidence),
        clocks=clocks_from_row(row, lines),
    )


def _own(viewer: Actor) -> QuerySet[models.Report]:
    # Row policies say the same at the door of machines; this holds for a job as well.
    return models.Report.objects.filter(sent_by=viewer.id)


def _narrowed(rows: QuerySet[models.Report], filters: ForwardedFilters) -> QuerySet[models.Report]:
    if filters.state:
        rows = rows.filter(state=filters.state.value)
    if filters.kind:
        rows = rows.filter(kind=filters.kind.value)
    if filters.since:
        rows = rows.filter(received_at__gte=filters.since)
    if filters.source_reference:
        rows = rows.filter(sender_reference=filters.source_reference)
    return rows


def _line(row: models.Report, stages: Iterable[StageLine]) -> ForwardedLine:
    return ForwardedLine(
        reference=row.reference,
        source_reference=row.sender_reference or "",
        kind=ReportKind(row.kind),
        sector=row.sector,
        received_at=row.received_at,
        state=State(row.state),
        is_kept_unread=bool(row.kept_reason),
        due=first_due(clocks_from_row(row, stages)),
    )


def _stages_of(reports: Iterable[UUID]) -> dict[UUID, list[tuple[StageLine, UUID]]]:
    """The stages of each report without their words, oldest first, and who sent each."""
    found: dict[UUID, list[tuple[StageLine, UUID]]] = {}
    rows = models.SubmittedStage.objects.filter(report_id__in=list(reports)).order_by("submitted_at", "id")
    for key, report, stage, at, by, ended_at in rows.values_list(*_STAGE):
        found.setdefault(report, []).append((StageLine(StageId(key), Stage(stage), at, "", {}, ended_at), by))
    return found


def _own_answers(report: UUID) -> Mapping[UUID | None, Mapping[str, str]]:
    """What this system answered, by stage (None: with the report itself); what others answered it does not read."""
    return dict(models.Words.objects.filter(report_id=report).values_list("stage_id", "answers"))


def _without_words(report: Report) -> Report:
    return replace(report, title="", text="", masked_title="")


def _file(item: EvidenceItem) -> ForwardedFile:
    return ForwardedFile(item.name, item.media_type, item.size, item.digest, item.sealed_at)
