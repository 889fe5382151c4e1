"""Text as a column can hold it: whoever writes may send anything, and PostgreSQL refuses some of it."""

import re
import unicodedata
from typing import Final

_UNSEEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""Controls, formats (zero width, direction) and blanks, as Unicode has them."""
_UNKEEPABLE: Final = re.compile("[\0\ud800-\udfff]")


def is_keepable(text: str) -> bool:
    """Whether there is neither NUL nor half of a surrogate pair in it."""
    return not _UNKEEPABLE.search(text)


def keepable(text: str) -> str:
    """The text with U+FFFD for each NUL and half of a surrogate pair. The faithful original belongs in evidence."""
    return _UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def is_readable(text: str) -> bool:
    """Whether whoever reads it sees anything at all. Of a reason that is asked for, this is asked."""
    return any(unicodedata.category(sign) not in _UNSEEN for sign in text)


def clean_text(text: str) -> str:
    """The same, without blanks around it."""
    return keepable(text).strip()
