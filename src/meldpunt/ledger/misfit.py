"""How the offline check stops: at the first thing that does not fit."""

from __future__ import annotations


class Misfit(Exception):
    """Where in the log and in the file it is, and what is wrong. Never leaves the check; it becomes its verdict."""

    def __init__(self, position: int | None, reason: str, *, line: int | None = None) -> None:
        super().__init__(reason)
        self.position = position
        self.reason = reason
        self.line = line
