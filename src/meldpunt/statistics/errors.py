"""Ways in which making an overview goes wrong.

MeldpuntError
├── access.NotFound
│   └── OverviewNotFound      no such overview, or not for this viewer
└── access.RuleBroken
    ├── PeriodImpossible      it ends before it begins, or in the future
    ├── GroupImpossible       a group names no sector, an unknown one, or one that another group has
    ├── OverviewNotSafe       the attacker's check did not pass: nothing of it may be published
    ├── AlreadyOffered        this overview is published, or waits for a second person
    ├── PeriodAlreadyTold     figures over a day of this period were published before
    └── NotAnOverview         the bytes are not those of a published overview
"""

from __future__ import annotations

from meldpunt.access.errors import NotFound, RuleBroken


class OverviewNotFound(NotFound):
    """There is no such overview for this viewer."""


class PeriodImpossible(RuleBroken):
    """Choose a first day that is not after the last one, and a last day that is not after today."""


class GroupImpossible(RuleBroken):
    """Put every sector in at most one group, and give each group a name and at least one known sector."""


class OverviewNotSafe(RuleBroken):
    """Compile it again: over a longer period, or with sectors taken together."""


class AlreadyOffered(RuleBroken):
    """What was published stays as it is; withdraw it at the door, or compile another period."""


class PeriodAlreadyTold(RuleBroken):
    """Two overviews over the same days would give each other's hidden cells away by their differences."""


class NotAnOverview(RuleBroken):
    """The bytes are not the JSON attachment of a published overview."""
