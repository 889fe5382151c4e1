"""Every read of intake. Row policies decide which reports a viewer sees; these say in what shape."""

from .clocks import clocks_of
from .counting import count_kept, count_reports
from .feeds import count_feed_rows, list_feed_rows, list_whole_feed_rows
from .lists import list_observables, list_own_reports, list_reports
from .reports import follow_report, get_own_report, get_report
from .words import count_shared, get_whole_report, list_words

__all__ = [
    "clocks_of",
    "count_feed_rows",
    "count_kept",
    "count_reports",
    "count_shared",
    "follow_report",
    "get_own_report",
    "get_report",
    "get_whole_report",
    "list_feed_rows",
    "list_observables",
    "list_own_reports",
    "list_reports",
    "list_whole_feed_rows",
    "list_words",
]
