"""3, later. Two banks and the log-in of the government are flooded; only together it shows what stands still."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from meldpunt.access.values import JOB
from meldpunt.cases import actions as case_actions
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Channel, ReporterDetails, ReportForm
from meldpunt.services import actions as service_actions
from meldpunt.services.values import (
    DependencyForm,
    OwnLeanForm,
    OwnServiceForm,
    ServiceForm,
    ServiceId,
    Sureness,
    node_of,
)
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Outage

from ..world import World

CASE: Final = "Overbelasting van betaaldiensten en inloggen"
WHY: Final = "Verteld in de jaarlijkse uitvraag."
SHARE: Final = 0.9
FLOODED: Final = (
    ("till-bank", "Betaalbank Munterij", "Betalen aan de kassa hapert", "06 55566671"),
    ("giro-bank", "Handelsbank Grootewaal", "Overboeken lukt niet", "06 55566672"),
    ("log-in", "Inlogdienst De Voordeur", "Burgers komen er niet in", "06 55566673"),
)
DELIVERED: Final = {
    "till-bank": "betalingen aan de kassa",
    "giro-bank": "overboekingen",
    "log-in": "inloggen van burgers en bedrijven",
}
CARRIED: Final = (
    ("F1", "till-bank", (40, 50, 60)),
    ("F1", "giro-bank", (20, 30, 40)),
    ("F2", "till-bank", (25, 30, 35)),
    ("F2", "giro-bank", (40, 50, 60)),
    ("G4", "log-in", (90, 95, 100)),
)
"""Which vital process leans on whose service, and how strongly (percent)."""


def flooded_report(named: str, title: str, phone: str) -> ReportForm:
    """What somebody tells over the telephone, unaware of the others."""
    return ReportForm(
        title=title,
        text="Sinds vanochtend een vloed van verzoeken uit duizenden bronnen. Onze dienst is niet te bereiken.",
        reporter=ReporterDetails(phone=phone),
        organisation_named=named,
    )


def play(world: World) -> None:
    """Services are told of; three organisations report; each report alone says little, the situation says it all."""
    services = deliver(world)
    tell_own(world)
    analyst = world.actor("analyst")
    case = None
    for cast, named, title, phone in FLOODED:
        form = flooded_report(named, title, phone)
        receipt = intake_actions.receive_report(analyst, form=form, channel=Channel.TELEPHONE)
        intake_actions.attribute_reports(JOB)
        triage_actions.assess_report(analyst, report=receipt.report, rsit="availability/ddos", reason="Vloed.")
        outage = {node_of(services[cast]): SHARE}
        assessed = triage_actions.estimate_consequence(analyst, report=receipt.report, outage=outage)
        world.tell(f"  {title}: may society be disrupted by this alone? {assessed.disruption}")
        case = case_actions.accept_report(
            analyst, report=receipt.report, title="" if case else CASE, reason="Eén golf, samen bekijken.", case=case
        )
        world.receipts[cast] = receipt
    world.ids["flooded"] = case or world.ids["case"]
    _suppose(world, services)
    _tell_situation(world)


def deliver(world: World) -> dict[str, ServiceId]:
    """What each of them delivers, what leans on it, and the scrubbing centre that both banks lean on."""
    analyst = world.actor("analyst")
    services = {
        cast: service_actions.register_service(
            analyst, form=ServiceForm(name, organisation=world.organisation(cast)), reason=WHY
        )
        for cast, name in DELIVERED.items()
    }
    scrubbing = ServiceForm("wasstraat tegen overbelasting", provider="Wasstraat Noorderlicht", sector="telecom")
    services["scrubbing"] = service_actions.register_service(analyst, form=scrubbing, reason=WHY)
    for process, cast, strength in CARRIED:
        _lean(world, process, node_of(services[cast]), strength)
    for cast in ("till-bank", "giro-bank"):
        _lean(world, node_of(services[cast]), node_of(services["scrubbing"]), (30, 50, 70))
    return services


def tell_own(world: World) -> None:
    """The drinking-water company tells of a service of its own at the portal, and names whose network it leans on."""
    company = world.actor("water-security")
    pumping = service_actions.add_own_service(
        company, form=OwnServiceForm("pompen op afstand bedienen", people=340_000)
    )
    for on, provider, sector in (("E1", "", ""), ("", "Kabel De Kwelder", "telecom")):
        form = OwnLeanForm(pumping, on, (50, 70, 90), (6, 12, 24), provider, sector)
        service_actions.tell_own_dependency(company, form=form)
    service_actions.read_namings(JOB)


def _lean(world: World, of: str, on: str, strength: tuple[float, float, float]) -> None:
    told = DependencyForm(of, on, strength, (0, 0, 1), "de beheerder", timezone.localdate(), Sureness.TOLD)
    service_actions.tell_dependency(world.actor("analyst"), form=told, reason=WHY)


def _suppose(world: World, services: dict[str, ServiceId]) -> None:
    analyst, report = world.actor("analyst"), world.receipts["till-bank"].report
    for name, until in (("De wasstraat valt ook uit", None), ("De wasstraat is na zes uur terug", 6)):
        shares = {node_of(services[cast]): SHARE for cast in ("till-bank", "scrubbing")}
        triage_actions.keep_scenario(analyst, report=report, name=name, outage=Outage(shares, until))


def _tell_situation(world: World) -> None:
    analyst = world.actor("analyst")
    found = triage_queries.get_situation(analyst, outages=triage_queries.list_outages(analyst).going_on)
    failing = [] if found is None else [one.node for one in found.estimate.readings[-1].standings if one.is_failing]
    processes = sorted(one for one in failing if ":" not in one)
    world.tell(f"  the situation now, all reports together: {', '.join(processes)} stand still")
