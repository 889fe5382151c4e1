"""What comes after a report, by whoever made it: a statutory stage, or an addition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Door, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import keepable

from .. import models, rules
from ..errors import ReportNotFound
from ..values import MARK, Attached, ReportForm, ReportId, Stage, StageId, StageLine
from .drafts import add_once
from .reception import seal_whole, write_observables
from .sealing import words_of_stage

HANGS_ON: Final = ("id", "organisation", "is_own", "receipt_digest")
"""What a stage asks of its report."""


@deed(Permission.REPORT_SUBMIT)
def submit_stage(
    actor: Actor,
    /,
    *,
    report: ReportId,
    stage: Stage,
    text: str,
    answers: Mapping[str, str] | None = None,
    ended_at: datetime | None = None,
    attachments: Sequence[Attached] = (),
) -> StageLine:
    """Add a stage. A stage that was there already is revised: the first one stays, and its clock stays stopped.

    Raises ReportNotFound, ReportEmpty, ReportTooLarge, TimeImpossible, TooManyItems.
    """
    form = ReportForm(title="", text=text, answers=dict(answers or {}), ended_at=ended_at, stage=stage)
    row = models.Report.objects.filter(id=report).only(*HANGS_ON).first()
    if row is None:
        raise ReportNotFound("no such report")
    return write_stage(actor, row, stage, form=form, attachments=attachments)


def write_stage(
    actor: Actor, row: models.Report, stage: Stage, *, form: ReportForm, attachments: Sequence[Attached] = ()
) -> StageLine:
    """What every way to add a stage ends in, in the transaction of the caller; `row` has at least `HANGS_ON`."""
    now, report = timezone.now(), ReportId(row.id)
    rules.check_form(form, now=now)
    rules.check_attachments([len(file.data) for file in attachments])
    if not rules.is_storable(form):
        _seal_as_typed(actor, report, form)
    told = keepable(form.text), rules.clean_answers(form.answers)
    submitted = models.SubmittedStage(
        report_id=report,
        stage=stage.value,
        submitted_at=now,
        submitted_by=actor.id,
        text=MARK if any(told) else "",
        ended_at=form.ended_at,
    )
    line = StageLine(StageId(submitted.id), stage, now, *told, form.ended_at)
    submitted.save(force_insert=True)
    words_of_stage(report, submitted, line).save(force_insert=True)
    write_observables({report: line.text}, {})
    for file in attachments:
        seal_whole(actor, report=report, name=file.name, media_type=file.media_type, data=file.data)
    ledger.record(
        actor,
        kind=Kind.STAGE_SUBMITTED,
        subject=report,
        # Whoever holds the receipt reads it; of whom a report is about a machine says nothing.
        about=row.organisation_id if row.is_own and actor.door is not Door.SENSOR else None,
        details={"stage": stage.value},
        receipt_digest=bytes(row.receipt_digest),
    )
    return line


@deed(Permission.REPORT_SUBMIT)
def submit_stage_once(
    actor: Actor,
    /,
    *,
    draft: str,
    report: ReportId,
    stage: Stage,
    text: str,
    answers: Mapping[str, str] | None = None,
    ended_at: datetime | None = None,
    attachments: Sequence[Attached] = (),
) -> StageLine | None:
    """Add a stage with the files that came in under the code `draft`; None where the same was sent under it already.

    Raises as `submit_stage`, ReceiptMalformed, and evidence.UploadUnfinished where a file did not come in whole.
    """
    form = ReportForm(title="", text=text, answers=dict(answers or {}), ended_at=ended_at, stage=stage)
    if not add_once(actor, code=draft, report=report, form=form, attachments=attachments):
        return None
    return submit_stage(
        actor, report=report, stage=stage, text=text, answers=answers, ended_at=ended_at, attachments=attachments
    )


def _seal_as_typed(actor: Actor, report: ReportId, form: ReportForm) -> None:
    typed = rules.form_as_bytes(form)
    seal_whole(actor, report=report, name="stage.json", media_type="application/json", data=typed)
