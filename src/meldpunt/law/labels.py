"""What the words of the law are called in a sentence, in Dutch and English."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from meldpunt.law.values import Condition, DataKind, GroundKind, Outcome, Purpose, RecipientKind
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.parties import PartyKind

LawWord: TypeAlias = RecipientKind | Purpose | DataKind | Condition | Outcome | GroundKind


def label_of(word: LawWord) -> Bilingual:
    """The words for it, lower case, to stand inside a sentence."""
    return _LABELS[word]


def recipient_of(party: PartyKind) -> RecipientKind:
    """As which kind of recipient the law sees a government party."""
    return _RECIPIENT_OF_PARTY[party]


def listed(words: Iterable[LawWord]) -> Bilingual:
    """Several labels as one enumeration, in the order in which they are declared; none gives "nothing"."""
    ordered = sorted(words, key=_ORDER.__getitem__)
    if not ordered:
        return Bilingual("niets", "nothing")
    return Bilingual(
        nl=_join([label_of(word).nl for word in ordered], "en"),
        en=_join([label_of(word).en for word in ordered], "and"),
    )


def _join(texts: list[str], conjunction: str) -> str:
    return f" {conjunction} ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))


_RECIPIENT_OF_PARTY: Final[Mapping[PartyKind, RecipientKind]] = MappingProxyType(
    {
        PartyKind.POLICE: RecipientKind.POLICE,
        # The prosecutor leads the police's detection of offences, so one ground serves both.
        PartyKind.PUBLIC_PROSECUTOR: RecipientKind.POLICE,
        PartyKind.GENERAL_INTELLIGENCE: RecipientKind.INTELLIGENCE,
        PartyKind.MILITARY_INTELLIGENCE: RecipientKind.INTELLIGENCE,
        PartyKind.SUPERVISOR: RecipientKind.SUPERVISOR,
        PartyKind.MINISTRY: RecipientKind.MINISTRY,
        PartyKind.PARTNER_CSIRT: RecipientKind.PARTNER_CSIRT,
    }
)

_LABELS: Final[Mapping[LawWord, Bilingual]] = MappingProxyType(
    {
        RecipientKind.PUBLIC: Bilingual("iedereen", "the public"),
        RecipientKind.REPORTER: Bilingual("de melder", "the reporter"),
        RecipientKind.CONSTITUENT: Bilingual("een aangesloten organisatie", "a constituent"),
        RecipientKind.ISAC: Bilingual("een ISAC", "an ISAC"),
        RecipientKind.POLICE: Bilingual(
            "de politie en het Openbaar Ministerie", "the police and the public prosecutor"
        ),
        RecipientKind.INTELLIGENCE: Bilingual(
            "een inlichtingen- en veiligheidsdienst", "an intelligence and security service"
        ),
        RecipientKind.SUPERVISOR: Bilingual("de toezichthouder", "the supervisor"),
        RecipientKind.MINISTRY: Bilingual("het verantwoordelijke ministerie", "the responsible ministry"),
        RecipientKind.DETECTION_NETWORK: Bilingual("het detectienetwerk", "the detection network"),
        RecipientKind.REQUESTER: Bilingual(
            "wie om openbaarmaking vraagt", "the one who asks for disclosure under the freedom of information act"
        ),
        RecipientKind.PARTNER_CSIRT: Bilingual("een ander CSIRT", "a partner CSIRT"),
        Purpose.ACKNOWLEDGE: Bilingual("de ontvangst te bevestigen", "acknowledge receipt"),
        Purpose.CONSULT: Bilingual("mee te laten kijken", "consult"),
        Purpose.ADVISE: Bilingual("te adviseren", "advise"),
        Purpose.ESCALATE: Bilingual("op te schalen", "escalate"),
        Purpose.DETECT: Bilingual("aanvallen te herkennen", "detect attacks"),
        Purpose.WARN: Bilingual("te waarschuwen", "warn"),
        Purpose.COORDINATE: Bilingual("de aanpak af te stemmen", "coordinate the response"),
        Purpose.ANSWER_REQUEST: Bilingual(
            "op een verzoek om openbaarmaking te beslissen", "decide on a freedom-of-information request"
        ),
        Purpose.PUBLISH_FIGURES: Bilingual("cijfers te publiceren", "publish figures"),
        Purpose.ASK: Bilingual("een vraag te stellen", "ask a question"),
        Purpose.HEAR: Bilingual("een zienswijze te vragen", "ask for a view on a decision"),
        Purpose.SHARE: Bilingual("het onder de leden van een ISAC te delen", "share it among the members of an ISAC"),
        Purpose.ANSWER_INQUIRY: Bilingual(
            "een vraag van een overheidsinstantie te beantwoorden", "answer a question of a public body"
        ),
        DataKind.REPORTER_IDENTITY: Bilingual("wie heeft gemeld", "who reported"),
        DataKind.CONTACT_PERSON: Bilingual("de contactpersoon", "the contact person"),
        DataKind.ORGANISATION_TRAITS: Bilingual("kenmerken van de organisatie", "traits of the organisation"),
        DataKind.SYSTEMS: Bilingual("de betrokken systemen", "the systems involved"),
        DataKind.INCIDENT_NATURE: Bilingual("de aard van het incident", "the nature of the incident"),
        DataKind.IMPACT: Bilingual("de gevolgen", "the impact"),
        DataKind.INDICATORS: Bilingual("indicatoren", "indicators"),
        DataKind.ADVICE: Bilingual("het advies", "the advice"),
        DataKind.MEASURES: Bilingual("maatregelen", "measures"),
        DataKind.PERSONAL_DATA: Bilingual("persoonsgegevens", "personal data"),
        DataKind.SPECIAL_PERSONAL_DATA: Bilingual("bijzondere persoonsgegevens", "special categories of personal data"),
        DataKind.CONFIDENTIAL_BUSINESS_DATA: Bilingual("vertrouwelijke bedrijfsgegevens", "confidential business data"),
        DataKind.DELIBERATION: Bilingual("intern beraad", "internal deliberation"),
        DataKind.AGGREGATE_FIGURES: Bilingual("samengetelde cijfers", "aggregate figures"),
        Condition.REPORTER_CONSENT: Bilingual("toestemming van de melder", "consent of the reporter"),
        Condition.RISK_OF_SOCIETAL_DISRUPTION: Bilingual(
            "gevaar voor maatschappelijke ontwrichting", "a risk of societal disruption"
        ),
        Condition.ADVICE_GIVEN: Bilingual("een gegeven advies", "advice that was given"),
        Condition.ADVICE_NOT_FOLLOWED: Bilingual("een advies dat niet is opgevolgd", "advice that was not followed"),
        Condition.FOUR_EYES: Bilingual("goedkeuring door een tweede persoon", "approval by a second person"),
        Condition.OWN_REPORT: Bilingual("een melding van de ontvanger zelf", "a report of the recipient's own"),
        Condition.ABOUT_RECIPIENT: Bilingual("gegevens over de ontvanger zelf", "data about the recipient itself"),
        Condition.RECIPIENT_TASK: Bilingual(
            "een wettelijke taak van de ontvanger",
            "a statutory task of the recipient",
        ),
        Condition.CRIMINAL_OFFENCE_SUSPECTED: Bilingual(
            "een vermoeden van een strafbaar feit", "a suspected criminal offence"
        ),
        Condition.NATIONAL_SECURITY: Bilingual(
            "een belang van nationale veiligheid", "an interest of national security"
        ),
        Condition.DUTY_TO_REPORT: Bilingual(
            "een melding waartoe de melder verplicht is", "a report that the law requires of the reporter"
        ),
        Condition.OWN_INFORMATION: Bilingual(
            "informatie die de afzender zelf heeft", "information that the author itself holds"
        ),
        Outcome.ALLOWED: Bilingual("mag", "allowed"),
        Outcome.ALLOWED_WITH_CONDITIONS: Bilingual("mag onder voorwaarden", "allowed with conditions"),
        Outcome.REFUSED: Bilingual("mag niet", "refused"),
        GroundKind.PROCESS: Bilingual("verwerken", "process"),
        GroundKind.DISCLOSE: Bilingual("verstrekken", "disclose"),
        GroundKind.REQUEST: Bilingual("opvragen", "request"),
        GroundKind.SUPPLY: Bilingual("leveren", "supply"),
    }
)
_ORDER: Final[Mapping[LawWord, int]] = MappingProxyType({word: place for place, word in enumerate(_LABELS)})
