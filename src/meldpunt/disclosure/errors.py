"""Ways in which telling somebody goes wrong.

MeldpuntError
├── MailHalfConfigured            the installation says half of what sending mail takes
├── access.NotFound
│   └── DisclosureNotFound        no such disclosure, or not for this viewer
└── access.RuleBroken
    ├── AudienceOfNobody          nobody would read it
    ├── AudienceWiderThanTLP      the marking does not reach that far
    ├── UseWiderThanPAP           the audience would do with it what the PAP marking forbids
    ├── WideningMissing           wider than it had to be, and not why
    ├── DeferralUnfit             no ground lets the reporter hear of this later, or not for so long
    ├── WordsSealed               who reads the words masked cannot write them anew
    ├── NothingToDisclose         no part is left to tell
    ├── ReasonMissing             a decision without a reason
    ├── VouchingMissing           consent or suspicion is claimed, and not who said so
    ├── StateDoesNotAllow         the disclosure is past that point, or not there yet
    ├── SeenChanged               what was seen before deciding is not what it is now
    ├── CursorMalformed           a page was asked for after something that was not told here
    ├── SecondPersonNeeded        who proposed or decided cannot also approve
    └── NotAddressed              only who was told can acknowledge
"""

from __future__ import annotations

from meldpunt.access.errors import MeldpuntError, NotFound, RuleBroken


class MailHalfConfigured(MeldpuntError):
    """Set what it names, or none of it; docs/mail.md lists the settings."""


class DisclosureNotFound(NotFound):
    """There is no such disclosure for this viewer."""


class AudienceOfNobody(RuleBroken):
    """Name at least one reader: a circle without members reads nothing."""


class AudienceWiderThanTLP(RuleBroken):
    """Narrow the audience, or ask the source for a wider marking."""


class UseWiderThanPAP(RuleBroken):
    """Ask the source for a wider PAP, or tell people instead of machines."""


class WideningMissing(RuleBroken):
    """Write why it has to go wider, or keep to the narrowest audience and marking."""


class DeferralUnfit(RuleBroken):
    """Name a ground of today that fits every reader, and an end within its longest term."""


class WordsSealed(RuleBroken):
    """Unseal the organisations that the words point at, for a purpose, and write then."""


class NothingToDisclose(RuleBroken):
    """A disclosure has a title and at least one part with text, or an attachment."""


class ReasonMissing(RuleBroken):
    """Write why: the ledger keeps no decision without a reason."""


class VouchingMissing(RuleBroken):
    """Write who said so and when: a tick in a box is no consent."""


class StateDoesNotAllow(RuleBroken):
    """Look at the state of the disclosure; propose a new one where this one has ended."""


class SeenChanged(RuleBroken):
    """Look at the disclosure again: its readers, grounds, words or markings are not those that were on the page."""


class CursorMalformed(RuleBroken):
    """Begin again at the first page."""

    def __init__(self) -> None:
        super().__init__("This page does not exist. Start again at the first one.")


class SecondPersonNeeded(RuleBroken):
    """Ask a colleague: the ground asks for four eyes, and they are not yours twice."""


class NotAddressed(RuleBroken):
    """What was told to everybody is acknowledged by nobody."""
