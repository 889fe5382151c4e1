"""Tables of triage, by what they are about."""

from .consulting import Consultation, View
from .judging import Assessment, Assignment, Decision, FollowUp

__all__ = ["Assessment", "Assignment", "Consultation", "Decision", "FollowUp", "View"]
