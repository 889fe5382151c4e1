"""What a reporter chose wrongly is put right, by the desk or by themselves: under the same reference, and what stood
before is kept."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission

from .. import models, rules
from ..errors import ReportNotFound
from ..queries.rows import clocks_from_row, stages_of
from ..values import ReportId, ReportKind, Stage
from .stages import submit_stage


@deed(Permission.REPORT_COMPLETE)
def put_right(
    actor: Actor, /, *, report: ReportId, kind: ReportKind, sector: str, entity_kind: str, reason: str
) -> None:
    """Say what kind of report it is, of which sector and capacity. Its clocks follow from now on.

    A line among the stages, which the reporter reads, keeps what stood before, the reason, and what the law asked by
    when until now. Raises ReportNotFound, NothingPutRight.
    """
    _put_right(actor, report, {"kind": kind.value, "sector": sector, "entity_kind": entity_kind}, reason)


@deed(Permission.REPORT_SUBMIT)
def put_own_right(
    actor: Actor, /, *, report: ReportId, kind: ReportKind, sector: str, entity_kind: str, reason: str
) -> None:
    """The same by whoever made the report, at the portal or with its receipt; the desk reads in the line who did it.

    Clocks that begin now ran from when they became aware all the while. Raises ReportNotFound, NothingPutRight.
    """
    _put_right(actor, report, {"kind": kind.value, "sector": sector, "entity_kind": entity_kind}, reason)


def _put_right(actor: Actor, report: ReportId, now: dict[str, str], reason: str) -> None:
    row = models.Report.objects.select_for_update(of=("self",)).filter(id=report).first()
    if row is None:
        raise ReportNotFound("no such report")
    before = {"kind": row.kind, "sector": row.sector, "entity_kind": row.entity_kind}
    rules.check_putting_right(before, now, reason=reason)
    submit_stage(
        actor,
        report=report,
        stage=Stage.CORRECTION,
        text=reason,
        answers={"put_right_by": actor.door.value, **_changes(before, now), **_was_due(row)},
    )
    models.Report.objects.filter(id=report).update(behind=None, **now)


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    changed = [name for name in before if before[name] != now[name]]
    return {f"{name}_{when}": said[name] for name in changed for when, said in (("before", before), ("now", now))}


def _was_due(row: models.Report) -> dict[str, str]:
    local = timezone.get_current_timezone()
    clocks = clocks_from_row(row, stages_of([row.id]).get(row.id, ()))
    due = [
        f"{clock.name.nl} / {clock.name.en}: {clock.deadline.astimezone(local).isoformat(timespec='minutes')}"
        for clock in clocks
        if clock.deadline and clock.met_at is None
    ]
    return {"was_due": "\n".join(due)} if due else {}
