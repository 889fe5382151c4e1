"""What a body would be asked or told, before anybody does."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Draft, Preview
from meldpunt.intake.receipts import new_code
from meldpunt.law import local_day

from .. import drafting
from ..rules import asking as rules
from ..rules.terms import check_term
from ..values import IncomingId, InquiryForm, InquiryId, ReplyForm
from .incoming import get_incoming
from .sources import source_of

_NOT_YET: Final = "IV-…"
"""Where the reference will stand."""


@dataclass(frozen=True, slots=True)
class Written:
    """An inquiry as it would be told, and as it is shown before: its reference is drawn when it is kept.

    `about` is everybody its words may point at.
    """

    inquiry: InquiryId
    reference: str
    draft: Draft
    shown: Draft
    about: tuple[UUID, ...]


def write_inquiry(viewer: Actor, form: InquiryForm) -> Written:
    """The draft of an inquiry. Raises InquiryIncomplete, TermUnfit, ConditionNotShown, cases.CaseNotFound."""
    questions = rules.check_inquiry(form)
    check_term(form.due_at, now=timezone.now())
    source = source_of(viewer, form.case)
    rules.check_risk(form.conditions, source.disruption)
    inquiry, reference = InquiryId(uuid.uuid4()), f"IV-{new_code()[:9]}"
    draft, shown = (
        drafting.inquiry_draft(
            form,
            questions,
            inquiry=inquiry,
            reference=called,
            origins=source.origins,
            about=source.about,
            mask=source.mask,
        )
        for called in (reference, _NOT_YET)
    )
    return Written(inquiry, reference, draft, shown, source.about)


def write_reply(viewer: Actor, incoming: IncomingId, form: ReplyForm) -> Draft:
    """The draft of a reply. Raises InquiryNotFound, NothingSaid, ConditionNotShown, cases.CaseNotFound."""
    asked = get_incoming(viewer, incoming=incoming).incoming
    source = source_of(viewer, form.case)
    rules.check_reply(form, source.disruption)
    return drafting.reply_draft(asked, form, origins=source.origins, about=source.about, mask=source.mask)


def write_nothing(viewer: Actor, incoming: IncomingId) -> Draft:
    """The draft of a reply that tells nothing. Raises InquiryNotFound."""
    asked = get_incoming(viewer, incoming=incoming).incoming
    return drafting.nothing_draft(asked, on=local_day(timezone.now()))


@look(Permission.INQUIRY_ASK)
def preview_inquiry(viewer: Actor, /, *, form: InquiryForm) -> Preview:
    """What the body would be asked, on what ground and without what. Saves nothing; raises as `ask_body`."""
    return disclosure_queries.preview_disclosure(viewer, draft=write_inquiry(viewer, form).shown)


@look(Permission.INQUIRY_HANDLE)
def preview_reply(viewer: Actor, /, *, incoming: IncomingId, form: ReplyForm) -> Preview:
    """What the body would be told, on what ground and without what. Saves nothing; raises as `reply_to_body`."""
    return disclosure_queries.preview_disclosure(viewer, draft=write_reply(viewer, incoming, form))


@look(Permission.INQUIRY_HANDLE)
def preview_nothing(viewer: Actor, /, *, incoming: IncomingId) -> Preview:
    """What the body would be told where there is nothing that may be told. Saves nothing; raises InquiryNotFound."""
    return disclosure_queries.preview_disclosure(viewer, draft=write_nothing(viewer, incoming))
