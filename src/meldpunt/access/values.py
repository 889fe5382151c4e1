"""Who acts, through which door, and the names of what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

ActorId = NewType("ActorId", UUID)
OrganisationId = NewType("OrganisationId", UUID)


class Door(StrEnum):
    """A process that speaks to people or machines; the value names its database role after `meldpunt_`."""

    DESK = "desk"
    PORTAL = "portal"
    PUBLIC = "public"
    SENSOR = "sensor"
    JOBS = "jobs"


class Role(StrEnum):
    """What somebody is to the desk. Permissions follow from it (`rules.permissions_of`)."""

    ANALYST = "analyst"
    DUTY_OFFICER = "duty-officer"
    WOO_OFFICER = "woo-officer"
    STATISTICIAN = "statistician"
    ADMINISTRATOR = "administrator"
    CONSTITUENT = "constituent"
    PARTY = "party"
    SENSOR = "sensor"
    FORWARDER = "forwarder"
    READER = "reader"
    STRANGER = "stranger"
    JOB = "job"


class Permission(StrEnum):
    """One deed or one look, named after the room's noun and verb."""

    ACCOUNT_MANAGE = "account.manage"
    ACCOUNT_APPROVE = "account.approve"
    COLLEAGUE_READ = "colleague.read"
    LAW_READ = "law.read"
    LEDGER_READ = "ledger.read"
    LEDGER_PROVE = "ledger.prove"
    LEDGER_SIGN = "ledger.sign"
    LEDGER_ERASE = "ledger.erase"
    EVIDENCE_SEAL = "evidence.seal"
    EVIDENCE_OPEN = "evidence.open"
    EVIDENCE_SHRED = "evidence.shred"
    EVIDENCE_HOLD = "evidence.hold"
    CONSTITUENCY_READ = "constituency.read"
    CONSTITUENCY_MANAGE = "constituency.manage"
    ORGANISATION_READ = "organisation.read"
    ORGANISATION_READ_OWN = "organisation.read-own"
    KEY_BRING = "key.bring"
    SERVICE_TELL = "service.tell"
    ATTRIBUTE = "constituency.attribute"
    IDENTITY_UNSEAL = "identity.unseal"
    REPORT_SUBMIT = "report.submit"
    REPORT_FORWARD = "report.forward"
    REPORT_FOLLOW = "report.follow"
    REPORT_READ = "report.read"
    REPORT_COMPLETE = "report.complete"
    TRIAGE_READ = "triage.read"
    TRIAGE_DECIDE = "triage.decide"
    EXPLOITATION_LOAD = "exploitation.load"
    CONSULTATION_ASK = "consultation.ask"
    CONSULTATION_ANSWER = "consultation.answer"
    CONSULTATION_REMIND = "consultation.remind"
    CASE_READ = "case.read"
    CASE_WRITE = "case.write"
    DISCLOSURE_PROPOSE = "disclosure.propose"
    DISCLOSURE_APPROVE = "disclosure.approve"
    DISCLOSURE_OVERSEE = "disclosure.oversee"
    DISCLOSURE_READ = "disclosure.read"
    DISCLOSURE_TRACE = "disclosure.trace"
    DISCLOSURE_DELIVER = "disclosure.deliver"
    RESPONSE_LEAD = "response.lead"
    RESPONSE_READ = "response.read"
    ADVICE_WRITE = "advice.write"
    ADVICE_ANSWER = "advice.answer"
    ADVICE_READ = "advice.read"
    ESCALATE = "advice.escalate"
    CAMPAIGN_RUN = "campaign.run"
    CAMPAIGN_READ = "campaign.read"
    INDICATOR_DISCLOSE = "indicator.disclose"
    INDICATOR_READ = "indicator.read"
    INDICATOR_FETCH = "indicator.fetch"
    SIGHTING_POST = "sighting.post"
    INFORMATION_REQUEST_HANDLE = "information-request.handle"
    INFORMATION_REQUEST_SUBMIT = "information-request.submit"
    HEARING_ANSWER = "hearing.answer"
    ISAC_SPEAK = "isac.speak"
    ISAC_OVERSEE = "isac.oversee"
    ISAC_MODERATE = "isac.moderate"
    ISAC_RELEASE = "isac.release"
    INQUIRY_ASK = "inquiry.ask"
    INQUIRY_ANSWER = "inquiry.answer"
    INQUIRY_SUBMIT = "inquiry.submit"
    INQUIRY_HANDLE = "inquiry.handle"
    INQUIRY_REMIND = "inquiry.remind"
    FIGURES_COMPILE = "figures.compile"
    FIGURES_PUBLISH = "figures.publish"
    FIGURES_READ = "figures.read"
    ALARM_READ = "alarm.read"
    ALARM_RAISE = "alarm.raise"


@dataclass(frozen=True)
class Actor:
    """Somebody or something at a door, for the length of one request, command or job.

    `organisation` is the constituent or party the actor speaks for. `receipt` is the code a reporter came back
    with; `key` the secret a machine showed: both are capabilities that row policies check against their digest.
    `certificate` is the SHA-256 (hex) of the client certificate with which the machine came, where there was one.
    """

    id: ActorId
    name: str
    door: Door
    roles: frozenset[Role]
    organisation: OrganisationId | None = None
    receipt: str = ""
    key: str = ""
    certificate: str = ""
    language: str = "nl"


WARNED_BEFORE: Final = timedelta(days=45)


CertificateId = NewType("CertificateId", UUID)


@dataclass(frozen=True)
class ClientCertificate:
    """What is in a certificate with which a machine begins a TLS connection. `fingerprint`: SHA-256 of its DER."""

    fingerprint: bytes
    subject: str
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True)
class CertificateLine:
    """One that goes with a key. `fingerprint` in hex."""

    id: CertificateId
    fingerprint: str
    subject: str
    not_after: datetime
    revoked_at: datetime | None

    def ends_soon(self, now: datetime) -> bool:
        """Is it time to bind the next one?"""
        return self.revoked_at is None and self.not_after - now < WARNED_BEFORE


@dataclass(frozen=True)
class MachineLine:
    """A key of a machine, as its organisation and who keeps the register see it: neither secret nor digest."""

    id: ActorId
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    organisation: OrganisationId | None = None
    needs_certificate: bool = False
    certificates: tuple[CertificateLine, ...] = ()

    def ends_soon(self, now: datetime) -> bool:
        """Is it time to ask for the next one?"""
        return self.revoked_at is None and self.expires_at - now < WARNED_BEFORE


@dataclass(frozen=True)
class AccountLine:
    """An account as who manages accounts sees it: no password, no second factor, and the address of colleagues only."""

    id: ActorId
    email: str
    name: str
    door: Door
    roles: tuple[Role, ...]
    organisation: OrganisationId | None
    is_active: bool
    last_login: datetime | None


STRANGER = Actor(
    id=ActorId(UUID("00000000-0000-4000-8000-000000000001")),
    name="somebody",
    door=Door.PUBLIC,
    roles=frozenset({Role.STRANGER}),
)
"""Whoever comes to the public door."""

JOB = Actor(
    id=ActorId(UUID("00000000-0000-4000-8000-000000000002")),
    name="Meldpunt",
    door=Door.JOBS,
    roles=frozenset({Role.JOB}),
)
"""The platform itself, at work in the background."""
