"""From rows to values. Rows never leave the room."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from meldpunt.access.values import OrganisationId
from meldpunt.law import Clock
from meldpunt.ledger.values import EntryId
from meldpunt.vocabulary.markings import TLP

from .. import models
from ..deadlines import clocks_from, first_due
from ..feed_values import FeedRowLine, Named, RowKind
from ..values import (
    MARK,
    Channel,
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
    StageId,
    StageLine,
    State,
)

_Hung = TypeVar("_Hung", models.Words, models.SubmittedStage, models.Progress, models.Observable)

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
    """The stages of each report, oldest first, with their words masked."""
    found: defaultdict[uuid.UUID, list[StageLine]] = defaultdict(list)
    rows = models.SubmittedStage.objects.filter(report_id__in=list(reports)).order_by("submitted_at", "id")
    for row in rows:
        found[row.report_id].append(_stage_from(row, row))
    return found


def _stage_from(row: models.SubmittedStage, words: models.SubmittedStage | models.Words) -> StageLine:
    return StageLine(
        id=StageId(row.id),
        stage=Stage(row.stage),
        submitted_at=row.submitted_at,
        text=words.text,
        answers=words.answers,
        ended_at=row.ended_at,
        is_after_decision=row.is_after_decision,
    )


def clocks_from_row(row: models.Report | Report, stages: Iterable[StageLine]) -> tuple[Clock, ...]:
    """The statutory clocks of one report, of which a row and a value say the same."""
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


def titles_of(reports: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The titles as they were told, of those reports that are not sealed for the viewer."""
    words = models.Words.objects.filter(report_id__in=list(reports), stage=None)
    return dict(words.values_list("report_id", "title"))


def lines_from(rows: Iterable[models.Report]) -> tuple[ReportLine, ...]:
    """Lines of the queue with the clock that is due first, in the order of the rows."""
    found = list(rows)
    titles = titles_of(row.id for row in found)
    stages = stages_of(row.id for row in found if row.kind == ReportKind.STATUTORY)
    return tuple(
        ReportLine(
            id=ReportId(row.id),
            reference=row.reference,
            channel=Channel(row.channel),
            kind=ReportKind(row.kind),
            title=titles.get(row.id, row.title),
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
    told: Mapping[uuid.UUID | None, models.Words] | None = None,
) -> Report:
    """A report in full, with what hangs on it as far as the row policies show it: masked where its words are sealed."""
    hanging = hanging_on([row.id])[row.id]
    if told is not None:
        hanging = replace(hanging, told=told)
    return whole_from(row, replace(hanging, observables=observables, reporter=reporter))


@dataclass(frozen=True)
class Hanging:
    """What hangs on one report: words by stage (None: its own), stages and marks; for the desk the rest too."""

    told: Mapping[uuid.UUID | None, models.Words]
    stages: tuple[models.SubmittedStage, ...]
    marks: tuple[models.Progress, ...]
    observables: tuple[ObservableLine, ...] = ()
    reporter: Reporter | None = None


def hanging_on(reports: Iterable[uuid.UUID]) -> dict[uuid.UUID, Hanging]:
    """What hangs on each of these reports, in one question a table."""
    ids = list(reports)
    words = _by_report(models.Words.objects.filter(report_id__in=ids))
    stages = _by_report(models.SubmittedStage.objects.filter(report_id__in=ids).order_by("submitted_at", "id"))
    marks = _by_report(models.Progress.objects.filter(report_id__in=ids).order_by("at", "id"))
    return {
        one: Hanging({each.stage_id: each for each in words[one]}, tuple(stages[one]), tuple(marks[one])) for one in ids
    }


def with_the_desks(hanging: Mapping[uuid.UUID, Hanging]) -> dict[uuid.UUID, Hanging]:
    """The same with what only the desk reads: observables, and who reported."""
    named = _by_report(models.Observable.objects.filter(report_id__in=list(hanging)).order_by("kind", "value"))
    sealed = {one.report_id: one for one in models.Reporter.objects.filter(report_id__in=list(hanging))}
    return {
        report: replace(
            one,
            observables=tuple(
                ObservableLine(ReportId(report), each.kind, each.value, each.id, each.lifted_at)
                for each in named[report]
            ),
            reporter=reporter_from(sealed[report]) if report in sealed else None,
        )
        for report, one in hanging.items()
    }


def _by_report(rows: Iterable[_Hung]) -> defaultdict[uuid.UUID, list[_Hung]]:
    found: defaultdict[uuid.UUID, list[_Hung]] = defaultdict(list)
    for row in rows:
        found[row.report_id].append(row)
    return found


def whole_from(row: models.Report, hanging: Hanging) -> Report:
    """The row with what hangs on it, as a value."""
    words = hanging.told.get(None, row)
    return Report(
        id=ReportId(row.id),
        reference=row.reference,
        channel=Channel(row.channel),
        kind=ReportKind(row.kind),
        title=words.title,
        text=words.text,
        is_masked=None not in hanging.told,
        masked_title=row.title,
        sector=row.sector,
        entity_kind=row.entity_kind,
        organisation=organisation_of(row),
        is_own=row.is_own,
        attributed_by=Match(row.attributed_by) if row.attributed_by else None,
        attributed_at=row.attributed_at,
        aware_at=row.aware_at,
        occurred_on=row.occurred_on,
        tlp=TLP(row.tlp) if row.tlp else None,
        ended_at=row.ended_at,
        received_at=row.received_at,
        state=State(row.state),
        kept_reason=KeptReason(row.kept_reason) if row.kept_reason else None,
        feed=row.feed,
        answers=words.answers,
        raw_evidence=tuple(row.raw_evidence),
        receipt_digest=bytes(row.receipt_digest),
        entry=EntryId(row.entry),
        stages=tuple(_stage_from(one, hanging.told.get(one.id, one)) for one in hanging.stages),
        progress=tuple(ProgressLine(mark.at, mark.mark) for mark in hanging.marks),
        observables=hanging.observables,
        reporter=hanging.reporter,
    )


def reporter_from(row: models.Reporter) -> Reporter:
    """Who told us, from the sealed row."""
    observer = OrganisationId(row.observer_id) if row.observer_id else None
    return Reporter(ReporterDetails(row.name, row.email, row.phone), row.organisation_named, observer)


def feed_row_from(row: models.FeedRow, *, is_masked: bool = False) -> FeedRowLine:
    """One row of a feed; `is_masked`: without what says whose it is."""
    return FeedRowLine(
        id=row.id,
        report=ReportId(row.report_id),
        number=row.number,
        raw=MARK if is_masked else row.raw,
        fields={} if is_masked else row.fields,
        address=MARK if is_masked else row.address or "",
        port=row.port,
        host="" if is_masked else row.host,
        at=row.at,
        rsit=row.rsit,
        organisation=organisation_of(row),
        attributed_by=Match(row.attributed_by) if row.attributed_by else None,
        is_readable=row.is_readable,
        reason=row.reason,
        kind=RowKind(row.kind),
        named=() if is_masked else tuple(Named(kind, value) for kind, value in row.named),
    )
