"""A request is decided by one person and approved by another; nothing is released in which a trace was found."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Disclosure, DisclosureId, Draft, GroundSays, Seen, Sight, Unshown
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.engines.redaction.values import Place
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models, rules
from ..errors import AlreadyDecided, KindNotCovered, NothingDecided, NothingToRelease
from ..queries.handling import get_request
from ..queries.hearing import list_to_hear
from ..queries.previewing import check_words, draft_decision, draft_publication
from ..queries.sources import identities_of
from ..releasing import Made, Words, make_release
from ..values import Decision, DecisionId, Request, RequestId, State
from .waiting import lock_request, tell_concerned
from .withholding import lock_open


@dataclass(frozen=True)
class _Ready:
    """All that a decision hands to the door."""

    draft: Draft
    made: tuple[Made, ...]


@deed(Permission.INFORMATION_REQUEST_HANDLE)
def decide_request(
    actor: Actor,
    /,
    *,
    request: RequestId,
    text: str,
    reasons: Mapping[str, str] | None = None,
    unheard: str = "",
    waits: bool = False,
    widening: str = "",
    seen: Seen,
) -> Decision:
    """Decide: every document is set anew without what is withheld, searched for traces, and proposed to the requester.

    The decision then waits for a second person. Where the law refuses it, it is kept with the refusal and the request
    stays open. `reasons` say, by the id of each ground that is weighed, why it outweighs openness; `unheard` why an
    organisation concerned was not heard. `waits`: somebody is expected to object, so the documents follow two weeks
    later; where somebody did object they always do. `widening` says why it goes further than who reported asked.
    `seen`: the page on which it was shown before. Raises HearingNeeded, RequesterNamed, RequestNotFound,
    AlreadyDecided, NothingToRelease, GroundNotInAct, GroundStandsAlone, ReasonsMissing, KindNotCovered, TraceLeft,
    SeenChanged, WideningMissing.
    """
    row = lock_open(request)
    now, text = timezone.now(), clean_text(text)
    found = get_request(actor, request=request)
    words = check_words(found, text, reasons or {})
    left = list_to_hear(actor, request=request, selections=found.selections)
    unheard = rules.check_heard(found.hearings, is_anybody_unheard=bool(left), unheard=unheard, now=now)
    waits = waits or rules.is_objected_to(found.hearings)
    shown = draft_decision(actor, asked=found, words=words, waits=waits)
    disclosure_queries.check_shown(actor, drafts=[shown], seen=seen)
    ready = _prepare(actor, found, words=words, at=now, waits=waits)
    disclosure = disclosure_actions.disclose(
        actor, draft=replace(ready.draft, widening=widening), reason=GroundSays.WHY, seen=Unshown.COMPARED
    )
    decision = DecisionId(uuid.uuid4())
    models.Decision(
        id=decision,
        request_id=request,
        text=text,
        reasons=dict(words.reasons),
        decided_by=actor.id,
        decided_at=now,
        disclosure_id=disclosure.id,
        unheard=unheard,
        waits=waits,
    ).save(force_insert=True)
    if disclosure.state is not DisclosureState.REFUSED:
        models.Release.objects.bulk_create(_release(decision, one) for one in ready.made)
        row.state = State.DECIDED.value
        row.save(update_fields=["state"])
    return _last(get_request(actor, request=request))


@deed(Permission.INFORMATION_REQUEST_HANDLE)
def approve_request(actor: Actor, /, *, request: RequestId, reason: str, seen: Sight) -> Decision:
    """The second pair of eyes; then the requester finds the decision and the documents with its receipt.

    `seen` is the `sight` of the decision that was read. Raises RequestNotFound, NothingDecided, and what the door
    raises: SecondPersonNeeded, StateDoesNotAllow, ReasonMissing, SeenChanged.
    """
    row = lock_request(request)
    before = _last(get_request(actor, request=request))
    disclosure_actions.approve_disclosure(actor, disclosure=before.disclosure, reason=reason, seen=seen)
    decision = _last(get_request(actor, request=request))
    if decision.state is DisclosureState.DELIVERED:
        tell_concerned(actor, request)
        ledger.record(
            actor,
            kind=Kind.RELEASED,
            subject=request,
            details={"documents_sha256": [one.digest.hex() for one in decision.releases]},
            receipt_digest=bytes(row.receipt_digest),
        )
    return _last(get_request(actor, request=request))


@deed(Permission.INFORMATION_REQUEST_HANDLE)
def publish_decision(actor: Actor, /, *, request: RequestId, reason: str, seen: Seen) -> Disclosure:
    """Propose the delivered decision to everybody: the same words and the same documents, on the public site.

    The door answers with the disclosure, REFUSED where the law names no ground for it. `seen`: the page on which it was
    shown before. Raises RequestNotFound, NothingDecided (also while it was not delivered), AlreadyDecided (it was
    published before), ReleaseWaits, SeenChanged.
    """
    lock_request(request)
    found = get_request(actor, request=request)
    draft = draft_publication(actor, asked=found)
    # The answer is for who asked; that everybody may read it is what this reason is about.
    draft = replace(draft, widening=reason)
    disclosure = disclosure_actions.disclose(actor, draft=draft, reason=reason, seen=seen)
    models.Decision.objects.filter(id=_last(found).id).update(publication_id=disclosure.id)
    return disclosure


@deed(Permission.INFORMATION_REQUEST_HANDLE)
def reopen_request(actor: Actor, /, *, request: RequestId, reason: str) -> None:
    """Take a decision back that was not delivered, or that was withdrawn since, so that it can be made anew.

    Raises RequestNotFound, NothingDecided, AlreadyDecided (it was delivered), ReasonMissing.
    """
    row = lock_request(request)
    decision = _last(get_request(actor, request=request))
    if decision.state is DisclosureState.DELIVERED:
        raise AlreadyDecided("The requester has this decision: withdraw it first.")
    if decision.state is DisclosureState.WAITING_FOR_APPROVAL:
        disclosure_actions.withdraw_disclosure(actor, disclosure=DisclosureId(decision.disclosure), reason=reason)
    row.state = State.OPEN.value
    row.save(update_fields=["state"])
    ledger.record(actor, kind=Kind.WITHDRAWN, subject=request, details={"decision": str(decision.id)})


def _prepare(actor: Actor, request: Request, *, words: Words, at: datetime, waits: bool) -> _Ready:
    if not words.text or not request.selections:
        raise NothingToRelease("Select at least one document, and write the decision.")
    for selection in request.selections:
        rules.check_grounds(selection, request.on)
        rules.check_exceptional(selection)
    documents = [one.id for one in request.selections]
    identities = identities_of(actor, selections=documents)
    said = "\n".join((words.text, *words.reasons.values()))
    made = tuple(make_release(request, one, identities=identities, decision=said, at=at) for one in request.selections)
    digests = {one.selection.id: one.digest for one in made}
    draft = draft_decision(actor, asked=request, words=words, waits=waits, digests=digests)
    weighed = disclosure_queries.preview_disclosure(actor, draft=draft)
    if not weighed.verdict.is_refused and weighed.edited.left_out:
        raise KindNotCovered("One of the documents still holds a kind of data that may not go to who asks.")
    return _Ready(draft, made)


def _release(decision: DecisionId, made: Made) -> models.Release:
    return models.Release(
        decision_id=decision,
        selection_id=made.selection.id,
        position=made.selection.position,
        pdf=made.pdf,
        digest=made.digest,
        size=len(made.pdf),
        passages=len(rules.secrets_of(made.selection)),
        terms=made.terms,
        places=[place.value for place in Place],
        checked_at=made.checked_at,
    )


def _last(request: Request) -> Decision:
    if request.decision is None:
        raise NothingDecided("There is no decision on this request yet.")
    return request.decision
