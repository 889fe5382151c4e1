"""Who is concerned is heard before a decision is made, and says what it thinks of it."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Seen
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models, rules
from ..errors import ViewAlreadyGiven
from ..queries.handling import get_request
from ..queries.hearing import get_own_hearing, list_hearings
from ..queries.previewing import draft_hearing
from ..values import Hearing, HearingId, OwnHearing, Request, RequestId, Stance
from .withholding import lock_open


@deed(Permission.INFORMATION_REQUEST_HANDLE)
def hear_organisation(
    actor: Actor,
    /,
    *,
    request: RequestId,
    organisation: OrganisationId,
    due_at: datetime,
    reason: str,
    seen: Seen,
) -> Hearing:
    """Ask an organisation what it thinks of the documents as they would be released (Awb article 4:8).

    While it may answer, the term for deciding stands still. Where the law refuses to tell it, the hearing is kept with
    the refusal and suspends nothing. `seen`: the page on which it was shown before. Raises RequestNotFound,
    AlreadyDecided, HearingImpossible, TraceLeft (a document would still name somebody), SeenChanged.
    """
    row, now, hearing = lock_open(request), timezone.now(), HearingId(uuid.uuid4())
    found = get_request(actor, request=request)
    about, draft = draft_hearing(actor, asked=found, hearing=hearing, organisation=organisation, due_at=due_at)
    told = disclosure_actions.disclose(actor, draft=draft, reason=reason, seen=seen)
    models.Hearing(
        id=hearing,
        request_id=request,
        organisation_id=organisation,
        disclosure_id=told.id,
        shown=rules.shown_in(about),
        is_told=told.state is DisclosureState.DELIVERED,
        asked_by=actor.id,
        asked_at=now,
        due_at=due_at,
    ).save(force_insert=True)
    details = {"hearing": str(hearing), "disclosure": str(told.id), "state": told.state.value}
    ledger.record(actor, kind=Kind.CONSULTED, subject=request, about=organisation, details=details)
    _keep_term(row, get_request(actor, request=request))
    return next(one for one in list_hearings(actor, request=request) if one.id == hearing)


@deed(Permission.HEARING_ANSWER)
def give_party_view(actor: Actor, /, *, hearing: HearingId, stance: Stance, text: str) -> OwnHearing:
    """Say what the organisation thinks of it, once; what it was told counts as acknowledged.

    After the term it may still be said: the desk reads it while it has not decided. Raises HearingNotFound, ViewEmpty,
    ViewAlreadyGiven.
    """
    said = rules.check_view(stance, text)
    asked = get_own_hearing(actor, hearing=hearing)
    if asked.view is not None:
        raise ViewAlreadyGiven("Your organisation gave its view before.")
    disclosure_actions.acknowledge_disclosure(actor, disclosure=asked.told.id)
    now = timezone.now()
    models.PartyView(
        hearing_id=hearing, stance=stance.value, text=said, given_by=actor.id, given_by_name=actor.name, given_at=now
    ).save(force_insert=True)
    models.Hearing.objects.filter(id=hearing).update(answered_at=now)
    details = {"stance": stance.value}
    ledger.record(actor, kind=Kind.VIEW_GIVEN, subject=hearing, about=actor.organisation, details=details)
    return get_own_hearing(actor, hearing=hearing)


def _keep_term(row: models.Request, request: Request) -> None:
    row.decide_before = request.clock.deadline or row.decide_before
    row.save(update_fields=["decide_before"])
