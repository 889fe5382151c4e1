"""Every read of advice: `inside` for the desk, `outside` for the organisation that was advised."""

from .drafting import preview_advice, preview_escalation
from .inside import get_advice, list_advice, may_escalate
from .others import list_concerned, preview_others
from .outside import get_own_advice, list_own_advice

__all__ = [
    "get_advice",
    "get_own_advice",
    "list_advice",
    "list_concerned",
    "list_own_advice",
    "may_escalate",
    "preview_advice",
    "preview_escalation",
    "preview_others",
]
