"""What came with a report, without opening it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.inside import Inside
from meldpunt.evidence.values import EvidenceItem

from ..values import ENDED, MARK, ReportId
from .feeds import has_sealed_rows
from .reports import get_own_report
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
        if not (found and has_sealed_rows(viewer, report=report)):
            return found
        return tuple(replace(one, digest=None, size=_rounded(one.size), inside=_unnamed(one.inside)) for one in found)
    return tuple(
        replace(
            one,
            name=MARK if one.name else "",
            media_type_declared=one.media_type,
            size=_rounded(one.size),
            digest=None,
            inside=_unnamed(one.inside),
        )
        for one in found
    )


@look(Permission.REPORT_FOLLOW)
def list_own_attachments(viewer: Actor, /, *, report: ReportId) -> tuple[tuple[EvidenceItem, date | None], ...]:
    """The files that the viewer's organisation sent with a report, and the last day each is kept where its term runs.

    Raises ReportNotFound.
    """
    found = get_own_report(viewer, report=report)
    ended = [line.at for line in found.progress if line.mark in ENDED] if found.state in ENDED else []
    items = evidence_queries.list_evidence(viewer, about=report)
    days = evidence_queries.last_days(viewer, items=items, ended_at=max(ended, default=None))
    return tuple((one, days.get(one.id)) for one in items)


def _unnamed(inside: Inside) -> Inside:
    """What is in it, without the names that the sender chose."""
    return replace(inside, names=())


def _rounded(size: int) -> int:
    return -(-size // _KIBIBYTE) * _KIBIBYTE
