"""The facts a verdict is given on, and what it answers. Pure values; nothing here decides."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType

from meldpunt.vocabulary.bilingual import Bilingual

GroundId = NewType("GroundId", str)
RegimeId = NewType("RegimeId", str)


class GroundKind(StrEnum):
    """Which deed a ground allows. Withholding has its own type: `withholding.WithholdingGround`.

    REQUEST: we ask the other body. SUPPLY: who was asked gives; the purpose says which way, ASK where the other
    body answers us, ANSWER_INQUIRY where we answer it. No ground goes both ways.
    """

    PROCESS = "process"
    DISCLOSE = "disclose"
    REQUEST = "request"
    SUPPLY = "supply"


class RecipientKind(StrEnum):
    """Who would receive the data (for a request: be asked for it; for processing: gave it; for supply: the other)."""

    PUBLIC = "public"
    REPORTER = "reporter"
    CONSTITUENT = "constituent"
    ISAC = "isac"
    POLICE = "police"
    INTELLIGENCE = "intelligence"
    SUPERVISOR = "supervisor"
    MINISTRY = "ministry"
    DETECTION_NETWORK = "detection-network"
    REQUESTER = "requester"
    PARTNER_CSIRT = "partner-csirt"


class Purpose(StrEnum):
    """What the deed is for."""

    ACKNOWLEDGE = "acknowledge"
    CONSULT = "consult"
    ADVISE = "advise"
    ESCALATE = "escalate"
    DETECT = "detect"
    WARN = "warn"
    COORDINATE = "coordinate"
    ANSWER_REQUEST = "answer-request"
    PUBLISH_FIGURES = "publish-figures"
    ASK = "ask"
    HEAR = "hear"
    SHARE = "share"
    ANSWER_INQUIRY = "answer-inquiry"


class DataKind(StrEnum):
    """Kinds of data an item may hold; an item names all it holds."""

    REPORTER_IDENTITY = "reporter-identity"
    CONTACT_PERSON = "contact-person"
    ORGANISATION_TRAITS = "organisation-traits"
    SYSTEMS = "systems"
    INCIDENT_NATURE = "incident-nature"
    IMPACT = "impact"
    INDICATORS = "indicators"
    ADVICE = "advice"
    MEASURES = "measures"
    PERSONAL_DATA = "personal-data"
    SPECIAL_PERSONAL_DATA = "special-personal-data"
    CONFIDENTIAL_BUSINESS_DATA = "confidential-business-data"
    DELIBERATION = "deliberation"
    AGGREGATE_FIGURES = "aggregate-figures"


class Condition(StrEnum):
    """A fact that must stand before a ground applies; FOUR_EYES alone may still be fulfilled afterwards.

    OWN_REPORT is about the reader's report; OWN_INFORMATION about the author, who tells what it holds itself.
    """

    REPORTER_CONSENT = "reporter-consent"
    RISK_OF_SOCIETAL_DISRUPTION = "risk-of-societal-disruption"
    ADVICE_GIVEN = "advice-given"
    ADVICE_NOT_FOLLOWED = "advice-not-followed"
    FOUR_EYES = "four-eyes"
    OWN_REPORT = "own-report"
    ABOUT_RECIPIENT = "about-recipient"
    RECIPIENT_TASK = "recipient-task"
    CRIMINAL_OFFENCE_SUSPECTED = "criminal-offence-suspected"
    NATIONAL_SECURITY = "national-security"
    DUTY_TO_REPORT = "duty-to-report"
    OWN_INFORMATION = "own-information"


class Outcome(StrEnum):
    """ALLOWED: all that was asked, now. WITH_CONDITIONS: without what is left out, or after a second person."""

    ALLOWED = "allowed"
    ALLOWED_WITH_CONDITIONS = "allowed-with-conditions"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked: this data, to this recipient, for this purpose, on this day, with these conditions met."""

    on: date
    recipient: RecipientKind
    purpose: Purpose
    data: frozenset[DataKind]
    conditions: frozenset[Condition] = frozenset()
    kind: GroundKind = GroundKind.DISCLOSE


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an explanation, in both languages, with the article it rests on."""

    nl: str
    en: str
    article: str

    @property
    def wording(self) -> Bilingual:
        """The sentence as a wording, for pages that choose the language."""
        return Bilingual(self.nl, self.en)


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground in law: to do `kind`, for these purposes, toward these recipients, with this data.

    `valid_from` and `valid_until` are days, both included; None means: still. `verified` is false while
    nobody has re-read the article in its published text. An empty `recipients` (processing only): anyone.
    """

    id: GroundId
    regime: RegimeId
    kind: GroundKind
    article: str
    source: str
    verified: bool
    task: Bilingual
    recipients: frozenset[RecipientKind]
    purposes: frozenset[Purpose]
    data: frozenset[DataKind]
    conditions: frozenset[Condition]
    valid_from: date
    valid_until: date | None

    def is_valid_on(self, day: date) -> bool:
        """Whether the ground is law on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Need:
    """A ground that would open more, and the conditions that are not yet met for it."""

    ground: Ground
    missing: frozenset[Condition]
    opens: frozenset[DataKind]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `left_out` holds the asked kinds that must not go; on a refusal that is all of them.

    `four_eyes`: a ground used asks for a second person, whether or not that person has already looked.
    """

    outcome: Outcome
    grounds: tuple[Ground, ...]
    given: frozenset[DataKind]
    left_out: frozenset[DataKind]
    needs: tuple[Need, ...]
    four_eyes: bool
    explanation: tuple[Sentence, ...] = field(default=())

    @property
    def is_refused(self) -> bool:
        """Nothing may go."""
        return self.outcome is Outcome.REFUSED
