"""How rooms downstream tell a reporter how far it is, without intake knowing them."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.evidence import actions as evidence_actions

from .. import models
from ..errors import ReportNotFound
from ..values import ENDED, ReportId, State
from .waves import stand_apart


@deed(Permission.REPORT_COMPLETE)
def hold_additions(actor: Actor, /, *, report: ReportId) -> None:
    """Wait for whoever adds to it, and let the others wait until this transaction ends. Raises ReportNotFound."""
    if not models.Report.objects.select_for_update(no_key=True, of=("self",)).filter(id=report).exists():
        raise ReportNotFound("no such report")


@deed(Permission.REPORT_COMPLETE)
def note_progress(actor: Actor, /, *, report: ReportId, mark: str) -> None:
    """Leave a mark on the report. A mark that is a `State` also moves the report in the queue.

    From the end of the work the term of its files runs. The deed that had this effect has its own ledger entry; the
    mark needs none. Raises ReportNotFound.
    """
    if not models.Report.objects.filter(id=report).exists():
        raise ReportNotFound("no such report")
    models.Progress(report_id=report, at=timezone.now(), mark=mark).save(force_insert=True)
    if mark in list(State):
        if mark != State.RECEIVED:
            stand_apart(report)
        models.Report.objects.filter(id=report).update(state=mark, behind=None)
        evidence_actions.note_end(actor, about=report, is_over=mark in ENDED)
