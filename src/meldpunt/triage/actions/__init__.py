"""Every write of triage."""

from .assessing import assess_report, estimate_consequence, override_disruption
from .consulting import consult_party, give_view
from .deciding import decide_report
from .following import read_addition, split_addition, take_back_follow_up
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
    "read_addition",
    "release_report",
    "split_addition",
    "take_back_follow_up",
    "take_report",
]
