"""What was told to us, the work it sets in motion, and what goes out of that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from ...values import Door
from ..reading import (
    Readers,
    Row,
    Rows,
    Viewer,
    both,
    by_oneself,
    by_receipt,
    desk,
    either,
    holds,
    inside,
    lacks,
    may,
    own,
    says,
    unsealed,
    with_its,
)
from .disclosures import STANDS, TOLD

DESK, PORTAL, PUBLIC, SENSOR, JOBS = Door.DESK, Door.PORTAL, Door.PUBLIC, Door.SENSOR, Door.JOBS


def _known_or_asked_back(viewer: Viewer, row: Row, rows: Rows) -> bool:
    """Who is known is unsealed first; where nobody is known yet, whoever completes the report may look."""
    for report in rows.seen_by(viewer, "intake_report"):
        if report["id"] == row["report_id"]:
            if report["organisation_id"] is None:
                return "report.complete" in viewer.permissions
            return report["organisation_id"] in unsealed(viewer, rows)
    return False


def _observer_unsealed(viewer: Viewer, row: Row, rows: Rows) -> bool:
    if row["observer_id"] is not None:
        return row["observer_id"] in unsealed(viewer, rows)
    return _known_or_asked_back(viewer, row, rows)


def _sent_by_its_key(viewer: Viewer, row: Row, rows: Rows) -> bool:
    """What this machine sent; a sighting goes under a name made for it, which only who made it knows."""
    return any(
        row["sent_by"] == key["id"] or (row["channel"] == "sighting" and row["sent_by"] == viewer.actor)
        for key in rows.seen_by(viewer, "access_machinekey")
    )


def _added_with_its_key(viewer: Viewer, row: Row, rows: Rows) -> bool:
    return any(row["submitted_by"] == key["id"] for key in rows.seen_by(viewer, "access_machinekey"))


def _told_with_its_key(viewer: Viewer, row: Row, rows: Rows) -> bool:
    """Words of a report that the machine sent, or of a stage that it added."""
    table, key, by = (
        ("intake_report", row["report_id"], "sent_by")
        if row["stage_id"] is None
        else ("intake_submittedstage", row["stage_id"], "submitted_by")
    )
    return any(
        one["id"] == key and one[by] == shown["id"]
        for one in rows.seen_by(viewer, table)
        for shown in rows.seen_by(viewer, "access_machinekey")
    )


def _shows_its_key(viewer: Viewer, _row: Row, rows: Rows) -> bool:
    return any(True for _ in rows.seen_by(viewer, "access_machinekey"))


def _told_the_same(viewer: Viewer, row: Row, rows: Rows) -> bool:
    """Of a case: what came with a report shows to whom the report's own shows."""
    return row["report_id"] is None or any(
        (one["report_id"], one["kind"], one["value"]) == (row["report_id"], row["kind"], row["value"])
        for one in rows.seen_by(viewer, "intake_observable")
    )


def _expired(_viewer: Viewer, row: Row, rows: Rows) -> bool:
    return isinstance(row["expires_at"], datetime) and row["expires_at"] < rows.now


def _stands(viewer: Viewer, row: Row, rows: Rows) -> bool:
    return not _expired(viewer, row, rows)


def _is_statutory(_viewer: Viewer, row: Row, _rows: Rows) -> bool:
    """A stage on which a clock may hang."""
    return row["stage"] not in ("addition", "correction")


_WITH_ITS_REPORT = with_its("intake_report", by="report_id")
_OF_A_REPORT: Readers = inside("report.read") | {PORTAL: _WITH_ITS_REPORT, PUBLIC: _WITH_ITS_REPORT}


def _is_chair(viewer: Viewer, row: Row, rows: Rows) -> bool:
    return any(
        seat["isac_id"] == row["isac"]
        and seat["organisation_id"] == viewer.organisation
        and seat["chair"]
        and seat["member_until"] is None
        for seat in rows.seen_by(viewer, "constituency_membership")
    )


def _decided_for_the_reader(viewer: Viewer, row: Row, rows: Rows) -> bool:
    told = {version["disclosure_id"] for version in rows.seen_by(viewer, "disclosure_version")}
    return "disclosure.read" in viewer.permissions and bool(told & {row["disclosure_id"], row["publication_id"]})


