"""Every read of the room of services."""

from .graph import get_graph, trace_standstill
from .named import count_named, find_named, list_named, list_own_namings
from .services import (
    PAGE,
    count_services,
    find_by_code,
    get_service,
    list_by_ids,
    list_changes,
    list_leaning,
    list_of_organisation,
    list_of_organisations,
    list_own_services,
    list_services,
)
from .undone import count_undone, list_undone

__all__ = [
    "PAGE",
    "count_named",
    "count_services",
    "count_undone",
    "find_by_code",
    "find_named",
    "get_graph",
    "get_service",
    "list_by_ids",
    "list_changes",
    "list_leaning",
    "list_named",
    "list_of_organisation",
    "list_of_organisations",
    "list_own_namings",
    "list_own_services",
    "list_services",
    "list_undone",
    "trace_standstill",
]
