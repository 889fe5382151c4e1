"""The desk supposes an outage, keeps what may come of it, and takes one for the estimate that counts."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.services import queries as service_queries
from meldpunt.services.values import service_in
from meldpunt.vocabulary.texts import clean_text
from meldpunt.vocabulary.vital import all_vital_processes

from .. import models
from ..errors import OutageImpossible
from ..packing import pack_estimate
from ..packing_scenarios import pack_changes
from ..queries.estimates import compute_estimate
from ..queries.scenarios import get_scenario, scenario_from
from ..values import Assessment, Change, Outage, Scenario, ScenarioId
from .assessing import keep_estimate
from .locking import hold

_LONGEST = 200
_MOST_CHANGES = 20


@deed(Permission.TRIAGE_DECIDE)
def keep_scenario(
    actor: Actor, /, *, report: ReportId, name: str, outage: Outage, changes: Sequence[Change] = (), seed: int = 0
) -> Scenario:
    """Compute what may come of this outage and keep it beside the others of the report, under a name.

    Scenarios of one seed are drawn alike, so that two differ in what was supposed and in nothing else. Raises
    ReportNotFound, OutageImpossible.
    """
    said = clean_text(name)
    if not said or len(said) > _LONGEST or len(changes) > _MOST_CHANGES:
        raise OutageImpossible("Give the scenario a name of at most 200 characters, and at most 20 changes.")
    intake_queries.get_report(actor, report=report)
    _check_ends(actor, changes)
    computed, digest = compute_estimate(actor, outage=outage, changes=changes, seed=seed)
    hold(report)
    row = models.Scenario(
        report_id=report,
        number=models.Scenario.objects.filter(report_id=report).count() + 1,
        name=said,
        changes=pack_changes(changes),
        estimate=pack_estimate(computed),
        disruption=computed.disruption.value,
        seed=seed,
        network=digest,
        by=actor.id,
        by_name=actor.name,
        at=timezone.now(),
    )
    row.save(force_insert=True)
    ledger.record(
        actor,
        kind=Kind.ASSESSED,
        subject=report,
        details={"scenario": row.number, "disruption": row.disruption, "network": digest},
    )
    return scenario_from(row)


def _check_ends(actor: Actor, changes: Sequence[Change]) -> None:
    """What stands among the assumptions is what there is, and nothing leans on itself. Raises OutageImpossible."""
    ends = {end for one in changes for end in (one.of, one.on)}
    services = service_queries.list_by_ids(actor, services=[found for end in ends if (found := service_in(end))])
    known = {*(one.id for one in all_vital_processes()), *(one.node for one in services.values())}
    if not ends <= known or any(one.of == one.on for one in changes):
        raise OutageImpossible("Name two ends for each change: the code of a service, or a vital process such as F1.")


@deed(Permission.TRIAGE_DECIDE)
def adopt_scenario(actor: Actor, /, *, scenario: ScenarioId, seen: int | None = None) -> Assessment:
    """What was computed of it is the estimate of its report from now on, with what it supposes among the assumptions.

    Raises ScenarioNotFound, ChangedMeanwhile.
    """
    found = get_scenario(actor, scenario=scenario)
    return keep_estimate(actor, report=found.report, computed=found.estimate, seen=seen)
