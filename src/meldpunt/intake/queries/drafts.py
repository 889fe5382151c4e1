"""A draft, for whoever comes back with its code."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from meldpunt.access.binding import bound, look
from meldpunt.access.rules import digest_of
from meldpunt.access.values import Actor, Permission
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.values import Upload, UploadId

from .. import models
from ..drafts import open_fields
from ..receipts import read_code
from ..values import Draft


@look(Permission.REPORT_SUBMIT)
def list_files(viewer: Actor, /, *, code: str) -> tuple[Upload, ...]:
    """The files that came in or are coming in under this code. Raises ReceiptMalformed."""
    return evidence_queries.list_uploads(replace(viewer, receipt=read_code(code)))


@look(Permission.REPORT_SUBMIT)
def get_file(viewer: Actor, /, *, code: str, upload: UploadId) -> Upload:
    """One of them. Raises ReceiptMalformed, NotFound."""
    return evidence_queries.get_upload(replace(viewer, receipt=read_code(code)), upload=upload)


@look(Permission.REPORT_SUBMIT)
def find_draft(viewer: Actor, /, *, code: str) -> Draft | None:
    """What was saved under this code; None where nothing was, or it was sent, or expired. Raises ReceiptMalformed."""
    code = read_code(code)
    with bound(replace(viewer, receipt=code)):
        kept = models.Draft.objects.filter(receipt_digest=digest_of(code), is_sent=False)
        row = kept.filter(expires_at__gt=timezone.now()).first()
    if row is None:
        return None
    fields = open_fields(bytes(row.sealed), code=code, draft=row.id)
    return Draft(code, fields, row.saved_at, row.expires_at)
