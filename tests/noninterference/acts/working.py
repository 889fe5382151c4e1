"""What the desk does with a report behind its own door."""

from __future__ import annotations

from tests.noninterference.acts.reporting import by_telephone, need_report
from tests.noninterference.worlds import World

from meldpunt.cases import actions as case_actions
from meldpunt.cases.values import CaseId
from meldpunt.constituency import actions as constituency_actions
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.values import Disruption

_SCORED = {
    "FI": "significant-impact-to-critical-services",
    "OA": "presence",
    "LO": "level-6-critical-systems",
    "AC": "criminal",
    "II": "suspected-but-not-identified",
    "RE": "extended",
    "CS": "water",
    "PI": "high",
}


def triage(world: World) -> None:
    """Taken, classified, scored."""
    analyst, report = world.actor("analyst"), need_report(world).report
    triage_actions.take_report(analyst, report=report)
    triage_actions.assess_report(
        analyst, report=report, rsit="intrusions/system-compromise", reason="Een vreemd programma.", nciss=_SCORED
    )
    triage_actions.estimate_consequence(analyst, report=report, outage={"D1": 0.9})


def need_case(world: World) -> CaseId:
    """The case; there is one afterwards, and its analyst knows who it is about."""
    if world.case is None:
        analyst, report = world.actor("analyst"), need_report(world).report
        constituency_actions.unseal_identity(analyst, organisation=world.organisation, purpose="Terugbellen.")
        world.case = case_actions.accept_report(
            analyst, report=report, title="Inbraak in een besturing", reason="Vitaal proces geraakt."
        )
    return world.case


def accept(world: World) -> None:
    """A case is opened."""
    need_case(world)


def fear_the_worst(world: World) -> None:
    """Somebody judges that society may be disrupted."""
    need_case(world)
    triage_actions.override_disruption(
        world.actor("analyst"), report=world.reports[0].report, disruption=Disruption.LIKELY, reason="Water valt uit."
    )


def accept_another(world: World) -> None:
    """A second report of the same victim joins the case."""
    case, analyst = need_case(world), world.actor("analyst")
    by_telephone(world)
    case_actions.accept_report(analyst, report=world.reports[-1].report, reason="Hetzelfde.", case=case)


def decline(world: World) -> None:
    """A report is put aside."""
    by_telephone(world)
    case_actions.decline_report(world.actor("analyst"), report=world.reports[-1].report, reason="Niet aan ons.")


def keep_minutes(world: World) -> None:
    """What is said in the case, without a name: the desk speaks of codes."""
    case, analyst = need_case(world), world.actor("analyst")
    case_actions.add_entry(analyst, case=case, text="De leverancier komt morgen.")
    case_actions.add_task(analyst, case=case, title="Bel de leverancier")
    case_actions.add_document(analyst, case=case, title="Verslag", text="De besturing is opnieuw ingericht.")
    case_actions.add_observables(analyst, case=case, text="203.0.113.141")
