"""What is released: a PDF set anew and searched, and the draft of the answer. Pure but for the typesetter."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from meldpunt.disclosure.values import Audience, Draft, ItemKind, Origin, Part
from meldpunt.engines.redaction.identity import Identity
from meldpunt.engines.redaction.pdf import typeset_release
from meldpunt.engines.redaction.traces import find_traces
from meldpunt.law import IN_FORCE, DataKind, Purpose
from meldpunt.vocabulary.bilingual import Bilingual, Language
from meldpunt.vocabulary.markings import PAP, TLP

from . import rules
from .errors import TraceLeft
from .values import Request, Selection, SelectionId

_DECISION = Bilingual("Besluit", "Decision")
_INVENTORY = Bilingual("Inventaris: per passage de grond", "Inventory: the ground for each passage")
_ARGUMENT = Bilingual("Waarom wij dit weigeren", "Why we withhold this")
_FOLLOWS = Bilingual("Dit document krijgt u later.", "You get this document later.")
_MANDATE = Bilingual("Namens wie dit is besloten", "On whose behalf this was decided")
_REMEDY = Bilingual("Als u het er niet mee eens bent", "If you disagree")


@dataclass(frozen=True)
class Words:
    """What a decision says, and for each ground that has to be argued why.

    `body` is where to object, `authority` on whose behalf was decided; empty where who decides does so in its own name.
    """

    text: str
    reasons: Mapping[str, str]
    body: str
    authority: str = ""


@dataclass(frozen=True)
class Made:
    """A PDF in which nothing was found of what it must not hold. `terms`: how many that was, beside the passages."""

    selection: Selection
    pdf: bytes
    digest: bytes
    terms: int
    checked_at: datetime


def make_release(
    request: Request, selection: Selection, *, identities: Sequence[Identity], decision: str, at: datetime
) -> Made:
    """Set the document anew without its passages, and search the PDF for each of them and for who must stay unnamed.

    A release never names who reported, whoever forgot to withhold it. Raises TraceLeft, which says where and not what,
    and what `typeset_release` and `find_traces` raise.
    """
    withheld = rules.withheld_of(selection)
    if any(rules.names(text, one) for one in identities for text in (withheld.text, decision)):
        raise TraceLeft(
            "The release would still name the organisation that reported: withhold it everywhere.",
            position=selection.position,
        )
    pdf = typeset_release(
        title=f"{request.reference} / {selection.position}",
        dossier=request.reference,
        language=request.language,
        paragraphs=[withheld],
        made_at=at,
        legend=rules.legend_of(selection, request.language),
    )
    terms = tuple(dict.fromkeys(term for one in identities for term in one.secrets()))
    traces = find_traces(pdf, (*rules.secrets_of(selection), *terms))
    if traces:
        raise TraceLeft(
            "What is withheld can still be read elsewhere in the document: withhold it everywhere it stands.",
            position=selection.position,
            places=tuple(dict.fromkeys(trace.place.value for trace in traces)),
        )
    return Made(selection, pdf, hashlib.sha256(pdf).digest(), len(terms), at)


def answer_draft(
    request: Request,
    *,
    words: Words,
    digests: Mapping[SelectionId, bytes],
    audience: Audience,
    origins: tuple[Origin, ...],
    waits: bool = False,
) -> Draft:
    """The answer: the decision, why, each document in words with the SHA-256 of its PDF, the ground for each passage,
    and what who disagrees can do. `waits`: the documents follow later, so none of their words is in it; where a PDF is
    not made yet, `digests` has none of it."""
    documents = tuple(
        Part(
            one.kind,
            Bilingual(f"Document {one.position}", f"Document {one.position}"),
            _document(one, digests.get(one.id), later=_later(request.language) if waits else ""),
        )
        for one in request.selections
    )
    inventory = rules.inventory_of(request.selections, request.language)
    return Draft(
        item=ItemKind.INFORMATION_REQUEST_DECISION,
        subject=request.id,
        title=f"{_DECISION.in_language(request.language)} {request.reference}",
        parts=(
            Part(DataKind.INCIDENT_NATURE, _DECISION, words.text),
            *argument_parts(request, words, request.language),
            *documents,
            Part(DataKind.INCIDENT_NATURE, _INVENTORY, inventory),
            *closing_parts(request, words, request.language),
        ),
        audience=(audience,),
        purpose=Purpose.ANSWER_REQUEST,
        tlp=TLP.CLEAR,
        pap=PAP.CLEAR,
        origins=origins,
        language=request.language,
    )


def _document(selection: Selection, digest: bytes | None, *, later: str) -> str:
    said = later or rules.withheld_of(selection).text
    return f"{said}\n\nPDF, SHA-256: {digest.hex()}" if digest else said


def argument_parts(request: Request, words: Words, language: str) -> tuple[Part, ...]:
    """Why each ground that is weighed outweighs openness; nothing where none is."""
    argument = rules.argument_of(request.grounds_to_argue, words.reasons, language)
    return (Part(DataKind.INCIDENT_NATURE, _ARGUMENT, argument),) if argument else ()


def closing_parts(request: Request, words: Words, language: Language) -> tuple[Part, ...]:
    """On whose behalf was decided, and what who disagrees can do; nothing where the law has no such sentence."""
    clauses = IN_FORCE.clauses
    mandate = rules.clause_of(clauses.mandate, language, authority=words.authority) if words.authority else ""
    remedy = rules.clause_of(clauses.remedy, language, body=words.body, reference=request.reference)
    said = ((_MANDATE, mandate), (_REMEDY, remedy))
    return tuple(Part(DataKind.INCIDENT_NATURE, heading, text) for heading, text in said if text)


def _later(language: Language) -> str:
    """What stands in the place of a document that waits; never empty, or its words would stand there."""
    return rules.clause_of(IN_FORCE.clauses.waiting_requester, language) or _FOLLOWS.in_language(language)
