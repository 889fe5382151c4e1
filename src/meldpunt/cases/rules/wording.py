"""Text as a column can hold it, and pages as a query can count them."""

from __future__ import annotations

import re
from typing import Final

_UNKEEPABLE: Final = re.compile("[\x00\ud800-\udfff]")
_LAST_PAGE: Final = 100_000


def clean_text(text: str) -> str:
    """The text without space around it, with U+FFFD for NUL and for halves of surrogate pairs."""
    return _UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", text).strip()


def pattern_of(text: str) -> str:
    """A pattern for ILIKE in which the text stands for itself."""
    plain = clean_text(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"


def page_number(page: int) -> int:
    """A page that exists for a database: from 1 to 100,000."""
    return min(max(page, 1), _LAST_PAGE)
