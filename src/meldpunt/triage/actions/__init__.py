"""Every write of triage."""

from .assessing import assess_report, estimate_consequence, override_disruption
from .consulting import consult_party, give_view
from .deciding import decide_report
from .gathering import gather_waves
from .holding import release_report, take_report

__all__ = [
    "assess_report",
    "consult_party",
    "decide_report",
    "estimate_consequence",
    "gather_waves",
    "give_view",
    "override_disruption",
    "release_report",
    "take_report",
]
