"""From a post to the draft of a disclosure: what the table is told, and on whose terms."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from meldpunt.disclosure.values import Attachment, Audience, AudienceKind, Draft, ItemKind, Part, Superseding
from meldpunt.law import Condition, DataKind, Purpose
from meldpunt.vocabulary.bilingual import Bilingual

from .values import Post

OWN: Final = frozenset({Condition.OWN_INFORMATION})
_FROM: Final = Bilingual("Van", "From")
_RULE: Final = Bilingual("Chatham House-regel", "Chatham House Rule")
_RULE_SAYS: Final = Bilingual(
    "Gebruik wat hier staat, maar zeg niet wie het vertelde, ook niet van welke organisatie.",
    "Use what stands here, but do not say who told it, nor of which organisation they are.",
)


def parts_told(post: Post, author: str) -> tuple[Part, ...]:
    """What readers get: from whom where it is under a name, the rule that goes with it wherever it shows, the words."""
    parts = list(post.parts)
    if post.chatham_house:
        parts.insert(0, Part(DataKind.INCIDENT_NATURE, _RULE, _RULE_SAYS.in_language(post.language)))
    if not post.is_unattributed:
        parts.insert(0, Part(DataKind.REPORTER_IDENTITY, _FROM, author))
    return tuple(parts)


def draft_of(post: Post, *, organisation: UUID, author: str, files: tuple[Attachment, ...] = ()) -> Draft:
    """The draft, on the terms of the organisation that wrote it. Its marking is the source's own."""
    return Draft(
        item=ItemKind.ISAC_POST,
        subject=post.thread,
        title=post.title,
        parts=parts_told(post, author),
        audience=(Audience(AudienceKind.ISAC, post.isac),),
        purpose=Purpose.SHARE,
        tlp=post.tlp,
        pap=post.pap,
        conditions=OWN,
        attachments=files,
        language=post.language,
        about=(organisation,),
        sources=(post.tlp,),
        # What replaces a narrower one is wider by its author's own will, and says why.
        widening=post.why,
        supersedes=Superseding(post.replaces, post.why) if post.replaces else None,
        author=organisation,
    )
