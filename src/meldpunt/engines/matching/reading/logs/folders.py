"""Which logs there are: named one by one, or by the folders in which they stand."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.reading.logs.opening import form_of, stem_of
from meldpunt.engines.matching.reading.streams import Input

_LOGS: Final = (".log", ".json", ".jsonl", ".ndjson")
"""In the name of what is looked through in a folder: `dns.log`, `dns.10:00:00-11:00:00.log.gz`, `eve.json.1`."""
_PLANNED: Final = frozenset({"conn", "dns", "http", "ssl", "files", "smtp", "x509", "eve"})


def logs_in(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """(logs, other files): a file that is named is a log; of a folder what is one, in order. Each stands there once.

    In a folder a file is one by what stands in it; one that has the name of a log and is none is taken for a log that
    is broken, and is not passed over.
    """
    logs: dict[Path, Path] = {}
    others: list[Path] = []
    for path in paths:
        if not path.is_dir():
            logs.setdefault(path.resolve(), path)
            continue
        for one in sorted(inner for inner in path.rglob("*") if inner.is_file()):
            if is_log(one):
                logs.setdefault(one.resolve(), one)
            else:
                others.append(one)
    return list(logs.values()), others


def labels_of(logs: Sequence[Path]) -> list[str]:
    """What each is called in an answer: its name; where two have the same, its place in the folder that all share."""
    names = [path.name for path in logs]
    if len(set(names)) == len(names):
        return names
    shared = os.path.commonpath([path.absolute().parent for path in logs])
    return [path.absolute().relative_to(shared).as_posix() for path in logs]


def is_log(path: Path) -> bool:
    """Whether a file in a folder is one, by its name or by what stands in it. Raises OSError."""
    if not any(ending in path.name for ending in _LOGS):
        return False
    if stem_of(path.name) in _PLANNED:
        return True
    try:
        start = next(Input(path).pieces(), b"")
    except InputBroken:
        return True
    return not start.strip() or form_of(start) is not None
