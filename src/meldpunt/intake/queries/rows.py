"""From rows to values. Rows never leave the room."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable

from meldpunt.access.values import OrganisationId
from meldpunt.law import Clock
from meldpunt.ledger.values import EntryId

from .. import models
from ..deadlines import clocks_from, first_due
from ..values import (
    Channel,
    FeedRowLine,
    KeptReason,
    Match,
    ObservableLine,
    ProgressLine,
    Report,
    Reporter,
    ReporterDetails,
    ReportId,
    ReportKind,
    ReportLine,
    Stage,
    StageLine,
    State,
)

LINE_COLUMNS = (
    "id",
    "reference",
    "channel",
    "kind",
    "title",
    "sector",
    "entity_kind",
    "organisation",
    "aware_at",
    "ended_at",
    "received_at",
    "state",
    "kept_reason",
)


def organisation_of(row: models.Report | models.FeedRow) -> OrganisationId | None:
    """The organisation's id as this house passes it."""
    return OrganisationId(row.organisation_id) if row.organisation_id else None


def stages_of(reports: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[StageLine]]:
    """The stages of each report, oldest first."""
    found: defaultdict[uuid.UUID, list[StageLine]] = defaultdict(list)
    rows = models.SubmittedStage.objects.filter(report_id__in=list(reports)).order_by("submitted_at", "id")
    for row in rows:
        line = StageLine(Stage(row.stage), row.submitted_at, row.text, row.answers, row.ended_at)
        found[row.report_id].append(line)
    return found


def clocks_from_row(row: models.Report, stages: Iterable[StageLine]) -> tuple[Clock, ...]:
    """The statutory clocks of one report."""
    lines = list(stages)
    ended = [line.ended_at for line in lines if line.ended_at]
    return clocks_from(
        kind=ReportKind(row.kind),
        entity_kind=row.entity_kind,
        aware_at=row.aware_at,
        received_at=row.received_at,
        stages=[(line.stage, line.submitted_at) for line in lines],
        ended_at=ended[-1] if ended else row.ended_at,
    )


def lines_from(rows: Iterable[models.Report]) -> tuple[ReportLine, ...]:
    """Lines of the queue with the clock that is due first, in the order of the rows."""
    found = list(rows)
    stages = stages_of(row.id for row in found if row.kind == ReportKind.STATUTORY)
    return tuple(
        ReportLine(
            id=ReportId(row.id),
            reference=row.reference,
            channel=Channel(row.channel),
            kind=ReportKind(row.kind),
            title=row.title,
            sector=row.sector,
            organisation=organisation_of(row),
            received_at=row.received_at,
            state=State(row.state),
            kept_reason=KeptReason(row.kept_reason) if row.kept_reason else None,
            due=first_due(clocks_from_row(row, stages.get(row.id, ()))),
        )
        for row in found
    )


def report_from(
    row: models.Report,
    *,
    observables: tuple[ObservableLine, ...] = (),
    reporter: Reporter | None = None,
) -> Report:
    """A report in full, with what hangs on it as far as the row policies show it."""
    marks = models.Progress.objects.filter(report_id=row.id).order_by("at", "id")
    return Report(
        id=ReportId(row.id),
        reference=row.reference,
        channel=Channel(row.channel),
        kind=ReportKind(row.kind),
        title=row.title,
        text=row.text,
        sector=row.sector,
        entity_kind=row.entity_kind,
        organisation=organisation_of(row),
        is_own=row.is_own,
        attributed_by=Match(row.attributed_by) if row.attributed_by else None,
        attributed_at=row.attributed_at,
        aware_at=row.aware_at,
        occurred_on=row.occurred_on,
        ended_at=row.ended_at,
        received_at=row.received_at,
        state=State(row.state),
        kept_reason=KeptReason(row.kept_reason) if row.kept_reason else None,
        feed=row.feed,
        answers=row.answers,
        raw_evidence=tuple(row.raw_evidence),
        receipt_digest=bytes(row.receipt_digest),
        entry=EntryId(row.entry),
        stages=tuple(stages_of([row.id]).get(row.id, ())),
        progress=tuple(ProgressLine(mark.at, mark.mark) for mark in marks),
        observables=observables,
        reporter=reporter,
    )


def reporter_from(row: models.Reporter) -> Reporter:
    """Who told us, from the sealed row."""
    observer = OrganisationId(row.observer_id) if row.observer_id else None
    return Reporter(ReporterDetails(row.name, row.email, row.phone), row.organisation_named, observer)


def feed_row_from(row: models.FeedRow) -> FeedRowLine:
    """One row of a feed."""
    return FeedRowLine(
        id=row.id,
        report=ReportId(row.report_id),
        number=row.number,
        raw=row.raw,
        fields=row.fields,
        address=row.address or "",
        port=row.port,
        host=row.host,
        at=row.at,
        rsit=row.rsit,
        organisation=organisation_of(row),
        attributed_by=Match(row.attributed_by) if row.attributed_by else None,
        is_readable=row.is_readable,
        reason=row.reason,
    )
