"""Every read of detection: `indicators`, `picture`, and what would be told, for the desk."""

from .drafting import preview_indicators
from .indicators import find_by_value, get_indicator, list_by_ids, list_indicators
from .picture import list_sightings, national_picture

__all__ = [
    "find_by_value",
    "get_indicator",
    "list_by_ids",
    "list_indicators",
    "list_sightings",
    "national_picture",
    "preview_indicators",
]
