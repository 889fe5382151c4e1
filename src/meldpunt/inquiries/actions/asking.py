"""The desk asks a body for data, and ends what it asked."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import DisclosureId, Seen, Unshown
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.evidence import actions as evidence_actions
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import InquiryClosed, InquiryIncomplete, InquiryNotFound
from ..queries.asked import get_inquiry
from ..queries.drafts import write_inquiry
from ..values import Inquiry, InquiryForm, InquiryId


@deed(Permission.INQUIRY_ASK)
def ask_body(actor: Actor, /, *, form: InquiryForm, seen: Seen) -> Inquiry:
    """Ask a body: told, waiting for a second person, or refused by the law, which is kept with its verdict.

    `seen`: the page on which it was shown before, with no reference yet. Raises InquiryIncomplete, TermUnfit,
    ConditionNotShown, cases.CaseNotFound, NotFound, disclosure.VouchingMissing, disclosure.SeenChanged.
    """
    written = write_inquiry(actor, form)
    body = constituency_queries.get_organisation(actor, organisation=form.body)
    disclosure_queries.check_shown(actor, drafts=[written.shown], seen=seen)
    told = disclosure_actions.disclose(
        actor, draft=written.draft, reason=clean_text(form.necessity), seen=Unshown.COMPARED
    )
    models.Inquiry(
        id=written.inquiry,
        reference=written.reference,
        body_id=form.body,
        case_id=form.case,
        disclosure_id=told.id,
        subject=clean_text(form.subject),
        necessity=clean_text(form.necessity),
        conditions=sorted(form.conditions),
        about=list(written.about),
        refused=told.state is DisclosureState.REFUSED,
        asked_by=actor.id,
        asked_by_name=actor.name,
        asked_at=timezone.now(),
        due_at=form.due_at,
    ).save(force_insert=True)
    details = {
        "reference": written.reference,
        "party": body.code,
        "disclosure": str(told.id),
        "kinds": sorted({one.kind.value for one in form.questions}),
        "due": form.due_at.isoformat(),
    }
    ledger.record(actor, kind=Kind.REQUESTED, subject=written.inquiry, details=details)
    return get_inquiry(actor, inquiry=written.inquiry)


@deed(Permission.INQUIRY_ASK)
def withdraw_inquiry(actor: Actor, /, *, inquiry: InquiryId, reason: str) -> Inquiry:
    """Take the question back: the body keeps a notice with the reason, and is reminded of nothing.

    Raises InquiryNotFound, InquiryClosed, disclosure.ReasonMissing, disclosure.StateDoesNotAllow.
    """
    row = _open(inquiry)
    disclosure_actions.withdraw_disclosure(actor, disclosure=DisclosureId(row.disclosure_id), reason=reason)
    _close(actor, row, reason)
    return get_inquiry(actor, inquiry=inquiry)


@deed(Permission.INQUIRY_HANDLE)
def close_inquiry(actor: Actor, /, *, inquiry: InquiryId, reason: str) -> Inquiry:
    """Nothing more is awaited; what was answered stays. Raises InquiryNotFound, InquiryClosed, InquiryIncomplete."""
    row = _open(inquiry)
    _close(actor, row, reason)
    ledger.record(actor, kind=Kind.DECIDED, subject=row.id, details={"reference": row.reference, "closed": True})
    return get_inquiry(actor, inquiry=inquiry)


def _close(actor: Actor, row: models.Inquiry, reason: str) -> None:
    said = clean_text(reason)
    if not said:
        raise InquiryIncomplete("Write why it ends here.")
    row.closed_by, row.closed_at, row.closing_reason = actor.id, timezone.now(), said
    row.save(update_fields=["closed_by", "closed_at", "closing_reason"])
    for answer in models.Answer.objects.filter(inquiry=row).values_list("id", flat=True):
        evidence_actions.note_end(actor, about=answer, is_over=True)


def _open(inquiry: InquiryId) -> models.Inquiry:
    """The row under lock. The row policy lets an ended one be locked by nobody."""
    row = models.Inquiry.objects.select_for_update().filter(id=inquiry).first()
    if row is not None:
        return row
    if models.Inquiry.objects.filter(id=inquiry).exists():
        raise InquiryClosed("This inquiry was closed before.")
    raise InquiryNotFound("no such inquiry")
