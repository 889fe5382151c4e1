"""`meldpunt match indicators`: lay indicators out in one file, for logs and for hunting."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from meldpunt.engines.matching.artefacts import read_indicators, write_indicators
from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.indicators import too_broad
from meldpunt.engines.matching.reading.intelligence.opening import Read, read_intelligence
from meldpunt.engines.matching.values import Indicator

_MOST_TOLD = 20


def add_verb(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Join the verb to the command."""
    parser = verbs.add_parser("indicators", help="lay indicators out in one file, which workers share")
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="STIX, MISP, CSV or a list; compressed or not"
    )
    parser.add_argument("--out", type=Path, default=Path(), help="folder; the file is named by its digest")
    parser.add_argument(
        "--all", action="store_true", help="also parts of what has to be seen together, and what is not for detection"
    )
    parser.add_argument("--since", type=Path, metavar="FILE", help="compiled before: what is new is compiled apart")
    parser.add_argument("--json", action="store_true", help="print what was read, left out and is broad")
    parser.set_defaults(does=_compile)


def _compile(said: argparse.Namespace) -> int:
    read = {path: read_intelligence(path, with_all=said.all) for path in said.files}
    every = list(dict.fromkeys(one for held in read.values() for one in held.indicators))
    if not every:
        print(_in_words({"sources": [_source(path, held) for path, held in read.items()], "kinds": {}, "file": ""}, []))
        return 1
    broad = [{"id": one.id, "value": one.value, "why": why} for one in every if (why := too_broad(one)) is not None]
    told: dict[str, object] = {
        "file": str(write_indicators(compile_indicators(every), said.out)),
        "indicators": len(every),
        "kinds": dict(sorted(Counter(str(one.kind) for one in every).items())),
        "sources": [_source(path, held) for path, held in read.items()],
        "broad": broad,
        "since": None if said.since is None else _since(said.since, every, said.out),
    }
    print(json.dumps(told, ensure_ascii=False) if said.json else _in_words(told, broad))
    return 0


def _since(before: Path, every: Sequence[Indicator], out: Path) -> Mapping[str, object]:
    """What changed: an indicator with another value, window or source is a new one, and its old self is gone."""
    table = read_indicators(before).indicators
    known = {table.get(number) for number in range(len(table))}
    new = [one for one in every if one not in known]
    return {
        "new": len(new),
        "gone": len(known - set(every)),
        "file": str(write_indicators(compile_indicators(new), out)) if new else None,
    }


def _source(path: Path, held: Read) -> Mapping[str, object]:
    return {
        "file": path.name,
        "indicators": len(held.indicators),
        "left_out": [{"where": one.where, "why": one.reason} for one in held.left_out],
    }


def _in_words(told: Mapping[str, object], broad: Sequence[Mapping[str, str]]) -> str:
    sources, kinds = told["sources"], told["kinds"]
    assert isinstance(sources, list)
    assert isinstance(kinds, dict)
    lines = []
    for one in sources:
        lines.append(f"{one['file']}: {one['indicators']:,} indicators, {len(one['left_out']):,} left out")
        reasons = Counter(left["why"] for left in one["left_out"])
        lines += [f"  {count:,}: {why}" for why, count in reasons.most_common(_MOST_TOLD)]
    lines += [f"broad: {one['value']}: {one['why']}" for one in broad[:_MOST_TOLD]]
    if len(broad) > _MOST_TOLD:
        lines.append(f"and {len(broad) - _MOST_TOLD:,} more that are broad")
    lines.append(", ".join(f"{count:,} {kind}" for kind, count in kinds.items()) or "nothing to look for")
    since = told.get("since")
    if isinstance(since, Mapping):
        lines.append(f"since then {since['new']:,} are new, and {since['gone']:,} gone")
        lines += [f"what is new alone: {since['file']}"] if since["file"] else []
    return "\n".join([*lines, str(told["file"])])
