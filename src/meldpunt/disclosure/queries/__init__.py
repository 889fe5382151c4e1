"""Every read of the door: `inside` and `listing` for the desk, `outside` for whom it told, `attachments` for both."""

from .alarms import count_alarms, get_mail_state, list_alarms
from .attachments import open_attachment, open_proposed_attachment
from .audiences import count_readers
from .inside import get_disclosure, list_by_ids, list_progress
from .letters import find_letters, find_refused_answers, find_stuck
from .listing import PAGE, count_waiting, list_disclosures, list_titles
from .outside import (
    find_delivered,
    find_not_yet,
    get_delivered,
    list_about,
    list_delivered,
    list_delivered_after,
    trace_report,
)
from .superseding import draft_to_replace, label_circles
from .weighing import check_shown, preview_disclosure, preview_each

__all__ = [
    "PAGE",
    "check_shown",
    "count_alarms",
    "count_readers",
    "count_waiting",
    "draft_to_replace",
    "find_delivered",
    "find_letters",
    "find_not_yet",
    "find_refused_answers",
    "find_stuck",
    "get_delivered",
    "get_disclosure",
    "get_mail_state",
    "label_circles",
    "list_about",
    "list_alarms",
    "list_by_ids",
    "list_delivered",
    "list_delivered_after",
    "list_disclosures",
    "list_progress",
    "list_titles",
    "open_attachment",
    "open_proposed_attachment",
    "preview_disclosure",
    "preview_each",
    "trace_report",
]
