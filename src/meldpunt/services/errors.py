"""Ways in which the room of services refuses.

RuleBroken
├── ServiceUnfit          a name, a sector or an owner is missing, or there is such a service already
├── DependencyUnfit       an end that is not there, a band that runs backwards, or nobody who told it
├── ReasonMissing         a change of the register of services says why
├── LineUnfit             one line of a file cannot be read, or names what is not there
├── NamingSettled         the organisation took it back, or the desk placed it
└── FileRefused           lines of the file are wrong; nothing of it was kept
NotFound
├── ServiceNotFound       no such service, or not for this viewer
├── DependencyNotFound    no such dependency, or it ended
└── NamingNotFound        no such naming, or it ended
"""

from __future__ import annotations

from dataclasses import dataclass

from meldpunt.access.errors import NotFound, RuleBroken


class ServiceUnfit(RuleBroken):
    """Give a name, a sector, and either an organisation of the register or a provider by name."""


class DependencyUnfit(RuleBroken):
    """Name two ends of which one is a service, and give each band from low to high."""


class ReasonMissing(RuleBroken):
    """Write how you know: whoever estimates an outage by it reads that."""

    def __init__(self) -> None:
        super().__init__("Write the reason.")


class NamingSettled(RuleBroken):
    """Look at the list again: there is nothing left to decide about this one."""

    def __init__(self) -> None:
        super().__init__("The organisation took this back, or a colleague placed it already.")


class LineUnfit(RuleBroken):
    """Correct the line; what each column holds stands in `docs/services.md`."""


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line of a file that cannot be kept: its number, counted from 1 with the header, and why."""

    number: int
    why: RuleBroken


class FileRefused(RuleBroken):
    """Correct the lines and bring the whole file again: nothing of it was kept. `lines` are the first of them."""

    def __init__(self, count: int, lines: tuple[WrongLine, ...] = ()) -> None:
        super().__init__("Nothing of the file was kept: %(count)s lines are wrong.", count=count)
        self.lines = lines


class ServiceNotFound(NotFound):
    """There is no such service for this viewer."""


class DependencyNotFound(NotFound):
    """There is no such dependency for this viewer, or it ended."""


class NamingNotFound(NotFound):
    """There is no such naming for this viewer, or it ended."""
