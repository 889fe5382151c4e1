"""A body asks the desk, and is told what the law lets it know."""

from __future__ import annotations

import uuid

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.cases.values import CaseId
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Disclosure, Draft, Seen
from meldpunt.intake.receipts import new_code
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import InquiryNotFound
from ..queries.drafts import write_nothing, write_reply
from ..queries.own import get_own_incoming
from ..rules.asking import check_incoming
from ..rules.terms import check_term
from ..values import FollowedIncoming, IncomingForm, IncomingId, ReplyForm


@deed(Permission.INQUIRY_SUBMIT)
def submit_incoming(actor: Actor, /, *, form: IncomingForm) -> FollowedIncoming:
    """Ask the desk for data. Whatever is asked, the same is answered: that it came in, and under which reference.

    Raises InquiryIncomplete, TermUnfit.
    """
    check_incoming(form)
    now = timezone.now()
    check_term(form.wanted_at, now=now)
    if actor.organisation is None:
        raise InquiryNotFound("who speaks for no body asks nothing")
    incoming, reference = IncomingId(uuid.uuid4()), f"VB-{new_code()[:9]}"
    models.Incoming(
        id=incoming,
        reference=reference,
        body_id=actor.organisation,
        subject=clean_text(form.subject),
        question=clean_text(form.question),
        kinds=sorted(form.kinds),
        necessity=clean_text(form.necessity),
        ground=clean_text(form.ground),
        sent_by=actor.id,
        sent_by_name=actor.name,
        received_at=now,
        wanted_at=form.wanted_at,
    ).save(force_insert=True)
    details = {"reference": reference, "kinds": sorted(form.kinds), "due": form.wanted_at.isoformat()}
    ledger.record(actor, kind=Kind.REQUESTED, subject=incoming, about=actor.organisation, details=details)
    return get_own_incoming(actor, incoming=incoming)


@deed(Permission.INQUIRY_HANDLE)
def reply_to_body(actor: Actor, /, *, incoming: IncomingId, form: ReplyForm, reason: str, seen: Seen) -> Disclosure:
    """Tell the body what the law lets it know: told, waiting for a second person, or refused and kept.

    `seen`: the page on which it was shown before. Raises InquiryNotFound, NothingSaid, ConditionNotShown,
    cases.CaseNotFound, disclosure.ReasonMissing, disclosure.VouchingMissing, disclosure.DeferralUnfit,
    disclosure.SeenChanged.
    """
    draft = write_reply(actor, incoming, form)
    return _reply(actor, incoming, draft, reason=reason, case=form.case, seen=seen)


@deed(Permission.INQUIRY_HANDLE)
def tell_nothing(actor: Actor, /, *, incoming: IncomingId, reason: str, seen: Seen) -> Disclosure:
    """Tell the body that there is nothing that may be told, in words that are the same whether anything is there.

    `reason` stays at the desk; `seen`: the page on which it was shown before. Raises InquiryNotFound,
    disclosure.ReasonMissing, disclosure.SeenChanged.
    """
    return _reply(actor, incoming, write_nothing(actor, incoming), reason=reason, case=None, seen=seen)


def _reply(
    actor: Actor, incoming: IncomingId, draft: Draft, *, reason: str, case: CaseId | None, seen: Seen
) -> Disclosure:
    told = disclosure_actions.disclose(actor, draft=draft, reason=reason, seen=seen)
    models.Reply(
        incoming_id=incoming, disclosure_id=told.id, case_id=case, replied_by=actor.id, replied_at=timezone.now()
    ).save(force_insert=True)
    return told
