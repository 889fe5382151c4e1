"""Ways in which a campaign goes wrong.

MeldpuntError
├── access.NotFound
│   ├── CampaignNotFound      no such campaign, or not for this viewer
│   └── PackageNotFound       no such package, or not for this viewer
└── access.RuleBroken
    ├── NobodyToWarn          no row belongs to anybody, or everybody has acknowledged
    ├── WordingMissing        a campaign without title or text, or a wave without reason
    ├── CampaignClosed        no wave leaves a campaign that was closed
    └── PackageDamaged        the bytes are not those that were packed
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from meldpunt.access.errors import NotFound, RuleBroken

_WRITE: Final[Mapping[str, str]] = {
    "title": "Write the title: without it nobody knows what this is about.",
    "text": "Write the text: without it nobody knows what to do.",
    "reason": "Write the reason: it is kept with the deed.",
}


class CampaignNotFound(NotFound):
    """There is no such campaign for this viewer."""


class PackageNotFound(NotFound):
    """There is no such package for this viewer."""


class NobodyToWarn(RuleBroken):
    """Wait for attribution, or name organisations that have a package."""


class WordingMissing(RuleBroken):
    """Write it: readers and the ledger keep no empty words."""

    def __init__(self, what: str) -> None:
        super().__init__(_WRITE[what])
        self.what = what


class CampaignClosed(RuleBroken):
    """Prepare a new campaign from a newer feed."""


class PackageDamaged(RuleBroken):
    """Prepare the campaign again from its feed; the feed itself lies unchanged in intake."""
