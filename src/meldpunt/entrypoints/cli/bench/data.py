"""What the pages are measured on: the story, and more of the reports that came in, through the same entrance."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from meldpunt.access.values import JOB
from meldpunt.constituency import queries as constituency_queries
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportForm, ReportKind, Stage
from meldpunt.ledger import queries as ledger_queries

from ..story.steps.all import play_all
from ..story.steps.arriving import forwarded_items
from ..story.world import World

WARNINGS_EACH = 20
"""Early warnings that come in each further time: a report with clocks costs a list more than one without."""


def play_and_grow(times: int) -> str:
    """Play the story, let its reports come in `times` times in all, and say what there is then."""
    world = play_all(lambda _line: None)
    for number in range(1, times):
        _come_in_again(world, number)
    if times > 1:
        intake_actions.attribute_reports(JOB)
        intake_actions.acknowledge_reports(JOB)
    counts = {
        "reports": sum(intake_queries.count_reports(JOB).values()),
        "organisations": constituency_queries.count_organisations(JOB),
        "entries in the ledger": sum(ledger_queries.count_entries(JOB).values()),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items())


def _come_in_again(world: World, number: int) -> None:
    """The regulator's batch under other references, and early warnings of the drinking-water company."""
    batch = forwarded_items(world.today)
    items = [{**item, "source_reference": f"{item['source_reference']}-{number}"} for item in batch]
    intake_actions.receive_forwarded(world.actor("forwarder"), items=items)
    for minute in range(WARNINGS_EACH):
        form = ReportForm(
            title=f"Storing {number}-{minute}",
            text="Een pompstation reageert niet op de bediening.",
            kind=ReportKind.STATUTORY,
            entity_kind="essential",
            aware_at=timezone.now() - timedelta(minutes=minute + 1),
            stage=Stage.EARLY_WARNING,
        )
        intake_actions.receive_report(world.actor("water"), form=form)
