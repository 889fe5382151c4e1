"""Which rows of each table somebody may take away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...values import Door
from ..reading import (
    Readers,
    Row,
    Rows,
    Viewer,
    both,
    by_oneself,
    may,
    own,
    says,
    with_its,
)
from .oneself import ITS_OWN

DESK, PORTAL, PUBLIC, JOBS = Door.DESK, Door.PORTAL, Door.PUBLIC, Door.JOBS


def _of_an_open_request(viewer: Viewer, row: Row, rows: Rows) -> bool:
    selections = {
        one["request_id"] for one in rows.seen_by(viewer, "openness_selection") if one["id"] == row["selection_id"]
    }
    return any(one["id"] in selections and one["state"] == "open" for one in rows.seen_by(viewer, "openness_request"))


_OF_WHAT_IS_SHREDDED: Final = both(
    may("evidence.shred"),
    with_its("evidence_item", by="item_id", where=lambda _viewer, row, _rows: row["shredded_at"] is not None),
)
_OF_A_SHREDDED_ITEM: Final = both(
    may("evidence.shred"),
    with_its("evidence_item", by="item", where=lambda _viewer, row, _rows: row["shredded_at"] is not None),
)

REMOVERS: Final[Mapping[str, Readers]] = {
    **dict.fromkeys(("evidence_content", "evidence_key"), dict.fromkeys((DESK, JOBS), _OF_WHAT_IS_SHREDDED)),
    "evidence_part": {
        **dict.fromkeys((PORTAL, PUBLIC), may("evidence.seal")),
        DESK: _OF_A_SHREDDED_ITEM,
        JOBS: may("evidence.shred"),
    },
    "evidence_upload": {**dict.fromkeys((PORTAL, PUBLIC), may("evidence.seal")), JOBS: may("evidence.shred")},
    "access_answered": {JOBS: may("account.manage")},
    "alarms_heartbeat": {JOBS: may("alarm.raise")},
    "intake_draft": {**dict.fromkeys((DESK, PORTAL, PUBLIC), may("report.submit")), JOBS: may("evidence.shred")},
    "isacs_file": {PORTAL: with_its("isacs_post", by="post_id", where=says("state", "draft"))},
    "isacs_post": {PORTAL: both(may("isac.speak"), own("organisation"), says("state", "draft"))},
    "openness_passage": {DESK: both(may("information-request.handle"), _of_an_open_request)},
    "triage_assignment": {DESK: may("triage.decide")},
    "triage_followup": {DESK: may("triage.decide")},
    **{f"triage_{noun}": ITS_OWN | {JOBS: may("evidence.shred")} for noun in ("draft", "presence")},
    **{f"triage_{noun}": {JOBS: may("evidence.shred")} for noun in ("reading", "review", "step")},
    **{key: {DESK: by_oneself("actor")} for key in ("triage_landing", "triage_savedview")},
    **{
        f"triage_{noun}": dict.fromkeys((DESK, JOBS), may("exploitation.load"))
        for noun in ("exploitprobability", "knownexploited")
    },
}
"""For each table and door, which rows the viewer may take away."""
