"""Every read of the room of services."""

from .graph import get_graph, trace_standstill
from .services import (
    PAGE,
    count_services,
    find_by_code,
    get_service,
    list_by_ids,
    list_changes,
    list_leaning,
    list_of_organisation,
    list_own_services,
    list_services,
)

__all__ = [
    "PAGE",
    "count_services",
    "find_by_code",
    "get_graph",
    "get_service",
    "list_by_ids",
    "list_changes",
    "list_leaning",
    "list_of_organisation",
    "list_own_services",
    "list_services",
    "trace_standstill",
]
