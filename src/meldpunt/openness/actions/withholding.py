"""Documents are selected, and passages of them withheld: ranges on a snapshot that never changes."""

from __future__ import annotations

import hashlib
import uuid
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId, DocumentId
from meldpunt.evidence.actions import hold_evidence
from meldpunt.evidence.values import HoldGround
from meldpunt.law import DataKind
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models, rules
from ..errors import AlreadyDecided, PassageNotFound, RequestNotFound, SelectionNotFound
from ..queries.following import pauses_of
from ..queries.handling import get_selection
from ..values import Passage, PassageId, RequestId, Selection, SelectionId, State


@deed(Permission.INFORMATION_REQUEST_HANDLE)
def select_document(
    actor: Actor, /, *, request: RequestId, document: UUID, kind: DataKind = DataKind.INCIDENT_NATURE
) -> Selection:
    """Take a document of a case into the request, as it is now; selected before, it stays as it was.

    `kind` is the most telling kind of data that will be left in it. Raises RequestNotFound, AlreadyDecided, NotFound.
    """
    lock_open(request)
    known = models.Selection.objects.filter(request_id=request, document_id=document).first()
    if known is not None:
        return get_selection(actor, selection=SelectionId(known.id))
    # Whole: a passage that was masked beforehand would be withheld on no ground of the act.
    found = case_queries.get_whole_document(actor, document=DocumentId(document))
    # The title too may name somebody, so it is text like the rest and can be withheld.
    text = f"{found.title}\n\n{found.text}"
    digest = hashlib.sha256(text.encode()).digest()
    selection = SelectionId(uuid.uuid4())
    models.Selection(
        id=selection,
        request_id=request,
        document_id=found.id,
        case_id=found.case,
        position=models.Selection.objects.filter(request_id=request).count() + 1,
        text=text,
        digest=digest,
        kind=kind.value,
        made_at=found.by.at,
        selected_by=actor.id,
        selected_at=timezone.now(),
    ).save(force_insert=True)
    # What the request is about stays until somebody says that nobody asks for it any more.
    _hold_files(actor, request=request, case=found.case)
    _record(actor, request, {"selected": str(document), "sha256": digest.hex()})
    return get_selection(actor, selection=selection)


def _hold_files(actor: Actor, *, request: RequestId, case: CaseId) -> None:
    reference = models.Request.objects.values_list("reference", flat=True).get(id=request)
    for origin in case_queries.origins_of(actor, case=case):
        if origin.report is not None:
            hold_evidence(
                actor,
                about=origin.report,
                ground=HoldGround.INFORMATION_REQUEST,
                reason=reference,
                source=request,
            )


@deed(Permission.INFORMATION_REQUEST_HANDLE)
def withhold_passage(
    actor: Actor, /, *, selection: SelectionId, start: int, end: int, ground: str, note: str = ""
) -> Passage:
    """Withhold `text[start:end]` of the snapshot on a ground of the act that applies; twice the same is once.

    Raises SelectionNotFound, AlreadyDecided, PassageOutsideDocument, GroundNotInAct.
    """
    row = _selection(selection)
    request = lock_open(RequestId(row.request_id))
    rules.check_range(row.text, start, end)
    rules.ground_on(ground, rules.act_day(as_of=request.as_of, decided_at=None, now=timezone.now()))
    try:
        with transaction.atomic():
            models.Passage(
                selection_id=selection,
                start=start,
                end=end,
                ground=ground,
                note=clean_text(note),
                by=actor.id,
                at=timezone.now(),
            ).save(force_insert=True)
    except IntegrityError:
        # Somebody withheld this very passage on this ground: that is what was asked.
        pass
    else:
        _record(actor, RequestId(row.request_id), {"withheld": ground, "selection": str(selection)})
    passages = get_selection(actor, selection=selection).passages
    return next(one for one in passages if (one.start, one.end, one.ground.id) == (start, end, ground))


@deed(Permission.INFORMATION_REQUEST_HANDLE)
def remove_passage(actor: Actor, /, *, passage: PassageId) -> Selection:
    """No longer withhold it. Raises PassageNotFound, AlreadyDecided."""
    row = models.Passage.objects.filter(id=passage).first()
    if row is None:
        raise PassageNotFound("no such passage")
    selection = _selection(SelectionId(row.selection_id))
    lock_open(RequestId(selection.request_id))
    row.delete()
    _record(actor, RequestId(selection.request_id), {"no_longer_withheld": row.ground, "selection": str(selection.id)})
    return get_selection(actor, selection=SelectionId(selection.id))


@deed(Permission.INFORMATION_REQUEST_HANDLE)
def adjourn_request(actor: Actor, /, *, request: RequestId, reason: str) -> None:
    """Take the longer term that the act allows once, before the first one ends, with a reason for the requester.

    Raises RequestNotFound, AlreadyDecided, AdjournmentRefused.
    """
    row = lock_open(request)
    now = timezone.now()
    pauses = pauses_of([request]).get(request, ())
    clock = rules.decision_clock(row.received_at, pauses=pauses)
    rules.check_adjournment(clock, adjourned_at=row.adjourned_at, now=now, reason=reason)
    longer = rules.decision_clock(row.received_at, adjourned_at=now, pauses=pauses)
    row.adjourned_at, row.adjournment_reason = now, clean_text(reason)
    row.decide_before = longer.deadline or row.decide_before
    row.save(update_fields=["adjourned_at", "adjournment_reason", "decide_before"])
    _record(actor, request, {"adjourned_until": row.decide_before.isoformat()}, receipt=bytes(row.receipt_digest))


def lock_open(request: RequestId) -> models.Request:
    """The request, locked, while it can still change. Raises RequestNotFound, AlreadyDecided."""
    row = models.Request.objects.select_for_update().filter(id=request).first()
    if row is None:
        raise RequestNotFound("no such request")
    if row.state != State.OPEN.value:
        raise AlreadyDecided("This request was decided: its documents and passages stand.")
    return row


def _selection(selection: SelectionId) -> models.Selection:
    row = models.Selection.objects.filter(id=selection).first()
    if row is None:
        raise SelectionNotFound("no such document in a request")
    return row


def _record(actor: Actor, request: RequestId, details: dict[str, str], *, receipt: bytes | None = None) -> None:
    ledger.record(actor, kind=Kind.CASE_CHANGED, subject=request, details=details, receipt_digest=receipt)
