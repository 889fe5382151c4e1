"""Every write of triage."""

from .answering import ask_desk, give_view
from .assessing import assess_report, estimate_consequence, override_disruption
from .consulting import answer_party, consult_parties, tell_outcome
from .deciding import decide_report
from .exploitation import load_epss, load_kev
from .following import read_addition, split_addition, take_back_follow_up
from .gathering import gather_waves
from .holding import release_report, take_report
from .reading import note_reading
from .reminding import remind_parties
from .reviewing import begin_review, skip_report
from .scaling import scale_report
from .supposing import adopt_scenario, keep_scenario
from .undoing import undo_step
from .viewing import land_on, move_view, remove_view, rename_view, save_view
from .vulnerabilities import assess_vulnerability
from .working import forget_draft, keep_habit, leave_report, remove_expired, save_draft, stay_at_report

__all__ = [
    "adopt_scenario",
    "answer_party",
    "ask_desk",
    "assess_report",
    "assess_vulnerability",
    "begin_review",
    "consult_parties",
    "decide_report",
    "estimate_consequence",
    "forget_draft",
    "gather_waves",
    "give_view",
    "keep_habit",
    "keep_scenario",
    "land_on",
    "leave_report",
    "load_epss",
    "load_kev",
    "move_view",
    "note_reading",
    "override_disruption",
    "read_addition",
    "release_report",
    "remind_parties",
    "remove_expired",
    "remove_view",
    "rename_view",
    "save_draft",
    "save_view",
    "scale_report",
    "skip_report",
    "split_addition",
    "stay_at_report",
    "take_back_follow_up",
    "take_report",
    "tell_outcome",
    "undo_step",
]
