"""`meldpunt ledger export FILE|- · checkpoint · verify FILE [--key VKEY]`.

Verifying needs nothing but the file: no database and no settings. Give the log's key from elsewhere; the one in the
file proves only that the file fits itself.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import django

from meldpunt.access.errors import RuleBroken
from meldpunt.ledger.values import Entry
from meldpunt.ledger.verify import Verdict, verify_file

SOUND: Final = 0
UNSOUND: Final = 1
EX_NOINPUT: Final = 66
EX_CANTCREAT: Final = 73


def run(arguments: list[str]) -> int:
    """Export, sign or verify. Verify ends with 0 where everything fits and 1 where anything does not."""
    parser = argparse.ArgumentParser(prog="meldpunt ledger")
    verbs = parser.add_subparsers(dest="verb", required=True)
    export = verbs.add_parser("export", help="write the ledger up to its last checkpoint; it tells no contents")
    export.add_argument("file", nargs="?", default="-", help="where to; - for the standard output")
    verbs.add_parser("checkpoint", help="sign the tree as it stands, and print the signed note")
    verify = verbs.add_parser("verify", help="check an export or a file of proofs, offline")
    verify.add_argument("file", type=Path)
    verify.add_argument("--key", help="the verifier key of the log, as its keeper published it")
    given = parser.parse_args(arguments)
    if given.verb == "verify":
        return _verify(given.file, given.key)
    django.setup()
    return _export(given.file) if given.verb == "export" else _checkpoint()


def _verify(path: Path, key: str | None) -> int:
    try:
        verdict = verify_file(path, key)
    except OSError as problem:
        print(f"meldpunt ledger: {path}: {problem.strerror or problem}", file=sys.stderr)
        return EX_NOINPUT
    print("\n".join(lines_of(verdict)))
    return SOUND if verdict.is_sound else UNSOUND


def lines_of(verdict: Verdict) -> Iterator[str]:
    """What came of it, in words: first whether it fits, then whose key says so, then the entries proven."""
    if not verdict.is_sound:
        place = "" if verdict.position is None else f" at entry {verdict.position}"
        yield f"DOES NOT FIT{place}: {verdict.reason}."
        return
    yield f"Everything fits: {verdict.checked:,} entries checked under the checkpoint of {verdict.size:,}."
    yield f"Signed with {verdict.vkey}"
    if not verdict.is_key_given:
        yield "This key came with the file. Compare it with the one the log's keeper published, or give it with --key."
    yield from map(_line_of, verdict.entries)


def _line_of(entry: Entry) -> str:
    return f"  {entry.position}  {entry.at.isoformat(timespec='seconds')}  {entry.kind}  {entry.subject or ''}".rstrip()


def _checkpoint() -> int:
    from meldpunt.access.values import JOB  # noqa: PLC0415 - Django must be set up first
    from meldpunt.ledger import actions as ledger_actions  # noqa: PLC0415

    print(ledger_actions.sign_checkpoint(JOB).note, end="")
    return SOUND


def _export(target: str) -> int:
    from meldpunt.access.values import JOB  # noqa: PLC0415 - Django must be set up first
    from meldpunt.ledger import queries as ledger_queries  # noqa: PLC0415

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
