"""What is told of an advice: to its organisation, and where it is not followed to the ministry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from meldpunt.cases.values import Case
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import Audience, AudienceKind, Draft, ItemKind, Origin, Part
from meldpunt.law import Condition, DataKind, Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP
from meldpunt.vocabulary.sectors import sector

from .values import Advice, Measure

_ADVICE: Final = Bilingual("Advies", "Advice")
_WHO: Final = Bilingual("Om wie het gaat", "Whom it concerns")
_TRAITS: Final = Bilingual("Wat voor organisatie", "What kind of organisation")
_NATURE: Final = Bilingual("Wat er speelt", "What is going on")
_IMPACT: Final = Bilingual("Wat er kan gebeuren", "What may happen")
_ANSWERS: Final = Bilingual("Wat de organisatie antwoordde", "What the organisation answered")


def advice_draft(advice: Advice, *, origins: tuple[Origin, ...]) -> Draft:
    """The advice to its organisation. It concerns its reader, whether or not the reader reported."""
    measures = tuple(Part(DataKind.MEASURES, _heading(one), one.text) for one in advice.measures)
    return Draft(
        item=ItemKind.ADVICE,
        subject=advice.id,
        title=advice.title,
        parts=(Part(DataKind.ADVICE, _ADVICE, advice.introduction), *measures),
        audience=(Audience(AudienceKind.ORGANISATION, advice.organisation.id),),
        purpose=Purpose.ADVISE,
        tlp=TLP.AMBER_STRICT,
        pap=PAP.AMBER,
        conditions=frozenset({Condition.ABOUT_RECIPIENT}),
        origins=origins,
    )


def escalation_draft(
    advice: Advice,
    case: Case,
    *,
    ministry: Organisation,
    conditions: frozenset[Condition],
    origins: tuple[Origin, ...],
) -> Draft:
    """The letter's content, all of it: what the ground does not cover, the verdict leaves out."""
    return Draft(
        item=ItemKind.ESCALATION,
        subject=advice.id,
        title=f"Niet opgevolgd advies: {advice.title}",
        parts=tuple(_escalation_parts(advice, case)),
        audience=(Audience(AudienceKind.ORGANISATION, ministry.id),),
        purpose=Purpose.ESCALATE,
        tlp=TLP.RED,
        pap=PAP.RED,
        conditions=conditions,
        origins=origins,
    )


def _escalation_parts(advice: Advice, case: Case) -> Iterator[Part]:
    owner = advice.organisation
    processes = f"\nVitale processen: {', '.join(owner.vital_processes)}" if owner.vital_processes else ""
    yield Part(DataKind.REPORTER_IDENTITY, _WHO, owner.label)
    yield Part(DataKind.ORGANISATION_TRAITS, _TRAITS, f"Sector: {sector(owner.sector).name.nl}{processes}")
    if case.rsit_name:
        yield Part(DataKind.INCIDENT_NATURE, _NATURE, case.rsit_name.nl)
    if case.disruption:
        yield Part(DataKind.IMPACT, _IMPACT, f"Maatschappelijke ontwrichting: {case.disruption.label.nl}")
    yield Part(DataKind.ADVICE, _ADVICE, advice.introduction)
    for measure in advice.measures:
        yield Part(DataKind.MEASURES, _heading(measure), _standing(measure))
    said = [f"Maatregel {one.number}: {one.reason}" for one in advice.measures if one.reason]
    if said:
        # Given to us in confidence, by somebody who may not be named elsewhere: a kind of data of its own.
        yield Part(DataKind.CONFIDENTIAL_BUSINESS_DATA, _ANSWERS, "\n".join(said))


def _heading(measure: Measure) -> Bilingual:
    return Bilingual(f"Maatregel {measure.number}", f"Measure {measure.number}")


def _standing(measure: Measure) -> str:
    return f"{measure.text}\n\nUiterlijk {measure.due_on.isoformat()}: {measure.state.label.nl}."
