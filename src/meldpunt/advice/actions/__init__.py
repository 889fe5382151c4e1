"""Every write of advice: written and given, answered, followed up, escalated."""

from .advising_others import advise_others
from .answering import answer_measure
from .escalating import escalate
from .following import plan_follow_up, record_follow_up
from .writing import give_advice, write_advice

__all__ = [
    "advise_others",
    "answer_measure",
    "escalate",
    "give_advice",
    "plan_follow_up",
    "record_follow_up",
    "write_advice",
]
