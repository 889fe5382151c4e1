"""What was disclosed to an organisation, as it goes over the wire: the words of the version that was sealed."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from meldpunt.disclosure.values import AttachmentLine, Delivered, ItemKind
from meldpunt.law import DataKind, Ground
from meldpunt.vocabulary.bilingual import Language

from .messages import Instant, Message
from .paging import PAGE, Limit

LONGEST_NOTE = 2_000
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class DisclosureListed(Message):
    """One disclosure in a list. Once withdrawn it has no title any more, and its content is gone."""

    id: UUID
    item: ItemKind
    title: str
    tlp: str = Field(description="TLP 2.0, such as TLP:AMBER.")
    pap: str = Field(description="PAP, such as PAP:GREEN.")
    language: Literal["nl", "en"]
    delivered_at: AwareDatetime
    read_at: AwareDatetime | None = Field(description="When it was first read over this API.")
    acknowledged_at: AwareDatetime | None
    withdrawn_at: AwareDatetime | None
    superseded_at: AwareDatetime | None
    replaced_by: UUID | None = Field(description="What superseded it, where that was told here as well.")
    content_hash: Digest | None = Field(description="SHA-256 of what was sealed, as the ledger has it.")


class DisclosureList(Message):
    """A page, newest first. `Link` names the next (RFC 8288)."""

    items: list[DisclosureListed]


class PartShown(Message):
    """A passage under its heading."""

    kind: DataKind
    heading: str
    text: str


class AttachmentShown(Message):
    """A file that goes along; its bytes are at `/disclosures/{disclosure}/attachments/{id}`."""

    id: UUID
    name: str
    media_type: str
    size: int = Field(description="Bytes.")
    digest: Digest = Field(description="SHA-256 of the bytes.")


class GroundShown(Message):
    """On what ground in law it was told."""

    id: str
    article: str
    task: str


class DisclosureShown(DisclosureListed):
    """One disclosure whole."""

    parts: list[PartShown]
    attachments: list[AttachmentShown]
    grounds: list[GroundShown]
    withdrawal_reason: str
    superseding_reason: str


class DisclosuresAsked(Message):
    """Which disclosures are listed."""

    item: ItemKind | None = None
    since: Instant | None = Field(None, description="When it was delivered, or later.")
    after: UUID | None = Field(None, description="The last disclosure that you have.")
    limit: Limit = PAGE


class Acknowledgement(Message):
    """A word back to the desk, if there is one."""

    note: str = Field("", max_length=LONGEST_NOTE)


def listed(told: Delivered) -> DisclosureListed:
    """A line of the list."""
    return DisclosureListed(
        id=told.id,
        item=told.item,
        title=told.title,
        tlp=told.tlp.value,
        pap=told.pap.value,
        language=told.language,
        delivered_at=told.delivered_at,
        read_at=told.read_at,
        acknowledged_at=told.acknowledged_at,
        withdrawn_at=told.withdrawn_at,
        superseded_at=told.superseded_at,
        replaced_by=told.replaced_by,
        content_hash=told.content_hash.hex() if told.content_hash else None,
    )


def shown(told: Delivered) -> DisclosureShown:
    """All of it, in the language in which it was written."""
    return DisclosureShown(
        **listed(told).model_dump(),
        parts=[
            PartShown(kind=one.kind, heading=one.heading.in_language(told.language), text=one.text)
            for one in told.parts
        ],
        attachments=[_attachment(one) for one in told.attachments],
        grounds=[_ground(one, told.language) for one in told.grounds],
        withdrawal_reason=told.withdrawal_reason,
        superseding_reason=told.superseding_reason,
    )


def _attachment(one: AttachmentLine) -> AttachmentShown:
    return AttachmentShown(id=one.id, name=one.name, media_type=one.media_type, size=one.size, digest=one.digest.hex())


def _ground(one: Ground, language: Language) -> GroundShown:
    return GroundShown(id=one.id, article=one.article, task=one.task.in_language(language))
