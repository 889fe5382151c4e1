"""`meldpunt match roll` and `meldpunt match hunt`: what logs say is kept by day, and indicators are hunted back."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from meldpunt.engines.matching.artefacts import read_indicators
from meldpunt.engines.matching.errors import InputBroken, Unreadable
from meldpunt.engines.matching.grammar import parse_host, parse_prefix
from meldpunt.engines.matching.reading.logs.folders import logs_in
from meldpunt.engines.matching.rollups.hunting import Find, expected_volume, hunt
from meldpunt.engines.matching.rollups.leaving_out import Own
from meldpunt.engines.matching.rollups.store import Store

_MOST_TOLD = 50


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Join both verbs to the command."""
    rolling = verbs.add_parser("roll", help="keep what logs say, by day and without the addresses of clients")
    rolling.add_argument("logs", type=Path, nargs="*", metavar="LOG", help="files, compressed or not, or folders")
    rolling.add_argument("--store", type=Path, required=True, help="folder of the rollups; made where it is not there")
    rolling.add_argument("--source", default="", help="the sensor whose logs they are")
    rolling.add_argument(
        "--own", action="append", default=[], metavar="NETWORK|DOMAIN", help="of those whose traffic is watched"
    )
    rolling.add_argument("--expire", type=date.fromisoformat, metavar="DAY", help="remove the days before this one")
    rolling.add_argument("--json", action="store_true")
    rolling.set_defaults(does=_roll)
    hunting = verbs.add_parser("hunt", help="hunt indicators back through what was kept of logs")
    hunting.add_argument("indicators", type=Path, help="what `meldpunt match indicators` wrote")
    hunting.add_argument("--store", type=Path, required=True, help="what `meldpunt match roll` wrote")
    hunting.add_argument("--since", type=date.fromisoformat, metavar="DAY")
    hunting.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="this day among them")
    hunting.add_argument("--whenever", action="store_true", help="leave the windows of the indicators out of account")
    hunting.add_argument("--check", action="store_true", help="take the digest of each rollup first")
    hunting.add_argument("--volume", action="store_true", help="only how many records a day each would have met")
    hunting.add_argument("--json", action="store_true", help="a JSON object a line")
    hunting.set_defaults(does=_hunt)


def _roll(said: argparse.Namespace) -> int:
    store = Store(said.store)
    if not said.logs and not said.store.exists():
        raise InputBroken(str(said.store), "there is no store of rollups")
    logs, others = logs_in(said.logs)
    rolled = store.roll(logs, source=said.source, own=_own(said.own), progress=_say)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    expired = store.expire(said.expire) if said.expire else 0
    told: Mapping[str, object] = {
        "logs": rolled.logs,
        "known": rolled.known,
        "records": rolled.records,
        "untimed": rolled.untimed,
        "unread": rolled.unread,
        "made_before": rolled.made_before,
        "no_logs": [path.name for path in others],
        "expired": expired,
        "days": len({one.day for one in store.held()}),
    }
    if said.json:
        print(json.dumps(told, ensure_ascii=False))
        return 0
    print(
        f"{rolled.logs:,} logs, and {rolled.known:,} that are known; {rolled.records:,} records,"
        f" {rolled.untimed:,} without time, which are not kept; {rolled.unread:,} lines are none"
    )
    if rolled.made_before:
        print(f"{rolled.made_before:,} rollups were made when less was known to be your own, and may hold it")
    if others:
        print(f"no logs, and not read: {', '.join(path.name for path in others)}")
    print(f"{told['days']:,} days are kept, {expired:,} rollups removed: {said.store}")
    return 0


def _own(said: Sequence[str]) -> Own:
    networks: list[IPv4Network | IPv6Network] = []
    domains: list[str] = []
    for one in said:
        try:
            networks.append(parse_prefix(one))
        except Unreadable:
            try:
                domains.append(parse_host(one))
            except Unreadable as neither:
                raise InputBroken(f"--own {one}", "it is neither a network nor a domain") from neither
    return Own(tuple(networks), tuple(domains))


def _say(log: Path, records: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{f'{log.name}: {records:,} records so far':<70}", end="", file=sys.stderr, flush=True)


def _hunt(said: argparse.Namespace) -> int:
    table = read_indicators(said.indicators).indicators
    indicators = [table.get(number) for number in range(len(table))]
    if not said.store.is_dir():
        raise InputBroken(str(said.store), "there is no store of rollups")
    store = Store(said.store)
    if said.volume:
        for one, volume in expected_volume(store, indicators):
            held = {"indicator": one.id, "value": one.value, "records_a_day": volume}
            print(
                json.dumps(held, ensure_ascii=False) if said.json else f"{volume:14,.1f} a day  {one.value}  {one.id}"
            )
        return 0
    days = sorted({one.day for one in store.held(since=said.since, until=said.until)})
    if not days:
        raise InputBroken(str(said.store), "no day of it was asked for, and nothing was hunted through")
    finds = hunt(store, indicators, since=said.since, until=said.until, whenever=said.whenever, is_checked=said.check)
    count, values = 0, set()
    for find in finds:
        count += 1
        values.add(find.indicator)
        if said.json:
            print(json.dumps(_as_json(find), ensure_ascii=False))
        elif count <= _MOST_TOLD:
            print(_in_words(find))
    if not said.json:
        if count > _MOST_TOLD:
            print(f"and {count - _MOST_TOLD:,} more; --json tells them all")
        print(f"{len(values):,} of {len(indicators):,} indicators were seen, in {count:,} columns of days")
        print(f"hunted through {len(days):,} days, from {days[0]} to {days[-1]}")
    return 0


def _as_json(find: Find) -> Mapping[str, object]:
    return {
        "indicator": find.indicator.id,
        "kind": find.indicator.kind,
        "value": find.indicator.value,
        "indicator_source": find.indicator.source,
        "source": find.source,
        "day": find.day.isoformat(),
        "log": find.log,
        "column": find.column,
        "records": find.count,
        "is_exact": find.is_exact,
        "first": find.first.isoformat(),
        "last": find.last.isoformat(),
        "places": [{"file": place.file, "offset": place.offset} for place in find.places],
    }


def _in_words(find: Find) -> str:
    count = f"{find.count:,} records" if find.is_exact else f"at most {find.count:,} records"
    sensor = f"{find.source} " if find.source else ""
    return f"{find.day} {sensor}{find.log} {find.column}: {find.indicator.value} ({find.indicator.id}), {count}"
