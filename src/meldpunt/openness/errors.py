"""Ways in which openness refuses.

MeldpuntError
├── access.NotFound
│   ├── RequestNotFound         no such request, or not for this viewer
│   ├── SelectionNotFound       no such document in a request
│   ├── PassageNotFound         no such passage
│   └── HearingNotFound         no such hearing, or not for this viewer
└── access.RuleBroken
    ├── RequestEmpty            it does not say what about
    ├── RequestTooLong          longer than anybody reads
    ├── PeriodBackwards         the period ends before it starts
    ├── NoActInForce            on that day there was no act to ask under
    ├── AdjournmentRefused      a second time, or after the term
    ├── AlreadyDecided          the documents and passages stand
    ├── NothingDecided          there is no decision to approve, publish or take back
    ├── PassageOutsideDocument  the range is empty or lies beyond the text
    ├── GroundNotInAct          the ground is not of the act that applies
    ├── GroundStandsAlone       a ground for exceptions backs up another
    ├── ReasonsMissing          this ground, or the age of the document, asks for reasons
    ├── NothingToRelease        no document was selected, or the decision says nothing
    ├── KindNotCovered          what stays is of a kind that may not go to who asks
    ├── HearingNeeded           somebody was not heard, and nothing says why
    ├── HearingImpossible       nothing of theirs is in it, or its term is over before it begins
    ├── ViewEmpty               an objection without words
    ├── ViewAlreadyGiven        it was answered before
    ├── RequesterNamed          the decision, which others read too, names who asked
    ├── ReleaseWaits            the documents wait for who may object
    └── TraceLeft               something that must not be in the release is in it
"""

from __future__ import annotations

from meldpunt.access.errors import NotFound, RuleBroken


class RequestNotFound(NotFound):
    """There is no such request for this viewer."""


class SelectionNotFound(NotFound):
    """There is no such document in a request."""


class PassageNotFound(NotFound):
    """There is no such passage."""


class RequestEmpty(RuleBroken):
    """Say what the request is about."""


class RequestTooLong(RuleBroken):
    """Say it in fewer words."""


class PeriodBackwards(RuleBroken):
    """Give the days of the period in their order."""


class NoActInForce(RuleBroken):
    """Check the day on which the request was received."""


class AdjournmentRefused(RuleBroken):
    """A decision is adjourned once, with reasons, before its term ends."""


class AlreadyDecided(RuleBroken):
    """Take the decision back first, while it was not yet delivered."""


class NothingDecided(RuleBroken):
    """Decide first."""


class PassageOutsideDocument(RuleBroken):
    """Select at least one character inside the text."""


class GroundNotInAct(RuleBroken):
    """Choose a ground of the act under which the request is decided; withhold anew what stood on another act."""


class GroundStandsAlone(RuleBroken):
    """Choose one of the two grounds for this passage."""


class ReasonsMissing(RuleBroken):
    """Write why this ground weighs more than openness; the decision has to say so."""


class NothingToRelease(RuleBroken):
    """Select at least one document, and write the decision."""


class KindNotCovered(RuleBroken):
    """Withhold what may not go, or say what kind of data is left in the document."""


class TraceLeft(RuleBroken):
    """Withhold it everywhere it stands. `places` says where it was found; what was found is not repeated."""

    def __init__(self, message: str, *, position: int = 0, places: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.position = position
        self.places = places


class HearingNotFound(NotFound):
    """There is no such hearing for this viewer."""


class HearingNeeded(RuleBroken):
    """Hear them, or write why that is not needed."""


class HearingImpossible(RuleBroken):
    """Choose an organisation of these documents, and a day in the future."""


class ViewEmpty(RuleBroken):
    """Say what the objection is."""


class ViewAlreadyGiven(RuleBroken):
    """A view is given once."""


class RequesterNamed(RuleBroken):
    """Write the decision without who asked."""


class ReleaseWaits(RuleBroken):
    """Wait until the documents may be read."""
