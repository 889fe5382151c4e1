"""The desk says where a report stands on the scales of others. Each time a version is added; the latest counts."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..errors import ChangedMeanwhile
from ..queries.assessments import list_versions
from ..queries.scales import facts_of, scaling_from
from ..rules.scales import check_scaling, chosen, derive
from ..scaling import known_scales
from ..values import Placed, ScaleForm, ScaleWord, Scaling, StepKind
from .locking import hold
from .stepping import before, note_step


@deed(Permission.TRIAGE_DECIDE)
def scale_report(actor: Actor, /, *, report: ReportId, form: ScaleForm, seen: int | None = None) -> Scaling:
    """Keep what was answered, with what follows from the assessment of now beside what a person says instead.

    `seen` is the version on the page. Raises ReportNotFound, ScaleUnknown, DeviationUnexplained, ChangedMeanwhile.
    """
    hold(report)
    found = intake_queries.get_report(actor, report=report)
    last = models.Scaling.objects.filter(report_id=report).order_by("-version").first()
    if seen is not None and last is not None and last.version > seen:
        raise ChangedMeanwhile(last.by_name)
    organisation = (
        constituency_queries.get_organisation(actor, organisation=found.organisation) if found.organisation else None
    )
    scales, versions = known_scales(), list_versions(actor, report=report)
    derived = derive(facts_of(found, organisation, versions), scales, reach=form.reach)
    chosen(scales.outlooks, form.outlook)
    row = models.Scaling(
        report_id=report,
        version=last.version + 1 if last else 1,
        assessment=versions[0].version if versions else 0,
        reach=form.reach,
        outlook=form.outlook,
        computed_category=_computed(derived.category),
        category=_word(chosen(scales.categories, form.category), derived.category),
        computed_cause=_computed(derived.cause),
        cause=_word(chosen(scales.causes, form.cause), derived.cause),
        computed_threat=_computed(derived.threat),
        threat=_word(chosen(scales.threats, form.threat), derived.threat),
        computed_impact=_computed(derived.impact),
        impact=_word(chosen(scales.impacts, form.impact), derived.impact),
        reason=check_scaling(form, derived),
        by=actor.id,
        by_name=actor.name,
        at=timezone.now(),
    )
    row.save(force_insert=True)
    note_step(actor, report, StepKind.SCALED, before(report, found.state), after=found.state, number=row.version)
    details: dict[str, Json] = {"scale": row.version, "category": row.category, "impact": row.impact}
    ledger.record(actor, kind=Kind.ASSESSED, subject=report, details=details)
    return scaling_from(row)


def _computed(placed: Placed | None) -> str:
    return placed.word.id if placed else ""


def _word(said: ScaleWord | None, placed: Placed | None) -> str:
    return said.id if said else _computed(placed)
