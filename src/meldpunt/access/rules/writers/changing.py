"""Which rows of each table somebody may change anything of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...values import Door
from ..reading import (
    Readers,
    Row,
    Rows,
    Rule,
    Viewer,
    both,
    by_oneself,
    by_receipt,
    either,
    holds,
    may,
    own,
    says,
)
from .oneself import ITS_OWN

DESK, PORTAL, PUBLIC, SENSOR, JOBS = Door.DESK, Door.PORTAL, Door.PUBLIC, Door.SENSOR, Door.JOBS
_WAYS: Final = {PORTAL: "portal", PUBLIC: "public-site", SENSOR: "api"}


def _not_yet(column: str) -> Rule:
    """What happens once has not happened."""
    return lambda _viewer, row, _rows: row[column] is None


def _withdrew(viewer: Viewer, row: Row, rows: Rows) -> bool:
    """Whoever withdrew a disclosure takes its deliveries back."""
    return any(
        one["id"] == row["disclosure_id"]
        and one["state"] == "withdrawn"
        and viewer.actor is not None
        and one["withdrawn_by"] == viewer.actor
        for one in rows.seen_by(viewer, "disclosure_disclosure")
    )


def _told_here(viewer: Viewer, row: Row, rows: Rows) -> bool:
    """A reader, of whom there is one, says at the door where they were told that they read it."""
    return (
        row["channel"] == _WAYS.get(viewer.door)
        and row["state"] in ("sent", "read", "acknowledged")
        and any(
            one["id"] == row["reader_id"] and one["kind"] != "public"
            for one in rows.seen_by(viewer, "disclosure_reader")
        )
    )


def _chairs(viewer: Viewer, row: Row, rows: Rows) -> bool:
    return any(
        seat["isac_id"] == row["isac"]
        and seat["organisation_id"] == viewer.organisation
        and seat["chair"]
        and seat["member_until"] is None
        for seat in rows.seen_by(viewer, "constituency_membership")
    )


def _needs_somebody(_viewer: Viewer, row: Row, _rows: Rows) -> bool:
    return row["trouble"] != "" and row["settled_at"] is None


def _ended_by_its_owner(viewer: Viewer, row: Row, rows: Rows) -> bool:
    """What the desk told of and the organisation ended, the desk puts back."""
    return (
        row["ended_at"] is not None
        and not row["told_by_owner"]
        and any(
            one["id"] == row["organisation_id"] and one["code"] == row["ended_by_name"]
            for one in rows.seen_by(viewer, "constituency_organisation")
        )
    )


def _may_be_erased(_viewer: Viewer, row: Row, _rows: Rows) -> bool:
    """What was said of a deed may go, but not that it went, nor under which key and law the log stands."""
    done = row["erased_at"] is None and row["position"] is not None
    return done and row["kind"] not in ("erased", "key-rotated", "configured")


_PROPOSED: Final = both(may("disclosure.propose"), by_oneself("proposed_by"))
_OVERSEEN: Final = may("disclosure.oversee", "disclosure.approve")
_LED: Final = may("response.lead")
_READS: Final = both(may("disclosure.read"), _told_here)
_MAILED: Final = both(may("disclosure.deliver"), says("channel", "mail", "mail-notice", "reporter-mail"))


def _not_withdrawn(_viewer: Viewer, row: Row, _rows: Rows) -> bool:
    return row["state"] != "withdrawn"


CHANGERS: Final[Mapping[str, Readers]] = {
    "access_account": {JOBS: may("account.manage")},
    "access_machinekey": {
        JOBS: may("account.manage"),
        DESK: both(may("constituency.manage"), _not_yet("revoked_at")),
    },
    "access_machinecertificate": {DESK: both(may("constituency.manage"), _not_yet("revoked_at"))},
    "advice_advice": {DESK: may("advice.write")},
    "advice_followup": {DESK: both(may("advice.write"), _not_yet("done_at"))},
    "campaigns_campaign": {DESK: may("campaign.run")},
    "cases_case": {DESK: may("case.write")},
    "cases_casereport": {DESK: both(may("case.write"), _not_yet("taken_out_at"))},
    "cases_merge": {DESK: both(may("case.write"), _not_yet("undone_at"))},
    "cases_task": {DESK: may("case.write")},
    "constituency_key": {
        DESK: both(may("constituency.manage"), _not_yet("revoked_at")),
        PORTAL: both(may("key.bring"), own(), _not_yet("revoked_at")),
    },
    "constituency_membership": dict.fromkeys((DESK, JOBS), may("constituency.manage")),
    "constituency_supervision": dict.fromkeys((DESK, JOBS), may("constituency.manage")),
    "disclosure_delivery": {
        DESK: _withdrew,
        JOBS: either(_withdrew, both(_MAILED, _not_withdrawn)),
        **dict.fromkeys((PORTAL, PUBLIC, SENSOR), _READS),
    },
    "disclosure_disclosure": dict.fromkeys((DESK, JOBS), either(_OVERSEEN, _PROPOSED)),
    "disclosure_envelope": {
        DESK: either(both(says("state", "waiting"), _withdrew), both(may("disclosure.oversee"), _needs_somebody)),
        JOBS: may("disclosure.deliver"),
    },
    "evidence_key": {DESK: may("evidence.shred")},
    "evidence_ending": dict.fromkeys((DESK, JOBS), may("evidence.seal")),
    "evidence_hold": {DESK: both(may("evidence.hold"), _not_yet("lifted_at"))},
    **dict.fromkeys(("evidence_part", "evidence_upload"), dict.fromkeys((PORTAL, PUBLIC), may("evidence.seal"))),
    "evidence_item": dict.fromkeys((DESK, JOBS), both(may("evidence.shred"), _not_yet("shredded_at"))),
    "inquiries_inquiry": {DESK: both(may("inquiry.handle"), _not_yet("closed_at"))},
    # Whoever reads one of these may change it and take it away: a draft is of the holder of its code alone.
    "intake_draft": dict.fromkeys((DESK, PORTAL, PUBLIC), may("report.submit")),
    "intake_feedmapping": {DESK: both(may("report.complete"), _not_yet("retired_at"))},
    "intake_feedrow": {JOBS: may("constituency.attribute")},
    "intake_acknowledgementmail": {JOBS: may("disclosure.deliver")},
    "intake_mailbox": {JOBS: may("report.submit")},
    **{key: {JOBS: may("alarm.raise")} for key in ("alarms_alarm", "alarms_heartbeat")},
    "intake_reading": {JOBS: may("constituency.attribute")},
    "intake_report": {
        DESK: may("report.complete", "triage.decide"),
        JOBS: may("constituency.attribute"),
        PORTAL: both(may("report.submit"), holds("is_own"), own()),
        PUBLIC: both(may("report.submit"), by_receipt),
    },
    "intake_submittedstage": {DESK: may("report.complete"), JOBS: may("constituency.attribute")},
    "intake_words": {DESK: may("report.complete"), JOBS: may("constituency.attribute")},
    "isacs_motion": {
        PORTAL: both(
            may("isac.speak"), says("state", "asked"), either(own("organisation"), both(says("kind", "join"), _chairs))
        ),
        DESK: both(may("isac.moderate"), says("state", "asked")),
        JOBS: both(may("isac.release"), says("state", "granted")),
    },
    "isacs_post": {
        PORTAL: both(may("isac.speak"), own("organisation"), says("state", "draft", "waiting", "told")),
        DESK: both(may("isac.moderate"), says("state", "waiting", "told", "withdrawing")),
        JOBS: both(may("isac.release"), says("state", "waiting", "withdrawing")),
    },
    "ledger_entry": {DESK: both(may("ledger.erase"), _may_be_erased)},
    "openness_decision": {DESK: may("information-request.handle")},
    "openness_hearing": {PORTAL: both(may("hearing.answer"), own(), _not_yet("answered_at"))},
    "openness_request": {DESK: may("information-request.handle")},
    "response_action": {DESK: both(_LED, _not_yet("done_at"))},
    "response_activation": {DESK: both(_LED, _not_yet("ended_at"))},
    "response_handover": {DESK: both(_LED, _not_yet("signed_by"))},
    "services_service": {
        DESK: either(
            both(may("triage.decide", "constituency.manage"), _not_yet("ended_at")),
            both(may("triage.decide"), _ended_by_its_owner),
        ),
        JOBS: both(may("constituency.manage"), _not_yet("ended_at")),
        PORTAL: both(may("service.tell"), own(), _not_yet("ended_at")),
    },
    "services_naming": {PORTAL: both(may("service.tell"), _not_yet("until"))},
    "services_dependency": {
        DESK: both(may("triage.decide", "constituency.manage"), _not_yet("until")),
        JOBS: both(may("constituency.manage"), _not_yet("until")),
        PORTAL: both(may("service.tell"), _not_yet("until")),
    },
    "statistics_overview": {DESK: may("figures.publish")},
    "triage_step": {DESK: both(may("triage.decide"), by_oneself("by"))},
    **{f"triage_{noun}": ITS_OWN for noun in ("draft", "habit", "presence", "review")},
    **{key: {DESK: by_oneself("actor")} for key in ("triage_landing", "triage_reading", "triage_savedview")},
}
"""For each table and door, which rows the viewer may change anything of."""
