"""Of which tables each of the cast reads rows at all, asked of PostgreSQL. Written from DESIGN, as the matrix is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tests.cast.matrix import (
    BANK,
    CASEWORK,
    DUTY,
    HELD,
    LEDGER,
    LEFT,
    MINISTRY,
    NOBODY,
    POLICE,
    READER,
    SERVICE,
    STRANGERS,
    SUPERVISOR,
    TABLE,
    UNSEALED,
    VICTIMS,
    WATER,
    WOO,
)
from tests.cast.members import DESK, PORTAL

JOB: Final = frozenset({"job"})
STATISTICIAN: Final = frozenset({"statistician"})
REGISTER: Final = CASEWORK | WOO | STATISTICIAN
"""Codes and sectors, which say of nobody who it is."""
PARTIES: Final = POLICE | SERVICE | SUPERVISOR | MINISTRY | {"military-intelligence-officer"}
CONSTITUENTS: Final = VICTIMS | TABLE
SENSOR: Final = frozenset({"sensor"})
SEATED: Final = TABLE | {"bank-security"}
OVERSEEING: Final = CASEWORK | WOO | JOB
TOLD: Final = CONSTITUENTS | POLICE | SERVICE | SUPERVISOR | MINISTRY | SENSOR | READER | STRANGERS
"""Who was told something, or may read what everybody may; the military service was asked in vain."""
TRACED: Final = HELD | BANK | {"receipt-of-mail", "receipt-of-telephone", "receipt-of-feed"}
"""Whose report something was told from. Nothing was told from the sighting."""
PROVING: Final = frozenset(DESK) | CONSTITUENTS | STRANGERS | JOB
OF_EACH_REPORT: Final = HELD | BANK | {"receipt-of-mail", "receipt-of-telephone", "receipt-of-feed"}

ROWS: Final[Mapping[str, frozenset[str]]] = {
    "access_account": frozenset({*DESK, *PORTAL}) | JOB,
    "access_machinekey": SENSOR | {"forwarder", "reader", "hospital-security"} | DUTY | JOB,
    "access_answered": frozenset(),
    "access_machinecertificate": DUTY | {"hospital-security"},
    "advice_advice": OVERSEEING | WATER,
    "advice_answer": OVERSEEING | WATER,
    "advice_escalation": CASEWORK | WOO,
    "advice_followup": OVERSEEING,
    "advice_measure": OVERSEEING | WATER,
    "campaigns_campaign": CASEWORK,
    "campaigns_package": CASEWORK,
    "campaigns_warned": CASEWORK,
    "campaigns_wave": CASEWORK,
    "alarms_alarm": DUTY | JOB,
    "alarms_heartbeat": DUTY | JOB,
    "cases_case": CASEWORK | WOO,
    "cases_casereport": CASEWORK | WOO,
    "cases_document": CASEWORK | WOO,
    "cases_entry": CASEWORK | WOO,
    "cases_merge": CASEWORK | WOO,
    "cases_observable": CASEWORK | WOO,
    "cases_party": CASEWORK | WOO,
    "cases_task": CASEWORK | WOO,
    "constituency_asn": DUTY | JOB,
    "constituency_contact": UNSEALED | DUTY | CONSTITUENTS | JOB,
    "constituency_domain": UNSEALED | DUTY | CONSTITUENTS | JOB,
    "constituency_identity": REGISTER | CONSTITUENTS | PARTIES | SENSOR | JOB,
    "constituency_isac": REGISTER | SEATED | JOB,
    "constituency_key": UNSEALED | DUTY | WATER | {"bank-security"} | JOB,
    "constituency_membership": REGISTER | SEATED | JOB,
    "constituency_network": UNSEALED | DUTY | CONSTITUENTS | JOB,
    "constituency_organisation": REGISTER | CONSTITUENTS | PARTIES | SENSOR | JOB,
    "constituency_participation": REGISTER | WATER | {"bank-security"} | SENSOR | JOB,
    "constituency_product": REGISTER | CONSTITUENTS | JOB,
    "constituency_supervision": REGISTER | CONSTITUENTS | PARTIES | JOB,
    "constituency_unsealing": UNSEALED,
    "constituency_vitallink": REGISTER | SEATED | SENSOR | JOB,
    "detection_indicator": CASEWORK | SENSOR,
    "detection_sighting": CASEWORK,
    "detection_stem": CASEWORK,
    "detection_told": CASEWORK | SENSOR,
    "disclosure_addressee": OVERSEEING | STATISTICIAN | TRACED,
    "disclosure_attachment": JOB
    | CASEWORK
    | WOO
    | STATISTICIAN
    | CONSTITUENTS
    | MINISTRY
    | SENSOR
    | READER
    | STRANGERS,
    "disclosure_bounce": OVERSEEING,
    "disclosure_delivery": OVERSEEING | STATISTICIAN | TOLD,
    "disclosure_disclosure": OVERSEEING | STATISTICIAN | TOLD | TRACED,
    "disclosure_envelope": OVERSEEING,
    "disclosure_origin": OVERSEEING | TRACED,
    "disclosure_proposal": OVERSEEING | STATISTICIAN,
    "disclosure_reader": OVERSEEING | STATISTICIAN | TOLD,
    "disclosure_version": OVERSEEING | STATISTICIAN | TOLD,
    "evidence_content": CASEWORK | JOB,
    "evidence_ending": CASEWORK | JOB,
    "evidence_hold": CASEWORK | WOO | JOB,
    "evidence_item": CASEWORK | JOB | {"bank-security"} | SUPERVISOR,
    "evidence_key": CASEWORK | JOB,
    "evidence_part": frozenset(),
    "evidence_upload": frozenset(),
    "inquiries_answer": CASEWORK | JOB | SUPERVISOR,
    "inquiries_incoming": CASEWORK | POLICE | MINISTRY,
    "inquiries_inquiry": CASEWORK | JOB | SUPERVISOR,
    "inquiries_reminder": CASEWORK | JOB,
    "inquiries_reply": CASEWORK,
    "intake_draft": frozenset(),
    "intake_feedmapping": OVERSEEING | {"forwarder"},
    "intake_feedrow": OVERSEEING,
    "intake_acknowledgementmail": JOB,
    "intake_mail": CASEWORK | JOB,
    "intake_mailbox": OVERSEEING,
    "intake_reading": frozenset(),
    "intake_reminder": OVERSEEING,
    "intake_observable": OVERSEEING,
    "intake_progress": OVERSEEING | OF_EACH_REPORT,
    "intake_report": OVERSEEING | OF_EACH_REPORT | {"receipt-of-sighting", "forwarder"},
    "intake_reporter": CASEWORK | JOB,
    "intake_submittedstage": OVERSEEING | HELD | {"receipt-of-mail"},
    "intake_words": CASEWORK | JOB | OF_EACH_REPORT | {"receipt-of-sighting", "forwarder"},
    "isacs_file": CASEWORK | JOB | LEFT,
    "isacs_motion": CASEWORK | JOB | LEFT | WATER,
    "isacs_post": CASEWORK | JOB | TABLE,
    "isacs_told": CASEWORK | JOB | TABLE,
    "ledger_checkpoint": PROVING,
    "ledger_cosignature": PROVING,
    "ledger_entry": LEDGER | JOB | CONSTITUENTS | PARTIES | (STRANGERS - {"stranger"}),
    "ledger_node": PROVING,
    "openness_decision": WOO | STRANGERS,
    "openness_hearing": WOO | WATER | {"requester"},
    "openness_partyview": WOO | WATER,
    "openness_passage": WOO,
    "openness_release": WOO | STRANGERS,
    "openness_request": WOO | {"requester"},
    "openness_requester": WOO,
    "openness_selection": WOO,
    "response_action": CASEWORK,
    "response_activation": CASEWORK,
    "response_handover": CASEWORK,
    "response_member": CASEWORK,
    "response_situationreport": CASEWORK,
    "response_telling": CASEWORK,
    "services_dependency": CASEWORK | JOB | WATER,
    "services_meant": CASEWORK | JOB,
    "services_naming": CASEWORK | JOB | WATER,
    "services_service": CASEWORK | JOB | WATER,
    "statistics_overview": CASEWORK | STATISTICIAN | JOB,
    "triage_assessment": CASEWORK,
    "triage_assignment": CASEWORK,
    "triage_consultation": CASEWORK | POLICE | SERVICE | JOB,
    "triage_decision": CASEWORK,
    "triage_draft": frozenset({"second-analyst"}),
    "triage_followup": CASEWORK,
    "triage_habit": frozenset({"second-analyst"}),
    "triage_presence": frozenset({"second-analyst"}) | JOB,
    "triage_review": frozenset({"second-analyst"}),
    "triage_step": CASEWORK,
    "triage_landing": frozenset({"second-analyst"}),
    "triage_line": CASEWORK,
    "triage_reading": CASEWORK,
    "triage_savedview": CASEWORK,
    "triage_exploitationfile": CASEWORK | JOB,
    "triage_exploitprobability": CASEWORK | JOB,
    "triage_knownexploited": CASEWORK | JOB,
    "triage_scaling": CASEWORK,
    "triage_vulnerability": CASEWORK,
    "triage_scenario": CASEWORK,
    "triage_view": CASEWORK | POLICE | SERVICE | JOB,
    "triage_counterquestion": CASEWORK | SERVICE,
    "triage_sequel": CASEWORK | SERVICE | JOB,
    "triage_heeded": CASEWORK,
    "triage_holding": CASEWORK,
}

HOW_MANY: Final[Mapping[tuple[str, str], int]] = {
    ("access_account", "analyst"): 1,
    ("access_account", "water-security"): 1,
    ("access_machinekey", "sensor"): 1,
    ("access_machinekey", "reader"): 1,
    ("access_machinekey", "hospital-security"): 1,
    ("constituency_contact", "analyst"): 2,
    ("constituency_domain", "analyst"): 1,
    ("constituency_key", "analyst"): 2,
    ("constituency_key", "bank-security"): 2,
    ("constituency_unsealing", "analyst"): 1,
    ("constituency_identity", "sensor"): 1,
    ("constituency_membership", "bank-security"): 1,
    ("detection_indicator", "sensor"): 2,
    ("disclosure_bounce", "analyst"): 1,
    ("disclosure_version", "statistician"): 1,
    ("disclosure_version", "police-officer"): 2,
    ("disclosure_version", "stranger"): 2,
    ("evidence_item", "bank-security"): 1,
    ("inquiries_incoming", "police-officer"): 1,
    ("inquiries_incoming", "ministry-official"): 1,
    ("inquiries_inquiry", "supervisor-officer"): 1,
    ("intake_report", "water-director"): 1,
    ("intake_report", "bank-security"): 2,
    ("intake_report", "receipt-of-water"): 1,
    ("intake_report", "receipt-of-sighting"): 1,
    ("openness_request", "requester"): 1,
    ("services_dependency", "water-security"): 1,
    ("services_naming", "water-director"): 1,
    ("services_service", "water-security"): 1,
    ("triage_consultation", "police-officer"): 1,
    ("triage_landing", "second-analyst"): 1,
    ("triage_reading", "analyst"): 1,
    ("triage_savedview", "analyst"): 1,
    ("triage_savedview", "second-analyst"): 2,
    ("triage_view", "general-intelligence-officer"): 2,
}
"""Where it matters that it is one's own and no more: exactly so many rows."""

OF_NOBODY: Final[Mapping[str, frozenset[str]]] = {
    "access_device": NOBODY,
    "access_failure": NOBODY,
    "access_factor": NOBODY,
    "access_guess": NOBODY,
    "access_newstart": NOBODY,
    "access_password": NOBODY,
    "access_pepper": NOBODY,
    "access_recovery": NOBODY,
    "access_session": NOBODY,
    "access_spent": NOBODY,
    "ledger_turn": NOBODY,
}
"""What somebody proves who they are by is compared in the database and read by nobody; of a turn there is nothing."""

PUBLISHED: Final = frozenset(
    {
        "disclosure_attachment",
        "disclosure_delivery",
        "disclosure_disclosure",
        "disclosure_reader",
        "disclosure_version",
        "ledger_checkpoint",
        "ledger_cosignature",
        "ledger_node",
        "openness_decision",
        "openness_release",
    }
)
"""All that the public door's own role reads, whatever it pretends to be, as long as it holds nobody's receipt."""

INSIDE: Final = frozenset(
    table
    for table, readers in ROWS.items()
    if not readers & (CONSTITUENTS | PARTIES | SENSOR | READER | STRANGERS | {"forwarder"})
)
"""Tables of which no door but the desk and the jobs reads anything."""
