"""Ways in which detection refuses.

MeldpuntError
├── access.NotFound
│   └── IndicatorNotFound      no such indicator, or it was never disclosed to this participant
└── access.RuleBroken
    ├── IndicatorRefused       it cannot be an indicator
    │   ├── IndicatorUnreadable    the value is not of its kind
    │   ├── IndicatorTooBroad      it would match what is everybody's
    │   └── IndicatorNeverValid    it ends before it starts
    ├── NothingToLookFor       no indicator was named, or none is valid any more
    ├── BundleNamesReporter    the bundle holds what points at who reported
    └── SightingBackwards      it was first seen after it was last seen
"""

from __future__ import annotations

from meldpunt.access.errors import NotFound, RuleBroken


class IndicatorNotFound(NotFound):
    """There is no such indicator for this viewer."""


class IndicatorRefused(RuleBroken):
    """Nothing was kept; correct the value and add it again."""


class IndicatorUnreadable(IndicatorRefused):
    """Write one address, network, domain, URL, mail address or hash."""


class IndicatorTooBroad(IndicatorRefused):
    """Name something narrower: every sensor in the country would raise an alarm on this."""


class IndicatorNeverValid(IndicatorRefused):
    """Let it be valid for a while: the end comes after the start."""


class NothingToLookFor(RuleBroken):
    """Choose at least one indicator that is still valid."""


class BundleNamesReporter(RuleBroken):
    """Take out the indicator or the words that point at the reporter, and disclose again."""


class SightingBackwards(RuleBroken):
    """Give the first and the last time in their order."""
