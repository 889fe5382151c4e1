"""What the keeper of the ledger does with it; `command` imports this once Django is set up."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from meldpunt.access.errors import MeldpuntError, RuleBroken
from meldpunt.access.values import JOB
from meldpunt.ledger import actions as ledger_actions
from meldpunt.ledger import queries as ledger_queries

from .ending import EX_CANTCREAT, EX_NOINPUT, SOUND, UNSOUND


def _checkpoint(given: argparse.Namespace) -> int:
    print(ledger_actions.sign_checkpoint(JOB).note, end="")
    return SOUND


def _rotate(given: argparse.Namespace) -> int:
    signed, aside = ledger_actions.rotate_key(JOB, kept=given.old == "keep")
    print(f"The ledger is signed with a new key from entry {signed.size} on. Publish {signed.vkey}")
    print(f"The old secret lies in {aside}; nothing needs it any more." if aside else "The old secret is destroyed.")
    return SOUND


def _consistency(given: argparse.Namespace) -> int:
    try:
        print(ledger_queries.consistency_request(JOB, since=given.since), end="")
    except MeldpuntError as refused:
        print(f"meldpunt ledger: {refused}", file=sys.stderr)
        return UNSOUND
    return SOUND


def _cosigned(given: argparse.Namespace) -> int:
    try:
        note = given.file.read_text(encoding="utf-8")
        kept = ledger_actions.add_cosignature(JOB, note=note, witness=given.witness)
    except OSError as problem:
        print(f"meldpunt ledger: {given.file}: {problem.strerror or problem}", file=sys.stderr)
        return EX_NOINPUT
    except (MeldpuntError, UnicodeDecodeError) as refused:
        print(f"meldpunt ledger: {refused}", file=sys.stderr)
        return UNSOUND
    print(f"The checkpoint of {kept.size} entries now carries the cosignature.")
    return SOUND


def _export(given: argparse.Namespace) -> int:
    target = given.file
    try:
        lines = ledger_queries.export_ledger(JOB)
        if target == "-":
            sys.stdout.writelines(lines)
        else:
            _write_whole(Path(target), lines)
    except RuleBroken as refused:
        print(f"meldpunt ledger: {refused} Sign one with: meldpunt ledger checkpoint", file=sys.stderr)
        return UNSOUND
    except OSError as problem:
        print(f"meldpunt ledger: {target}: {problem.strerror or problem}", file=sys.stderr)
        return EX_CANTCREAT
    return SOUND


def _write_whole(path: Path, lines: Iterator[str]) -> None:
    """The whole export or no file: half of one would not verify."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


VERBS: Final[Mapping[str, Callable[[argparse.Namespace], int]]] = {
    "checkpoint": _checkpoint,
    "rotate-key": _rotate,
    "consistency": _consistency,
    "cosigned": _cosigned,
    "export": _export,
}
