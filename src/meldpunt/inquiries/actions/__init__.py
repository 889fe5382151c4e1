"""Every write of inquiries."""

from .answering import answer_inquiry
from .asking import ask_body, close_inquiry, withdraw_inquiry
from .handling import reply_to_body, submit_incoming, tell_nothing
from .keeping import file_answer, open_answer_file
from .reminding import remind_bodies

__all__ = [
    "answer_inquiry",
    "ask_body",
    "close_inquiry",
    "file_answer",
    "open_answer_file",
    "remind_bodies",
    "reply_to_body",
    "submit_incoming",
    "tell_nothing",
    "withdraw_inquiry",
]
