"""Text as a column can hold it: whoever writes may send anything, and PostgreSQL refuses some of it."""

import re
from typing import Final

_UNKEEPABLE: Final = re.compile("[\0\ud800-\udfff]")


def is_keepable(text: str) -> bool:
    """Whether there is neither NUL nor half of a surrogate pair in it."""
    return not _UNKEEPABLE.search(text)


def keepable(text: str) -> str:
    """The text with U+FFFD for each NUL and half of a surrogate pair. The faithful original belongs in evidence."""
    return _UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def clean_text(text: str) -> str:
    """The same, without blanks around it."""
    return keepable(text).strip()
