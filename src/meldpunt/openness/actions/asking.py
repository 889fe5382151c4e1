"""Somebody asks for information: at the public door, or in a letter that the desk enters."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from meldpunt.access.binding import bound, deed
from meldpunt.access.rules import digest_of
from meldpunt.access.values import Actor, Door, Permission
from meldpunt.intake import receipts as intake_receipts
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models, rules
from ..values import RequestForm, RequestId, RequestReceipt, State


@deed(Permission.INFORMATION_REQUEST_SUBMIT)
def receive_request(actor: Actor, /, *, form: RequestForm) -> RequestReceipt:
    """Receive a request; the code of the receipt opens its progress and its answer.

    Its term runs from the day of receipt, under the act of that day. Only the desk may say that it was received
    earlier, or that it is a file of then. Raises RequestEmpty, RequestTooLong, PeriodBackwards, NoActInForce.
    """
    rules.check_form(form)
    if actor.door is not Door.DESK:
        form = replace(form, received_at=None, as_of=None)
    if form.as_of:
        rules.check_act(form.as_of)
    now = timezone.now()
    received_at = min(form.received_at or now, now)
    code = intake_receipts.new_code()
    # A stranger acts on with the new receipt in hand: row policies let its holder alone see the request.
    teller = replace(actor, receipt=code) if actor.door is Door.PUBLIC else actor
    with bound(teller):
        return _write(teller, form, code=code, received_at=received_at)


def _write(actor: Actor, form: RequestForm, *, code: str, received_at: datetime) -> RequestReceipt:
    clock = rules.decision_clock(received_at)
    decide_before = clock.deadline or received_at
    request, reference = RequestId(uuid.uuid4()), f"OB-{intake_receipts.new_code()[:9]}"
    models.Request(
        id=request,
        reference=reference,
        receipt_digest=digest_of(code),
        sent_by=actor.id,
        received_at=received_at,
        subject=clean_text(form.subject),
        period_from=form.period_from,
        period_until=form.period_until,
        as_of=form.as_of,
        language=form.language,
        decide_before=decide_before,
        state=State.OPEN.value,
    ).save(force_insert=True)
    who = form.requester
    models.Requester(
        request_id=request,
        name=clean_text(who.name),
        email=clean_text(who.email),
        address=clean_text(who.address),
    ).save(force_insert=True)
    entry = ledger.record(
        actor,
        kind=Kind.REQUESTED,
        subject=request,
        details={"reference": reference, "decide_before": decide_before.isoformat(), "article": clock.article},
        receipt_digest=digest_of(code),
    )
    return RequestReceipt(request, reference, code, received_at=received_at, decide_before=decide_before, entry=entry)
