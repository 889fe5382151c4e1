"""What the desk keeps for each of its people is theirs."""

from __future__ import annotations

from typing import Final

from ...values import Door
from ..reading import Readers, both, by_oneself, may

ITS_OWN: Final[Readers] = {Door.DESK: both(may("triage.read"), by_oneself("actor"))}
