"""What somebody saw before deciding, in one short word that the form carries and the deed compares.

Keyed, because it stands on a page: without the key nobody can try names until one gives the same word.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Final

from django.utils.crypto import salted_hmac

from .packing import Packed, pack_draft, pack_ground, pack_left_out, pack_parts
from .values import Attachment, Finding, Preview, Reader, Sight

_SALT: Final = "meldpunt.disclosure.sight"


def sight_of(weighed: Preview) -> Sight:
    """The word for who would read it, on what ground, what is given and left out, markings and files."""
    text = json.dumps(_shown(weighed), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return Sight(salted_hmac(_SALT, text, algorithm="sha256").hexdigest())


def sight_before(weighed: Preview) -> Sight:
    """The same before anything is kept, without what the desk says to itself and writes beside the preview."""
    return sight_of(replace(weighed, draft=replace(weighed.draft, vouching="", widening="")))


def _shown(weighed: Preview) -> Packed:
    draft, edited = weighed.draft, weighed.edited
    return {
        "item": draft.item.value,
        "purpose": draft.purpose.value,
        "tlp": draft.tlp.value,
        "pap": draft.pap.value,
        "title": [draft.title, edited.title],
        "draft": pack_draft(draft),
        "files": _files(draft.attachments),
        "readers": sorted(_reader(one) for one in weighed.readers),
        "findings": sorted((_finding(one) for one in weighed.findings), key=str),
        "kept": pack_parts(edited.parts),
        "kept_files": _files(edited.attachments),
        "left_out": pack_left_out(edited.left_out),
        "four_eyes": weighed.four_eyes,
        "supersedes": str(draft.supersedes.disclosure) if draft.supersedes else "",
        "deferred": [draft.deferred.ground, draft.deferred.until.isoformat()] if draft.deferred else [],
    }


def _reader(reader: Reader) -> str:
    digest = reader.receipt_digest.hex() if reader.receipt_digest else ""
    return f"{reader.kind} {reader.recipient} {reader.organisation} {reader.person} {digest} {reader.is_origin}"


def _finding(finding: Finding) -> Packed:
    said = finding.verdict
    return {
        "recipient": finding.recipient.value,
        "outcome": said.outcome.value,
        "grounds": [pack_ground(ground) for ground in said.grounds],
        "given": sorted(said.given),
        "left_out": sorted(said.left_out),
    }


def _files(files: tuple[Attachment, ...]) -> list[list[str]]:
    return [[one.name, one.media_type, one.kind.value, hashlib.sha256(one.data).hexdigest()] for one in files]
