"""Tables of triage, by what they are about."""

from .consulting import Consultation, View
from .judging import Assessment, Assignment, Decision, FollowUp
from .queue import Landing, Line, Reading, SavedView
from .working import Draft, Habit, Presence, Review, Step

__all__ = [
    "Assessment",
    "Assignment",
    "Consultation",
    "Decision",
    "Draft",
    "FollowUp",
    "Habit",
    "Landing",
    "Line",
    "Presence",
    "Reading",
    "Review",
    "SavedView",
    "Step",
    "View",
]
