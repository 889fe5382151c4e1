"""What can go wrong in matching.

MatchingError
├── Unreadable            a value is not what its column says it is
├── TimeWithoutZone       an instant was asked for and a wall clock given
└── ClaimRefused          a claim cannot enter the registry
    ├── PublicSuffixClaimed   it would own the names of strangers
    ├── ValidityEmpty         it is valid at no instant
    └── OwnedTwice            two owners, one value, one role, one instant
"""

from __future__ import annotations


class MatchingError(ValueError):
    """Root of everything this room refuses."""


class Unreadable(MatchingError):
    """The text is not a well-formed value of its kind.

    `kind` names the grammar ("address", "host" ...), `reason` says what is wrong without repeating
    the text, so that a log line cannot carry the value along. `text` holds what was read.
    """

    def __init__(self, kind: str, reason: str, text: str) -> None:
        super().__init__(f"{kind}: {reason}")
        self.kind = kind
        self.reason = reason
        self.text = text


class TimeWithoutZone(MatchingError):
    """A datetime without a zone names no instant; pass an aware one."""


class ClaimRefused(MatchingError):
    """A claim that may not enter the registry. `value` is the claimed value as it was written."""

    def __init__(self, reason: str, value: str) -> None:
        super().__init__(f"{value}: {reason}")
        self.reason = reason
        self.value = value


class PublicSuffixClaimed(ClaimRefused):
    """Under a public suffix live other people's names: nobody may own it whole."""


class ValidityEmpty(ClaimRefused):
    """The claim ends at or before the instant it starts."""


class OwnedTwice(ClaimRefused):
    """Two owners claim the same value in the same role at the same time: a person must decide."""
