"""What who asks would be told, and then everybody: the same for the preview and for the telling."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Audience, AudienceKind, Draft, Preview
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.vocabulary.texts import clean_text

from .. import models, rules
from ..errors import (
    AlreadyDecided,
    HearingImpossible,
    NothingDecided,
    NothingToRelease,
    ReleaseWaits,
    RequestNotFound,
    TraceLeft,
)
from ..hearing_drafts import hearing_draft
from ..releasing import Words, answer_draft
from ..values import Decision, HearingId, Request, RequestId, Selection, SelectionId
from .handling import get_request
from .sources import concerned_by, identities_of, origins_of


@look(Permission.INFORMATION_REQUEST_HANDLE)
def preview_decision(
    viewer: Actor, /, *, request: RequestId, text: str, reasons: Mapping[str, str], waits: bool = False
) -> Preview:
    """What who asks would read, and why, without the fingerprints of files that are not made yet. Saves nothing.

    Raises RequestNotFound, NothingToRelease, ReasonsMissing, RequesterNamed.
    """
    found = get_request(viewer, request=request)
    if not found.selections:
        raise NothingToRelease("Select at least one document, and write the decision.")
    words = check_words(found, text, reasons)
    draft = draft_decision(viewer, asked=found, words=words, waits=waits or rules.is_objected_to(found.hearings))
    return disclosure_queries.preview_disclosure(viewer, draft=draft)


@look(Permission.INFORMATION_REQUEST_HANDLE)
def preview_publication(viewer: Actor, /, *, request: RequestId) -> Preview:
    """What everybody would read of a decision that was delivered. Saves nothing; raises as `publish_decision`."""
    found = get_request(viewer, request=request)
    return disclosure_queries.preview_disclosure(viewer, draft=draft_publication(viewer, asked=found))


@look(Permission.INFORMATION_REQUEST_HANDLE)
def draft_decision(
    viewer: Actor, /, *, asked: Request, words: Words, waits: bool, digests: Mapping[SelectionId, bytes] | None = None
) -> Draft:
    """The answer to who asks; `digests` are of the PDFs, once they are made. Raises RequestNotFound."""
    receipt = models.Request.objects.filter(id=asked.id).values_list("receipt_digest", flat=True).first()
    if receipt is None:
        raise RequestNotFound("no such request")
    return answer_draft(
        asked,
        words=words,
        digests=digests or {},
        audience=Audience(AudienceKind.REQUESTER, id=asked.id, receipt_digest=bytes(receipt)),
        origins=origins_of(viewer, selections=[one.id for one in asked.selections]),
        waits=waits,
    )


@look(Permission.INFORMATION_REQUEST_HANDLE)
def draft_publication(viewer: Actor, /, *, asked: Request) -> Draft:
    """The delivered decision for everybody: the same words and the same documents.

    Raises NothingDecided (also while it was not delivered), AlreadyDecided (it was published before), ReleaseWaits.
    """
    decision = _publishable(asked)
    return answer_draft(
        asked,
        words=words_of(decision.text, dict(decision.reasons)),
        digests={one.selection: one.digest for one in decision.releases},
        audience=Audience(AudienceKind.PUBLIC),
        origins=origins_of(viewer, selections=[one.id for one in asked.selections]),
    )


@look(Permission.INFORMATION_REQUEST_HANDLE)
def preview_hearing(viewer: Actor, /, *, request: RequestId, organisation: OrganisationId, due_at: datetime) -> Preview:
    """What an organisation concerned would be asked. Saves nothing; raises as `hear_organisation`."""
    found = get_request(viewer, request=request)
    _about, draft = draft_hearing(
        viewer, asked=found, hearing=HearingId(uuid.uuid4()), organisation=organisation, due_at=due_at
    )
    return disclosure_queries.preview_disclosure(viewer, draft=draft)


@look(Permission.INFORMATION_REQUEST_HANDLE)
def draft_hearing(
    viewer: Actor, /, *, asked: Request, hearing: HearingId, organisation: OrganisationId, due_at: datetime
) -> tuple[list[Selection], Draft]:
    """The documents that concern it, and what it is told of them. Raises HearingImpossible, TraceLeft."""
    rules.check_term(due_at, now=timezone.now())
    concern = concerned_by(viewer, request=asked.id).get(organisation)
    if concern is None:
        raise HearingImpossible("None of these documents concerns this organisation.")
    about = [one for one in asked.selections if one.id in concern.selections]
    _check_nameless(viewer, about)
    return about, hearing_draft(asked, hearing, about, to=organisation, due_at=due_at, origins=concern.origins)


@look(Permission.INFORMATION_REQUEST_HANDLE)
def is_publishable(viewer: Actor, /, *, asked: Request) -> bool:
    """Whether the decision can be proposed to everybody now."""
    try:
        return bool(_publishable(asked))
    except (NothingDecided, AlreadyDecided, ReleaseWaits):
        return False


def check_words(asked: Request, text: str, reasons: Mapping[str, str]) -> Words:
    """The words of a decision, which argue what has to be argued and do not name who asked."""
    words = words_of(clean_text(text), rules.check_reasons(asked, reasons))
    rules.check_nobody_named(asked.requester, (words.text, *words.reasons.values()))
    return words


def words_of(text: str, reasons: dict[str, str]) -> Words:
    """The words of a decision with where to object, and on whose behalf it is made."""
    contact = settings.CSIRT_CONTACT
    reached = filter(None, (contact["name"], contact.get("address", ""), contact["mail"]))
    return Words(text, reasons, body=", ".join(reached), authority=settings.AUTHORITY)


def _publishable(asked: Request) -> Decision:
    decision = asked.decision
    if decision is None:
        raise NothingDecided("There is no decision on this request yet.")
    if decision.state is not DisclosureState.DELIVERED:
        raise NothingDecided("First the requester has to have the decision.")
    if decision.publication_state not in (None, DisclosureState.REFUSED, DisclosureState.WITHDRAWN):
        raise AlreadyDecided("The publication of this decision was proposed before.")
    if decision.waits and (decision.release_from is None or decision.release_from > timezone.now()):
        raise ReleaseWaits("The documents of this decision still wait: publish when they may be read.")
    return decision


def _check_nameless(viewer: Actor, selections: list[Selection]) -> None:
    identities = identities_of(viewer, selections=[one.id for one in selections])
    for selection in selections:
        text = rules.withheld_of(selection).text
        if any(rules.names(text, one) for one in identities):
            raise TraceLeft(
                "The release would still name the organisation that reported: withhold it everywhere.",
                position=selection.position,
            )
