"""What a sensor does: fetch what to look for, and tell that it was seen."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from ninja import Status

from meldpunt.detection.actions import sensing

from ..keys import machine_of
from ..messages import Instant, ReceiptGiven, Sighting, receipt_given

STIX: Final = "application/stix+json"


def fetch_indicators(request: HttpRequest, since: Instant | None = None) -> HttpResponse:
    """All that was disclosed to the sensor's participant, as one STIX 2.1 bundle; what came after `since`, if given.

    What was withdrawn is not in it.
    """
    bundle = sensing.fetch_bundle(machine_of(request), since=since)
    return HttpResponse(bundle, content_type=f"{STIX};version=2.1")


def post_sighting(request: HttpRequest, sighting: Sighting) -> Status[ReceiptGiven]:
    """Tell that an indicator was seen. Who saw it is sealed, also within the desk."""
    receipt = sensing.post_sighting(
        machine_of(request),
        indicator=sighting.indicator,
        seen_at=sighting.seen_at,
        count=sighting.count,
        first_seen_at=sighting.first_seen_at,
    )
    return Status(201, receipt_given(receipt))
