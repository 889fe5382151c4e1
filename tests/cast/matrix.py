"""Who of the cast sees what. Written from DESIGN, "Who sees what"; what the code does is held to it.

Each row is a kind of object, words that occur in nothing else and betray it, the tables in which it lies, and who may
come across it anywhere: on a page, in a list, a search, a file, a picture, a header, or an answer to a machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tests.cast.members import MEMBERS, RECEIPTS
from tests.cast.played import Played

Words = str | Callable[[Played], str]

ANALYSTS: Final = frozenset({"analyst", "second-analyst"})
DUTY: Final = frozenset({"duty-officer", "second-duty-officer"})
CASEWORK: Final = ANALYSTS | DUTY
WOO: Final = frozenset({"woo-officer", "second-woo-officer"})
"""Anything may be asked for, so a Woo officer reads reports, cases and what was told, whole: otherwise nobody could say
what must stay withheld. Sealed rows stay sealed for them."""
LEDGER: Final = CASEWORK | {"administrator"}
UNSEALED: Final = frozenset({"analyst", "duty-officer"})
"""They unsealed the water company in the story, for a purpose. Their colleagues did not."""
REGISTER: Final = DUTY
"""Duty officers keep the register, so they know every name; whether that is wanted stands in the rights of the role."""
WATER: Final = frozenset({"water-security", "water-director"})
HELD: Final = WATER | {"receipt-of-water"}
BANKER: Final = frozenset({"bank-security"})
BANK: Final = BANKER | {"receipt-of-bank"}
POLICE: Final = frozenset({"police-officer"})
SERVICE: Final = frozenset({"general-intelligence-officer"})
SUPERVISOR: Final = frozenset({"supervisor-officer"})
MINISTRY: Final = frozenset({"ministry-official"})
NETWORK: Final = WATER | {"bank-security", "sensor"}
"""Who takes part in the detection network: the water company, the bank, and the energy company by its sensor."""
READER: Final = frozenset({"reader"})
"""A machine of the hospital, which fetches what the hospital is told."""
HIMSELF: Final = frozenset({"municipal-security"})
VICTIMS: Final = WATER | {"bank-security", "municipal-security", "certificate-security", "hospital-security"}
LEFT: Final = frozenset({"pipe-security"})
"""Sat hidden at the table of drinking water, told it something unattributed, left, and asks for a seat again."""
TABLE: Final = WATER | LEFT | {"well-security"}
"""Who sat at the table of drinking water when most of it was told; the water company chairs."""
EVERYBODY: Final = frozenset(MEMBERS)
STRANGERS: Final = frozenset({"stranger", *RECEIPTS})
"""Who stands at the public door, where everybody may stand."""
NOBODY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Row:
    """One kind of object. `tables` are where its words lie in the clear; `seen_by` is all who come across them."""

    kind: str
    words: Words
    tables: tuple[str, ...]
    seen_by: frozenset[str]
    allowed: frozenset[str] = frozenset()
    """Who may see it too: at the public door, on a further page of the ledger, or as a word about oneself."""

    def marker(self, played: Played) -> str:
        """The words, as pages are read."""
        return (self.words if isinstance(self.words, str) else self.words(played)).casefold()


def _reference(name: str) -> Callable[[Played], str]:
    return lambda played: played.receipts[name]["reference"]


def _contact(played: Played) -> str:
    asked = "SELECT phone FROM constituency_contact WHERE organisation_id = %s AND hours = 'night'"
    return played.column(asked, played.organisation("water"))[0]


def _digest_of(table: str, column: str) -> Callable[[Played], str]:
    return lambda played: played.column(f"SELECT encode({column}, 'hex') FROM {table} ORDER BY {column}")[0]


def _receipt_digest(played: Played) -> str:
    asked = "SELECT encode(receipt_digest, 'hex') FROM intake_report WHERE id = %s"
    return played.column(asked, played.report("water"))[0]


def _fingerprint_of_the_deferred(played: Played) -> str:
    asked = "SELECT encode(content_hash, 'hex') FROM disclosure_version WHERE disclosure_id = %s"
    return played.column(asked, played.ids["deferred"])[0]


_REPORTS: Final = (
    Row(
        "water's report: its title",
        "besturing van pompgemaal zuid uitgevallen",
        ("intake_report", "intake_words", "disclosure_version", "disclosure_proposal"),
        CASEWORK | WOO | HELD | POLICE | SERVICE,
    ),
    Row(
        "water's report: its text",
        "in het net van zuiderwiel en halverhorst",
        ("intake_report", "intake_words", "openness_selection"),
        CASEWORK | WOO | HELD,
    ),
    Row("water's report: its reference", _reference("water"), ("intake_report",), CASEWORK | WOO | HELD, LEDGER),
    Row("water's second stage", "kraanvogelgedrag", ("intake_submittedstage", "intake_words"), CASEWORK | HELD),
    Row("who reported for water", "06 12345678", ("intake_reporter", "intake_words"), UNSEALED | WOO | HELD),
    Row("mail: its subject", "burgers kunnen niet inloggen", ("intake_report",), CASEWORK | WOO | {"receipt-of-mail"}),
    Row("mail: its text", "logboek van de koppeling", ("intake_report",), CASEWORK | WOO | {"receipt-of-mail"}),
    Row("mail: its reference", _reference("mail"), ("intake_report",), CASEWORK | WOO | {"receipt-of-mail"}, LEDGER),
    Row("mail: what was added", "het waterhoentje is terug", ("intake_words",), CASEWORK | {"receipt-of-mail"}, WOO),
    Row(
        "mail: its sender",
        "harm@gemeente-zuiderwiel.example",
        ("intake_reporter", "intake_acknowledgementmail"),
        NOBODY,
        HIMSELF,
    ),
    Row("mail: its Message-ID", "20261116084112.4711@post.gemeente", ("intake_mail",), {"receipt-of-mail"}, HIMSELF),
    Row("spam: its subject", "waterspreeuwenvoer", ("intake_report", "intake_words"), CASEWORK, WOO),
    Row("spam: its sender on the envelope", "grauweklauwier@elders", ("intake_mail",), CASEWORK),
    Row(
        "telephone note",
        "de directeur van het waterbedrijf belt",
        ("intake_report", "intake_words"),
        CASEWORK | WOO | {"receipt-of-telephone"},
    ),
    Row("who telephoned", "06 87654321", ("intake_reporter",), UNSEALED),
    Row(
        "sighting: its reference",
        _reference("sighting"),
        ("intake_report",),
        CASEWORK | WOO | {"receipt-of-sighting"},
        LEDGER,
    ),
    Row("bank's report", "kwikstaart", ("intake_report",), CASEWORK | WOO | BANK),
    Row("bank's report: its reference", _reference("bank"), ("intake_report",), CASEWORK | WOO | BANK, LEDGER),
    Row("who reported for the bank", "06 33344455", ("intake_reporter",), NOBODY),
    Row("bank's file: its name", "mosterdzaad.txt", ("evidence_item",), frozenset({"bank-security"})),
    Row(
        "feed row of the bank",
        "192.0.2.40",
        ("intake_feedrow", "campaigns_package", "disclosure_attachment"),
        REGISTER | WOO | {"bank-security"},
    ),
    Row("feed row of the hospital", "192.0.2.50", ("intake_feedrow",), REGISTER | READER | {"hospital-security"}),
    Row("feed row of nobody", "nergens.example", ("intake_feedrow",), CASEWORK | WOO),
    Row("feed row that nobody can read", "niet.te.lezen", ("intake_feedrow",), CASEWORK | WOO),
    Row("columns of a source", "honingpot van de waddenzee", ("intake_feedmapping",), CASEWORK),
)

_ORGANISATIONS: Final = (
    Row(
        "water's name",
        "waterbedrijf zuiderwiel",
        ("constituency_identity",),
        UNSEALED | REGISTER | WOO | HELD | POLICE | MINISTRY | TABLE,
    ),
    Row("water's telephone by night", _contact, ("constituency_contact",), UNSEALED | REGISTER | WATER),
    Row("water's network", "192.0.2.0/28", ("constituency_network",), UNSEALED | REGISTER | WATER),
    Row("bank's name", "bank de korenbeurs", ("constituency_identity",), REGISTER | {"bank-security"}),
    Row("bank's domain", "bank-de-korenbeurs.example", ("constituency_domain",), REGISTER | {"bank-security"}),
    Row("how keys were verified", "zilverreiger", ("constituency_key",), REGISTER),
    Row("the observer's name", "hoogspanningsnet de kabelaar", ("constituency_identity",), REGISTER),
    Row("an unsealing: its purpose", "terugbellen: is dit", ("constituency_unsealing", "ledger_entry"), LEDGER),
)

_TRIAGE_AND_CASES: Final = (
    Row("assessment: its reason", "onbekend programma op bedienplekken", ("triage_assessment",), CASEWORK),
    Row("service: what it is", "wasstraat tegen overbelasting", ("services_service",), CASEWORK),
    Row("service of its own", "pompen op afstand bedienen", ("services_service",), CASEWORK | WATER),
    Row("whom it named", "kabel de kwelder", ("services_naming", "services_meant"), CASEWORK | WATER),
    Row("why one leans on another", "de jaarlijkse uitvraag", ("services_dependency",), CASEWORK),
    Row("scenario: its name", "is na zes uur terug", ("triage_scenario",), CASEWORK),
    Row("vulnerability: why otherwise", "niet bereikbaar, zegt de kievit", ("triage_vulnerability",), CASEWORK),
    Row("scales of others: why otherwise", "alleen de grutto merkt het", ("triage_scaling",), CASEWORK),
    Row(
        "catalogue: what is known to be exploited",
        "take the page of the administrator",
        ("triage_knownexploited",),
        CASEWORK,
    ),
    Row(
        "decision: its reason",
        "vitaal proces geraakt en mogelijk kwaadwillig",
        ("triage_decision", "cases_entry"),
        CASEWORK | WOO,
    ),
    Row(
        "consultation: its question",
        "is dit patroon bij u bekend",
        ("triage_consultation", "disclosure_version"),
        CASEWORK | WOO | POLICE | SERVICE,
    ),
    Row(
        "consultation: systems, to the police alone",
        "twee bedienplekken van pompgemaal",
        ("disclosure_version",),
        CASEWORK | WOO | POLICE,
    ),
    Row(
        "consultation: on whose word",
        "lotte brinkhorstma zei om 09.40 uur",
        ("disclosure_proposal",),
        UNSEALED | REGISTER | WOO,
    ),
    Row(
        "draft: what was typed and not sent", "half getypt: de kluut", ("triage_draft",), frozenset({"second-analyst"})
    ),
    Row("review: how it was narrowed", "text=tureluur", ("triage_review",), frozenset({"second-analyst"})),
    Row("a view of the queue of one's own", "roodkeelduikers", ("triage_savedview",), frozenset({"second-analyst"})),
    Row("a view of the queue that is shared", "dodaarzen van vandaag", ("triage_savedview",), CASEWORK),
    Row("view of the police", "zaak van vorige maand", ("triage_view",), CASEWORK | POLICE),
    Row("view of the police: its interest", "wij doen aangifte mogelijk", ("triage_view",), CASEWORK | POLICE),
    Row("view of the service", "maar een statelijke actor", ("triage_view",), CASEWORK | SERVICE),
    Row("view of the service: its dissent", "wacht met het breed delen", ("triage_view",), CASEWORK | SERVICE),
    Row("what the service asks back", "koperwiekverbinding", ("triage_counterquestion",), CASEWORK | WOO | SERVICE),
    Row("what it is answered", "een koperwiek zagen wij niet", ("disclosure_version",), CASEWORK | WOO | SERVICE),
    Row("view of the service: its hold", "wacht tot de grutto weg is", ("triage_view",), CASEWORK | SERVICE),
    Row("why that was passed over", "de smient kan niet wachten", ("triage_heeded",), CASEWORK),
    Row(
        "consultation that was refused",
        "werkwijze van de roerdomp",
        ("triage_consultation", "disclosure_proposal"),
        CASEWORK | WOO,
    ),
    Row("case: its title", "sabotage bij een drinkwaterbedrijf", ("cases_case",), CASEWORK | WOO),
    Row("case: a note", "reiger 4 belde", ("cases_entry",), CASEWORK | WOO),
    Row("case: a document of the desk", "putterinstallatie", ("cases_document",), CASEWORK | WOO),
    Row("case: a task", "wulpversie", ("cases_task",), CASEWORK | WOO),
    Row("case: a merge", "ijsvogelberaad", ("cases_merge", "cases_entry"), CASEWORK | WOO),
    Row("case of the mail: its title", "gemeente mist haar meetwaarden", ("cases_case",), CASEWORK | WOO),
    Row(
        "an untold observable",
        "lepelaar.nachtuil.example",
        ("intake_observable", "detection_indicator"),
        CASEWORK | BANK,
    ),
)

_TOLD: Final = (
    Row(
        "advice: its introduction",
        "op grond van uw melding en van wat wij elders zien",
        ("advice_advice", "disclosure_version"),
        CASEWORK | WOO | WATER | MINISTRY,
    ),
    Row(
        "advice: a measure",
        "sluit de koppeling van de besturing",
        ("advice_measure", "disclosure_version"),
        CASEWORK | WOO | WATER | MINISTRY,
    ),
    Row("advice: an answer", "leverancier is dit weekeinde dicht", ("advice_answer",), CASEWORK | WOO | WATER),
    Row("advice: the follow-up", "de besturing hangt nog aan het kantoornet", ("advice_followup",), CASEWORK | WOO),
    Row(
        "escalation: its reason",
        "de drinkwatervoorziening loopt gevaar",
        ("advice_escalation", "disclosure_disclosure"),
        CASEWORK | WOO,
    ),
    Row("escalation: the letter", "niet opgevolgd advies", ("disclosure_version",), CASEWORK | WOO | MINISTRY),
    Row("why something was told", "de melder vraagt om advies", ("disclosure_disclosure",), CASEWORK | WOO),
    Row("response: its reason", "uitval van drinkwater en stroom", ("response_activation",), CASEWORK),
    Row("response: who does what", "meet elk uur de vulling", ("response_action",), CASEWORK),
    Row("response: the shift", "wacht op de dienst", ("response_handover",), CASEWORK),
    Row(
        "situation report: its title",
        "eerste situatierapport",
        ("response_situationreport", "disclosure_version"),
        CASEWORK | WOO | WATER | SUPERVISOR | MINISTRY,
    ),
    Row(
        "situation report",
        "de besturing van een pompgemaal is uitgevallen",
        ("disclosure_version",),
        CASEWORK | WOO | WATER | SUPERVISOR | MINISTRY,
    ),
    Row(
        "warning of victims",
        "sluit het af of zet er een vpn voor",
        ("campaigns_campaign", "disclosure_version"),
        CASEWORK | WOO | VICTIMS | {"well-security"} | READER,
    ),
    Row("wave: its reason", "kwetsbaar en makkelijk te vinden", ("campaigns_wave",), CASEWORK | WOO),
    Row("what a mail server said", "pimpelmeesrij", ("disclosure_envelope",), CASEWORK | WOO),
    Row("why a mail came back", "koolmeesnest", ("disclosure_envelope", "disclosure_bounce"), CASEWORK | WOO),
    Row("what was done about a delivery", "boomklever belde", ("disclosure_envelope",), NOBODY),
    Row("what a victim answered", "poort dicht", ("disclosure_delivery",), CASEWORK | WOO),
    Row(
        "indicator that was told",
        "stuurpost.nachtuil.example",
        ("detection_indicator", "cases_observable"),
        CASEWORK
        | WOO
        | HELD
        | NETWORK
        | POLICE
        | SERVICE
        | {"receipt-of-mail", "receipt-of-telephone", "receipt-of-sighting"},
    ),
    Row(
        "indicator: why",
        "gezien bij een storing van een besturing",
        ("detection_indicator", "disclosure_version"),
        CASEWORK | WOO | NETWORK,
    ),
    Row(
        "that the police was consulted",
        "politie, team high tech crime",
        ("disclosure_addressee", "constituency_identity"),
        # The police got its answer from the case, and so also from what was told by telephone about the same incident.
        CASEWORK | WOO | HELD | POLICE | {"receipt-of-telephone"},
    ),
)

_ISACS: Final = (
    Row(
        "isac: a post under a name",
        "nachtreigers op de pompbesturing",
        ("isacs_post", "disclosure_version", "disclosure_proposal"),
        CASEWORK | WOO | TABLE,
    ),
    Row(
        "isac: a reply",
        "een aalscholver op dezelfde poort",
        ("isacs_post", "disclosure_version"),
        CASEWORK | WOO | TABLE,
    ),
    Row(
        "isac: an unattributed post",
        "een modem dat niemand besteld had",
        ("isacs_post", "disclosure_version"),
        CASEWORK | WOO | TABLE,
    ),
    Row("isac: a file", "krakeendlijst", ("isacs_file", "disclosure_attachment"), DUTY | WOO | TABLE),
    Row(
        "isac: told after somebody left",
        "waterhoenroep",
        ("isacs_post", "disclosure_version"),
        CASEWORK | WOO | (TABLE - LEFT),
    ),
    Row("isac: a post that waits", "futenoverleg", ("isacs_post",), CASEWORK | {"well-security"}),
    Row("isac: a draft", "dodaarsconcept", ("isacs_post",), frozenset({"well-security"})),
    Row("isac: why somebody asks for a seat", "smientenoverleg", ("isacs_motion",), WATER),
    Row("isac: who sits hidden", "zuiver water pannermeer", ("constituency_identity",), REGISTER | WATER),
    Row(
        "isac: who told it unattributed", "leidingwater elzenvoort", ("constituency_identity",), REGISTER | WATER | LEFT
    ),
)

_LETTERS: Final = (
    Row(
        "letter to one person",
        "bel vanavond zelf de gruttolijn",
        ("disclosure_version", "disclosure_proposal"),
        CASEWORK | WOO | {"water-director"},
    ),
    Row(
        "what was superseded",
        "zet de scholeksterstand op 42",
        ("disclosure_version",),
        CASEWORK | WOO | READER | {"bank-security", "hospital-security"},
    ),
    Row("what superseded it", "zet de scholeksterstand op 43", ("disclosure_version",), CASEWORK | WOO | BANKER),
    Row(
        "why it was superseded",
        "de kluutwaarde in de brief",
        ("disclosure_disclosure", "disclosure_proposal", "ledger_entry"),
        CASEWORK | WOO | BANKER | READER | {"hospital-security"},
        LEDGER,
    ),
    Row(
        "what the reporter hears of later",
        "die van de kemphaanploeg",
        ("disclosure_version", "disclosure_proposal"),
        CASEWORK | WOO | SERVICE,
    ),
    Row(
        "what the reporter hears of later: its fingerprint",
        _fingerprint_of_the_deferred,
        ("disclosure_version", "ledger_entry"),
        CASEWORK | WOO,
        LEDGER,
    ),
    Row("by how many ways something was delivered", '"ways"', ("ledger_entry",), LEDGER),
    Row(
        "hearing: what it asks",
        "wie u bent zeggen wij de verzoeker niet",
        ("disclosure_version",),
        CASEWORK | WOO | WATER,
    ),
)

_INQUIRIES: Final = (
    Row(
        "inquiry of ours: what it is about",
        "eerdere aanwijzingen voor besturingen",
        ("inquiries_inquiry", "disclosure_version"),
        CASEWORK | WOO | SUPERVISOR,
    ),
    Row(
        "inquiry of ours: why",
        "om ons advies daarop te richten",
        ("inquiries_inquiry", "disclosure_version", "disclosure_disclosure"),
        CASEWORK | WOO | SUPERVISOR,
    ),
    Row(
        "inquiry of ours: a question",
        "legde u in het afgelopen jaar",
        ("disclosure_version",),
        CASEWORK | WOO | SUPERVISOR,
    ),
    Row("answer of the supervisor", "wij gaven twee aanwijzingen", ("inquiries_answer",), CASEWORK | SUPERVISOR),
    Row(
        "answer of the supervisor: its ground",
        "geheimhouding is bedongen",
        ("inquiries_answer",),
        CASEWORK | SUPERVISOR,
    ),
    Row(
        "answer of the supervisor: what is missing",
        "na overleg met de inspecteur",
        ("inquiries_answer",),
        CASEWORK | SUPERVISOR,
    ),
    Row(
        "answer of the supervisor: the name of a file",
        "aanwijzing-kluut.txt",
        ("evidence_item",),
        UNSEALED | REGISTER | SUPERVISOR,
    ),
    Row("inquiry of the police", "een bedienplek overnam", ("inquiries_incoming",), CASEWORK | POLICE),
    Row("inquiry of a ministry", "sensoren van dijkbewaking", ("inquiries_incoming",), CASEWORK | MINISTRY),
    Row(
        "answer to the police",
        "nam iemand van buiten een scherm over",
        ("disclosure_version",),
        CASEWORK | WOO | POLICE,
    ),
    Row("answer to the police: left out", "ons eigen beraad is nog", ("disclosure_proposal",), CASEWORK | WOO),
    Row("why a ministry was told nothing", "hierover is ons niets gemeld", ("disclosure_disclosure",), CASEWORK | WOO),
)

_OPENNESS: Final = (
    Row("who asked for information", "redactie@zuiderwieler.example", ("openness_requester",), WOO),
    Row("what was asked", "alle stukken over storingen", ("openness_request",), WOO | {"requester"}),
    Row("what who is concerned thinks of it", "onze gemaalnamen zijn weg", ("openness_partyview",), WOO | WATER),
    Row("what was decided", "het stuk wordt gedeeltelijk verstrekt", ("openness_decision",), STRANGERS, EVERYBODY),
)

_SECRETS: Final = (
    Row("hash of a password", _digest_of("access_password", "verifier"), ("access_password",), NOBODY),
    Row("secret of a second factor", _digest_of("access_factor", "secret"), ("access_factor",), NOBODY),
    Row("digest of a machine's key", _digest_of("access_machinekey", "digest"), ("access_machinekey",), NOBODY),
    Row(
        "certificate of a machine",
        "ortolaanverbinding",
        ("access_machinecertificate",),
        frozenset({"hospital-security"}),
        DUTY,
    ),
    Row("digest of a receipt", _receipt_digest, ("intake_report", "ledger_entry", "disclosure_origin"), NOBODY),
    Row("why a file is held", "griffier vroeg om het stuk", ("evidence_hold",), CASEWORK | WOO),
    Row("salt of evidence", _digest_of("evidence_item", "salt"), ("evidence_item",), NOBODY),
    Row("key of a file that nobody sent yet", _digest_of("evidence_upload", "held"), ("evidence_upload",), NOBODY),
    Row("wrapped key of evidence", _digest_of("evidence_key", "wrapped"), ("evidence_key",), NOBODY),
    Row(
        "account of a colleague",
        "marit.hoogeveld@meldpunt.example",
        ("access_account",),
        frozenset({"administrator"}),
        frozenset({"analyst"}),
    ),
    Row(
        "name of who decided",
        "marit hoogeveld",
        (
            *("triage_decision", "triage_assignment", "triage_step", "triage_line", "triage_holding"),
            *("cases_entry", "cases_case"),
        ),
        LEDGER | WOO,
    ),
)

MATRIX: Final = (
    *_REPORTS,
    *_ORGANISATIONS,
    *_TRIAGE_AND_CASES,
    *_TOLD,
    *_INQUIRIES,
    *_ISACS,
    *_LETTERS,
    *_OPENNESS,
    *_SECRETS,
)

OPEN: Final[Mapping[tuple[str, str], str]] = {}
"""What is seen and should not be. A line that is no longer true fails its test: then it goes."""

NO_WORDS: Final[Mapping[str, str]] = {
    "alarms_alarm": "kinds, instants and counts, of no report which",
    "alarms_heartbeat": "when a process of ours last beat",
    "access_answered": "answers, ciphertext under the key of the machine that had them; nobody here repeated one",
    "triage_habit": "two settings, of an account by its id",
    "triage_exploitationfile": "which public file was loaded, and by whom",
    "triage_exploitprobability": "ids of vulnerabilities and numbers, public",
    "triage_presence": "who of the desk has a report open, and since when",
    "triage_sequel": "which disclosure told a party more, when, and why in a word of the vocabulary",
    "triage_followup": "who of the desk did something with an addition, and when",
    "triage_landing": "which view of the queue somebody begins with",
    "triage_reading": "that somebody opened a report, and when",
    "cases_party": "a role, of an organisation by its id",
    "constituency_asn": "a number and a role",
    "constituency_isac": "the name of a table of a sector, which is no secret",
    "constituency_organisation": "a code, a sector and what kind it is",
    "constituency_product": "products that many use, by an organisation's id",
    "constituency_supervision": "who answers for a sector, which is law",
    "constituency_vitallink": "a process of the vocabulary",
    "disclosure_reader": "ids, digests and words of the vocabulary",
    "evidence_content": "ciphertext",
    "evidence_part": "ciphertext",
    "intake_draft": "ciphertext under a code that only its writer holds",
    "evidence_ending": "an id, and when the work on it ended",
    "intake_reminder": "the name of a clock, instants, and which disclosure told it",
    "intake_mailbox": "the name of a mailbox of ours, and how many mails wait in it",
    "intake_progress": "marks of the vocabulary",
    "intake_reading": "how many rows of a feed were read",
    "isacs_told": "ids and words of the vocabulary",
    "inquiries_reminder": "when somebody was reminded, and by which disclosure",
    "ledger_checkpoint": "signed notes, meant to be handed around",
    "ledger_cosignature": "the names of witnesses under signed notes, meant to be handed around",
    "ledger_node": "hashes of salted commitments",
    "openness_hearing": "who is heard until when, and which ranges were withheld then",
    "openness_passage": "where a passage begins and ends, and its ground",
    "openness_release": "what was released, which everybody may read; the story looks for traces in it",
    "statistics_overview": "figures that were made safe; what a hidden cell held is written nowhere",
}
"""Tables whose columns hold no words of anybody, each with what they hold instead; `test_database.py` counts them."""
