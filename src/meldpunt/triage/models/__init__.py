"""Tables of triage, by what they are about."""

from .consulting import Consultation, View
from .judging import Assessment, Assignment, Decision, FollowUp
from .working import Draft, Habit, Presence, Review, Step

__all__ = [
    "Assessment",
    "Assignment",
    "Consultation",
    "Decision",
    "Draft",
    "FollowUp",
    "Habit",
    "Presence",
    "Review",
    "Step",
    "View",
]
