"""Ways in which inquiries refuse.

RuleBroken
├── InquiryIncomplete      a question, a reason or a kind of data is missing
├── TermUnfit              the term lies behind us, or further away than anybody calls a term
├── ConditionNotShown      a risk for society is vouched for that the case does not bear out
├── InquiryClosed          it was withdrawn or closed
├── AnswerEmpty            an answer says something, and a refusal says why
└── NothingSaid            a reply to a body holds at least one part
NotFound
└── InquiryNotFound        no such inquiry, or not for this viewer
"""

from __future__ import annotations

from meldpunt.access.errors import NotFound, RuleBroken


class InquiryIncomplete(RuleBroken):
    """Write what is asked, of which kind of data it is, and why it is needed."""


class TermUnfit(RuleBroken):
    """Choose a day that is still to come, and not half a year away."""


class ConditionNotShown(RuleBroken):
    """Choose the case that shows the risk, or leave it out."""


class InquiryClosed(RuleBroken):
    """Start a new inquiry: what has ended stays as it was."""


class AnswerEmpty(RuleBroken):
    """Answer a question, or say why not."""


class NothingSaid(RuleBroken):
    """Write at least one part, or say that there is nothing that may be told."""


class InquiryNotFound(NotFound):
    """There is no such inquiry for this viewer."""
