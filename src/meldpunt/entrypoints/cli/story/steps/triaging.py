"""3. An analyst takes the report, classifies and scores it, sees what may follow, and opens a case."""

from __future__ import annotations

from meldpunt.access.values import JOB, Actor
from meldpunt.cases import actions as case_actions
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId
from meldpunt.constituency import actions as constituency_actions
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Channel, ReporterDetails, ReportForm
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import ScaleForm

from ..world import World

NCISS = {
    "FI": "significant-impact-to-critical-services",
    "OA": "effect",
    "LO": "level-6-critical-systems",
    "AC": "apt",
    "II": "suspected-but-not-identified",
    "RE": "supplemented",
    "CS": "water",
    "PI": "high",
}
OUTAGE = {"D1": 0.9, "E1": 0.35}


def second_report() -> ReportForm:
    """What a colleague at the company tells over the telephone, unaware of the first report."""
    return ReportForm(
        title="Pompgemaal Zuid ligt stil",
        text=(
            "De directeur van het waterbedrijf belt: pompgemaal Zuid reageert niet en de leverancier ziet verkeer naar"
            " stuurpost.nachtuil.example en 203.0.113.140. Hij weet niet of dit al gemeld is."
        ),
        sector="drinking-water",
        reporter=ReporterDetails(name="Sietse Waalwijker", phone="06 87654321"),
        organisation_named="Waterbedrijf Zuiderwiel",
    )


def play(world: World) -> None:
    """Triage the early warning, accept it, and merge what a colleague tells by telephone."""
    analyst, report = world.actor("analyst"), world.receipts["water"].report
    triage_actions.take_report(analyst, report=report)
    suggested = triage_queries.get_triage(analyst, report=report).suggestions[0]
    world.tell(f"  suggested {suggested.type.id}: {suggested.reasons[0].en}")
    triage_actions.assess_report(
        analyst,
        report=report,
        rsit="intrusions/system-compromise",
        reason="Onbekend programma op bedienplekken, met verbinding naar buiten.",
        nciss=NCISS,
    )
    assessed = triage_actions.estimate_consequence(analyst, report=report, outage=OUTAGE)
    level = assessed.level.name.en if assessed.level else "-"
    world.tell(f"  NCISS {assessed.score:.1f} ({level}); may society be disrupted? {assessed.disruption}")
    placed = triage_actions.scale_report(analyst, report=report, form=ScaleForm(outlook="worsening"))
    if placed.category and placed.impact:
        world.tell(f"  on the scales of others: {placed.category.id}, impact {placed.impact.id}")
    case = case_actions.accept_report(
        analyst,
        report=report,
        title="Sabotage bij een drinkwaterbedrijf",
        reason="Vitaal proces geraakt en mogelijk kwaadwillig: wij coördineren.",
    )
    world.ids["case"] = case
    _telephone(world, analyst)


def _telephone(world: World, analyst: Actor) -> None:
    receipt = intake_actions.receive_report(analyst, form=second_report(), channel=Channel.TELEPHONE)
    world.receipts["telephone"] = receipt
    intake_actions.attribute_reports(JOB)
    constituency_actions.unseal_identity(
        analyst, organisation=world.organisation("water"), purpose="Terugbellen: is dit hetzelfde incident?"
    )
    told = intake_queries.get_report(analyst, report=receipt.report)
    for suggestion in case_queries.suggest_cases(analyst, report=told):
        world.tell(f"  same incident? {'; '.join(reason.en for reason in suggestion.reasons)}")
    case_actions.accept_report(
        analyst,
        report=receipt.report,
        title="",
        reason="Dezelfde organisatie, dezelfde adressen, dezelfde ochtend.",
        case=CaseId(world.ids["case"]),
    )
    world.tell("  merged into the same case, nothing copied by hand and nothing lost")
