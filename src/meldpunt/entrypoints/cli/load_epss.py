"""`meldpunt load-epss [--older] FILE`."""

from __future__ import annotations

from .loading import load


def run(arguments: list[str]) -> int:
    """Load it; the exit status."""
    return load("load-epss", arguments)
