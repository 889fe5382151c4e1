"""Every write of response."""

from .activating import activate_response, add_members, end_response
from .handing_over import hand_over, sign_off
from .telling import publish_situation_report
from .working import assign_action, finish_action

__all__ = [
    "activate_response",
    "add_members",
    "assign_action",
    "end_response",
    "finish_action",
    "hand_over",
    "publish_situation_report",
    "sign_off",
]
