"""The desk says how grave a vulnerability is. Each time a version is added; the latest counts."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.engines.vulnerability.matrix import ncsc_matrix
from meldpunt.engines.vulnerability.ssvc import TableId, decision_table
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..errors import ChangedMeanwhile
from ..packing_vulnerability import pack_exploitation
from ..queries.exploitation import find_exploitation
from ..queries.vulnerabilities import version_from
from ..rules.vulnerabilities import Weighed, check_cve, weigh
from ..values import StepKind, Vulnerability, VulnerabilityForm
from .locking import hold
from .stepping import before, note_step


@deed(Permission.TRIAGE_DECIDE)
def assess_vulnerability(
    actor: Actor, /, *, report: ReportId, cve: str, form: VulnerabilityForm, seen: int | None = None
) -> Vulnerability:
    """Keep what a person says of it, with what follows from it and what the files say today.

    `seen` is the version on the page: a later one of a colleague is not written over. Raises ReportNotFound,
    CveUnknown, VulnerabilityUnclear, DeviationUnexplained, ChangedMeanwhile.
    """
    asked, weighed = check_cve(cve), weigh(form)
    hold(report)
    found = intake_queries.get_report(actor, report=report)
    latest = models.Vulnerability.objects.filter(report_id=report, cve=asked).order_by("-version").first()
    if seen is not None and latest is not None and latest.version > seen:
        raise ChangedMeanwhile(latest.by_name)
    then = find_exploitation(actor, cve=asked)
    row = _row(weighed)
    row.report_id, row.cve, row.version = report, asked, latest.version + 1 if latest else 1
    row.known_then = pack_exploitation(then)
    row.by, row.by_name, row.at = actor.id, actor.name, timezone.now()
    row.save(force_insert=True)
    stood = before(report, found.state)
    note_step(actor, report, StepKind.JUDGED, stood, after=found.state, number=row.version, cve=asked)
    details: dict[str, Json] = {
        "vulnerability": asked,
        "version": row.version,
        "probability": row.probability,
        "damage": row.damage,
        "outcome": row.outcome,
    }
    ledger.record(actor, kind=Kind.ASSESSED, subject=found.id, details=details)
    return version_from(row)


def _row(weighed: Weighed) -> models.Vulnerability:
    form, probability, damage = weighed.form, weighed.probability, weighed.damage
    tables = {table.value: decision_table(table).version for table in TableId}
    return models.Vulnerability(
        vectors=[scored.vector for scored in weighed.scored],
        score=weighed.scored[0].score if weighed.scored else None,
        products=[name[:200] for name in form.products],
        answers=dict(form.answers),
        computed_probability=probability.computed or "",
        computed_damage=damage.computed or "",
        probability=probability.rating or "",
        damage=damage.rating or "",
        deviation=form.deviation,
        points=dict(form.points),
        computed_outcome=weighed.computed_outcome.id if weighed.computed_outcome else "",
        outcome=weighed.outcome.id if weighed.outcome else "",
        outcome_reason=form.outcome_reason,
        schemes={"matrix": ncsc_matrix().version, **tables},
    )