def _released(_viewer: Viewer, row: Row, rows: Rows) -> bool:
    return not row["waits"] or (row["release_from"] is not None and row["release_from"] <= rows.now)  # type: ignore[operator]


_TOLD_INDICATOR = both(may("sighting.post"), with_its("detection_told", by="id", theirs="indicator_id"))
_HEARD = both(may("hearing.answer"), own(), TOLD)


def _no_draft(_viewer: Viewer, row: Row, _rows: Rows) -> bool:
    return row["state"] != "draft"


RIVER: Final[Mapping[str, Readers]] = {
    "intake_report": inside("report.read")
    | {
        PORTAL: both(may("report.follow"), holds("is_own"), own()),
        PUBLIC: both(may("report.follow"), by_receipt),
        SENSOR: _sent_by_its_key,
    },
    **{key: {DESK: may("alarm.read"), JOBS: may("alarm.raise")} for key in ("alarms_alarm", "alarms_heartbeat")},
    "intake_draft": {
        **{door: both(may("report.submit"), says("door", door.value), by_receipt) for door in (DESK, PORTAL, PUBLIC)},
        JOBS: both(may("evidence.shred"), _expired),
    },
    "intake_progress": _OF_A_REPORT | {SENSOR: _WITH_ITS_REPORT},
    "intake_submittedstage": _OF_A_REPORT
    | {SENSOR: both(_WITH_ITS_REPORT, either(_is_statutory, _added_with_its_key))},
    "intake_feedmapping": inside("report.read") | {SENSOR: both(may("report.forward"), _shows_its_key)},
    "intake_feedrow": inside("report.read") | {SENSOR: _WITH_ITS_REPORT},
    "intake_words": _OF_A_REPORT
    | {
        DESK: both(may("report.read"), _known_or_asked_back),
        SENSOR: both(may("report.forward"), _told_with_its_key),
    },
    "intake_reporter": inside("report.read") | {DESK: both(may("report.read"), _observer_unsealed)},
    "intake_mail": inside("report.read") | {DESK: with_its("intake_reporter", by="report_id", theirs="report_id")},
    "intake_acknowledgementmail": {JOBS: may("report.read")},
    "intake_reminder": inside("report.read"),
    "intake_mailbox": inside("report.read"),
    "intake_reading": inside("report.read"),
    "intake_observable": inside("report.read")
    | {
        DESK: both(
            may("report.read"),
            either(lacks("is_telling"), with_its("intake_words", by="report_id", theirs="report_id")),
        )
    },
    **dict.fromkeys(
        (
            "triage_assessment",
            "triage_assignment",
            "triage_decision",
            "triage_followup",
            "triage_line",
            "triage_scenario",
        ),
        desk("triage.read"),
    ),
    "triage_step": {DESK: may("triage.read"), JOBS: both(may("evidence.shred"), _expired)},
    "triage_presence": {
        DESK: both(may("triage.read"), either(_stands, by_oneself("actor"))),
        JOBS: both(may("evidence.shred"), _expired),
    },
    **{
        key: {DESK: both(may("triage.read"), by_oneself("actor")), JOBS: both(may("evidence.shred"), _expired)}
        for key in ("triage_draft", "triage_reading", "triage_review")
    },
    "triage_habit": {DESK: both(may("triage.read"), by_oneself("actor"))},
    # What somebody read and how they like to look at it is nobody else's.
    "triage_landing": {DESK: both(may("triage.read"), by_oneself("actor"))},
    "triage_savedview": {DESK: both(may("triage.read"), either(holds("is_shared"), by_oneself("actor")))},
    **dict.fromkeys(("triage_scaling", "triage_vulnerability"), desk("triage.read")),
    **{
        f"triage_{noun}": desk("triage.read") | {JOBS: may("exploitation.load")}
        for noun in ("exploitationfile", "exploitprobability", "knownexploited")
    },
    **dict.fromkeys(("triage_heeded", "triage_holding"), desk("triage.read")),
    "triage_consultation": desk("triage.read")
    | {
        PORTAL: both(may("consultation.answer"), own("party_id"), TOLD),
        JOBS: may("consultation.remind"),
    },
    "triage_view": desk("triage.read")
    | {
        PORTAL: both(may("consultation.answer"), with_its("triage_consultation", by="consultation_id")),
        JOBS: may("consultation.remind"),
    },
    "triage_counterquestion": desk("triage.read")
    | {PORTAL: both(may("consultation.answer"), with_its("triage_consultation", by="consultation_id"))},
    "triage_sequel": desk("triage.read")
    | {
        PORTAL: both(may("consultation.answer"), with_its("triage_consultation", by="consultation_id"), TOLD),
        JOBS: may("consultation.remind"),
    },
    **dict.fromkeys(
        ("cases_case", "cases_casereport", "cases_document", "cases_entry", "cases_merge", "cases_party", "cases_task"),
        desk("case.read"),
    ),
    "cases_observable": {DESK: both(may("case.read"), _told_the_same)},
    **{
        f"response_{noun}": desk("response.read")
        for noun in ("action", "activation", "handover", "member", "situationreport", "telling")
    },
    "advice_advice": inside("advice.read") | {PORTAL: both(may("advice.answer"), own(), TOLD, STANDS)},
    "advice_measure": inside("advice.read") | {PORTAL: with_its("advice_advice", by="advice_id")},
    "advice_answer": inside("advice.read") | {PORTAL: with_its("advice_measure", by="measure_id")},
    "advice_followup": inside("advice.read"),
    "advice_escalation": desk("advice.read"),
    **{f"campaigns_{noun}": desk("campaign.read") for noun in ("campaign", "package", "warned", "wave")},
    "detection_indicator": desk("indicator.read") | {SENSOR: _TOLD_INDICATOR},
    "detection_told": desk("indicator.read") | {SENSOR: both(may("sighting.post"), TOLD, STANDS)},
    "detection_sighting": desk("indicator.read"),
    "detection_stem": desk("indicator.read"),
    "openness_request": desk("information-request.handle") | {PUBLIC: by_receipt},
    "openness_requester": desk("information-request.handle"),
    "openness_selection": desk("information-request.handle"),
    "openness_passage": desk("information-request.handle"),
    "openness_hearing": desk("information-request.handle")
    | {PORTAL: _HEARD, PUBLIC: both(holds("is_told"), with_its("openness_request", by="request_id"))},
    "openness_partyview": desk("information-request.handle")
    | {PORTAL: both(may("hearing.answer"), with_its("openness_hearing", by="hearing_id"))},
    "openness_decision": desk("information-request.handle") | {PUBLIC: _decided_for_the_reader},
    "openness_release": desk("information-request.handle")
    | {PUBLIC: with_its("openness_decision", by="decision_id", where=_released)},
    "inquiries_inquiry": desk("inquiry.handle")
    | {PORTAL: both(may("inquiry.answer"), own("body_id"), TOLD), JOBS: may("inquiry.remind")},
    "inquiries_answer": desk("inquiry.handle")
    | {
        PORTAL: both(may("inquiry.answer"), with_its("inquiries_inquiry", by="inquiry_id")),
        JOBS: may("inquiry.remind"),
    },
    "inquiries_reminder": desk("inquiry.handle") | {JOBS: may("inquiry.remind")},
    "inquiries_incoming": desk("inquiry.handle") | {PORTAL: both(may("inquiry.submit"), own("body_id"))},
    "inquiries_reply": desk("inquiry.handle"),
    "statistics_overview": inside("figures.read"),
    "isacs_post": {
        DESK: both(may("isac.oversee"), _no_draft),
        JOBS: both(may("isac.release"), _no_draft),
        PORTAL: both(may("isac.speak"), own("organisation")),
    },
    "isacs_file": dict.fromkeys((DESK, JOBS, PORTAL), with_its("isacs_post", by="post_id")),
    "isacs_told": {
        DESK: may("isac.oversee"),
        JOBS: may("isac.release"),
        PORTAL: both(
            may("isac.speak"),
            may("disclosure.read"),
            with_its("disclosure_reader", by="disclosure", theirs="disclosure_id"),
        ),
    },
    "isacs_motion": {
        DESK: may("isac.oversee"),
        JOBS: may("isac.release"),
        PORTAL: both(may("isac.speak"), either(own("organisation"), both(says("kind", "join"), _is_chair))),
    },
}
