"""Every read of inquiries. What a body may see of it, row policies decide."""

from ..rules.terms import usual_term
from .asked import PAGE, get_inquiry, list_inquiries
from .drafts import preview_inquiry, preview_nothing, preview_reply
from .incoming import get_incoming, list_incoming
from .own import get_own_incoming, get_own_inquiry, list_own_incoming, list_own_inquiries

__all__ = [
    "PAGE",
    "get_incoming",
    "get_inquiry",
    "get_own_incoming",
    "get_own_inquiry",
    "list_incoming",
    "list_inquiries",
    "list_own_incoming",
    "list_own_inquiries",
    "preview_inquiry",
    "preview_nothing",
    "preview_reply",
    "usual_term",
]
