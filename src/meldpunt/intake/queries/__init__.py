"""Every read of intake. Row policies decide which reports a viewer sees; these say in what shape."""

from .attachments import list_attachments, list_own_attachments
from .clocks import clocks_in, clocks_of, list_clocks
from .counting import count_kept, count_reports, find_held_back, find_unread
from .deadlines import list_deadlines
from .drafts import find_draft, get_file, list_files
from .feeds import count_feed_rows, has_sealed_rows, list_feed_rows, list_whole_feed_rows
from .forwarded import get_forwarded, list_forwarded
from .lists import list_observables, list_of_organisation, list_own_reports, list_reports
from .mailboxes import find_mailbox, list_mailboxes
from .mails import list_mails, list_referring
from .mappings import list_feed_mappings
from .naming import find_naming, find_observable
from .replies import preview_reply, takes_mail
from .reports import follow_report, get_own_report, get_report, list_by_ids
from .waves import list_behind, list_untouched
from .words import are_words_sealed, get_whole_report, list_alike, list_newest_words, list_words, weigh_shared

__all__ = [
    "are_words_sealed",
    "clocks_in",
    "clocks_of",
    "count_feed_rows",
    "count_kept",
    "count_reports",
    "find_draft",
    "find_held_back",
    "find_mailbox",
    "find_naming",
    "find_observable",
    "find_unread",
    "follow_report",
    "get_file",
    "get_forwarded",
    "get_own_report",
    "get_report",
    "get_whole_report",
    "has_sealed_rows",
    "list_alike",
    "list_attachments",
    "list_behind",
    "list_by_ids",
    "list_clocks",
    "list_deadlines",
    "list_feed_mappings",
    "list_feed_rows",
    "list_files",
    "list_forwarded",
    "list_mailboxes",
    "list_mails",
    "list_newest_words",
    "list_observables",
    "list_of_organisation",
    "list_own_attachments",
    "list_own_reports",
    "list_referring",
    "list_reports",
    "list_untouched",
    "list_whole_feed_rows",
    "list_words",
    "preview_reply",
    "takes_mail",
    "weigh_shared",
]
