"""Ways in which an ISAC refuses.

MeldpuntError
├── access.NotFound
│   ├── SpaceNotFound        no such ISAC, or none at which the viewer's organisation sits or sat
│   ├── PostNotFound         no such post of the viewer's own organisation
│   ├── ThreadNotFound       no such thread, or nothing of it was told to this viewer
│   └── MotionNotFound       no such motion that is the viewer's to decide or take back
└── access.RuleBroken
    ├── PostEmpty            it says nothing
    ├── PostTooLong          longer than anybody reads
    ├── MarkingTooNarrow     the marking reaches no table
    ├── AttendanceUnderRule  who was there is not written down under the Chatham House Rule
    ├── IndicatorUnreadable  a line is no indicator
    ├── FileUnfit            a file that cannot go unattributed
    ├── NotSeated            who does not sit at the table tells it nothing
    ├── StateDoesNotAllow    the post or motion is past that point
    ├── AlreadyAsked         one motion at a time
    ├── LastChair            the table would be left without a chair
    └── ReasonMissing        a removal, refusal or urgency without a reason
"""

from __future__ import annotations

from meldpunt.access.errors import NotFound, RuleBroken


class SpaceNotFound(NotFound):
    """There is no such ISAC for this viewer."""


class PostNotFound(NotFound):
    """There is no such post for this viewer."""


class ThreadNotFound(NotFound):
    """Nothing of this thread was told to the viewer."""


class MotionNotFound(NotFound):
    """There is no such motion for this viewer."""


class PostEmpty(RuleBroken):
    """Write a title and some words."""


class PostTooLong(RuleBroken):
    """Say it shorter, or add a document."""


class MarkingTooNarrow(RuleBroken):
    """Choose TLP:AMBER or wider, or tell fewer than a whole table in another way."""


class AttendanceUnderRule(RuleBroken):
    """Leave out who was there, or do not place the notes under the rule."""


class IndicatorUnreadable(RuleBroken):
    """Write one address, network, domain, URL, mail address or hash on each line."""


class FileUnfit(RuleBroken):
    """Send it as PDF, PNG, JPEG, plain text or CSV, without what names you; or post under your name."""


class NotSeated(RuleBroken):
    """Ask for a seat first."""


class StateDoesNotAllow(RuleBroken):
    """Look at the post or the motion again: somebody was there before you."""


class AlreadyAsked(RuleBroken):
    """Wait for the answer, or take back what was asked."""


class LastChair(RuleBroken):
    """Pass the chair to another member first, or ask the desk to appoint one."""


class ReasonMissing(RuleBroken):
    """Write why: it is kept, and who it concerns reads it."""
