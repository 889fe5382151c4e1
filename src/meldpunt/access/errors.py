"""Ways in which access goes wrong.

MeldpuntError
├── AccessRefused
│   ├── PermissionMissing   the actor's roles do not carry the permission
│   └── NotFound            missing and forbidden look the same
├── NobodyBound             somebody was to take over a binding, and there is none: a mistake in a door
└── RuleBroken              the deed is not possible in this state; the message says why, to a person
"""

from __future__ import annotations


class MeldpuntError(Exception):
    """Every error a room raises on purpose."""


class AccessRefused(MeldpuntError):
    """The actor may not; a door answers as if the thing were not there."""


class PermissionMissing(AccessRefused):
    """None of the actor's roles carries the permission that the deed asks."""


class NotFound(AccessRefused):
    """There is no such thing, or not for this viewer."""


class NobodyBound(MeldpuntError):
    """A binding was to change hands where nothing is bound; a door binds first (`DoorMiddleware`)."""


class RuleBroken(MeldpuntError):
    """What was asked is not possible now. The message is a sentence for the person who asked (English source text)."""
