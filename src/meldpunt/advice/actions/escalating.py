"""The responsible ministry is told that advice is not followed, where everything that must stand stands."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import TOLD, Attachment, Disclosure, Draft, Seen, Unshown
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models, rules
from ..drafting import ground_line
from ..errors import CaseMissing, EscalationUnderway
from ..letter import Letter, typeset_letter
from ..queries import get_advice, may_escalate
from ..queries.drafting import draft_escalation
from ..values import AdviceId
from .writing import lock_advice

_STANDING = (DisclosureState.PROPOSED, DisclosureState.WAITING_FOR_APPROVAL, *TOLD)


@deed(Permission.ESCALATE)
def escalate(actor: Actor, /, *, advice: AdviceId, reason: str, seen: Seen) -> Disclosure:
    """A letter to the ministry of the organisation's sector, with the advice; a second duty officer approves it.

    A refusal of the law comes back as the disclosure. `seen`: the page on which it was shown before. Raises
    EscalationNotAllowed (with what is not met; nothing is kept), EscalationUnderway, CaseMissing, IdentitySealed,
    NotFound (a sector without a ministry), WordingMissing, AdviceNotFound, SeenChanged.
    """
    said = rules.check_words(reason, what="reason")
    lock_advice(advice)
    found = get_advice(actor, advice=advice)
    test = may_escalate(actor, advice=advice)
    rules.check_escalation(test)
    if any(one.state in _STANDING for one in found.escalations):
        raise EscalationUnderway
    ministry = constituency_queries.ministry_of(actor, sector=found.organisation.sector)
    draft = draft_escalation(actor, advice=found, ministry=ministry, test=test)
    # What was shown holds no letter: that bears the minute in which it is set.
    disclosure_queries.check_shown(actor, drafts=[draft], seen=seen)
    if found.case is None:
        raise CaseMissing
    case = case_queries.get_case(actor, case=found.case)
    draft = _with_letter(actor, draft, ministry=ministry, reference=case.reference)
    told = disclosure_actions.disclose(actor, draft=draft, reason=said, seen=Unshown.COMPARED)
    models.Escalation(
        advice_id=advice,
        ministry_id=ministry.id,
        reason=said,
        requirements=[
            {"kind": one.kind.value, "is_met": one.is_met, "nl": one.sentence.nl, "en": one.sentence.en}
            for one in test.requirements
        ],
        disclosure_id=told.id,
        requested_by=actor.id,
        requested_by_name=actor.name,
        requested_at=timezone.now(),
    ).save(force_insert=True)
    details = {"disclosure": str(told.id), "ministry": str(ministry.id), "state": told.state.value}
    ledger.record(actor, kind=Kind.ESCALATED, subject=advice, details=details)
    return told


def _with_letter(actor: Actor, draft: Draft, *, ministry: Organisation, reference: str) -> Draft:
    """The draft with its letter, which is set from what the verdict keeps of the draft, before it is proposed."""
    preview = disclosure_queries.preview_disclosure(actor, draft=draft)
    if preview.verdict.is_refused:
        return draft
    letter = Letter(
        sender=settings.CSIRT_CONTACT["name"],
        to=ministry.label,
        reference=reference,
        title=preview.edited.title,
        parts=preview.edited.parts,
        grounds=[ground_line(ground).in_language(draft.language) for ground in preview.verdict.grounds],
        marking=f"{draft.tlp.value} {draft.pap.value}",
        written_at=timezone.localtime(),
        language=draft.language,
    )
    kind = rules.most_telling(part.kind for part in preview.edited.parts)
    return replace(draft, attachments=(Attachment("brief.pdf", "application/pdf", typeset_letter(letter), kind),))
