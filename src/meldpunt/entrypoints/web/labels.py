"""Words for what rooms only name: enums of intake, disclosure and law as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import Role
from meldpunt.disclosure.values import AudienceKind, ItemKind
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.intake.values import Channel, ReportKind, Stage, State
from meldpunt.law import ClockState

T = TypeVar("T", bound=StrEnum)

KINDS: Final[Mapping[ReportKind, Promise]] = {
    ReportKind.STATUTORY: _("Incident that the law asks to report"),
    ReportKind.VOLUNTARY: _("Incident, reported voluntarily"),
    ReportKind.NEAR_MISS: _("Near miss: it almost went wrong"),
    ReportKind.THREAT: _("Threat"),
    ReportKind.VULNERABILITY: _("Vulnerability"),
}

STAGES: Final[Mapping[Stage, Promise]] = {
    Stage.EARLY_WARNING: _("Early warning"),
    Stage.NOTIFICATION: _("Incident notification"),
    Stage.INTERMEDIATE: _("Intermediate report"),
    Stage.FINAL: _("Final report"),
    Stage.ADDITION: _("Addition"),
    Stage.CORRECTION: _("Put right by the desk"),
}

STATES: Final[Mapping[State, Promise]] = {
    State.RECEIVED: _("received"),
    State.KEPT: _("received, to be read by a person"),
    State.SET_ASIDE: _("received, to be read by a person"),
    State.IN_TRIAGE: _("being assessed"),
    State.ACCEPTED: _("we are working on it"),
    State.MERGED: _("we are working on it, together with another report"),
    State.REDIRECTED: _("passed to who handles it"),
    State.DECLINED: _("not taken up"),
    State.CLOSED: _("closed"),
}

CLOCK_STATES: Final[Mapping[ClockState, Promise]] = {
    ClockState.WAITING: _("not yet begun"),
    ClockState.RUNNING: _("running"),
    ClockState.MET: _("sent in time"),
    ClockState.MET_LATE: _("sent, but late"),
}

ITEMS: Final[Mapping[ItemKind, Promise]] = {
    ItemKind.ACKNOWLEDGEMENT: _("Confirmation of receipt"),
    ItemKind.QUESTION: _("Question"),
    ItemKind.REPLY: _("Reply to who reported"),
    ItemKind.REMINDER: _("Reminder of a deadline"),
    ItemKind.CONSULTATION: _("Consultation"),
    ItemKind.CONSULTATION_SEQUEL: _("More on a consultation"),
    ItemKind.HEARING: _("Hearing"),
    ItemKind.INQUIRY: _("Inquiry"),
    ItemKind.INQUIRY_REMINDER: _("Reminder of an inquiry"),
    ItemKind.INQUIRY_ANSWER: _("Answer to an inquiry"),
    ItemKind.ADVICE: _("Advice"),
    ItemKind.ESCALATION: _("Letter to the ministry"),
    ItemKind.INDICATORS: _("Indicators"),
    ItemKind.WARNING: _("Warning"),
    ItemKind.SITUATION_REPORT: _("Situation report"),
    ItemKind.INFORMATION_REQUEST_DECISION: _("Decision on an information request"),
    ItemKind.OVERVIEW: _("Overview in figures"),
    ItemKind.ADVISORY: _("Security advisory"),
    ItemKind.LETTER: _("Letter"),
    ItemKind.ISAC_POST: _("Post in an ISAC"),
}

DISCLOSURE_STATES: Final[Mapping[DisclosureState, Promise]] = {
    DisclosureState.PROPOSED: _("proposed"),
    DisclosureState.REFUSED: _("refused"),
    DisclosureState.WAITING_FOR_APPROVAL: _("waiting for approval"),
    DisclosureState.DELIVERED: _("told"),
    DisclosureState.SUPERSEDED: _("superseded"),
    DisclosureState.WITHDRAWN: _("withdrawn"),
}

CHANNELS: Final[Mapping[Channel, Promise]] = {
    Channel.WEB: _("website"),
    Channel.API: _("from another system"),
    Channel.MAIL: _("e-mail"),
    Channel.FEED: _("feed"),
    Channel.SIGHTING: _("sighting"),
    Channel.TELEPHONE: _("telephone"),
}

AUDIENCES: Final[Mapping[AudienceKind, Promise]] = {
    AudienceKind.PUBLIC: _("everyone"),
    AudienceKind.ORGANISATION: _("an organisation"),
    AudienceKind.PERSON: _("one person"),
    AudienceKind.ISAC: _("an ISAC"),
    AudienceKind.DETECTION_NETWORK: _("the detection network"),
    AudienceKind.REPORTER: _("the reporter"),
    AudienceKind.REQUESTER: _("who asked for information"),
}

ROLES: Final[Mapping[Role, Promise]] = {
    Role.ANALYST: _("analyst"),
    Role.DUTY_OFFICER: _("duty officer"),
    Role.WOO_OFFICER: _("Woo officer"),
    Role.STATISTICIAN: _("statistician"),
    Role.ADMINISTRATOR: _("administrator"),
    Role.CONSTITUENT: _("constituent"),
    Role.PARTY: _("government party"),
    Role.SENSOR: _("sensor"),
    Role.FORWARDER: _("forwarding system"),
    Role.READER: _("machine that reads"),
    Role.STRANGER: _("anybody"),
    Role.JOB: _("the platform itself"),
}

MARKS: Final[Mapping[str, Promise]] = {
    "acknowledged": _("we confirmed the receipt"),
    "assessed": _("we made a first assessment"),
    "consulted": _("we consulted a government party"),
    "advised": _("we gave advice"),
    "warned": _("we warned who is affected"),
    "escalated": _("we informed the responsible ministry"),
    **{state.value: words for state, words in STATES.items()},
}
"""Marks of progress. Rooms downstream may leave others; those are shown as they are."""


def _by_value(table: Mapping[T, Promise]) -> Mapping[str, Promise]:
    return {member.value: words for member, words in table.items()}


_TABLES: Final[Mapping[type[StrEnum], Mapping[str, Promise]]] = {
    ReportKind: _by_value(KINDS),
    Stage: _by_value(STAGES),
    State: _by_value(STATES),
    ClockState: _by_value(CLOCK_STATES),
    ItemKind: _by_value(ITEMS),
    DisclosureState: _by_value(DISCLOSURE_STATES),
    Channel: _by_value(CHANNELS),
    AudienceKind: _by_value(AUDIENCES),
    Role: _by_value(ROLES),
}


def words_for(member: StrEnum) -> str | None:
    """The words for a member of one of these enums, in the visitor's language; None for any other."""
    table = _TABLES.get(type(member))
    return str(table[member.value]) if table else None
