"""1. The drinking-water company reports: an early warning, a receipt, three clocks, a proof."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from meldpunt.access.values import JOB
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReporterDetails, ReportForm, ReportKind, Stage
from meldpunt.ledger import actions as ledger_actions
from meldpunt.ledger import queries as ledger_queries
from meldpunt.vocabulary.entities import EntityKind

from ..world import World

TEXT = """\
Vanochtend om zeven uur viel de besturing van pompgemaal Zuid uit. Op twee bedienplekken is malware \
gevonden die verbinding zoekt met stuurpost.nachtuil.example en met 203.0.113.140. De malware stond op de plek van \
een bijwerking van Getijde SCADA 7; de hash is \
9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0ea6b5b6c1f3f8e0f4d1a2.

De pompen draaien op handbediening. De druk in het net van Zuiderwiel en Halverhorst is laag maar voldoende. Wij weten \
nog niet of de vullingen van de reinwaterkelders gemeten kunnen worden; met handmetingen houden wij het ongeveer \
twaalf uur vol.

Lotte Brinkhorstma, veiligheid, Waterbedrijf Zuiderwiel, 06 12345678, lotte@waterbedrijf-zuiderwiel.example
"""


def early_warning() -> ReportForm:
    """The report as the company writes it, five hours after it became aware."""
    return ReportForm(
        title="Besturing van pompgemaal Zuid uitgevallen, mogelijk kwaadwillig",
        text=TEXT,
        kind=ReportKind.STATUTORY,
        entity_kind=EntityKind.ESSENTIAL.value,
        sector="drinking-water",
        aware_at=timezone.now() - timedelta(hours=5),
        occurred_on=timezone.localdate(),
        stage=Stage.EARLY_WARNING,
        answers={"suspected_unlawful": "yes", "cross_border": "unknown"},
        reporter=ReporterDetails(
            name="Lotte Brinkhorstma", email="lotte@waterbedrijf-zuiderwiel.example", phone="06 12345678"
        ),
    )


def play(world: World) -> None:
    """Report, and look at what came back."""
    reporter = world.actor("water-security")
    receipt = intake_actions.receive_report(reporter, form=early_warning())
    world.receipts["water"] = receipt
    world.tell(f"  receipt {receipt.reference}, code {receipt.code}")
    for clock in intake_queries.clocks_of(reporter, report=receipt.report):
        world.tell(
            f"  clock: {clock.name.en} {clock.deadline.isoformat() if clock.deadline else '-'} ({clock.article})"
        )
    ledger_actions.sign_checkpoint(JOB)
    proof = ledger_queries.prove_entry(reporter, entry=receipt.entry)
    world.tell(f"  ledger proof: position {proof.position} of {proof.size}")
