"""What a party is asked and told: the parts of a consultation, each marked with the kind of data it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import Part
from meldpunt.engines.matching.defanging import defang
from meldpunt.engines.matching.values import ObservableKind
from meldpunt.engines.redaction.hiding import hide
from meldpunt.engines.redaction.identity import Identity
from meldpunt.intake.values import ObservableLine, Report, ReporterDetails
from meldpunt.law import IN_FORCE, Condition, DataKind
from meldpunt.services.values import service_in
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.entities import ENTITY_KINDS, EntityKind
from meldpunt.vocabulary.sectors import sector
from meldpunt.vocabulary.texts import clean_text, is_readable

from ..errors import ConditionNotShown, NoGovernmentParty, NothingKnown, QuestionsMissing
from ..values import Asking, Assessment, Disruption, SequelKind
from .deciding import shows_risk

_MOST_INDICATORS = 500

HEADINGS: Final[Mapping[DataKind, Bilingual]] = {
    DataKind.REPORTER_IDENTITY: Bilingual("Wie het meldde", "Who reported it"),
    DataKind.CONTACT_PERSON: Bilingual("Contactpersoon", "Contact person"),
    DataKind.ORGANISATION_TRAITS: Bilingual("Soort organisatie", "Kind of organisation"),
    DataKind.SYSTEMS: Bilingual("Getroffen systemen", "Systems concerned"),
    DataKind.INCIDENT_NATURE: Bilingual("Wat er speelt", "What is going on"),
    DataKind.IMPACT: Bilingual("Gevolgen", "Impact"),
    DataKind.INDICATORS: Bilingual("Kenmerken", "Indicators"),
    DataKind.CONFIDENTIAL_BUSINESS_DATA: Bilingual("De melding zelf", "The report itself"),
}
_QUESTIONS = Bilingual("Onze vragen", "Our questions")
_MORE = Bilingual("Verder", "Further")
_OTHERS = Bilingual("Wat andere partijen u laten weten", "What other parties let you know")
SEQUEL_HEADINGS: Final[Mapping[SequelKind, Bilingual]] = {
    SequelKind.REMINDER: Bilingual("Herinnering", "Reminder"),
    SequelKind.ANSWER: Bilingual("Antwoord op uw vraag", "Answer to your question"),
    SequelKind.OUTCOME: Bilingual("Wat wij besloten", "What we decided"),
}
_MARK = "afgeschermd"


@dataclass(frozen=True, slots=True)
class Known:
    """All that a consultation can draw on. `named` is the reporter's organisation by name, where that is unsealed.

    `own` is what points at the organisation of the report.
    """

    report: Report
    assessment: Assessment | None
    organisation: Organisation | None
    named: str
    own: Identity


def check_party(party: Organisation) -> None:
    """Raise NoGovernmentParty for a constituent."""
    if party.kind != "party":
        raise NoGovernmentParty


def check_questions(questions: str, *, due_at: datetime, now: datetime) -> str:
    """The questions without space around them. Raises QuestionsMissing."""
    if not is_readable(questions):
        raise QuestionsMissing("Write what you want to know from this party.")
    if due_at.tzinfo is None or due_at <= now:
        raise QuestionsMissing("Choose a moment in the future by which you need the answer.")
    return clean_text(questions)


def check_conditions(conditions: frozenset[Condition], disruption: Disruption | None) -> None:
    """Raise ConditionNotShown where a risk for society is vouched for that nobody estimated."""
    if Condition.RISK_OF_SOCIETAL_DISRUPTION in conditions and not shows_risk(disruption):
        raise ConditionNotShown


def shown_conditions(vouched: frozenset[Condition], *, is_obliged: bool) -> frozenset[Condition]:
    """What the analyst vouches for, with the duty to report where the clocks of the report show it, and only there."""
    duty = frozenset({Condition.DUTY_TO_REPORT})
    return vouched | duty if is_obliged else vouched - duty


def conditions_of(kept: Sequence[str]) -> frozenset[Condition]:
    """What was vouched for, as a row keeps it."""
    return frozenset(map(Condition, kept))


def parts_of(known: Known, asking: Asking, *, others: Sequence[str] = ()) -> tuple[Part, ...]:
    """The questions, and one part for each kind of data chosen: what the report holds, or what the analyst wrote.

    The reporter's own words are marked as confidential business data, because nobody checked what else is in them.
    `others` is what other parties let us repeat. Raises NothingKnown.
    """
    asked = f"{clean_text(asking.questions)}\n\n(vóór / before {_in_amsterdam(asking.due_at)})"
    parts = [Part(DataKind.INCIDENT_NATURE, _QUESTIONS, asked)]
    for kind in sorted(asking.data | set(asking.texts)):
        text = asking.texts.get(kind, "").strip() or _DRAWN.get(kind, _nothing)(known)
        if not text.strip():
            raise NothingKnown(kind)
        parts.append(Part(kind, HEADINGS.get(kind, _MORE), text))
    if others:
        parts.append(Part(DataKind.INCIDENT_NATURE, _OTHERS, "\n\n".join(others)))
    return tuple(parts)


def sequel_parts(kind: SequelKind, text: str, *, question: str = "") -> tuple[Part, ...]:
    """What a party is told after it was asked: its own question with our answer, or what was decided."""
    said = f"“{question}”\n\n{text}" if question else text
    return (Part(DataKind.INCIDENT_NATURE, SEQUEL_HEADINGS[kind], said),)


def reminder_text(*, asked_at: datetime, due_at: datetime) -> str:
    """That an answer is awaited: no word of the questions, and nothing of what they are about."""
    asked, due = _in_amsterdam(asked_at), _in_amsterdam(due_at)
    return (
        f"Wij vroegen u op {asked} om mee te kijken. Uw antwoord verwachtten wij vóór {due}, en wij hebben het niet. "
        "Kunt of mag u niet antwoorden, laat dat dan weten: wij lezen uw zwijgen niet als instemming.\n\n"
        f"We asked you on {asked} to look along. We expected your answer before {due} and have none. If you cannot or "
        "may not answer, let us know: we do not read your silence as consent."
    )


def title_of(assessment: Assessment | None) -> str:
    """A title that says what it is about and nothing of whom."""
    kind = assessment.rsit_type or assessment.rsit_class if assessment else None
    return f"Consultatie / Consultation: {kind.name.nl} / {kind.name.en}" if kind else "Consultatie / Consultation"


def mask(text: str, identity: Identity) -> str:
    """The text with a mark wherever it points at this organisation."""
    return hide(text, [identity], ground=_MARK).text


def _nature(known: Known) -> str:
    kind = (known.assessment.rsit_type or known.assessment.rsit_class) if known.assessment else None
    lines = [f"{kind.name.nl} / {kind.name.en}"] if kind else []
    lines.append(known.report.title)
    if known.report.occurred_on:
        lines.append(known.report.occurred_on.isoformat())
    return "\n".join(lines)


def _traits(known: Known) -> str:
    about = known.report.sector or (known.organisation.sector if known.organisation else "")
    kind = known.report.entity_kind or (known.organisation.entity_kind if known.organisation else "")
    names = [sector(about).name] if about else []
    names += [ENTITY_KINDS[EntityKind(kind)]] if kind in list(EntityKind) else []
    return "\n".join(f"{name.nl} / {name.en}" for name in names)


def _impact(known: Known) -> str:
    assessment = known.assessment
    if assessment is None or assessment.disruption is None:
        return ""
    said = assessment.disruption.label
    lines = [f"Ontwrichting / disruption: {said.nl} / {said.en}"]
    for reading in assessment.estimate.readings if assessment.estimate else ():
        # Who leans on whom is for the desk: a party reads which processes fail, and no service of anybody.
        failing = [one.name for one in reading.standings if one.is_failing and not service_in(one.node)]
        if failing:
            names = "; ".join(f"{name.nl} / {name.en}" for name in failing)
            lines.append(f"{reading.hour} h: {names}")
    return "\n".join(lines)


def _indicators(known: Known) -> str:
    found = [
        one for one in known.report.observables if one.kind != ObservableKind.IBAN and not _is_own_mail(one, known)
    ]
    return "\n".join(f"{_KINDS.get(one.kind, one.kind)}: {defang(one.value)}" for one in found[:_MOST_INDICATORS])


_KINDS: Final[Mapping[str, str]] = {
    ObservableKind.ADDRESS: "IP-adres / IP address",
    ObservableKind.NETWORK: "netwerk / network",
    ObservableKind.DOMAIN: "domein / domain",
    ObservableKind.URL: "URL",
    ObservableKind.MAIL: "mailadres / mail address",
    ObservableKind.HASH: "hash",
    ObservableKind.CVE: "CVE",
    ObservableKind.PRODUCT: "product",
}


def _is_own_mail(observable: ObservableLine, known: Known) -> bool:
    """The address under which somebody reported is contact data of theirs and nothing to look for."""
    if observable.kind != ObservableKind.MAIL:
        return False
    address = observable.value.casefold()
    reporter = known.report.reporter.details.email if known.report.reporter else ""
    host = address.rpartition("@")[2]
    return address in {mail.casefold() for mail in (reporter, *known.own.mails)} or any(
        host == domain or host.endswith(f".{domain}") for domain in map(str.casefold, known.own.domains)
    )


def _in_amsterdam(instant: datetime) -> str:
    return instant.astimezone(IN_FORCE.zone).strftime("%d-%m-%Y %H:%M %Z")


def _words_of_the_report(known: Known) -> str:
    stages = [f"{line.stage}: {line.text}" for line in known.report.stages if line.text.strip()]
    return "\n\n".join([known.report.text, *stages]).strip()


def _reporter(known: Known) -> str:
    if known.named:
        return known.named
    return known.report.reporter.organisation_named if known.report.reporter else ""


def _contact(known: Known) -> str:
    details = known.report.reporter.details if known.report.reporter else ReporterDetails()
    return "\n".join(filter(None, (details.name, details.email, details.phone)))


def _nothing(known: Known) -> str:
    return ""


_DRAWN: Final[Mapping[DataKind, Callable[[Known], str]]] = {
    DataKind.REPORTER_IDENTITY: _reporter,
    DataKind.CONTACT_PERSON: _contact,
    DataKind.ORGANISATION_TRAITS: _traits,
    DataKind.INCIDENT_NATURE: _nature,
    DataKind.IMPACT: _impact,
    DataKind.INDICATORS: _indicators,
    DataKind.CONFIDENTIAL_BUSINESS_DATA: _words_of_the_report,
}
