"""What the enums of the rooms are called on a page of the desk; words of the trade come Bilingual from the rooms."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meldpunt.access.values import Permission, Role
from meldpunt.cases.values import CaseState
from meldpunt.constituency.values import Hours, KeyKind, KeyState
from meldpunt.engines.matching.values import ObservableKind
from meldpunt.entrypoints.web.labels import ROLES
from meldpunt.evidence.inside import Mark
from meldpunt.evidence.retention import After, By
from meldpunt.evidence.values import HoldGround, Verdict
from meldpunt.intake.feed_values import ColumnUse, FeedFlag, FeedFormat, RowKind, TimeForm
from meldpunt.intake.mail.robots import Unanswered
from meldpunt.intake.mail_values import MailboxTrouble
from meldpunt.intake.values import Channel, KeptReason, Match, ReportKind, Stage, State
from meldpunt.law import ClockState
from meldpunt.triage.values import Attention, Decision, Holder, Order, VulnerabilityOrder

# Keyed by type first: members of two enums with the same text are equal to a dictionary.
LABELS: Mapping[type[StrEnum], Mapping[str, str | Promise]] = {
    Channel: {
        Channel.WEB: pgettext_lazy("channel", "web form"),
        Channel.API: pgettext_lazy("channel", "API"),
        Channel.MAIL: pgettext_lazy("channel", "mail"),
        Channel.FEED: pgettext_lazy("channel", "feed"),
        Channel.SIGHTING: pgettext_lazy("channel", "sighting"),
        Channel.TELEPHONE: pgettext_lazy("channel", "telephone"),
    },
    ReportKind: {
        ReportKind.STATUTORY: _("statutory"),
        ReportKind.VOLUNTARY: _("voluntary"),
        ReportKind.NEAR_MISS: _("near miss"),
        ReportKind.THREAT: _("threat"),
        ReportKind.VULNERABILITY: _("vulnerability"),
    },
    Stage: {
        Stage.EARLY_WARNING: _("early warning"),
        Stage.NOTIFICATION: _("incident notification"),
        Stage.INTERMEDIATE: _("intermediate report"),
        Stage.FINAL: _("final report"),
        Stage.ADDITION: _("addition"),
        Stage.CORRECTION: _("put right"),
    },
    State: {
        State.RECEIVED: pgettext_lazy("report", "received"),
        State.KEPT: pgettext_lazy("report", "kept unread"),
        State.SET_ASIDE: pgettext_lazy("report", "set aside"),
        State.IN_TRIAGE: pgettext_lazy("report", "in triage"),
        State.ACCEPTED: pgettext_lazy("report", "accepted"),
        State.MERGED: pgettext_lazy("report", "merged"),
        State.REDIRECTED: pgettext_lazy("report", "redirected"),
        State.DECLINED: pgettext_lazy("report", "declined"),
        State.CLOSED: pgettext_lazy("report", "closed"),
    },
    KeptReason: {
        KeptReason.EMPTY: _("it was empty"),
        KeptReason.MAIL_UNREADABLE: _("the mail could not be read"),
        KeptReason.MAIL_CLOSED: _("the mail is encrypted, and no key of ours opens it"),
        KeptReason.FEED_WITHOUT_HEADER: _("the feed has no header"),
        KeptReason.FEED_WITHOUT_ROWS: _("the feed has no rows"),
        KeptReason.FEED_UNKNOWN: _("its format is not known"),
        KeptReason.FEED_AMBIGUOUS: _("it could be in two formats"),
        KeptReason.FEED_UNREADABLE: _("the feed could not be read"),
        KeptReason.FEED_HEADER_CHANGED: _("its header is not the one that was mapped"),
        KeptReason.ITEM_UNREADABLE: _("the item could not be read"),
    },
    MailboxTrouble: {
        MailboxTrouble.UNREACHABLE: _("its server is not reached, or does not let us in"),
        MailboxTrouble.NOT_RECEIVED: _("something went wrong with a mail, which stays there"),
        MailboxTrouble.TOO_LARGE: _("a mail is too large, and stays there"),
        MailboxTrouble.NOBODY_LOOKS: _("nobody looks into it"),
    },
    Unanswered: {
        Unanswered.NO_SENDER: _("nobody can be answered: it has no sender, as a bounce"),
        Unanswered.ROBOT: _("a robot wrote it"),
        Unanswered.LIST: _("it came over a list"),
        Unanswered.BULK: _("it went to many"),
        Unanswered.SERVER: _("its address is that of a server or a list"),
        Unanswered.OURSELVES: _("it is of an address of ours"),
        Unanswered.TOO_MANY: _("this address was answered often enough within the hour"),
        Unanswered.TOO_MANY_IN_ALL: _("as many were answered within the hour as we answer in one"),
        Unanswered.SET_ASIDE: _("it was set aside"),
    },
    FeedFormat: {
        FeedFormat.SHADOWSERVER: "Shadowserver",
        FeedFormat.INTELMQ: "IntelMQ",
        FeedFormat.N6: "n6",
        FeedFormat.XARF: "X-ARF",
        FeedFormat.MISP: "MISP",
        FeedFormat.STIX: "STIX 2.1",
        FeedFormat.MAPPED: _("CSV, by its mapping"),
        FeedFormat.UNKNOWN: _("not known"),
    },
    FeedFlag: {
        FeedFlag.UNKNOWN_REPORT: _("This kind of report was not seen before; only its common columns were read."),
        FeedFlag.UNKNOWN_CLASS: _("RSIT has no type for a class in it: those rows are undetermined."),
        FeedFlag.UNKNOWN_MARKING: _("It bears a marking that is not known here."),
        FeedFlag.PATTERN_KEPT: _("A pattern says more than its values and was kept whole."),
        FeedFlag.DELETED_LEFT_OUT: _("What its sender deleted was left out."),
        FeedFlag.NAMES_CUT: _("It names more hashes than are kept to be found by."),
        FeedFlag.ROWS_CUT: _("It has more rows than were read; the file has them all."),
    },
    RowKind: {
        RowKind.EVENT: pgettext_lazy("row", "event"),
        RowKind.INDICATOR: pgettext_lazy("row", "indicator"),
        RowKind.OBSERVED: pgettext_lazy("row", "observed"),
        RowKind.SIGHTING: pgettext_lazy("row", "sighting"),
        RowKind.VULNERABILITY: pgettext_lazy("row", "vulnerability"),
        RowKind.CONTEXT: pgettext_lazy("row", "context"),
    },
    ColumnUse: {
        ColumnUse.ADDRESS: _("IP address"),
        ColumnUse.PORT: _("Port"),
        ColumnUse.HOST: _("Host"),
        ColumnUse.URL: _("URL"),
        ColumnUse.TIME: _("When"),
        ColumnUse.CLASS: _("Class"),
        ColumnUse.MAIL: _("mail address"),
        ColumnUse.HASH: _("hash of a file"),
        ColumnUse.KEPT: pgettext_lazy("column", "something else, kept"),
        ColumnUse.IGNORED: pgettext_lazy("column", "left out"),
    },
    TimeForm: {
        TimeForm.YEAR_FIRST: _("year first: 2026-11-20 14:05"),
        TimeForm.DAY_FIRST: _("day first: 20-11-2026 14:05"),
        TimeForm.MONTH_FIRST: _("month first: 11/20/2026 14:05"),
        TimeForm.EPOCH: _("seconds or milliseconds since 1970"),
    },
    Match: {
        Match.LOGGED_IN: _("logged in for it"),
        Match.PERSON: _("said by a colleague"),
        Match.PREFIX: _("by network"),
        Match.ASN: _("by AS number"),
        Match.DOMAIN: _("by domain"),
        Match.NAME: _("by name"),
        Match.NAME_UNPROVEN: _("by name, unproven"),
        Match.MAIL_DOMAIN: _("by mail domain, unproven"),
    },
    VulnerabilityOrder: {
        VulnerabilityOrder.SSVC: pgettext_lazy("order", "gravest decision first"),
        VulnerabilityOrder.EPSS: pgettext_lazy("order", "likeliest exploitation first"),
        VulnerabilityOrder.DUE: pgettext_lazy("order", "first to be fixed by KEV"),
    },
    CaseState: {
        CaseState.OPEN: pgettext_lazy("case", "open"),
        CaseState.CLOSED: pgettext_lazy("case", "closed"),
        CaseState.MERGED: pgettext_lazy("case", "merged into another"),
    },
    ClockState: {
        ClockState.WAITING: pgettext_lazy("clock", "not begun"),
        ClockState.RUNNING: pgettext_lazy("clock", "running"),
        ClockState.MET: pgettext_lazy("clock", "met"),
        ClockState.MET_LATE: pgettext_lazy("clock", "met, late"),
    },
    ObservableKind: {
        ObservableKind.ADDRESS: _("IP address"),
        ObservableKind.NETWORK: _("network"),
        ObservableKind.DOMAIN: _("domain"),
        ObservableKind.URL: _("URL"),
        ObservableKind.MAIL: _("mail address"),
        ObservableKind.HASH: _("hash of a file"),
        ObservableKind.CVE: "CVE",
        ObservableKind.IBAN: _("account number"),
        ObservableKind.PRODUCT: _("product"),
    },
    Decision: {
        Decision.ACCEPT: pgettext_lazy("decision", "accepted"),
        Decision.MERGE: pgettext_lazy("decision", "merged"),
        Decision.REDIRECT: pgettext_lazy("decision", "redirected"),
        Decision.DECLINE: pgettext_lazy("decision", "declined"),
        Decision.REOPEN: pgettext_lazy("decision", "reopened"),
        Decision.SET_ASIDE: pgettext_lazy("decision", "set aside"),
        Decision.TAKE_IN: pgettext_lazy("decision", "taken in after all"),
        Decision.UNDO: pgettext_lazy("decision", "undone"),
    },
    Holder: {
        Holder.MINE: pgettext_lazy("holder", "mine"),
        Holder.NOBODY: pgettext_lazy("holder", "nobody's"),
        Holder.COLLEAGUE: pgettext_lazy("holder", "a colleague's"),
    },
    Attention: {
        Attention.UNREAD: pgettext_lazy("queue", "unread by me"),
        Attention.TODAY: pgettext_lazy("queue", "due today"),
        Attention.STALE: pgettext_lazy("queue", "standing still"),
    },
    Order: {
        Order.DUE: _("due first"),
        Order.DUE_LAST: _("due last"),
        Order.LEAST_GRAVE: _("least grave first"),
        Order.SCORE: _("highest score first"),
        Order.SCORE_LAST: _("lowest score first"),
        Order.SECTOR: _("by sector"),
        Order.SECTOR_LAST: _("by sector, backwards"),
        Order.ORGANISATION: _("by organisation"),
        Order.ORGANISATION_LAST: _("by organisation, backwards"),
        Order.STATE: _("by state"),
        Order.STATE_LAST: _("by state, backwards"),
        Order.HOLDER: _("by who has it"),
        Order.HOLDER_LAST: _("by who has it, backwards"),
        Order.CHANGED: _("changed last first"),
        Order.UNCHANGED: _("unchanged longest first"),
        Order.GRAVEST: _("gravest first"),
        Order.OLDEST: _("oldest first"),
        Order.NEWEST: _("newest first"),
    },
    Hours: {Hours.DAY: _("by day"), Hours.NIGHT: _("at night")},
    KeyKind: {KeyKind.OPENPGP: "OpenPGP", KeyKind.SMIME: "S/MIME"},
    KeyState: {
        KeyState.USABLE: pgettext_lazy("key", "can be used"),
        KeyState.UNVERIFIED: pgettext_lazy("key", "not verified yet"),
        KeyState.EXPIRED: pgettext_lazy("key", "expired"),
        KeyState.REVOKED: pgettext_lazy("key", "revoked"),
        KeyState.MISSING: pgettext_lazy("key", "no key"),
    },
    Mark: {
        Mark.BOMB: pgettext_lazy("mark", "archive bomb, not unpacked"),
        Mark.TOO_MUCH: pgettext_lazy("mark", "more in it than is looked at"),
        Mark.TWO_TYPES: pgettext_lazy("mark", "two types of file at once"),
        Mark.ACTIVE_IN_PICTURE: pgettext_lazy("mark", "a picture with something that runs in it"),
        Mark.MACROS: pgettext_lazy("mark", "macros"),
        Mark.PROGRAM: pgettext_lazy("mark", "a program"),
        Mark.ENCRYPTED: pgettext_lazy("mark", "locked with a password"),
        Mark.DAMAGED: pgettext_lazy("mark", "damaged archive"),
    },
    Verdict: {
        Verdict.CLEAN: pgettext_lazy("scan", "no virus found"),
        Verdict.FOUND: pgettext_lazy("scan", "virus found"),
        Verdict.UNSCANNED: pgettext_lazy("scan", "not scanned for viruses"),
    },
    HoldGround: {
        HoldGround.CASE: pgettext_lazy("hold", "a case"),
        HoldGround.INFORMATION_REQUEST: pgettext_lazy("hold", "an information request"),
        HoldGround.COURT: pgettext_lazy("hold", "a court, or a demand of the police"),
        HoldGround.OTHER: pgettext_lazy("hold", "something else"),
    },
    After: {
        After.SEALED: pgettext_lazy("term", "after it came in"),
        After.ENDED: pgettext_lazy("term", "after the work on it ended"),
    },
    By: {
        By.OFFICER: pgettext_lazy("destroys", "a duty officer"),
        By.JOB: pgettext_lazy("destroys", "a job, by itself"),
    },
    Role: {role.value: words for role, words in ROLES.items()},
    Permission: {
        Permission.REPORT_READ: _("read reports"),
        Permission.TRIAGE_READ: _("read triage"),
        Permission.CASE_READ: _("read cases"),
        Permission.ORGANISATION_READ: _("know organisations by code"),
        Permission.IDENTITY_UNSEAL: _("unseal an identity for a purpose"),
        Permission.EVIDENCE_OPEN: _("open attachments"),
        Permission.EVIDENCE_HOLD: _("keep attachments beyond their term"),
        Permission.DISCLOSURE_OVERSEE: _("oversee disclosures"),
        Permission.LEDGER_READ: _("read the ledger"),
    },
}

PURPOSES: Final[Mapping[str, Promise]] = {
    "report": pgettext_lazy("came for", "a report"),
    "feed": pgettext_lazy("came for", "a feed"),
    "inquiry": pgettext_lazy("came for", "an answer to an inquiry"),
}
"""For what evidence came, by the purpose it is sealed with."""


def label_of(word: StrEnum) -> str:
    """What a page calls it; the word itself where a page never needed a name for it."""
    return str(LABELS.get(type(word), {}).get(word, word.value))


def choices_of(words: type[StrEnum]) -> list[tuple[str, str]]:
    """The words of an enum for a select, in their order."""
    return [(word.value, label_of(word)) for word in words]
