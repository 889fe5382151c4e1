"""What is told, to whom, on what ground: the values that cross this room's wall."""

from .disclosures import AttachmentLine, Delivered, DeliveryLine, Disclosure, DisclosureLine, Progress, Step, TraceLine
from .drafts import ON_SOMEBODYS_WORD, Attachment, Audience, Draft, Origin, Part
from .weighing import Addressee, Circle, Edited, Finding, LeftOut, Preview, Reader
from .words import (
    NOTHING_SEEN,
    AttachmentId,
    AudienceKind,
    Channel,
    DeliveryState,
    DisclosureId,
    ItemKind,
    LeftOutReason,
    Sight,
    State,
)

__all__ = [
    "NOTHING_SEEN",
    "ON_SOMEBODYS_WORD",
    "Addressee",
    "Attachment",
    "AttachmentId",
    "AttachmentLine",
    "Audience",
    "AudienceKind",
    "Channel",
    "Circle",
    "Delivered",
    "DeliveryLine",
    "DeliveryState",
    "Disclosure",
    "DisclosureId",
    "DisclosureLine",
    "Draft",
    "Edited",
    "Finding",
    "ItemKind",
    "LeftOut",
    "LeftOutReason",
    "Origin",
    "Part",
    "Preview",
    "Progress",
    "Reader",
    "Sight",
    "State",
    "Step",
    "TraceLine",
]
