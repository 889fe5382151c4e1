"""Who did what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meldpunt.access.values import ActorId


@dataclass(frozen=True, slots=True)
class By:
    """Who did something and when; the name is kept as it was on that day."""

    actor: ActorId
    name: str
    at: datetime
