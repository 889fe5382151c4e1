"""A body answers what we asked it: whole, in part, more later, or not."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.evidence import actions as evidence_actions
from meldpunt.intake.values import Attached
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import AnswerEmpty, InquiryClosed
from ..queries.own import get_own_inquiry
from ..rules.asking import check_answer
from ..values import AnswerForm, InquiryId, Outcome, OwnInquiry

PURPOSE = "inquiry"
"""For what its files are kept."""


@deed(Permission.INQUIRY_ANSWER)
def answer_inquiry(
    actor: Actor, /, *, inquiry: InquiryId, form: AnswerForm, files: Sequence[Attached] = ()
) -> OwnInquiry:
    """Answer, or add to an answer; a later one replaces nothing. What was asked counts as acknowledged with it.

    Raises InquiryNotFound, InquiryClosed, AnswerEmpty, evidence.EvidenceTooLarge.
    """
    asked = get_own_inquiry(actor, inquiry=inquiry)
    if not asked.is_open:
        raise InquiryClosed("This inquiry was closed or withdrawn: nothing more is asked of you.")
    texts = check_answer(form, questions=len(asked.told.parts) - 1)
    if files and form.outcome is Outcome.REFUSAL:
        raise AnswerEmpty("A refusal has no files: answer in part, or send them later.")
    disclosure_actions.acknowledge_disclosure(actor, disclosure=asked.told.id)
    answer = uuid.uuid4()
    models.Answer(
        id=answer,
        inquiry_id=inquiry,
        outcome=form.outcome.value,
        texts=list(texts),
        kinds=sorted(form.kinds) if form.outcome is not Outcome.REFUSAL else [],
        ground=clean_text(form.ground),
        explanation=clean_text(form.explanation),
        given_by=actor.id,
        given_by_name=actor.name,
        given_at=timezone.now(),
    ).save(force_insert=True)
    for file in files:
        evidence_actions.seal_evidence(
            actor, name=file.name, data=file.data, media_type=file.media_type, about=answer, purpose=PURPOSE
        )
    details = {"answer": str(answer), "outcome": form.outcome.value, "kinds": sorted(form.kinds), "files": len(files)}
    ledger.record(actor, kind=Kind.INQUIRY_ANSWERED, subject=inquiry, about=actor.organisation, details=details)
    return get_own_inquiry(actor, inquiry=inquiry)
