"""What came with a report, without opening it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.values import EvidenceItem

from ..values import MARK, ReportId
from .feeds import has_sealed_rows
from .words import are_words_sealed

_KIBIBYTE: Final = 1024


@look(Permission.REPORT_READ)
def list_attachments(viewer: Actor, /, *, report: ReportId) -> tuple[EvidenceItem, ...]:
    """The items with a report, oldest first; their names masked where its words are sealed.

    What else the sender chose goes as well: the declared type, and the digest, which confirms a guess at the file. The
    size is in whole kibibytes, because a mail is as much longer as the name that stands in it. Of the file of a feed in
    which anybody is sealed, digest and size go.
    """
    found = evidence_queries.list_evidence(viewer, about=report)
    if not found or not are_words_sealed(viewer, report=report):
        sealed = bool(found) and has_sealed_rows(viewer, report=report)
        return tuple(replace(one, digest=None, size=_rounded(one.size)) for one in found) if sealed else found
    return tuple(
        replace(
            one,
            name=MARK if one.name else "",
            media_type_declared=one.media_type,
            size=_rounded(one.size),
            digest=None,
        )
        for one in found
    )


def _rounded(size: int) -> int:
    return -(-size // _KIBIBYTE) * _KIBIBYTE
