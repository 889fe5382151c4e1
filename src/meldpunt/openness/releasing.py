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
from meldpunt.law import DUTCH, DataKind, Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

from . import rules
from .errors import TraceLeft
from .values import Request, Selection, SelectionId

_DECISION = Bilingual("Besluit", "Decision")
_INVENTORY = Bilingual("Inventaris: per passage de grond", "Inventory: the ground for each passage")
_ARGUMENT = Bilingual("Waarom wij dit weigeren", "Why we withhold this")
_REMEDY = Bilingual("Als u het er niet mee eens bent", "If you disagree")


@dataclass(frozen=True)
class Words:
    """What a decision says, and for each ground that has to be argued why. `body` is where to object."""

    text: str
    reasons: Mapping[str, str]
    body: str


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
) -> Draft:
    """The answer: the decision, why, each document in words with the SHA-256 of its PDF, the ground for each passage,
    and what who disagrees can do."""
    documents = tuple(
        Part(
            one.kind,
            Bilingual(f"Document {one.position}", f"Document {one.position}"),
            f"{rules.withheld_of(one).text}\n\nPDF, SHA-256: {digests[one.id].hex()}",
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
            *_argument(request, words),
            *documents,
            Part(DataKind.INCIDENT_NATURE, _INVENTORY, inventory),
            *_remedy(request, words),
        ),
        audience=(audience,),
        purpose=Purpose.ANSWER_REQUEST,
        tlp=TLP.CLEAR,
        pap=PAP.CLEAR,
        origins=origins,
        language=request.language,
    )


def _argument(request: Request, words: Words) -> tuple[Part, ...]:
    argument = rules.argument_of(request.grounds_to_argue, words.reasons, request.language)
    return (Part(DataKind.INCIDENT_NATURE, _ARGUMENT, argument),) if argument else ()


def _remedy(request: Request, words: Words) -> tuple[Part, ...]:
    remedy = DUTCH.remedy
    if remedy is None:
        return ()
    said = remedy.words(body=words.body, reference=request.reference).in_language(request.language)
    return (Part(DataKind.INCIDENT_NATURE, _REMEDY, f"{said} ({remedy.article})"),)
