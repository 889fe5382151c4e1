"""`meldpunt match logs`: which indicators are seen in these logs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from meldpunt.engines.matching.reading.logs.folders import logs_in
from meldpunt.engines.matching.sightings.running import AskedLogs, sight

from .progress import end, say
from .spreading import add_flags, spread


def add_verb(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Join the verb to the command."""
    parser = verbs.add_parser("logs", help="look for indicators in logs of Zeek and Suricata")
    parser.add_argument("indicators", type=Path, help="what `meldpunt match indicators` wrote")
    parser.add_argument("logs", type=Path, nargs="+", metavar="LOG", help="files, compressed or not, or folders")
    parser.add_argument("--out", type=Path, required=True, help="folder for sightings, records and manifest")
    parser.add_argument("--whenever", action="store_true", help="leave the windows of the indicators out of account")
    add_flags(parser)
    parser.add_argument("--json", action="store_true", help="print the manifest")
    parser.set_defaults(does=_look)


def _look(said: argparse.Namespace) -> int:
    asked = AskedLogs(said.indicators, said.out, whenever=said.whenever)
    with spread(said, [said.indicators, *logs_in(said.logs)[0]]) as executor:
        manifest = sight(said.logs, asked, executor=executor, workers=said.workers, progress=say)
    end()
    print(json.dumps(manifest, ensure_ascii=False) if said.json else _in_words(manifest, said.out))
    return 0


def _in_words(manifest: Mapping[str, object], out: Path) -> str:
    logs, others = manifest["logs"], manifest["no_logs"]
    assert isinstance(logs, list)
    assert isinstance(others, list)
    lines = [
        f"{one['file']}: {one['records']:,} records, {one['untimed']:,} without time; {one['unread']:,} lines are none"
        for one in logs
    ]
    if others:
        lines.append(f"no logs, and not looked at: {', '.join(others)}")
    seen = f"{manifest['indicators_seen']:,} indicators seen, in {manifest['sightings']:,} columns of logs"
    return "\n".join([*lines, seen, f"sightings, records and manifest: {out}"])
