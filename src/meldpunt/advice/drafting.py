"""What is told of an advice: to its organisation, and where it is not followed to the ministry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from meldpunt.cases.values import Case
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import Audience, AudienceKind, Draft, ItemKind, Origin, Part, narrowed
from meldpunt.law import Condition, DataKind, Ground, Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.days import written_day
from meldpunt.vocabulary.markings import PAP, TLP, most_restrictive
from meldpunt.vocabulary.sectors import sector
from meldpunt.vocabulary.vital import all_vital_processes

from .values import Advice, Chosen, EscalationTest, Measure

_ADVICE: Final = Bilingual("Advies", "Advice")
# A ministry reads "you" in it: that is the organisation, whose advice it is.
_ADVICE_GIVEN: Final = Bilingual(
    "Ons advies aan de organisatie, zoals gegeven", "Our advice to the organisation, as given"
)
_IN_CONFIDENCE: Final = (
    "Dit is in vertrouwen gemeld. Ook wie deze brief leest is tot geheimhouding verplicht, tenzij een wet of de eigen "
    "taak tot mededelen noopt (Awb art. 2:5)."
)
_WHO: Final = Bilingual("Om wie het gaat", "Whom it concerns")
_TRAITS: Final = Bilingual("Wat voor organisatie", "What kind of organisation")
_NATURE: Final = Bilingual("Wat er speelt", "What is going on")
_IMPACT: Final = Bilingual("Wat er kan gebeuren", "What may happen")
_ANSWERS: Final = Bilingual("Wat de organisatie antwoordde", "What the organisation answered")
_WHY: Final = Bilingual("Waarom u deze brief krijgt", "Why you get this letter")
_TERM: Final = Bilingual("Termijn, en wat daarna kan", "Term, and what may follow")
# Whoever can be reported to its ministry is told so beforehand, and by when it can prevent that.
_WARNING: Final = (
    "Laat per maatregel weten of u haar uitvoert, en zo niet, waarom niet. Wordt het advies niet opgevolgd en dreigt "
    "daardoor maatschappelijke ontwrichting, dan mogen wij het verantwoordelijke ministerie inlichten, met dit advies "
    "erbij."
)
_SEEN_IN_THE_LIST: Final = " U ziet dat dan in de lijst van wat er uit uw melding is verstrekt."


def advice_draft(
    advice: Advice, *, origins: tuple[Origin, ...], asked: tuple[TLP, ...] = (), widening: str = ""
) -> Draft:
    """The advice to its organisation. It concerns its reader, whether or not the reader reported.

    Of who is merely in the sector nobody knows that: it is told as anybody is who may be threatened.

    `asked` is how far others of the case asked it to go; `widening` why it goes further nonetheless.
    """
    owner = advice.organisation.id
    measures = tuple(Part(DataKind.MEASURES, _heading(one), one.text) for one in advice.measures)
    return Draft(
        item=ItemKind.ADVICE,
        subject=advice.id,
        title=advice.title,
        parts=(Part(DataKind.ADVICE, _ADVICE, advice.introduction), *measures, _term(advice)),
        audience=(Audience(AudienceKind.ORGANISATION, owner),),
        purpose=Purpose.ADVISE,
        tlp=TLP.AMBER_STRICT if widening else narrowed(most_restrictive(TLP.AMBER_STRICT, *asked), origins, to=owner),
        pap=PAP.AMBER,
        conditions=frozenset() if advice.chosen is Chosen.SECTOR else frozenset({Condition.ABOUT_RECIPIENT}),
        origins=origins,
        asked=asked,
        widening=widening,
    )


def escalation_draft(
    advice: Advice,
    case: Case,
    *,
    ministry: Organisation,
    test: EscalationTest,
    conditions: frozenset[Condition],
    origins: tuple[Origin, ...],
) -> Draft:
    """The letter's content, all of it: what the ground does not cover, the verdict leaves out."""
    return Draft(
        item=ItemKind.ESCALATION,
        subject=advice.id,
        title=f"Niet opgevolgd advies: {advice.title}",
        parts=(_why(test), *_escalation_parts(advice, case)),
        audience=(Audience(AudienceKind.ORGANISATION, ministry.id),),
        purpose=Purpose.ESCALATE,
        tlp=TLP.RED,
        pap=PAP.RED,
        conditions=conditions,
        origins=origins,
        about=(advice.organisation.id,),
    )


def ground_line(ground: Ground) -> Bilingual:
    """The ground as a letter names it, with the warning where its text was not re-read."""
    nl, en = f"{ground.article}. {ground.task.nl}", f"{ground.article}. {ground.task.en}"
    if ground.verified:
        return Bilingual(nl, en)
    return Bilingual(
        f"{nl} (Artikel nog niet nagelezen in de gepubliceerde tekst.)",
        f"{en} (Article not yet checked against its published text.)",
    )


def _escalation_parts(advice: Advice, case: Case) -> Iterator[Part]:
    owner = advice.organisation
    processes = f"\nVitale processen: {', '.join(_names_of(owner.vital_processes))}" if owner.vital_processes else ""
    yield Part(DataKind.REPORTER_IDENTITY, _WHO, owner.label)
    yield Part(DataKind.ORGANISATION_TRAITS, _TRAITS, f"Sector: {sector(owner.sector).name.nl}{processes}")
    if case.rsit_name:
        yield Part(DataKind.INCIDENT_NATURE, _NATURE, case.rsit_name.nl)
    if case.disruption:
        yield Part(DataKind.IMPACT, _IMPACT, f"Maatschappelijke ontwrichting: {case.disruption.label.nl}")
    yield Part(DataKind.ADVICE, _ADVICE_GIVEN, advice.introduction)
    for measure in advice.measures:
        yield Part(DataKind.MEASURES, _heading(measure), _standing(measure))
    said = [f"Maatregel {one.number}: {one.reason}" for one in advice.measures if one.reason]
    if said:
        # Given to us in confidence, by somebody who may not be named elsewhere: a kind of data of its own.
        yield Part(DataKind.CONFIDENTIAL_BUSINESS_DATA, _ANSWERS, "\n".join(said))


def _why(test: EscalationTest) -> Part:
    met = [one.sentence.nl for one in test.requirements if one.is_met]
    return Part(DataKind.ADVICE, _WHY, "\n".join([*met, "", _IN_CONFIDENCE]))


def _term(advice: Advice) -> Part:
    days = [f"Maatregel {one.number}: uiterlijk {written_day(one.due_on).nl}." for one in advice.measures]
    reported = advice.chosen in (Chosen.CASE, Chosen.REPORT)
    warning = _WARNING + _SEEN_IN_THE_LIST if reported else _WARNING
    return Part(DataKind.ADVICE, _TERM, "\n".join([*days, "", warning]))


def _names_of(processes: Iterable[str]) -> list[str]:
    names = {str(one.id): one.name.nl for one in all_vital_processes()}
    return [names.get(one, one) for one in processes]


def _heading(measure: Measure) -> Bilingual:
    return Bilingual(f"Maatregel {measure.number}", f"Measure {measure.number}")


def _standing(measure: Measure) -> str:
    return f"{measure.text}\n\nUiterlijk {written_day(measure.due_on).nl}: {measure.state.label.nl}."
