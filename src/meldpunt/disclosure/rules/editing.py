"""From the draft to the text that readers get: whole parts left out by kind, and identities masked in what stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from meldpunt.engines.redaction.hiding import hide
from meldpunt.engines.redaction.identity import Identity
from meldpunt.law import DataKind, Verdict
from meldpunt.vocabulary.bilingual import Bilingual

from ..errors import NothingToDisclose
from ..values import Attachment, Draft, Edited, LeftOut, LeftOutReason, Origin, Part, Reader
from .audiences import is_of

_MARK: Final[Mapping[str, str]] = {"nl": "weggelaten", "en": "left out"}
_TEXT_TYPES: Final = frozenset(
    {"application/json", "application/taxii+json", "application/stix+json", "application/xml"}
)


@dataclass(frozen=True)
class Mask:
    """Whom to hide in free text: nobody while `identities` is empty. `says` why, where it is not the law that hides.

    `ours` is where we can be reached ourselves, which stays to be read.
    """

    identities: tuple[Identity, ...]
    language: str
    says: str = ""
    ours: frozenset[str] = frozenset()


def hidden_origins(draft: Draft, readers: Sequence[Reader], verdict: Verdict) -> tuple[Origin, ...]:
    """The origins whose identity must not show: all of them, unless the ground gives the identity.

    What was not asked was not given: a text without a part of kind REPORTER_IDENTITY is masked too. A reporter is
    given its own identity, never that of another reporter of the same incident; who reads alone reads its own name.
    """
    if DataKind.REPORTER_IDENTITY in verdict.given and not any(reader.is_origin for reader in readers):
        return ()
    alone = readers[0] if len(readers) == 1 else None
    return tuple(origin for origin in draft.origins if alone is None or not is_of(origin, alone))


def edit(draft: Draft, verdict: Verdict, mask: Mask) -> Edited:
    """The draft without what the verdict leaves out, with a mark of one width wherever a text points at somebody.

    On a refusal nothing is kept. Raises NothingToDisclose where the draft itself holds nothing.
    """
    if not draft.title.strip() or (not any(piece.text.strip() for piece in draft.parts) and not draft.attachments):
        raise NothingToDisclose("Write a title and at least one part: an empty disclosure tells nobody anything.")
    left_out = [
        LeftOut(piece.heading, piece.kind, LeftOutReason.NOT_COVERED)
        for piece in draft.parts
        if piece.kind not in verdict.given
    ]
    title, masked = mask_text("" if verdict.is_refused else draft.title, mask)
    parts: list[Part] = []
    for part in draft.parts:
        if part.kind in verdict.given:
            kept, count = mask_part(part, mask)
            parts.append(kept)
            masked += count
    attachments, dropped = _choose(draft.attachments, verdict, mask)
    return Edited(title, tuple(parts), attachments, (*left_out, *dropped), masked)


def mask_part(part: Part, mask: Mask) -> tuple[Part, int]:
    """The part with its heading and text masked, and how many marks that took."""
    (nl, in_nl), (en, in_en) = mask_text(part.heading.nl, mask), mask_text(part.heading.en, mask)
    text, in_text = mask_text(part.text, mask)
    return replace(part, heading=Bilingual(nl, en), text=text), max(in_nl, in_en) + in_text


def mask_text(text: str, mask: Mask) -> tuple[str, int]:
    """The text with a mark in place of each passage that identifies, and how many marks that took."""
    if not mask.identities:
        return text, 0
    withheld = hide(text, mask.identities, ground=mask.says or _MARK[mask.language], keep=mask.ours)
    return withheld.text, len(withheld.marks)


def _choose(
    attachments: Sequence[Attachment], verdict: Verdict, mask: Mask
) -> tuple[tuple[Attachment, ...], tuple[LeftOut, ...]]:
    kept: list[Attachment] = []
    dropped: list[LeftOut] = []
    for attachment in attachments:
        reason = _reason_against(attachment, verdict, mask)
        if reason is None:
            kept.append(attachment)
        else:
            # The name of a file may itself tell who: what is left out is named by its kind.
            dropped.append(LeftOut(Bilingual("bijlage", "attachment"), attachment.kind, reason))
    return tuple(kept), tuple(dropped)


def _reason_against(attachment: Attachment, verdict: Verdict, mask: Mask) -> LeftOutReason | None:
    if attachment.kind not in verdict.given:
        return LeftOutReason.NOT_COVERED
    if not mask.identities:
        return None
    if not (attachment.media_type.startswith("text/") or attachment.media_type in _TEXT_TYPES):
        return LeftOutReason.NOT_SEARCHABLE
    try:
        text = attachment.data.decode()
    except UnicodeDecodeError:
        return LeftOutReason.NOT_SEARCHABLE
    found = any(mask_text(piece, mask)[1] for piece in (attachment.name, text))
    return LeftOutReason.IDENTIFIES if found else None
