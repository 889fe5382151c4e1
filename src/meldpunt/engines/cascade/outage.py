"""What is out: from when, how much of it, until when, and how it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import TypeAlias

from meldpunt.engines.cascade.errors import OutOfRange
from meldpunt.engines.cascade.network import NodeId

_LEAST_LEFT = 0.001


@dataclass(frozen=True, slots=True)
class Interruption:
    """The share (above 0, at most 1) of a node that is out from `from_hour` until, not including, `until_hour`.

    Without `until_hour` it stays out. At that hour it is back at once, or with `recovery_per_hour` k it recovers from
    then on: after t hours share · exp(-k t) is left (Lian & Haimes 2006; k of `recovery_coefficient`), and nothing any
    more once that is less than a thousandth of the share.
    """

    share: float
    until_hour: int | None = None
    recovery_per_hour: float | None = None
    from_hour: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise OutOfRange(f"An outage is a share above 0 and at most 1, not {self.share}.")
        if self.from_hour < 0:
            raise OutOfRange("An outage begins at hour 0 or later.")
        if self.until_hour is not None and self.until_hour <= self.from_hour:
            raise OutOfRange("An outage lasts at least one hour.")
        if self.recovery_per_hour is not None and not (self.until_hour is not None and self.recovery_per_hour > 0):
            raise OutOfRange("Recovery needs an hour at which it begins, and a coefficient above 0.")

    @property
    def recovers(self) -> bool:
        """Whether it comes back slowly."""
        return self.recovery_per_hour is not None

    def at(self, hour: int) -> float:
        """The share that is out in that hour by its own cause."""
        if hour < self.from_hour:
            return 0.0
        if self.until_hour is None or hour < self.until_hour:
            return self.share
        if self.recovery_per_hour is None:
            return 0.0
        left = exp(-self.recovery_per_hour * (hour - self.until_hour))
        return self.share * left if left >= _LEAST_LEFT else 0.0


@dataclass(frozen=True, slots=True)
class Overlapping:
    """Several causes of one node, each in its own time: in every hour the one that takes most of it counts."""

    causes: tuple[Interruption, ...]

    @property
    def until_hour(self) -> int | None:
        """When the last of them begins to give way, if they all do."""
        ends = [one.until_hour for one in self.causes]
        return None if None in ends else max(end for end in ends if end is not None)

    @property
    def recovers(self) -> bool:
        """Whether any of them comes back slowly."""
        return any(one.recovers for one in self.causes)

    def at(self, hour: int) -> float:
        """The share that is out in that hour by its own causes."""
        return max(one.at(hour) for one in self.causes)


Outage: TypeAlias = Mapping[NodeId, Interruption | Overlapping]
"""Per process or service what interrupts it."""


def outage_of(
    shares: Mapping[NodeId, float], *, until_hour: int | None = None, recovery_per_hour: float | None = None
) -> dict[NodeId, Interruption]:
    """An outage that begins and ends at the same hour everywhere. Raises `OutOfRange`."""
    return {node: Interruption(share, until_hour, recovery_per_hour) for node, share in shares.items()}
