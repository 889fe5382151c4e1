"""6. Indicators go to the detection network; a sensor's sighting comes back, and nobody learns whose it was."""

from __future__ import annotations

import json
from datetime import timedelta

from django.utils import timezone

from meldpunt.detection import actions as detection_actions
from meldpunt.detection import queries as detection_queries
from meldpunt.detection.values import IndicatorForm, IndicatorKind
from meldpunt.disclosure.values import Unshown
from meldpunt.intake import queries as intake_queries
from meldpunt.vocabulary.markings import PAP

from ..world import World


def play(world: World) -> None:
    """Disclose two indicators, let the sensor fetch them and see one."""
    analyst, sensor = world.actor("analyst"), world.actor("sensor")
    found = [
        detection_actions.add_indicator(
            analyst,
            form=IndicatorForm(
                kind=kind,
                value=value,
                pap=PAP.GREEN,
                description="Gezien bij een storing van een besturing.",
                case=world.ids["case"],
            ),
        )
        for kind, value in (
            (IndicatorKind.ADDRESS, "203.0.113.140"),
            (IndicatorKind.DOMAIN, "stuurpost.nachtuil.example"),
        )
    ]
    told = detection_actions.disclose_indicators(
        analyst,
        indicators=[one.id for one in found],
        reason="Het landelijk beeld: zien anderen dit ook?",
        seen=Unshown.IN_A_PROGRAM,
    )
    world.tell(f"  indicators {told.state.value} to {told.count} participants")
    bundle = json.loads(detection_actions.fetch_bundle(sensor))
    world.tell(f"  the sensor fetched a STIX bundle of {len(bundle['objects'])} objects")
    receipt = detection_actions.post_sighting(
        sensor, indicator=found[1].id, seen_at=timezone.now() - timedelta(minutes=20), count=3
    )
    world.receipts["sighting"] = receipt
    seen = intake_queries.get_report(analyst, report=receipt.report)
    world.tell(f"  sighting came back as report {receipt.reference}; observer known to the desk: {seen.reporter}")
    for line in detection_queries.national_picture(analyst):
        world.tell(
            f"  national picture: a {line.indicator.kind.value} told to {line.told}, seen {line.seen.times} time(s)"
            f" by {line.seen.observers_label.en}"
        )
