"""What the desk writes to whoever reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from meldpunt.law import DataKind, Purpose
from meldpunt.vocabulary.markings import TLP

REPLY_PURPOSES: Final = (Purpose.ACKNOWLEDGE, Purpose.ASK, Purpose.ADVISE)
"""To answer, to ask, to advise."""


@dataclass(frozen=True, slots=True)
class ReplyForm:
    """The words, what they hold at most, and what they are for (one of `REPLY_PURPOSES`)."""

    title: str
    text: str
    purpose: Purpose
    kind: DataKind
    tlp: TLP = TLP.AMBER_STRICT
    widening: str = ""
