"""The words of the door: kinds of audience, item and state."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Final, NewType, TypeAlias
from uuid import UUID

DisclosureId = NewType("DisclosureId", UUID)
AttachmentId = NewType("AttachmentId", UUID)
EnvelopeId = NewType("EnvelopeId", UUID)
Sight = NewType("Sight", str)
"""What somebody saw of a disclosure before deciding."""

NOTHING_SEEN: Final = Sight("")
"""Of what nobody is to decide on."""


class Unshown(Enum):
    """Why there is no page to compare what is told with. No view of a door names one of these."""

    BY_RULE = "by-rule"
    """A rule or a clock tells it: nobody decides about this one."""
    IN_A_PROGRAM = "in-a-program"
    """Who decides wrote what is told in a program, and saw no page."""
    COMPARED = "compared"
    """The room compared the page itself; what is told holds more than could stand on it, such as a letter."""


Seen: TypeAlias = Sight | Unshown
"""What stood on the page that a deed comes from, or why there was none."""


class GroundSays(Enum):
    """That nobody's words are the reason: the door writes the ground, what goes and what for."""

    WHY = "why"


Reason: TypeAlias = str | GroundSays
"""Why something is told: somebody's words, or nothing but the ground on which the law allows it."""


class AudienceKind(StrEnum):
    """The kinds of circle that can be told something."""

    PUBLIC = "public"
    ORGANISATION = "organisation"
    ISAC = "isac"
    PERSON = "person"
    DETECTION_NETWORK = "detection-network"
    REPORTER = "reporter"
    REQUESTER = "requester"


class ItemKind(StrEnum):
    """What sort of thing is told; it decides on which page a reader finds it, never who may read it."""

    ACKNOWLEDGEMENT = "acknowledgement"
    QUESTION = "question"
    REPLY = "reply"
    REMINDER = "reminder"
    CONSULTATION = "consultation"
    CONSULTATION_SEQUEL = "consultation-sequel"
    HEARING = "hearing"
    INQUIRY = "inquiry"
    INQUIRY_REMINDER = "inquiry-reminder"
    INQUIRY_ANSWER = "inquiry-answer"
    ADVICE = "advice"
    ESCALATION = "escalation"
    INDICATORS = "indicators"
    WARNING = "warning"
    SITUATION_REPORT = "situation-report"
    INFORMATION_REQUEST_DECISION = "information-request-decision"
    OVERVIEW = "overview"
    ADVISORY = "advisory"
    LETTER = "letter"
    ISAC_POST = "isac-post"


class State(StrEnum):
    """How far a disclosure has come. REFUSED and WITHDRAWN are ends; of SUPERSEDED another says it better."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    WAITING_FOR_APPROVAL = "waiting-for-approval"
    DELIVERED = "delivered"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


TOLD: Final = frozenset({State.DELIVERED, State.SUPERSEDED})
"""States in which its readers have it."""


class Channel(StrEnum):
    """Where a reader finds a delivery."""

    PORTAL = "portal"
    PUBLIC_SITE = "public-site"
    API = "api"
    MAIL = "mail"
    """Encrypted to the key of a contact, and to nobody without one."""
    NOTICE = "mail-notice"
    """A mail without content: that something waits in the portal, for a contact without a usable key."""
    REPORTER_MAIL = "reporter-mail"
    """To whoever reported, at the address they left: encrypted to a key on file, else that something waits."""


class DeliveryState(StrEnum):
    """The truth about one delivery."""

    WAITING = "waiting"
    """Nobody has it yet: a mail that no server accepted so far."""
    SENT = "sent"
    READ = "read"
    ACKNOWLEDGED = "acknowledged"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"
    """It did not go, and nobody tries again."""
    BOUNCED = "bounced"
    """A server accepted it, and it came back."""


class EnvelopeState(StrEnum):
    """How far one mail to one contact came."""

    WAITING = "waiting"
    SENT = "sent"
    """A server said 250: from there on it answers for it."""
    FAILED = "failed"
    BOUNCED = "bounced"
    WITHDRAWN = "withdrawn"


class Trouble(StrEnum):
    """Why a delivery by mail needs somebody."""

    KEY_MISSING = "key-missing"
    KEY_UNVERIFIED = "key-unverified"
    KEY_EXPIRED = "key-expired"
    KEY_REVOKED = "key-revoked"
    KEY_UNFIT = "key-unfit"
    """On file and verified, and yet nothing could be closed with it."""
    REFUSED = "refused"
    """The server said no, and will say so again (a reply of 5xx)."""
    UNANSWERED = "unanswered"
    """The server said later, or nothing, for too long."""
    DELAYED = "delayed"
    """A server on the way has it, cannot hand it on, and goes on trying."""
    BOUNCED = "bounced"


class LeftOutReason(StrEnum):
    """Why a part of a draft is not in the version that readers get."""

    NOT_COVERED = "not-covered"
    """The ground does not cover this kind of data for every reader."""
    IDENTIFIES = "identifies"
    """The attachment holds what identifies the reporter, and an attachment is not rewritten."""
    NOT_SEARCHABLE = "not-searchable"
    """Nobody can tell whether the attachment identifies the reporter, because it is not text."""
