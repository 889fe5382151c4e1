"""Tables of triage, by what they are about."""

from .consulting import Consultation, CounterQuestion, Heeded, Sequel, View
from .judging import Assessment, Assignment, Decision, FollowUp, Holding
from .queue import Landing, Line, Reading, SavedView
from .scales import Scaling
from .supposing import Scenario
from .vulnerabilities import ExploitationFile, ExploitProbability, KnownExploited, Vulnerability
from .working import Draft, Habit, Presence, Review, Step

__all__ = [
    "Assessment",
    "Assignment",
    "Consultation",
    "CounterQuestion",
    "Decision",
    "Draft",
    "ExploitProbability",
    "ExploitationFile",
    "FollowUp",
    "Habit",
    "Heeded",
    "Holding",
    "KnownExploited",
    "Landing",
    "Line",
    "Presence",
    "Reading",
    "Review",
    "SavedView",
    "Scaling",
    "Scenario",
    "Sequel",
    "Step",
    "View",
    "Vulnerability",
]
