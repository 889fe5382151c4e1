"""A mail taken apart by the standard library, which sets itself no limits: some kilobytes keep it busy for hours.

What goes over these limits nobody wrote. It is not read, and kept whole.
"""

from __future__ import annotations

from collections.abc import Callable
from email.errors import MessageError
from email.feedparser import BufferedSubFile, BytesFeedParser  # type: ignore[attr-defined]
from email.message import Message
from email.policy import Compat32
from typing import Final

from .heads import without_blanks

MOST_LINES: Final = 2_000_000
"""Each is a text of its own: 48 MB of lines with one letter took 2 GB. An attachment of 50 MB has 650,000."""
DEEPEST: Final = 50
"""Parts inside each other. Each line is looked at once for every part that it stands in."""
_LONGEST_PARAMETERS: Final = 10_000
_WITH_PARAMETERS: Final = frozenset({"content-type", "content-disposition"})


def message_of(raw: bytes) -> Message:
    """The mail in these bytes, with its defects. Raises MessageError for one that goes over the limits."""
    if raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n") > MOST_LINES:
        raise MessageError("too many lines")
    parser = _Parser(policy=_Cut())
    parser.feed(without_blanks(raw))
    return parser.close()


class _Cut(Compat32):
    """Records defects where the newer policies raise; parameters are cut, because they are read in quadratic time."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_PARAMETERS] if name.lower() in _WITH_PARAMETERS else value


class _Lines(BufferedSubFile):  # type: ignore[misc]
    """The lines of a mail, with the boundaries of all parts that a line stands in."""

    def push_eof_matcher(self, pred: Callable[[str], bool]) -> None:
        if len(self._eofstack) >= DEEPEST:
            raise MessageError("parts in parts, too deep")
        super().push_eof_matcher(pred)


class _Parser(BytesFeedParser):
    def __init__(self, *, policy: Compat32) -> None:
        super().__init__(policy=policy)
        self._input = _Lines()
