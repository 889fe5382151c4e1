"""Every read of intake. Row policies decide which reports a viewer sees; these say in what shape."""

from .clocks import clocks_of
from .counting import count_kept, count_reports
from .feeds import count_feed_rows, list_feed_rows
from .lists import list_observables, list_own_reports, list_reports
from .reports import follow_report, get_own_report, get_report

__all__ = [
    "clocks_of",
    "count_feed_rows",
    "count_kept",
    "count_reports",
    "follow_report",
    "get_own_report",
    "get_report",
    "list_feed_rows",
    "list_observables",
    "list_own_reports",
    "list_reports",
]
