"""What crosses the wall of triage: the queue, what a page of triage shows, and what parties are asked and answer."""

from .assessments import (
    Assessment,
    AssessmentBrief,
    BiggestLever,
    By,
    ClassifiedReport,
    DecisionLine,
    Estimate,
    EstimateReading,
    NextHit,
    Outage,
    RsitSuggestion,
    Standing,
)
from .consultations import Asked, Consultation, ConsultationId, View, ViewForm
from .page import Addition, Triage
from .queue import FeedSummary, QueueFilters, QueueLine, QueuePage, SetAsideLine, SetAsidePage
from .words import UNDECIDED_AFTER, Decision, Disruption, Holder, Objection, Order, Severity

__all__ = [
    "UNDECIDED_AFTER",
    "Addition",
    "Asked",
    "Assessment",
    "AssessmentBrief",
    "BiggestLever",
    "By",
    "ClassifiedReport",
    "Consultation",
    "ConsultationId",
    "Decision",
    "DecisionLine",
    "Disruption",
    "Estimate",
    "EstimateReading",
    "FeedSummary",
    "Holder",
    "NextHit",
    "Objection",
    "Order",
    "Outage",
    "QueueFilters",
    "QueueLine",
    "QueuePage",
    "RsitSuggestion",
    "SetAsideLine",
    "SetAsidePage",
    "Severity",
    "Standing",
    "Triage",
    "View",
    "ViewForm",
]
