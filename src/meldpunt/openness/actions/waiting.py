"""Who is concerned is told of a decision at once; where it objects, the documents wait two weeks, or for the court."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import GroundSays, Unshown
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models, rules
from ..errors import NothingDecided, ReasonsMissing, ReleaseWaits, RequestNotFound
from ..hearing_drafts import notice_draft
from ..queries.handling import get_request
from ..queries.previewing import words_of
from ..queries.sources import concerned_by
from ..values import Decision, Request, RequestId


@deed(Permission.INFORMATION_REQUEST_HANDLE)
def date_release(actor: Actor, /, *, request: RequestId, reason: str) -> Decision:
    """Set the day from which documents that wait may be read: two weeks after the decision.

    For a release that was held, and for a decision that was approved among the disclosures. Raises RequestNotFound,
    NothingDecided, ReleaseWaits (nothing waits, or its day was set), ReasonsMissing.
    """
    lock_request(request)
    decision = _waiting(get_request(actor, request=request))
    said = _reason(reason)
    if decision.release_from is not None:
        raise ReleaseWaits("The day of this release was set before.")
    _set_day(actor, request, decision)
    ledger.record(actor, kind=Kind.CASE_CHANGED, subject=request, details={"release_dated": said})
    return _last(get_request(actor, request=request))


@deed(Permission.INFORMATION_REQUEST_HANDLE)
def hold_release(actor: Actor, /, *, request: RequestId, reason: str) -> Decision:
    """The court was asked for a provisional measure: the documents wait for it (Woo article 4.4(5)).

    Raises RequestNotFound, NothingDecided, ReleaseWaits (nothing waits any more), ReasonsMissing.
    """
    lock_request(request)
    decision = _waiting(get_request(actor, request=request))
    said = _reason(reason)
    if decision.release_from is not None and decision.release_from <= timezone.now():
        raise ReleaseWaits("These documents were given before.")
    models.Decision.objects.filter(id=decision.id).update(release_from=None)
    ledger.record(actor, kind=Kind.CASE_CHANGED, subject=request, details={"release_held": said})
    return _last(get_request(actor, request=request))


def tell_concerned(actor: Actor, request: RequestId) -> None:
    """After delivery: set the day of a release that waits, and tell everybody whom it concerns, heard or not.

    Woo article 4.4(5) and (6): who was not heard may still object, and go to court.
    """
    decision = _last(get_request(actor, request=request))
    if decision.waits and decision.release_from is None:
        _set_day(actor, request, decision)
    found = get_request(actor, request=request)
    decision = _last(found)
    words = words_of(decision.text, dict(decision.reasons))
    for organisation, concern in concerned_by(actor, request=request).items():
        draft = notice_draft(found, words, to=organisation, release_from=decision.release_from, origins=concern.origins)
        disclosure_actions.disclose(actor, draft=draft, reason=GroundSays.WHY, seen=Unshown.BY_RULE)


def lock_request(request: RequestId) -> models.Request:
    """The request, locked. Raises RequestNotFound."""
    row = models.Request.objects.select_for_update().filter(id=request).first()
    if row is None:
        raise RequestNotFound("no such request")
    return row


def _set_day(actor: Actor, request: RequestId, decision: Decision) -> None:
    told = disclosure_queries.get_disclosure(actor, disclosure=decision.disclosure)
    if told.delivered_at is None:
        raise NothingDecided("First the requester has to have the decision.")
    day = rules.release_day(told.delivered_at)
    models.Decision.objects.filter(id=decision.id).update(release_from=day)


def _waiting(request: Request) -> Decision:
    decision = _last(request)
    if decision.state is not DisclosureState.DELIVERED:
        raise NothingDecided("First the requester has to have the decision.")
    if not decision.waits:
        raise ReleaseWaits("The documents went with this decision: nothing waits.")
    return decision


def _last(request: Request) -> Decision:
    if request.decision is None:
        raise NothingDecided("There is no decision on this request yet.")
    return request.decision


def _reason(reason: str) -> str:
    said = clean_text(reason)
    if not said:
        raise ReasonsMissing("Write why.")
    return said
