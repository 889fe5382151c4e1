"""Every write of openness. The public door imports `asking` alone, which knows no case."""

from .asking import receive_request
from .deciding import approve_request, decide_request, publish_decision, reopen_request
from .hearing import give_party_view, hear_organisation
from .waiting import date_release, hold_release
from .withholding import adjourn_request, remove_passage, select_document, withhold_passage

__all__ = [
    "adjourn_request",
    "approve_request",
    "date_release",
    "decide_request",
    "give_party_view",
    "hear_organisation",
    "hold_release",
    "publish_decision",
    "receive_request",
    "remove_passage",
    "reopen_request",
    "select_document",
    "withhold_passage",
]
