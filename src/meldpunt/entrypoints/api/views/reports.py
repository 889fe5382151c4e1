"""Another national system forwards what was reported to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Final

from django.http import HttpRequest
from ninja import Header, Status
from pydantic import ValidationError

from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Receipt

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
from ..problems import faults_in

_NAME_INSIDE: Final[Mapping[str, str]] = {
    field.alias or name: name for name, field in ForwardedReport.model_fields.items()
}
_REFERENCE: Final = "source_reference"

IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]


def forward_report(
    request: HttpRequest,
    report: ForwardedReport,
    idempotency_key: IdempotencyKey = None,
) -> Status[ReceiptGiven]:
    """Receive one report. 201 with its receipt; 200 without a code where this key sent it before.

    Repeated with the same Idempotency-Key and the same body it is received once; so it is by its sourceReference.
    """
    item = report.model_dump(mode="json", by_alias=False, exclude_none=True)
    (receipt,) = intake_actions.receive_forwarded(machine_of(request), items=[_once(item, idempotency_key)])
    return Status(201 if receipt.code else 200, receipt_given(receipt))


def forward_reports(
    request: HttpRequest,
    batch: ReportBatch,
    idempotency_key: IdempotencyKey = None,
) -> BatchReceived:
    """Receive many reports in one transaction; each has its receipt, and where it does not fit, the reasons.

    Nothing is lost: what cannot be read is kept whole. Repeated with the same Idempotency-Key, each item is
    received once.
    """
    items = [_as_item(one) for one in batch.items]
    known = [_once(item, idempotency_key and f"{idempotency_key}/{place}") for place, item in enumerate(items)]
    receipts = intake_actions.receive_forwarded(machine_of(request), items=known)
    return BatchReceived(items=[_received(*pair) for pair in zip(receipts, batch.items, strict=True)])


def _as_item(one: object) -> dict[str, object]:
    """The item under the names that intake knows; what is no object is held by one."""
    if not isinstance(one, dict):
        return {"unreadable": one}
    return {_NAME_INSIDE.get(name, name): value for name, value in one.items()}


def _once(item: dict[str, object], key: str | None) -> Mapping[str, object]:
    """The item with a reference made of key and content, where its sender gave none.

    The content is part of it: a key that is used again for something else must not make that be lost.
    """
    if key is None or item.get(_REFERENCE) is not None:
        return item
    digest = hashlib.sha256(f"{key}\n{json.dumps(item, sort_keys=True)}".encode()).hexdigest()
    return item | {_REFERENCE: f"idempotency-key:{digest}"}


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
