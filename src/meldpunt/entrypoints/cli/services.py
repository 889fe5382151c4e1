"""`meldpunt services import FILE --reason WORDS`: services and what they lean on come in, whole or not at all.

The columns stand in `docs/services.md`. Where lines are wrong, the first fifty are printed and the status is 1.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import django

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import JOB

if TYPE_CHECKING:
    from meldpunt.services.values import Imported


def run(arguments: list[str]) -> int:
    """Bring in one file, as the platform itself; 1 with its wrong lines where it is refused."""
    parser = argparse.ArgumentParser(prog="meldpunt services")
    parser.add_argument("what", choices=["import"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--reason", required=True, help="where the file comes from: whoever estimates by it reads that")
    given = parser.parse_args(arguments)
    django.setup()
    try:
        found = _import(given.file, given.reason)
    except (RuleBroken, OSError) as refusal:
        print(f"meldpunt services: {refusal}", file=sys.stderr)
        for line in getattr(refusal, "lines", ()):
            print(f"  line {line.number}: {line.why}", file=sys.stderr)
        return 1
    print(f"{found.services} services, {found.dependencies} dependencies, of which {found.replaced} told anew")
    return 0


def _import(file: Path, reason: str) -> Imported:
    from meldpunt.services import actions  # noqa: PLC0415 - Django must be set up first

    return actions.import_services(JOB, raw=file.read_bytes(), reason=reason)
