"""`meldpunt ledger verify FILE [--key VKEY] [--witness VKEY]`: needs nothing but the file.

Give the log's key from elsewhere; the one in the file proves only that the file fits itself.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from meldpunt.ledger.values import Entry
from meldpunt.ledger.verify import Verdict, verify_file

from .ending import EX_NOINPUT, SOUND, UNSOUND


def verify(path: Path, key: str | None, witnesses: Sequence[str]) -> int:
    """Check a file and say what came of it."""
    try:
        verdict = verify_file(path, key, witnesses=witnesses)
    except OSError as problem:
        print(f"meldpunt ledger: {path}: {problem.strerror or problem}", file=sys.stderr)
        return EX_NOINPUT
    print("\n".join(_said(verdict)))
    return SOUND if verdict.is_sound else UNSOUND


def _said(verdict: Verdict) -> Iterator[str]:
    """What came of it, in words: first whether it fits, then whose key says so, then the entries proven."""
    if not verdict.is_sound:
        place = "" if verdict.position is None else f" at entry {verdict.position}"
        line = "" if verdict.line is None else f" (line {verdict.line})"
        yield f"DOES NOT FIT{place}{line}: {verdict.reason}."
        return
    yield f"Everything fits: {verdict.checked:,} entries checked under the checkpoint of {verdict.size:,}."
    yield f"Signed with {verdict.vkey}"
    if len(verdict.keys) > 1:
        yield f"The log had other keys before: {', '.join(verdict.keys[:-1])}; each named the next in the log itself."
    if not verdict.is_key_given:
        yield "This key came with the file. Compare it with the one the log's keeper published, or give it with --key."
    for one in verdict.cosigned:
        yield f"Cosigned by {one.name} up to {one.size:,} entries, at {one.at.isoformat(timespec='seconds')}."
    for name in verdict.claimed:
        yield f"Under the checkpoint stands the name of {name} too; give its key with --witness to check that."
    yield from map(_line_of, verdict.entries)
    for position in verdict.erased:
        yield f"  {position}  its content was erased; an entry of the log says on what ground"


def _line_of(entry: Entry) -> str:
    return f"  {entry.position}  {entry.at.isoformat(timespec='seconds')}  {entry.kind}  {entry.subject or ''}".rstrip()
