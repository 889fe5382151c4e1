"""What stood before a deed is kept with it, so that it can be undone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from meldpunt.access.values import Actor
from meldpunt.intake.values import ReportId, State

from .. import models
from ..together import belonging
from ..values import KEPT_FOR, By, StepKind


@dataclass(frozen=True, slots=True)
class Before:
    """What stood: where the report was in the queue, and who had it."""

    state: State
    holder: models.Assignment | None


def before(report: ReportId, state: State) -> Before:
    """What stands, to be asked under the lock and before anything changes."""
    return Before(state, models.Assignment.objects.filter(report_id=report).first())


def note_step(
    actor: Actor,
    report: ReportId,
    kind: StepKind,
    stood: Before,
    *,
    after: State,
    number: int | None = None,
    cve: str = "",
) -> None:
    """Keep what was done, within the deed that did it; the ledger entry is that deed's."""
    held, now = stood.holder, timezone.now()
    models.Step(
        together=belonging(),
        report_id=report,
        kind=kind.value,
        number=number,
        cve=cve,
        state_before=stood.state.value,
        state_after=after.value,
        holder=held.actor if held else None,
        holder_name=held.name if held else "",
        held_at=held.at if held else None,
        by=actor.id,
        by_name=actor.name,
        at=now,
        expires_at=now + KEPT_FOR,
    ).save(force_insert=True)


def note_holding(actor: Actor, report: ReportId, holder: By | None) -> None:
    """Keep who has the report from now on, or that nobody does: the history that the assignment itself has not."""
    models.Holding(
        report_id=report,
        actor=holder.actor if holder else None,
        name=holder.name if holder else "",
        by=actor.id,
        at=timezone.now(),
    ).save(force_insert=True)
