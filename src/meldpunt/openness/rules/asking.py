"""What a request must say, and how its words are kept."""

from __future__ import annotations

import re
from typing import Final

from ..errors import PeriodBackwards, RequestEmpty, RequestTooLong
from ..values import RequestForm

LONGEST_TEXT: Final = 20_000
"""Characters in each field of a request."""

_UNKEEPABLE: Final = re.compile("[\0\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text as PostgreSQL can keep it: U+FFFD for NUL and for halves of surrogate pairs, no blanks around."""
    return _UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", text).strip()


def check_form(form: RequestForm) -> None:
    """Raise RequestEmpty, RequestTooLong or PeriodBackwards."""
    if not form.subject.strip():
        raise RequestEmpty("Say what the request is about.")
    details = (form.subject, form.requester.name, form.requester.email, form.requester.address)
    if max(map(len, details)) > LONGEST_TEXT:
        raise RequestTooLong("This is longer than 20,000 characters: say it in fewer words.")
    if form.period_from and form.period_until and form.period_from > form.period_until:
        raise PeriodBackwards("The period ends before it starts.")
