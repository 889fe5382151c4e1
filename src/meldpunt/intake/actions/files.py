"""What the files with a report name, for whoever may open them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.errors import EvidenceSetAside
from meldpunt.evidence.values import EvidenceId, EvidenceItem

from .. import models
from ..errors import ReportNotFound
from ..formats.apart import Apart
from ..formats.legible import MOST_BYTES, legible_text
from ..values import Lifted, ReportId
from .attachments import open_attachment
from .reception import write_observables
from .sealing import terms_known

_MOST_FILES: Final = 20
_MOST_BYTES: Final = 20_000_000
_SECONDS: Final = 8.0


@deed(Permission.EVIDENCE_OPEN)
def lift_from_attachments(actor: Actor, /, *, report: ReportId) -> Lifted:
    """Lift what the files with this report name: text, CSV, JSON, mails, PDF and documents, each opened on the record.

    By a person at the desk and not by a job, because no other door reads what is sealed. What lies beyond the limits
    (twenty files, five megabytes each and twenty together, eight seconds) is left, and counted as such; so is what was
    set aside because it may do harm. What the report itself came in, and so was read then, is not read again.
    Raises ReportNotFound, IdentitySealed, PurposeMissing, evidence.SealBroken, evidence.KeyUnusable.
    """
    row = models.Report.objects.filter(id=report).only("id", "organisation", "raw_evidence").first()
    if row is None:
        raise ReportNotFound("no such report")
    kept = [one for one in evidence_queries.list_evidence(actor, about=report) if one.shredded_at is None]
    files = [one for one in kept if one.id not in row.raw_evidence]
    texts = _read(actor, files[:_MOST_FILES])
    before = models.Observable.objects.filter(report_id=report).count()
    about = OrganisationId(row.organisation_id) if row.organisation_id else None
    write_observables({report: "\n".join(texts)}, {report: terms_known(actor, report=report, organisation=about)})
    after = models.Observable.objects.filter(report_id=report).count()
    return Lifted(found=after - before, read=len(texts), unread=len(files) - len(texts))


def _read(actor: Actor, files: Sequence[EvidenceItem]) -> list[str]:
    texts: list[str] = []
    taken = 0
    with Apart(_SECONDS) as apart:
        for item in files:
            if item.size > MOST_BYTES or taken + item.size > _MOST_BYTES or not apart.may_go_on():
                continue
            taken += item.size
            text = _text_of(actor, item.id, apart)
            if text is not None:
                texts.append(text)
    return texts


def _text_of(actor: Actor, item: EvidenceId, apart: Apart) -> str | None:
    try:
        opened = open_attachment(actor, item=item)
    except EvidenceSetAside:
        return None
    return legible_text(opened.name, opened.media_type, opened.data, apart=apart)
