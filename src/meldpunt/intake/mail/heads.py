"""The structure of a mail, as old programs wrote it too.

Between the name of a header and its colon there may be blanks (RFC 5322, 4.5), and the parser of the standard library
takes such a line for the end of the head: the mail has no sender then. Without these blanks it reads it.
"""

from __future__ import annotations

import re
from typing import Final

_END: Final = re.compile(rb"\r?\n\r?\n")
_SPACED: Final = re.compile(rb"^([!-9;-~]+)[ \t]+(?=:)", re.MULTILINE)
_SPACED_IN_A_PART: Final = re.compile(rb"^(content-[a-z-]{1,40})[ \t]+(?=:)", re.IGNORECASE)
_MAY_BE_SPACED: Final = re.compile(_SPACED_IN_A_PART.pattern, re.IGNORECASE | re.MULTILINE)


def without_blanks(raw: bytes) -> bytes:
    """The mail with every name of a header beside its colon: in its own head, and what is of MIME in those of parts."""
    end = _END.search(raw)
    length = end.start() if end else len(raw)
    head, body = _SPACED.sub(rb"\1", raw[:length]), raw[length:]
    if not _MAY_BE_SPACED.search(body):
        return head + body
    lines, is_head = body.splitlines(keepends=True), False
    for number, line in enumerate(lines):
        if line.startswith(b"--"):
            is_head = True
        elif not line.strip():
            is_head = False
        elif is_head:
            lines[number] = _SPACED_IN_A_PART.sub(rb"\1", line)
    return head + b"".join(lines)
