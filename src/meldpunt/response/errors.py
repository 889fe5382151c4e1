"""Ways in which joint response goes wrong.

MeldpuntError
├── access.NotFound
│   └── ActivationNotFound, ActionNotFound, HandoverNotFound
└── access.RuleBroken
    ├── DisruptionNotExpected   triage sees no possible disruption, and nobody wrote why to start all the same
    ├── AlreadyActive           the case has a response that has not ended
    ├── ResponseEnded           nothing is added to what has ended
    ├── NobodyToCoordinate      a response without members
    ├── NotAMember              an action is for a member
    ├── WordingMissing          a reason, action, report or open points without words
    ├── TimeImpossible          an instant without a zone
    ├── ActionFinished          it was done before
    └── NotYoursToSign          a handover is signed by who takes the shift, once
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from meldpunt.access.errors import NotFound, RuleBroken

_WRITE: Final[Mapping[str, str]] = {
    "title": "Write the title.",
    "reason": "Write the reason.",
    "reason to override": "Write why you activate all the same.",
    "open points": "Write the open points.",
    "action": "Write the action.",
}


class ActivationNotFound(NotFound):
    """There is no such response for this viewer."""


class ActionNotFound(NotFound):
    """There is no such action for this viewer."""


class HandoverNotFound(NotFound):
    """There is no such handover for this viewer."""


class DisruptionNotExpected(RuleBroken):
    """Assess the case first, or write why it is activated all the same."""

    def __init__(self) -> None:
        super().__init__("Triage sees no possible disruption of society: write why you activate all the same.")


class AlreadyActive(RuleBroken):
    """Work in the response that is there."""

    def __init__(self) -> None:
        super().__init__("This case has a response that has not ended.")


class ResponseEnded(RuleBroken):
    """Activate anew where the incident goes on."""

    def __init__(self) -> None:
        super().__init__("This response has ended.")


class NobodyToCoordinate(RuleBroken):
    """Name at least one member."""

    def __init__(self) -> None:
        super().__init__("A response has at least one member.")


class NotAMember(RuleBroken):
    """Add the organisation to the response first."""

    def __init__(self) -> None:
        super().__init__("This organisation is no member of the response.")


class WordingMissing(RuleBroken):
    """Write it."""

    def __init__(self, what: str) -> None:
        super().__init__(_WRITE[what])
        self.what = what


class TimeImpossible(RuleBroken):
    """Give the instant with a zone."""

    def __init__(self) -> None:
        super().__init__("An action is due at a time with a zone.")


class ActionFinished(RuleBroken):
    """An action is finished once."""

    def __init__(self) -> None:
        super().__init__("This action was finished before.")


class NotYoursToSign(RuleBroken):
    """Ask who takes the shift to sign."""

    def __init__(self) -> None:
        super().__init__("A handover is signed by who takes the shift, and once.")
