"""Mail that is on its way, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from meldpunt.constituency.values import Certificate
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import TLP

from .words import Channel, DisclosureId, EnvelopeId, EnvelopeState, ItemKind, Trouble


@dataclass(frozen=True)
class Reply:
    """What a mail server answered; code 0 where it gave no answer at all (RFC 5321, 4.2)."""

    code: int
    text: str

    @property
    def is_taken(self) -> bool:
        """Does the server answer for the mail from here on?"""
        return 200 <= self.code < 300

    @property
    def is_final(self) -> bool:
        """Will it say the same every time?"""
        return 500 <= self.code < 600


class Outcome(StrEnum):
    """What a mail from a server says of another mail."""

    NONE = "none"
    DELAYED = "delayed"
    FAILED = "failed"


@dataclass(frozen=True)
class Returned:
    """What a mail that came back says: whom it did not reach, or not yet. `status` as in RFC 3463, or nothing.

    A notice may name nobody; which mail it is about is known from the address that it was sent to.
    """

    outcome: Outcome = Outcome.NONE
    temporary: frozenset[str] = frozenset()
    permanent: frozenset[str] = frozenset()
    status: str = ""
    said: str = ""

    def is_permanent_for(self, address: str) -> bool:
        """Will nobody try this address again? Where it is not named, what is said of others is said of it."""
        named = address.lower()
        return self.outcome is Outcome.FAILED and not (named in self.temporary and named not in self.permanent)


@dataclass(frozen=True)
class Bounced:
    """A mail that came back, and the delivery it belongs to."""

    envelope: EnvelopeId
    disclosure: DisclosureId
    is_permanent: bool


@dataclass(frozen=True)
class LetterDue:
    """A mail to whoever made `report`, taken to be sent. `answers` is what they told last when it was written."""

    envelope: EnvelopeId
    report: UUID
    item: ItemKind
    answers: UUID | None


@dataclass(frozen=True)
class Correspondent:
    """Whoever reported, as the room that knows them says it for one mail. Without an address nothing goes.

    `code` is the receipt code, for an acknowledgement that may hold it. `answers` and `references` are Message-IDs of
    theirs; without any the mail joins what we wrote them before. `certificates` are usable keys of that address.
    """

    address: str
    reference: str
    receipt_digest: bytes
    code: str = field(default="", repr=False)
    answers: str = ""
    references: str = ""
    certificates: tuple[Certificate, ...] = ()


@dataclass(frozen=True)
class Posted:
    """What came of it. `is_over`: it went, or nobody tries it again."""

    is_taken: bool
    is_over: bool


@dataclass(frozen=True)
class SentLetter:
    """A mail that we sent: from which report it stems, whether its reader made that report, and which contact it is."""

    report: UUID
    is_own: bool
    contact: UUID | None = None


@dataclass(frozen=True)
class MailState:
    """Whether this installation sends mail. `problem` names the setting that is half set, if one is."""

    is_set: bool
    problem: str
    unused_keys: int


@dataclass(frozen=True)
class Alarm:
    """A delivery by mail that needs somebody; nothing here says which address it is about."""

    envelope: EnvelopeId
    disclosure: DisclosureId
    item: ItemKind
    title: str
    tlp: TLP
    reader: Bilingual
    channel: Channel
    state: EnvelopeState
    trouble: Trouble
    raised_at: datetime | None
    attempts: int
    reply: str
