"""Another national system forwards what was reported to it, and follows what becomes of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from pydantic import ValidationError

from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.forwarded_values import ForwardedFilters
from meldpunt.intake.values import Attached, Receipt

from ..digests import check_digest, name_in
from ..keys import machine_of
from ..messages import (
    BatchReceived,
    FaultShown,
    ForwardedReport,
    ItemReceived,
    ReceiptGiven,
    ReportBatch,
    receipt_given,
)
from ..once import file_of
from ..paging import link_next
from ..problems import faults_in
from ..reported import (
    Reference,
    ReportList,
    ReportsAsked,
    ReportShown,
    StageGiven,
    StageShown,
    listed,
    shown,
    stage_shown,
)

_NAME_INSIDE: Final[Mapping[str, str]] = {
    field.alias or name: name for name, field in ForwardedReport.model_fields.items()
}
_OPAQUE: Final = "application/octet-stream"


def forward_report(request: HttpRequest, report: ForwardedReport) -> Status[ReceiptGiven]:
    """Receive one report. 201 with its receipt; 200 without a code where this key sent the same before."""
    item = report.model_dump(mode="json", by_alias=False, exclude_none=True)
    (receipt,) = intake_actions.receive_forwarded(machine_of(request), items=[item])
    return Status(201 if receipt.code else 200, receipt_given(receipt))


def forward_reports(request: HttpRequest, batch: ReportBatch) -> BatchReceived:
    """Receive many reports in one transaction; each has its receipt, and where it does not fit, the reasons.

    Nothing is lost: what cannot be read is kept whole.
    """
    items = [_as_item(one) for one in batch.items]
    receipts = intake_actions.receive_forwarded(machine_of(request), items=items)
    return BatchReceived(items=[_received(*pair) for pair in zip(receipts, batch.items, strict=True)])


def list_reports(
    request: HttpRequest,
    response: HttpResponse,
    asked: Query[ReportsAsked],
) -> ReportList:
    """What this key forwarded, newest first; `since` is when it was received, or later.

    `after` is the reference of the last report that you have: what comes in meanwhile neither repeats nor hides one.
    """
    filters = ForwardedFilters(asked.state, asked.kind, asked.since, asked.source_reference or "")
    machine, after = machine_of(request), asked.after or ""
    page = intake_queries.list_forwarded(machine, filters=filters, after=after, limit=asked.limit)
    if not page.is_last:
        link_next(request, response, after=page.lines[-1].reference)
    return ReportList(items=[listed(one) for one in page.lines])


def show_report(request: HttpRequest, reference: Reference) -> ReportShown:
    """How far a report is: its stages, the terms of the law, what is still asked, and what happened with it."""
    return shown(intake_queries.get_forwarded(machine_of(request), reference=reference))


def submit_stage(request: HttpRequest, reference: Reference, given: StageGiven) -> Status[StageShown]:
    """Send the next stage that the law asks, or whatever else is known now. A stage sent again is a revision."""
    stage = intake_actions.add_forwarded_stage(
        machine_of(request),
        reference=reference,
        stage=given.stage,
        text=given.text,
        answers=given.answers,
        ended_at=given.ended_at,
    )
    return Status(201, stage_shown(stage))


def add_attachment(request: HttpRequest, reference: Reference) -> Status[StageShown]:
    """Seal a file with the report: its bytes as they are, its name in Content-Disposition, and their Content-Digest.

    What is larger than one item is sealed in parts, which its list of files shows.
    """
    data, name = file_of(request), name_in(request)
    check_digest(request, data)
    file = Attached(name, request.content_type or _OPAQUE, data)
    stage = intake_actions.add_forwarded_file(machine_of(request), reference=reference, file=file)
    return Status(201, stage_shown(stage))


def _as_item(one: object) -> dict[str, object]:
    """The item under the names that intake knows; what is no object is held by one."""
    if not isinstance(one, dict):
        return {"unreadable": one}
    return {_NAME_INSIDE.get(name, name): value for name, value in one.items()}


def _received(receipt: Receipt, item: object) -> ItemReceived:
    given = receipt_given(receipt)
    return ItemReceived(
        reference=given.reference, code=given.code, received_at=given.received_at, errors=list(_misfits(item))
    )


def _misfits(item: object) -> Sequence[FaultShown]:
    """Why the item does not fit; empty where it does."""
    try:
        ForwardedReport.model_validate(item)
    except ValidationError as wrong:
        errors: Sequence[Mapping[str, object]] = [dict(one) for one in wrong.errors(include_url=False)]
        return [FaultShown.model_validate(fault.as_json()) for fault in faults_in(errors)]
    return ()
