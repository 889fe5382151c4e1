"""What a cell of somebody's row becomes before it travels: the specification of `kernel.copying`."""

from __future__ import annotations

import re
from typing import Final

# What a spreadsheet takes for a formula, in the wide forms of East Asian keyboards too; tab and return let the next
# character lead (OWASP, CSV injection).
_FORMULA: Final = re.compile(r"[ \u00a0]*[=+\-@\t\r\n＝＋－＠]")
_NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)


def harmless(cell: str) -> str:
    """The cell as text: an apostrophe before what a spreadsheet would run. Signed numbers are left alone."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def masked(password: str) -> str:
    """First and last character and the length, which lets an owner know it again; of short ones the length alone."""
    if not password:
        return ""
    return (
        f"{password[0]}…{password[-1]} ({len(password)})" if len(password) >= _LEAST_SHOWN else f"… ({len(password)})"
    )


_LEAST_SHOWN: Final = 4
