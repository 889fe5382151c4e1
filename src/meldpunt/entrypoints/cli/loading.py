"""A file of EPSS or KEV in place of the last, as the platform itself."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import django

from meldpunt.access.errors import RuleBroken

REFUSED: Final = 1
UNREADABLE: Final = 2


def load(verb: str, arguments: Sequence[str]) -> int:
    """`meldpunt load-epss|load-kev [--older] FILE`; 0 where it was loaded, 1 where it was refused, with the reason."""
    parser = argparse.ArgumentParser(prog=f"meldpunt {verb}")
    parser.add_argument("file", type=Path, help="as its publisher made it, packed with gzip or not")
    parser.add_argument("--older", action="store_true", help="also where it is older than what stands")
    given = parser.parse_args(arguments)
    try:
        raw = given.file.read_bytes()
    except OSError as problem:
        print(f"meldpunt {verb}: {given.file}: {problem.strerror or problem}", file=sys.stderr)
        return UNREADABLE
    django.setup()
    from meldpunt.access.values import JOB  # noqa: PLC0415 - Django must be set up first
    from meldpunt.triage import actions as triage_actions  # noqa: PLC0415

    act = triage_actions.load_epss if verb == "load-epss" else triage_actions.load_kev
    try:
        loaded = act(JOB, raw=raw, is_older_meant=given.older)
    except RuleBroken as refused:
        print(f"meldpunt {verb}: {refused}", file=sys.stderr)
        return REFUSED
    print(f"{loaded.rows} lines of {loaded.day}, version {loaded.version}")
    return 0
