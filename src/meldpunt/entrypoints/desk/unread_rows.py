"""Why a row of a feed could not be read, in the language of who looks.

A row keeps its reason in English, in the words of what read it; its numbers are its own.
"""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import pgettext

_NUMBER: Final = re.compile(r"\b\d+\b")


def reason_in_words(reason: str) -> str:
    """All that is wrong with the row; what nobody translated stays as it was written."""
    return "; ".join(_one(part) for part in reason.split("; ")) if reason else ""


def _one(part: str) -> str:
    numbers = iter(_NUMBER.findall(part))
    said = pgettext("row", _NUMBER.sub("#", part))
    return re.sub("#", lambda _: next(numbers, ""), said)
