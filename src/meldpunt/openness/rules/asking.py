"""What a request must say, and how its words are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..errors import PeriodBackwards, RequestEmpty, RequesterNamed, RequestTooLong
from ..values import RequesterDetails, RequestForm

LONGEST_TEXT: Final = 20_000
"""Characters in each field of a request."""

_SHORTEST_NAME: Final = 4
"""Characters: less than these stands in any text."""


def check_nobody_named(requester: RequesterDetails, texts: Iterable[str]) -> None:
    """Raise RequesterNamed where a decision names who asked: who is concerned and everybody else read it too."""
    said = "\n".join(texts).casefold()
    lines = (requester.name, requester.email, *requester.address.splitlines())
    if any(len(one.strip()) >= _SHORTEST_NAME and one.strip().casefold() in said for one in lines):
        raise RequesterNamed("The decision names who asked, and others read it too: leave that out.")


def check_form(form: RequestForm) -> None:
    """Raise RequestEmpty, RequestTooLong or PeriodBackwards."""
    if not form.subject.strip():
        raise RequestEmpty("Say what the request is about.")
    details = (form.subject, form.requester.name, form.requester.email, form.requester.address)
    if max(map(len, details)) > LONGEST_TEXT:
        raise RequestTooLong("This is longer than 20,000 characters: say it in fewer words.")
    if form.period_from and form.period_until and form.period_from > form.period_until:
        raise PeriodBackwards("The period ends before it starts.")
