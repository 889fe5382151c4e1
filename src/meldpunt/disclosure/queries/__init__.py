"""Every read of the door: `inside` for the desk, `outside` for readers and reporters, `attachments` for both."""

from .attachments import open_attachment, open_proposed_attachment
from .audiences import count_readers
from .inside import get_disclosure, list_disclosures
from .outside import get_delivered, list_delivered, trace_report
from .weighing import preview_disclosure

__all__ = [
    "count_readers",
    "get_delivered",
    "get_disclosure",
    "list_delivered",
    "list_disclosures",
    "open_attachment",
    "open_proposed_attachment",
    "preview_disclosure",
    "trace_report",
]
