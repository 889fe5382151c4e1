"""Attachments are opened on the record, and never shown inside a page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.evidence.values import EvidenceId
from meldpunt.intake import actions as intake_actions

PURPOSE_LENGTH = 500


# A POST, because to open it is a deed with a ledger entry: nothing that fetches links ahead may do it.
@requires(Permission.EVIDENCE_OPEN)
@require_POST
def open_evidence(request: HttpRequest, item: UUID) -> HttpResponse:
    """The bytes as a download of no type, so that no program opens them by itself."""
    purpose = request.POST.get("purpose", "")[:PURPOSE_LENGTH]
    opened = intake_actions.open_attachment(actor_of(request), item=EvidenceId(item), purpose=purpose)
    answer = HttpResponse(opened.data, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=opened.name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
