"""What a body answered becomes part of the work: a document of a case, and files that open on the record."""

from __future__ import annotations

from meldpunt.access.binding import deed
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.cases import actions as case_actions
from meldpunt.cases.values import CaseId, DocumentId, DocumentKind
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.constituency.values import SEALED
from meldpunt.engines.redaction.hiding import hide
from meldpunt.evidence import actions as evidence_actions
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.values import EvidenceId, Opened

from .. import models
from ..drafting import title_of_answer
from ..errors import InquiryNotFound
from ..queries.asked import find_of_answer, get_inquiry
from ..values import Answer, AnswerId, Inquiry


@deed(Permission.INQUIRY_HANDLE)
def file_answer(actor: Actor, /, *, answer: AnswerId, case: CaseId) -> DocumentId:
    """Keep an answer as a document of a case, masked for everybody: colleagues for whom it is sealed read there too.

    Raises InquiryNotFound, cases.CaseNotFound, cases.CaseNotOpen.
    """
    found = get_inquiry(actor, inquiry=find_of_answer(actor, answer=answer))
    given = next((one for one in found.answers if one.id == answer), None)
    if given is None:
        raise InquiryNotFound("no such answer")
    about = models.Inquiry.objects.filter(id=found.id).values_list("about", flat=True).first() or []
    terms = constituency_queries.list_masking_terms(actor, organisations=[OrganisationId(one) for one in about])
    text = hide(_text_of(found, given), tuple(terms.values()), ground=SEALED).text
    title = title_of_answer(found.body, found.reference)
    return case_actions.add_document(actor, case=case, title=title, text=text, kind=DocumentKind.CORRESPONDENCE)


@deed(Permission.INQUIRY_HANDLE)
def open_answer_file(actor: Actor, /, *, item: EvidenceId, anyway: bool = False) -> Opened:
    """The bytes of a file that came with an answer; the evidence room records it.

    Raises NotFound, IdentitySealed where its inquiry points at somebody sealed for who opens it,
    evidence.EvidenceShredded, evidence.SealBroken.
    """
    about = AnswerId(evidence_queries.get_evidence(actor, item=item).about)
    if not models.Answer.objects.filter(id=about).exists():
        raise NotFound("no such file")
    if get_inquiry(actor, inquiry=find_of_answer(actor, answer=about)).is_sealed:
        raise IdentitySealed("Unseal the identity of this organisation first, with a purpose.")
    return evidence_actions.open_evidence(actor, item=item, anyway=anyway)


def _text_of(inquiry: Inquiry, answer: Answer) -> str:
    questions = inquiry.disclosure.kept[1:]
    said = [
        f"{part.heading.nl}\n{part.text}\n\n{text}" for part, text in zip(questions, answer.texts, strict=False) if text
    ]
    ends = [
        f"Grondslag van de verstrekker: {answer.ground}" if answer.ground else "",
        f"Toelichting: {answer.explanation}" if answer.explanation else "",
    ]
    return "\n\n".join([answer.outcome.label.nl.capitalize(), *said, *filter(None, ends)])
