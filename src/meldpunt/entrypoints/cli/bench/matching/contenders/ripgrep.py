"""`rg -F -f`: every line in which a value stands anywhere, as it is written.

It does less than was asked: no network, no window, no other spelling, and it finds values inside longer ones.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path


def prepare(folder: Path) -> list[str]:
    """The command."""
    logs = sorted(map(str, (folder / "logs").glob("*.log")))
    return ["rg", "--fixed-strings", "--count", "--no-config", "--file", str(folder / "values.txt"), *logs]


def run(command: list[str]) -> Iterable[tuple[str, int]]:
    """How many lines of each log."""
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        (Path(path).stem, int(count)) for path, _, count in (line.rpartition(":") for line in found.stdout.splitlines())
    ]
