"""Every read of cases."""

from .case import get_case, list_whole, origins_of
from .lists import (
    find_case_of,
    get_document,
    get_whole_document,
    list_by_ids,
    list_cases,
    list_documents,
    list_due,
    list_in_closed,
)
from .naming import find_observable, list_naming
from .news import list_news
from .suggestions import suggest_both, suggest_cases, suggest_reports

__all__ = [
    "find_case_of",
    "find_observable",
    "get_case",
    "get_document",
    "get_whole_document",
    "list_by_ids",
    "list_cases",
    "list_documents",
    "list_due",
    "list_in_closed",
    "list_naming",
    "list_news",
    "list_whole",
    "origins_of",
    "suggest_both",
    "suggest_cases",
    "suggest_reports",
]
