"""`meldpunt ledger witness --key FILE --state FILE EXPORT|CHECKPOINT…`: for an organisation that watches a log.

Each file is compared with the last that was seen; the cosigned checkpoint goes to the standard output. What was seen is
remembered before anything is said, so that nothing is ever cosigned that the next run does not know.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from meldpunt.ledger.errors import LedgerError, Unreadable
from meldpunt.ledger.keyfile import load_signing_key
from meldpunt.ledger.keys import SigningKey, Use, parse_signing_key
from meldpunt.ledger.verify import lines_of
from meldpunt.ledger.witness import Seen, cosign, format_seen, look_at, read_seen

from .ending import EX_NOINPUT, SOUND, UNSOUND


def witness(files: Sequence[Path], *, key: Path, name: str | None, state: Path, logs: Sequence[str]) -> int:
    """Look at each file in turn, and stop at the first that is refused."""
    try:
        own = _own_key(key, name)
        for path in files:
            seen = _look(path, state=state, logs=logs)
            _remember(state, seen)
            print(cosign(seen, own, at=int(time.time())), end="")
    except OSError as problem:
        print(f"meldpunt ledger: {problem.filename}: {problem.strerror or problem}", file=sys.stderr)
        return EX_NOINPUT
    except LedgerError as refused:
        print(f"REFUSED: {refused}.", file=sys.stderr)
        return UNSOUND
    return SOUND


def _look(path: Path, *, state: Path, logs: Sequence[str]) -> Seen:
    before = read_seen(state.read_text()) if state.exists() else None
    with path.open("rb") as file:
        return look_at(lines_of(file), seen=before, vkeys=logs)


def _own_key(path: Path, name: str | None) -> SigningKey:
    if path.exists():
        return parse_signing_key(path.read_text().strip(), use=Use.COSIGNATURE)
    if not name:
        raise Unreadable(f"{path} is not there: give --name to make a key of that name")
    made = load_signing_key(path, name=name, use=Use.COSIGNATURE)
    print(f"Made the key of this witness; publish {made.verifier}", file=sys.stderr)
    return made


def _remember(path: Path, seen: Seen) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.write(format_seen(seen))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
