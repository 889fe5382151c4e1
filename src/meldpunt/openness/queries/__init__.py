"""Every read of openness: the desk's, of `hearing` the portal's own, and `following` for the public door alone."""

from .following import follow_request, list_releases, open_release
from .handling import get_release, get_request, get_selection, list_requests
from .hearing import get_own_hearing, list_hearings, list_own_hearings, list_to_hear
from .previewing import is_publishable, preview_decision, preview_hearing, preview_publication
from .suggesting import preview_release, suggest_passages

__all__ = [
    "follow_request",
    "get_own_hearing",
    "get_release",
    "get_request",
    "get_selection",
    "is_publishable",
    "list_hearings",
    "list_own_hearings",
    "list_releases",
    "list_requests",
    "list_to_hear",
    "open_release",
    "preview_decision",
    "preview_hearing",
    "preview_publication",
    "preview_release",
    "suggest_passages",
]
