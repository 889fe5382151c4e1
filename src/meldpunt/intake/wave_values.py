"""What crosses the wall of intake about look-alikes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meldpunt.access.values import OrganisationId

from .values import Channel, ReportId


@dataclass(frozen=True, slots=True)
class Untouched:
    """A report that nobody did anything with yet, masked, with the prints by which look-alikes meet (`waves.py`).

    `leads` is how many stand behind it already.
    """

    report: ReportId
    received_at: datetime
    wave: str
    mailer: str
    organisation: OrganisationId | None
    channel: Channel
    sector: str
    title: str
    text: str
    leads: int
