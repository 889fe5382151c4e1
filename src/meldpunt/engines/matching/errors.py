"""What can go wrong in matching.

MatchingError
├── Unreadable            a value is not what its column says it is
├── TimeWithoutZone       an instant was asked for and a wall clock given
├── ZoneUnknown           no zone of local time has that name
├── ArtefactBroken        a compiled file is not what its name says
├── ColumnsUnclear        nothing says which column names whose a row is
├── InputBroken           a file to be matched cannot be read to its end as what it says it is
├── OutputThere           something stands where the answer would go
├── OutputBusy            another process writes its answer there
├── ClusterUnusable       no workers that could do the work, or none that may
├── StoreBusy             another adds to the rollups at this moment
├── IndicatorRefused      an indicator would be seen everywhere, or never
└── ClaimRefused          a claim cannot enter the registry
    ├── PublicSuffixClaimed   it would own the names of strangers
    ├── ValidityEmpty         it is valid at no instant
    └── OwnedTwice            two owners, one value, one role, one instant
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

_MOST_SHOWN: Final = 20
_LONGEST_SHOWN: Final = 40


def _shown(text: str) -> str:
    """The name of a column, which may be a cell of a file that has no header."""
    printable = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return printable if len(printable) <= _LONGEST_SHOWN else f"{printable[:_LONGEST_SHOWN]}…"


class MatchingError(ValueError):
    """Root of everything this room refuses."""


class Unreadable(MatchingError):
    """The text is not a well-formed value of its kind.

    `kind` names the grammar ("address", "host" ...), `reason` says what is wrong without repeating
    the text, so that a log line cannot carry the value along. `text` holds what was read.
    """

    def __init__(self, kind: str, reason: str, text: str) -> None:
        super().__init__(f"{kind}: {reason}")
        self.kind = kind
        self.reason = reason
        self.text = text


class ClusterUnusable(MatchingError):
    """A cluster that cannot do the work: it is not there, may not be used, or sees other files."""


class StoreBusy(MatchingError):
    """Another process adds to the store, or removes from it. Try again when it is done."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: another process is at work in it")
        self.folder = folder


class IndicatorRefused(MatchingError):
    """It cannot be looked for: what it recognises is everywhere, or its window holds no instant. `id` is its own."""

    def __init__(self, id_: str, reason: str) -> None:
        super().__init__(f"{id_}: {reason}")
        self.id = id_
        self.reason = reason


class TimeWithoutZone(MatchingError):
    """A datetime without a zone names no instant; pass an aware one."""


class ZoneUnknown(MatchingError):
    """Name it as the database of time zones does: `Europe/Amsterdam`."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no zone is named {name!r}; say for example Europe/Amsterdam")
        self.name = name


class ArtefactBroken(MatchingError):
    """A compiled file that was damaged, exchanged, or made by another release. Compile it again."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        self.reason = reason


class ColumnsUnclear(MatchingError):
    """Say yourself which column holds what: a guess would warn the wrong ones. `columns`: those in question."""

    def __init__(self, reason: str, columns: tuple[str, ...]) -> None:
        shown = ", ".join(map(_shown, columns[:_MOST_SHOWN]))
        super().__init__(f"{reason}: {shown}{', …' if len(columns) > _MOST_SHOWN else ''}")
        self.reason = reason
        self.columns = columns


class InputBroken(MatchingError):
    """A file that ends too early, changed while it was read, or holds a record beyond measure.

    Nothing of it counts: a part of an answer that looks like a whole one would be worse than none.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class OutputThere(MatchingError):
    """Something stands in the folder that would be lost. Name another, or move it away."""

    def __init__(self, folder: Path, reason: str = "a finished answer stands there") -> None:
        super().__init__(f"{folder}: {reason}; name another folder, or move it away")
        self.folder = folder


class OutputBusy(MatchingError):
    """Another process writes its answer into the same folder at this moment."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: another process is at work in it")
        self.folder = folder


class ClaimRefused(MatchingError):
    """A claim that may not enter the registry. `value` is the claimed value as it was written."""

    def __init__(self, reason: str, value: str) -> None:
        super().__init__(f"{value}: {reason}")
        self.reason = reason
        self.value = value


class PublicSuffixClaimed(ClaimRefused):
    """Under a public suffix live other people's names: nobody may own it whole."""


class ValidityEmpty(ClaimRefused):
    """The claim ends at or before the instant it starts."""


class OwnedTwice(ClaimRefused):
    """Two owners claim the same value in the same role at the same time: a person must decide."""
