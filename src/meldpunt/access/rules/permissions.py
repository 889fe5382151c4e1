"""Which role may do what: the one table, and its reading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

from ..errors import OrganisationUnfit, RolesDoNotMix
from ..values import Door, Role
from ..values import Permission as P

_ANALYST: frozenset[P] = frozenset(
    {
        P.COLLEAGUE_READ,
        P.LAW_READ,
        P.LEDGER_READ,
        P.LEDGER_PROVE,
        P.EVIDENCE_SEAL,
        P.EVIDENCE_OPEN,
        P.EVIDENCE_HOLD,
        P.CONSTITUENCY_READ,
        P.ORGANISATION_READ,
        P.ATTRIBUTE,
        P.IDENTITY_UNSEAL,
        P.REPORT_SUBMIT,
        P.REPORT_READ,
        P.REPORT_COMPLETE,
        P.REPORT_FOLLOW,
        P.TRIAGE_READ,
        P.TRIAGE_DECIDE,
        P.EXPLOITATION_LOAD,
        P.CONSULTATION_ASK,
        P.CASE_READ,
        P.CASE_WRITE,
        P.DISCLOSURE_PROPOSE,
        P.DISCLOSURE_OVERSEE,
        P.RESPONSE_READ,
        P.RESPONSE_LEAD,
        P.ADVICE_WRITE,
        P.ADVICE_READ,
        P.CAMPAIGN_RUN,
        P.CAMPAIGN_READ,
        P.INDICATOR_DISCLOSE,
        P.INDICATOR_READ,
        P.INQUIRY_ASK,
        P.INQUIRY_HANDLE,
        P.FIGURES_READ,
        P.ISAC_OVERSEE,
    }
)

PERMISSIONS: Mapping[Role, frozenset[P]] = {
    Role.ANALYST: _ANALYST,
    Role.DUTY_OFFICER: _ANALYST
    | {
        P.ACCOUNT_APPROVE,
        P.EVIDENCE_SHRED,
        P.LEDGER_ERASE,
        P.DISCLOSURE_APPROVE,
        P.ESCALATE,
        P.CONSTITUENCY_MANAGE,
        P.KEY_BRING,
        P.ISAC_MODERATE,
        P.ALARM_READ,
    },
    Role.WOO_OFFICER: frozenset(
        {
            P.COLLEAGUE_READ,
            P.LAW_READ,
            P.INFORMATION_REQUEST_HANDLE,
            P.EVIDENCE_HOLD,
            P.INFORMATION_REQUEST_SUBMIT,
            P.CASE_READ,
            P.REPORT_READ,
            P.REPORT_FOLLOW,
            P.ADVICE_READ,
            P.CONSTITUENCY_READ,
            P.ORGANISATION_READ,
            P.DISCLOSURE_PROPOSE,
            P.DISCLOSURE_APPROVE,
            P.DISCLOSURE_OVERSEE,
            P.LEDGER_PROVE,
        }
    ),
    Role.STATISTICIAN: frozenset(
        {
            P.COLLEAGUE_READ,
            P.LAW_READ,
            P.ORGANISATION_READ,
            P.FIGURES_COMPILE,
            P.FIGURES_PUBLISH,
            P.FIGURES_READ,
            # Not overseeing or approving: with either come letters and consultations that name a victim.
            P.DISCLOSURE_PROPOSE,
            P.LEDGER_PROVE,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            P.ACCOUNT_MANAGE,
            P.ACCOUNT_APPROVE,
            P.COLLEAGUE_READ,
            P.LAW_READ,
            P.LEDGER_READ,
            P.LEDGER_SIGN,
            P.LEDGER_PROVE,
        }
    ),
    Role.CONSTITUENT: frozenset(
        {
            P.ORGANISATION_READ,
            P.ORGANISATION_READ_OWN,
            P.KEY_BRING,
            P.SERVICE_TELL,
            P.EVIDENCE_SEAL,
            P.REPORT_SUBMIT,
            P.REPORT_FOLLOW,
            P.DISCLOSURE_READ,
            P.DISCLOSURE_TRACE,
            P.ADVICE_ANSWER,
            P.HEARING_ANSWER,
            P.INQUIRY_ANSWER,
            P.LEDGER_PROVE,
            P.ISAC_SPEAK,
        }
    ),
    Role.PARTY: frozenset(
        {
            P.ORGANISATION_READ,
            P.ORGANISATION_READ_OWN,
            P.KEY_BRING,
            P.EVIDENCE_SEAL,
            P.DISCLOSURE_READ,
            P.CONSULTATION_ANSWER,
            P.INQUIRY_ANSWER,
            P.INQUIRY_SUBMIT,
        }
    ),
    # It says what it saw and nothing else: whoever forwards reports has a key of its own.
    Role.SENSOR: frozenset({P.ORGANISATION_READ, P.INDICATOR_FETCH, P.DISCLOSURE_READ, P.SIGHTING_POST}),
    Role.FORWARDER: frozenset({P.REPORT_FORWARD, P.EVIDENCE_SEAL}),
    # It reads what its organisation was told. Not its register, and it tells nothing.
    Role.READER: frozenset({P.DISCLOSURE_READ}),
    Role.STRANGER: frozenset(
        {
            P.REPORT_SUBMIT,
            P.REPORT_FOLLOW,
            P.EVIDENCE_SEAL,
            P.DISCLOSURE_READ,
            P.DISCLOSURE_TRACE,
            P.INFORMATION_REQUEST_SUBMIT,
            P.LEDGER_PROVE,
        }
    ),
    Role.JOB: frozenset(
        {
            P.LEDGER_READ,
            P.LEDGER_PROVE,
            P.LEDGER_SIGN,
            P.EVIDENCE_SEAL,
            P.EVIDENCE_SHRED,
            P.CONSTITUENCY_READ,
            P.ORGANISATION_READ,
            P.CONSTITUENCY_MANAGE,
            P.ATTRIBUTE,
            P.REPORT_SUBMIT,
            P.REPORT_FORWARD,
            P.EXPLOITATION_LOAD,
            P.REPORT_READ,
            P.REPORT_COMPLETE,
            P.REPORT_FOLLOW,
            P.DISCLOSURE_PROPOSE,
            P.DISCLOSURE_DELIVER,
            P.ISAC_RELEASE,
            P.INQUIRY_REMIND,
            P.CONSULTATION_REMIND,
            P.ALARM_READ,
            P.ALARM_RAISE,
            P.FIGURES_COMPILE,
            P.FIGURES_READ,
            P.ADVICE_READ,
            P.ACCOUNT_MANAGE,
        }
    ),
}


PORTAL_ROLES: Final = frozenset({Role.CONSTITUENT, Role.PARTY})
MACHINE_ROLES: Final = frozenset({Role.SENSOR, Role.FORWARDER, Role.READER})
DESK_ROLES: Final = frozenset(PERMISSIONS) - PORTAL_ROLES - MACHINE_ROLES - {Role.STRANGER, Role.JOB}
"""Which roles live behind which door: a role of the desk can never log in at the portal."""


def door_for(roles: frozenset[Role], *, has_organisation: bool) -> Door:
    """The one door where all these roles live. Raises RolesDoNotMix, OrganisationUnfit."""
    if not roles or (Role.ADMINISTRATOR in roles and len(roles) > 1):
        raise RolesDoNotMix
    if not (roles <= PORTAL_ROLES or roles <= DESK_ROLES):
        raise RolesDoNotMix
    if has_organisation is not (roles <= PORTAL_ROLES):
        raise OrganisationUnfit
    return Door.PORTAL if has_organisation else Door.DESK


def permissions_of(roles: Iterable[Role]) -> frozenset[P]:
    """All that these roles together may do."""
    found: frozenset[P] = frozenset()
    for role in roles:
        found |= PERMISSIONS[role]
    return found


def may(roles: Iterable[Role], permission: P) -> bool:
    """Is the deed among what these roles may do?"""
    return any(permission in PERMISSIONS[role] for role in roles)


def digest_of(secret: str) -> bytes:
    """What is kept of a secret with enough entropy of its own (receipt codes, machine keys): SHA-256, 32 bytes.

    `access_receipt_digest()` and `access_key_digest()` compute the same inside the database.
    """
    return hashlib.sha256(secret.encode()).digest()
