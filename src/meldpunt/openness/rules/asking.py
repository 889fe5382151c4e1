"""What a request must say, and how its words are kept."""

from __future__ import annotations

from typing import Final

from ..errors import PeriodBackwards, RequestEmpty, RequestTooLong
from ..values import RequestForm

LONGEST_TEXT: Final = 20_000
"""Characters in each field of a request."""


def check_form(form: RequestForm) -> None:
    """Raise RequestEmpty, RequestTooLong or PeriodBackwards."""
    if not form.subject.strip():
        raise RequestEmpty("Say what the request is about.")
    details = (form.subject, form.requester.name, form.requester.email, form.requester.address)
    if max(map(len, details)) > LONGEST_TEXT:
        raise RequestTooLong("This is longer than 20,000 characters: say it in fewer words.")
    if form.period_from and form.period_until and form.period_from > form.period_until:
        raise PeriodBackwards("The period ends before it starts.")
