"""Every write of openness. The public door imports `asking` alone, which knows no case."""

from .asking import receive_request
from .deciding import approve_request, decide_request, publish_decision, reopen_request
from .withholding import adjourn_request, remove_passage, select_document, withhold_passage

__all__ = [
    "adjourn_request",
    "approve_request",
    "decide_request",
    "publish_decision",
    "receive_request",
    "remove_passage",
    "reopen_request",
    "select_document",
    "withhold_passage",
]
