"""What an interested party is told: what may be released and until when it can say something; and then the decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from meldpunt.disclosure.values import Audience, AudienceKind, Draft, ItemKind, Origin, Part
from meldpunt.law import IN_FORCE, Condition, DataKind, Purpose, local_day
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.days import written_day
from meldpunt.vocabulary.markings import PAP, TLP

from . import rules
from .releasing import Words, argument_parts, closing_parts
from .values import Request, Selection

_ASKED: Final = Bilingual("Waarom wij u dit vragen", "Why we ask you this")
_DECISION: Final = Bilingual("Besluit", "Decision")
_FURTHER: Final = Bilingual("Wat u nu kunt doen", "What you can do now")
_HEARING: Final = Bilingual("Uw zienswijze op verzoek {reference}", "Your view on request {reference}")
_NOTICE: Final = Bilingual("Besluit op verzoek {reference}", "Decision on request {reference}")

_WHY: Final = Bilingual(
    "Iemand heeft ons gevraagd documenten openbaar te maken die ook over uw organisatie gaan. Hieronder staan zij "
    "zoals wij ze willen verstrekken: wat onleesbaar wordt, is al weg, en uw naam staat er niet in. Voordat wij "
    "beslissen, kunt u zeggen wat u daarvan vindt: schriftelijk op deze pagina of per brief, of mondeling als u dat "
    "liever heeft. Dat kan tot en met {day}. Zegt u per passage wat niet openbaar mag worden en welke schade u "
    "daarvan verwacht, dan kunnen wij dat afwegen. U hoeft niet te antwoorden; zonder antwoord beslissen wij met wat "
    "wij weten. Wie het verzoek deed, zeggen wij u niet, en wie u bent zeggen wij de verzoeker niet. (Awb art. 4:8 "
    "en 4:9; {article})",
    "Somebody asked us to disclose documents that are about your organisation too. Below they stand as we mean to "
    "give them: what becomes illegible is gone already, and your name is not in them. Before we decide you can say "
    "what you think of it: in writing on this page or by letter, or by word of mouth if you prefer. You can do so up "
    "to and including {day}. If you say of each passage what must not be disclosed and what harm you expect, we can "
    "weigh it. You need not answer; without an answer we decide on what we know. We do not tell you who asked, and "
    "we do not tell them who you are. (Awb articles 4:8 and 4:9; {article})",
)
_AT_ONCE: Final = Bilingual(
    "De documenten zijn tegelijk met dit besluit verstrekt.", "The documents were given together with this decision."
)
_GIVEN_LATER: Final = Bilingual(
    "De documenten worden niet eerder verstrekt dan na {day}.", "The documents are not given before the end of {day}."
)


def hearing_draft(
    request: Request,
    hearing: UUID,
    selections: Sequence[Selection],
    *,
    to: UUID,
    due_at: datetime,
    origins: tuple[Origin, ...],
) -> Draft:
    """The documents as they would be released, to one organisation they concern."""
    day = written_day(local_day(due_at))
    why = _filled(_WHY, day=day, article=Bilingual(request.clock.article, request.clock.article))
    documents = (Part(one.kind, _document(one), rules.withheld_of(one).text) for one in selections)
    return Draft(
        item=ItemKind.HEARING,
        subject=hearing,
        title=_HEARING.nl.format(reference=request.reference),
        parts=(Part(DataKind.INCIDENT_NATURE, _ASKED, why.nl), *documents),
        audience=(Audience(AudienceKind.ORGANISATION, to),),
        purpose=Purpose.HEAR,
        tlp=TLP.AMBER_STRICT,
        pap=PAP.AMBER,
        conditions=frozenset({Condition.ABOUT_RECIPIENT}),
        origins=origins,
    )


def notice_draft(
    request: Request, words: Words, *, to: UUID, release_from: datetime | None, origins: tuple[Origin, ...]
) -> Draft:
    """The decision, told to who it concerns at the same time as to who asked (Woo article 4.4(6))."""
    further = _later(release_from) if release_from else _AT_ONCE.nl
    return Draft(
        item=ItemKind.INFORMATION_REQUEST_DECISION,
        subject=request.id,
        title=_NOTICE.nl.format(reference=request.reference),
        parts=(
            Part(DataKind.INCIDENT_NATURE, _DECISION, words.text),
            *argument_parts(request, words, "nl"),
            Part(DataKind.INCIDENT_NATURE, _FURTHER, further),
            *closing_parts(request, words, "nl"),
        ),
        audience=(Audience(AudienceKind.ORGANISATION, to),),
        purpose=Purpose.ANSWER_REQUEST,
        tlp=TLP.AMBER_STRICT,
        pap=PAP.AMBER,
        conditions=frozenset({Condition.ABOUT_RECIPIENT}),
        origins=origins,
    )


def _later(release_from: datetime) -> str:
    day = written_day(local_day(release_from))
    return rules.clause_of(IN_FORCE.clauses.waiting, "nl", day=day) or _GIVEN_LATER.nl.format(day=day.nl)


def _document(selection: Selection) -> Bilingual:
    return Bilingual(f"Document {selection.position}", f"Document {selection.position}")


def _filled(wording: Bilingual, **values: Bilingual) -> Bilingual:
    return Bilingual(
        wording.nl.format(**{name: one.nl for name, one in values.items()}),
        wording.en.format(**{name: one.en for name, one in values.items()}),
    )
