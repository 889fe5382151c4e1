"""At which doors rows are added to each table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...values import Door

DESK, PORTAL, PUBLIC, SENSOR, JOBS = Door.DESK, Door.PORTAL, Door.PUBLIC, Door.SENSOR, Door.JOBS
_EVERY_DOOR: Final = frozenset(Door)
_INSIDE: Final = frozenset({DESK, JOBS})
_REGISTER: Final = ("asn", "contact", "domain", "identity", "isac", "membership", "network", "organisation",
    "participation", "product", "supervision", "vitallink")  # fmt: skip
_OF_THE_DESK: Final = (
    *(f"advice_{noun}" for noun in ("advice", "escalation", "followup", "measure")),
    *(f"campaigns_{noun}" for noun in ("campaign", "package", "warned", "wave")),
    *(f"cases_{noun}" for noun in ("case", "casereport", "document", "entry", "merge", "observable", "party", "task")),
    *(f"detection_{noun}" for noun in ("indicator", "stem", "told")),
    *(f"inquiries_{noun}" for noun in ("inquiry", "reply")),
    *(f"openness_{noun}" for noun in ("decision", "hearing", "passage", "release", "selection")),
    *(f"response_{noun}" for noun in ("action", "activation", "handover", "member", "situationreport", "telling")),
    *(f"triage_{noun}" for noun in ("assessment", "assignment", "consultation", "decision", "followup")),
    *(f"triage_{noun}" for noun in ("draft", "habit", "presence", "review", "step")),
    "triage_scaling",
    "triage_vulnerability",
    *(f"triage_{noun}" for noun in ("landing", "reading", "savedview", "scenario")),
    *(f"triage_{noun}" for noun in ("heeded", "holding")),
    "constituency_unsealing",
)

ADDERS: Final[Mapping[str, frozenset[Door]]] = {
    # Whoever tells us something brings all that belongs to it, and says in the ledger what they did.
    **dict.fromkeys(("intake_report", "intake_reporter", "intake_words", "intake_observable"), _EVERY_DOOR),
    "intake_submittedstage": _EVERY_DOOR,
    **dict.fromkeys(("evidence_content", "evidence_item", "evidence_key", "ledger_entry"), _EVERY_DOOR),
    **dict.fromkeys(("evidence_part", "evidence_upload"), frozenset({PORTAL, PUBLIC})),
    "intake_draft": frozenset({DESK, PORTAL, PUBLIC}),
    "intake_feedmapping": frozenset({DESK}),
    "intake_feedrow": frozenset({DESK, SENSOR, JOBS}),
    "intake_progress": _INSIDE,
    **dict.fromkeys(
        ("intake_mail", "intake_acknowledgementmail", "intake_mailbox", "intake_reading", "intake_reminder"),
        frozenset({JOBS}),
    ),
    "evidence_ending": _INSIDE,
    "evidence_hold": frozenset({DESK}),
    "detection_sighting": frozenset({SENSOR}),
    "access_answered": frozenset({SENSOR}),
    "access_machinecertificate": frozenset({DESK}),
    "openness_request": frozenset({DESK, PUBLIC}),
    "openness_requester": frozenset({DESK, PUBLIC}),
    # What those who were asked answer, and what they say of themselves.
    **dict.fromkeys(("advice_answer", "triage_view", "openness_partyview", "inquiries_answer"), frozenset({PORTAL})),
    "triage_counterquestion": frozenset({PORTAL}),
    "triage_sequel": _INSIDE,
    **dict.fromkeys(("inquiries_incoming", "isacs_post", "isacs_file", "isacs_motion"), frozenset({PORTAL})),
    "constituency_key": frozenset({DESK, PORTAL}),
    # The way out has one end inside.
    **{
        f"disclosure_{noun}": _INSIDE
        for noun in (
            "addressee",
            "attachment",
            "delivery",
            "disclosure",
            "envelope",
            "origin",
            "proposal",
            "reader",
            "version",
        )
    },
    "disclosure_bounce": frozenset({JOBS}),
    **dict.fromkeys(("alarms_alarm", "alarms_heartbeat"), frozenset({JOBS})),
    **{f"triage_{noun}": _INSIDE for noun in ("exploitationfile", "exploitprobability", "knownexploited")},
    "isacs_told": frozenset({JOBS}),
    "inquiries_reminder": frozenset({JOBS}),
    **{f"constituency_{noun}": _INSIDE for noun in _REGISTER},
    **dict.fromkeys(("services_service", "services_dependency"), _INSIDE | {PORTAL}),
    "services_naming": frozenset({PORTAL}),
    "services_meant": frozenset({JOBS}),
    **dict.fromkeys(("access_account", "access_machinekey", "statistics_overview"), _INSIDE),
    **dict.fromkeys(("ledger_checkpoint", "ledger_cosignature"), _INSIDE),
    **dict.fromkeys(_OF_THE_DESK, frozenset({DESK})),
}
"""At which doors rows are added to a table. Where none is named, only functions of the owner add."""
