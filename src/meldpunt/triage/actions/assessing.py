"""The desk says what a report is about and what it may do. Each time a version is added; the latest counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId, State
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models
from ..packing import pack_estimate
from ..queries.assessments import list_versions
from ..queries.estimates import compute_estimate
from ..rules.deciding import check_reason, check_version
from ..rules.nature import read_rsit, read_score
from ..thresholds import house_thresholds
from ..values import Assessment, By, Disruption, Estimate, Outage, StepKind
from .locking import hold
from .stepping import before, note_step


@deed(Permission.TRIAGE_DECIDE)
def assess_report(
    actor: Actor,
    /,
    *,
    report: ReportId,
    rsit: str,
    reason: str,
    nciss: Mapping[str, str] | None = None,
    seen: int | None = None,
) -> Assessment:
    """Classify (RSIT class or `class/type`) and score (NCISS: option id per category; none leaves it unscored).

    `seen` is the version on the page: a later one of a colleague is not written over. Raises ReportNotFound,
    ClassificationUnknown, ReasonMissing, ChangedMeanwhile.
    """
    rsit_class, rsit_type = read_rsit(rsit)
    thresholds = house_thresholds()
    scored = read_score(nciss or {}, thresholds)
    latest = _latest(actor, report, seen)
    changed = replace(
        latest,
        rsit_class=rsit_class,
        rsit_type=rsit_type,
        reason=check_reason(reason),
        nciss=dict(nciss or {}),
        score=scored[0] if scored else None,
        level=scored[1] if scored else None,
        thresholds=thresholds.version if scored else "",
    )
    return _add(actor, changed)


@deed(Permission.TRIAGE_DECIDE)
def estimate_consequence(
    actor: Actor,
    /,
    *,
    report: ReportId,
    outage: Mapping[str, float],
    until_hour: int | None = None,
    recovers_in_hours: int | None = None,
    seen: int | None = None,
) -> Assessment:
    """Compute what it may do to society when these vital processes and services stand still (share above 0, at most 1).

    Until that hour, from which it recovers in so many hours; without them it lasts, or is back at once.
    A word put over an earlier estimate goes with that estimate; both stay in the history. Raises ReportNotFound,
    OutageImpossible, ChangedMeanwhile.
    """
    computed, _ = compute_estimate(actor, outage=Outage(dict(outage), until_hour, recovers_in_hours))
    return keep_estimate(actor, report=report, computed=computed, seen=seen)


@deed(Permission.TRIAGE_DECIDE)
def keep_estimate(actor: Actor, /, *, report: ReportId, computed: Estimate, seen: int | None = None) -> Assessment:
    """What was computed before counts for this report. Raises ReportNotFound, ChangedMeanwhile."""
    latest = _latest(actor, report, seen)
    return _add(actor, replace(latest, estimate=computed, override=None, override_reason=""))


@deed(Permission.TRIAGE_DECIDE)
def override_disruption(
    actor: Actor, /, *, report: ReportId, disruption: Disruption, reason: str, seen: int | None = None
) -> Assessment:
    """Put a person's word over the computed one, which stays beside it.

    Raises ReportNotFound, ReasonMissing, ChangedMeanwhile.
    """
    latest = _latest(actor, report, seen)
    return _add(actor, replace(latest, override=disruption, override_reason=check_reason(reason)))


def _latest(actor: Actor, report: ReportId, seen: int | None) -> Assessment:
    """The version that counts, or an empty one; nobody else adds one until this transaction ends."""
    hold(report)
    versions = list_versions(actor, report=report)
    last = versions[0] if versions else None
    check_version(last, seen)
    if last is not None and not last.is_blank:
        return last
    nobody = By(actor.id, actor.name, timezone.now())
    return Assessment(report, last.version if last else 0, None, None, "", {}, None, None, None, None, "", nobody)


def _add(actor: Actor, changed: Assessment) -> Assessment:
    by = By(actor.id, actor.name, timezone.now())
    kept = replace(changed, version=changed.version + 1, by=by, undoes=None, is_blank=False)
    state = intake_queries.get_report(actor, report=kept.report).state
    stood = before(kept.report, state)
    after = _move_on(actor, kept.report, state)
    models.Assessment(
        report_id=kept.report,
        version=kept.version,
        rsit_class=kept.rsit_class.id if kept.rsit_class else "",
        rsit_type=kept.rsit_type.id if kept.rsit_type else "",
        reason=kept.reason,
        nciss=dict(kept.nciss),
        score=kept.score,
        level=kept.level.id if kept.level else "",
        thresholds=kept.thresholds[:40],
        estimate=pack_estimate(kept.estimate) if kept.estimate else None,
        computed=kept.computed.value if kept.computed else "",
        override=kept.override.value if kept.override else "",
        override_reason=kept.override_reason,
        by=kept.by.actor,
        by_name=kept.by.name,
        at=kept.by.at,
    ).save(force_insert=True)
    note_step(actor, kept.report, StepKind.ASSESSED, stood, after=after, number=kept.version)
    ledger.record(
        actor,
        kind=Kind.ASSESSED,
        subject=kept.report,
        details={
            "version": kept.version,
            "rsit": kept.rsit,
            "score": round(kept.score, 2) if kept.score is not None else None,
            "disruption": kept.disruption.value if kept.disruption else None,
        },
    )
    return kept


def _move_on(actor: Actor, report: ReportId, state: State) -> State:
    """What was only received is in triage from the first assessment on; the reporter may know that."""
    if state not in (State.RECEIVED, State.KEPT):
        return state
    intake_actions.note_progress(actor, report=report, mark=State.IN_TRIAGE.value)
    return State.IN_TRIAGE
