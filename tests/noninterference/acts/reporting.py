"""What the victim tells us, through every entrance, in words that say who it is as often as they can."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

from django.utils import timezone
from tests.noninterference.country import FORWARDER_KEY
from tests.noninterference.founding import machine_of
from tests.noninterference.worlds import World

from meldpunt.access.values import JOB, STRANGER
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Attached, Channel, Receipt, ReporterDetails, ReportForm, ReportKind, Stage

OF_THE_ATTACKER = "stuurpost.nachtuil.example"


def by_portal(world: World) -> None:
    """The statutory early warning, by somebody who is logged in, with a log along."""
    form = _form(world, kind=ReportKind.STATUTORY, entity_kind="essential", stage=Stage.EARLY_WARNING)
    company = world.victim.company
    log = Attached(f"{company.alias}.log", "text/plain", f"{company.domain} {company.address}".encode())
    _keep(world, intake_actions.receive_report(world.reporter, form=form, attachments=(log,)))


def by_form(world: World) -> None:
    """Somebody who does not log in, and keeps the receipt."""
    company = world.victim.company
    form = _form(world, organisation_named=company.name)
    _keep(world, intake_actions.receive_report(STRANGER, form=form))


def by_mail(world: World) -> None:
    """A mail from the victim's own address."""
    company, mail = world.victim.company, EmailMessage()
    mail["From"], mail["To"] = f"{company.day} <{company.mail}>", "meldpunt@meldpunt.example"
    mail["Subject"] = f"Storing bij {company.name}"
    mail["Message-ID"] = f"<1@{company.domain}>"
    mail.set_content(text_of(world))
    _keep(world, intake_actions.receive_mail(JOB, raw=bytes(mail)))


def by_telephone(world: World) -> None:
    """An analyst writes down what the victim says."""
    form = _form(world, organisation_named=world.victim.company.alias)
    _keep(world, intake_actions.receive_report(world.actor("analyst"), form=form, channel=Channel.TELEPHONE))


def by_feed(world: World) -> None:
    """Rows of a scan, one of them about an address of the victim."""
    company = world.victim.company
    rows = (
        '"timestamp","severity","ip","protocol","port","hostname","tag"',
        f'"2026-11-16 00:00:11","high","{company.address}","tcp","3389","vpn.{company.domain}","rdp"',
        '"2026-11-17 01:07:11","high","203.0.113.9","tcp","3389","","rdp"',
    )
    name = "2026-11-21-scan_rdp-netherlands-geo.csv"
    raw = "\n".join(rows).encode() + b"\n"
    world.ids["feed"] = intake_actions.receive_feed(JOB, raw=raw, name=name).report
    _let_jobs_run()


def by_another_system(world: World) -> None:
    """A supervisor's system sends on what the victim told there."""
    company, number = world.victim.company, len(world.reports)
    item = {
        "source_reference": f"W-{number}",
        "title": f"Storing bij {company.name}",
        "description": text_of(world),
        "organisation": company.name,
        "sector": "drinking-water",
        "type": "intrusions/system-compromise",
        "occurred_on": timezone.localdate().isoformat(),
    }
    (receipt,) = intake_actions.receive_forwarded(machine_of(FORWARDER_KEY), items=[item])
    _keep(world, receipt)


def a_next_stage(world: World) -> None:
    """The victim goes on about what it reported."""
    by_portal(world)
    intake_actions.submit_stage(
        world.reporter,
        report=world.reports[-1].report,
        stage=Stage.NOTIFICATION,
        text=f"Ook op het tweede station, zegt {world.victim.company.night}.",
    )
    _let_jobs_run()


def need_report(world: World) -> Receipt:
    """The newest report of the victim; there is one afterwards."""
    if not world.reports:
        by_portal(world)
    return world.reports[-1]


def _form(world: World, **more: object) -> ReportForm:
    company = world.victim.company
    return ReportForm(
        title=f"Storing bij {company.name}",
        text=text_of(world),
        sector="drinking-water",
        aware_at=timezone.now() - timedelta(hours=2),
        occurred_on=timezone.localdate(),
        reporter=ReporterDetails(company.day, company.mail, "+31 88 000 0101"),
        **more,  # type: ignore[arg-type]
    )


def text_of(world: World) -> str:
    company = world.victim.company
    return (
        f"Bij {company.name} ({company.alias}) ligt {company.product} stil. Op bedien.{company.domain} en"
        f" {company.address} ({company.asn}) staat een programma dat {OF_THE_ATTACKER} en 203.0.113.140 zoekt."
        f" Vraag naar {company.day} of {company.night}, {company.mail}."
    )


def _keep(world: World, receipt: Receipt) -> None:
    world.reports.append(receipt)
    _let_jobs_run()


def _let_jobs_run() -> None:
    intake_actions.attribute_reports(JOB)
    intake_actions.acknowledge_reports(JOB)
