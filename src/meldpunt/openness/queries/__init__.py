"""Every read of openness: `handling` and `suggesting` for the desk. The public door imports `following` alone."""

from .following import follow_request, list_releases, open_release
from .handling import get_release, get_request, get_selection, list_requests
from .suggesting import preview_release, suggest_passages

__all__ = [
    "follow_request",
    "get_release",
    "get_request",
    "get_selection",
    "list_releases",
    "list_requests",
    "open_release",
    "preview_release",
    "suggest_passages",
]
