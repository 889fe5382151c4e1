"""What is found out about an item when it is sealed: what it looks like, what is in it, and what a scanner says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import BinaryIO, Final

from django.conf import settings

from meldpunt.vocabulary.texts import clean_text

from . import rules
from .inside import look_inside
from .scanning import PATIENCE_SECONDS, scan_pieces

_LONGEST_NESTED: Final = 300
BYTES_A_SECOND: Final = 20_000_000
"""What a scanner is given time for beyond its patience; a choice."""


@dataclass(frozen=True)
class Seen:
    """As the columns of an item have it; `digest` is the SHA-256 of the plain bytes, in hex."""

    media_type: str
    digest: str
    marks: list[str]
    nested: list[list[str | int]]
    verdict: str
    found: str
    engine: str

    def as_facts(self) -> dict[str, object]:
        """In words that JSON has."""
        return asdict(self)


def examine(pieces: Iterable[bytes], file: BinaryIO | bytes, *, size: int) -> Seen:
    """Go through all of it: `pieces` can be gone through again and again, `file` is the same bytes."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    inside = look_inside(file)
    scanned = scan_pieces(pieces, scanner=settings.EVIDENCE_SCANNER, patience=PATIENCE_SECONDS + size / BYTES_A_SECOND)
    return Seen(
        media_type=rules.sniff_pieces(pieces),
        digest=digest.hexdigest(),
        marks=sorted(mark.value for mark in inside.marks),
        nested=[[clean_text(one.name)[:_LONGEST_NESTED], one.size, one.depth] for one in inside.names],
        verdict=scanned.verdict.value,
        found=scanned.found,
        engine=scanned.engine,
    )
