"""Tables of triage, by what they are about."""

from .consulting import Consultation, View
from .judging import Assessment, Assignment, Decision, FollowUp
from .queue import Landing, Line, Reading, SavedView
from .scales import Scaling
from .supposing import Scenario
from .vulnerabilities import ExploitationFile, ExploitProbability, KnownExploited, Vulnerability
from .working import Draft, Habit, Presence, Review, Step

__all__ = [
    "Assessment",
    "Assignment",
    "Consultation",
    "Decision",
    "Draft",
    "ExploitProbability",
    "ExploitationFile",
    "FollowUp",
    "Habit",
    "KnownExploited",
    "Landing",
    "Line",
    "Presence",
    "Reading",
    "Review",
    "SavedView",
    "Scaling",
    "Scenario",
    "Step",
    "View",
    "Vulnerability",
]
