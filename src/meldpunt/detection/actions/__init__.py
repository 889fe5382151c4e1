"""Every write of detection. A sensor's door imports `sensing` alone, which knows no case."""

from .disclosing import add_indicator, admit_participant, disclose_indicators
from .sensing import fetch_bundle, post_sighting

__all__ = [
    "add_indicator",
    "admit_participant",
    "disclose_indicators",
    "fetch_bundle",
    "post_sighting",
]
