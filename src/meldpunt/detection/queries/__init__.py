"""Every read of detection: `indicators` and `picture` for the desk."""

from .indicators import get_indicator, list_by_ids, list_indicators
from .picture import list_sightings, national_picture

__all__ = [
    "get_indicator",
    "list_by_ids",
    "list_indicators",
    "list_sightings",
    "national_picture",
]
