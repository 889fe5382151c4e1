"""What came with a report, without opening it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.values import EvidenceItem

from ..values import MARK, ReportId
from .words import are_words_sealed

_KIBIBYTE: Final = 1024


@look(Permission.REPORT_READ)
def list_attachments(viewer: Actor, /, *, report: ReportId) -> tuple[EvidenceItem, ...]:
    """The items with a report, oldest first; their names masked where its words are sealed.

    What else the sender chose goes as well: the declared type, and the digest, which confirms a guess at the file. The
    size is in whole kibibytes, because a mail is as much longer as the name that stands in it.
    """
    found = evidence_queries.list_evidence(viewer, about=report)
    if not found or not are_words_sealed(viewer, report=report):
        return found
    return tuple(
        replace(
            one,
            name=MARK if one.name else "",
            media_type_declared=one.media_type,
            size=-(-one.size // _KIBIBYTE) * _KIBIBYTE,
            digest=None,
        )
        for one in found
    )
