"""`meldpunt match follow`: which indicators are seen in logs that are being written, as their lines come."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from meldpunt.engines.matching.artefacts import read_indicators
from meldpunt.engines.matching.compiling_indicators import IndicatorTable
from meldpunt.engines.matching.sighting import Sighting
from meldpunt.engines.matching.sightings.following import Followed, Following, follow


def add_verb(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Join the verb to the command."""
    parser = verbs.add_parser("follow", help="look for indicators in logs that are being written")
    parser.add_argument("indicators", type=Path, help="what `meldpunt match indicators` wrote")
    parser.add_argument("logs", type=Path, nargs="+", metavar="LOG", help="files that grow, or folders of them")
    parser.add_argument("--state", type=Path, metavar="FILE", help="how far it came; go on from there")
    parser.add_argument("--until-idle", type=float, metavar="SECONDS", help="end when nothing came for so long")
    parser.add_argument("--whenever", action="store_true", help="leave the windows of the indicators out of account")
    parser.add_argument("--json", action="store_true", help="a JSON object a line")
    parser.set_defaults(does=_follow)


def _follow(said: argparse.Namespace) -> int:
    indicators = read_indicators(said.indicators)
    over = threading.Event()
    before = {number: signal.signal(number, lambda *_: over.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    following = Following(said.logs, state=said.state)
    try:
        for found in follow(
            following, indicators, whenever=said.whenever, until_idle=said.until_idle, is_over=over.is_set
        ):
            for one in found:
                told = _as_json(one, indicators.indicators)
                print(json.dumps(told, ensure_ascii=False) if said.json else _in_words(told), flush=True)
            _warn(following)
    finally:
        following.close()
        for number, handler in before.items():
            signal.signal(number, handler)
    print(_total(following.followed, is_json=said.json))
    return int(bool(following.broken))


def _warn(following: Following) -> None:
    for sentence in following.told():
        print(f"meldpunt match: {sentence}", file=sys.stderr)


def _as_json(one: Sighting, held: IndicatorTable) -> Mapping[str, object]:
    what = held.get(one.indicator)
    return {
        "indicator": what.id,
        "kind": what.kind,
        "value": what.value,
        "source": what.source,
        "log": one.log,
        "column": one.column,
        "records": one.count,
        "first": None if one.first is None else one.first.isoformat(),
        "last": None if one.last is None else one.last.isoformat(),
        "record": one.records[0].text,
        "file": one.records[0].file,
        "offset": one.records[0].offset,
    }


def _in_words(told: Mapping[str, object]) -> str:
    when = told["first"] or "at no time that can be read"
    return f"{when} {told['log']} {told['column']}: {told['value']} ({told['indicator']}), {told['records']} records"


def _total(followed: Followed, *, is_json: bool) -> str:
    sightings = followed.sightings.values()
    seen = {one.indicator for one in sightings}
    told: Mapping[str, int] = {
        "records": followed.records,
        "untimed": followed.untimed,
        "unread": followed.unread,
        "indicators_seen": len(seen),
        "sightings": len(sightings),
        "hits": sum(one.count for one in sightings),
    }
    if is_json:
        return json.dumps({"total": told})
    return (
        f"{followed.records:,} records, {followed.untimed:,} without time; {followed.unread:,} lines are none; "
        f"{len(seen):,} indicators seen, in {len(sightings):,} columns of logs, {told['hits']:,} times"
    )
