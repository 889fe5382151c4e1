"""What a system adds to a report that it forwarded: a stage, or a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission

from .. import models, rules
from ..errors import ReportEmpty, ReportNotFound
from ..forwarded_values import ForwardedStage
from ..queries.forwarded import get_forwarded
from ..values import Attached, ReportForm, Stage
from .stages import HANGS_ON, write_stage


@deed(Permission.REPORT_FORWARD)
def add_forwarded_stage(
    actor: Actor,
    /,
    *,
    reference: str,
    stage: Stage,
    text: str,
    answers: Mapping[str, str],
    ended_at: datetime | None = None,
) -> ForwardedStage:
    """Add a stage to one's own report. A stage that was there already is revised: its clock stays stopped.

    Raises ReportNotFound, StageUnasked, ReportEmpty, ReportTooLarge, TimeImpossible.
    """
    clocks = get_forwarded(actor, reference=reference).clocks
    rules.check_stage(stage, [clock.stage.value for clock in clocks])
    form = ReportForm(title="", text=text, answers=dict(answers), ended_at=ended_at, stage=stage)
    line = write_stage(actor, _row(actor, reference), stage, form=form)
    return ForwardedStage(line.stage, line.submitted_at, is_own=True)


@deed(Permission.REPORT_FORWARD)
def add_forwarded_file(actor: Actor, /, *, reference: str, file: Attached) -> ForwardedStage:
    """Seal a file with one's own report: an addition whose words are its name. One above the limit is sealed in parts.

    Raises ReportNotFound, ReportEmpty for a file of nothing, ReportTooLarge.
    """
    row = _row(actor, reference)
    if not file.data:
        raise ReportEmpty
    form = ReportForm(title="", text=file.name, stage=Stage.ADDITION)
    line = write_stage(actor, row, Stage.ADDITION, form=form, attachments=[file])
    return ForwardedStage(line.stage, line.submitted_at, is_own=True)


def _row(actor: Actor, reference: str) -> models.Report:
    row = models.Report.objects.filter(sent_by=actor.id, reference=reference).only(*HANGS_ON).first()
    if row is None:
        raise ReportNotFound("no such report")
    return row
