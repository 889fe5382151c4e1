"""Every write of cases."""

from .accepting import accept_report, decline_report, reopen_report, take_out_report
from .closing import close_case, merge_cases, reopen_case, split_case
from .gathering import refresh_case
from .undoing import undo_step
from .writing import add_document, add_entry, add_observables, add_party, add_task, finish_task, take_task

__all__ = [
    "accept_report",
    "add_document",
    "add_entry",
    "add_observables",
    "add_party",
    "add_task",
    "close_case",
    "decline_report",
    "finish_task",
    "merge_cases",
    "refresh_case",
    "reopen_case",
    "reopen_report",
    "split_case",
    "take_out_report",
    "take_task",
    "undo_step",
]
