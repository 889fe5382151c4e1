"""`meldpunt clocks --regime REGIME --event aware=INSTANT …`: every statutory deadline as instant, zone and rule.

Without `--regime` the law of the day of awareness counts, `--on` asks for that of another day. Without `--entity` the
clocks of every kind of entity are printed. An event is told moment by moment: `--event incident-notification=INSTANT`,
`--event ended=INSTANT`; of each stage the first counts, so a revised report changes nothing, and it says so.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, TypeAlias

from meldpunt.law import IN_FORCE, Clock, Event, Law, Regime, Stage, clocks_for, event_from_reports, load_law, local_day
from meldpunt.law.errors import LawError
from meldpunt.vocabulary.bilingual import Bilingual, Language
from meldpunt.vocabulary.entities import EntityKind

EX_DATAERR: Final = 65
Moment: TypeAlias = tuple[str, datetime]

_UNVERIFIED: Final = Bilingual("niet geverifieerd", "not verified")
_NO_TERM: Final = Bilingual("geen termijn in getal", "no term in numbers")
_AT_THE_LATEST: Final = Bilingual("op zijn laatst", "at the latest")
_NONE: Final = Bilingual("Er loopt geen wettelijke termijn.", "No statutory clock runs.")
_NOT_BEGUN: Final = Bilingual("nog niet begonnen", "not begun")
_OPEN: Final = Bilingual("open", "open")
_OVERDUE: Final = Bilingual("verlopen", "overdue")
_MET: Final = Bilingual("gehaald", "met")
_MET_LATE: Final = Bilingual("te laat gehaald", "met late")
_REVISED: Final = Bilingual("herzien, verandert geen termijn", "revised, changes no deadline")
_OTHER_MOMENTS: Final = ("aware", "ended", "asked")


def run(arguments: list[str]) -> int:
    """Print the clocks of one event; 65 for an instant without a zone, beyond the calendar, or a wrong law folder."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        law = load_law(given.law) if given.law else IN_FORCE
        regime = _regime(given.regime, law, parser) if given.regime else None
        event = _event(given, parser)
        found = _clocks(given, event, regime, law)
    except LawError as problem:
        print(f"meldpunt clocks: {type(problem).__name__}: {problem}", file=sys.stderr)
        return EX_DATAERR
    for stage, sent_at in _revised(_moments(given)):
        print(f"{sent_at.isoformat()}  {stage}: {_REVISED.in_language(given.language)}")
    print("\n".join(lines_of(found, law=law, now=given.now or datetime.now(UTC), language=given.language)))
    return 0


def lines_of(
    found: Sequence[tuple[Clock, Sequence[EntityKind]]], *, law: Law, now: datetime, language: Language
) -> Iterator[str]:
    """Two lines a clock: the deadline with what is due and how it stands, then whose it is, its rule and article."""
    if not found:
        yield _NONE.in_language(language)
    for clock, kinds in found:
        mark = "" if clock.verified else f" [{_UNVERIFIED.in_language(language)}]"
        whose = f"{', '.join(kind.label.in_language(language) for kind in kinds)}: " if kinds else ""
        standing = standing_of(clock, now).in_language(language)
        yield f"{_deadline(clock, law, language)}  {clock.name.in_language(language)} ({standing})"
        yield f"    {whose}{clock.rule.in_language(language)}; {clock.article}{mark}"


def standing_of(clock: Clock, now: datetime) -> Bilingual:
    """How the clock stands at that moment, in a word."""
    if clock.met_at is not None:
        return _MET if clock.deadline is None or clock.met_at <= clock.deadline else _MET_LATE
    if clock.starts_from is None:
        return _NOT_BEGUN
    return _OVERDUE if clock.is_overdue(now) else _OPEN


def _deadline(clock: Clock, law: Law, language: Language) -> str:
    if clock.deadline is None:
        return _NO_TERM.in_language(language)
    local = clock.deadline.astimezone(law.zone).isoformat(timespec="seconds")
    shown = f"{clock.deadline.strftime('%Y-%m-%dT%H:%M:%SZ')} = {local} {clock.zone}"
    return f"{shown} ({_AT_THE_LATEST.in_language(language)})" if clock.is_latest_possible else shown


def _clocks(
    given: argparse.Namespace, event: Event, regime: Regime | None, law: Law
) -> list[tuple[Clock, list[EntityKind]]]:
    aware_on = local_day(event.aware_at, law)
    day = given.on or (aware_on if regime is None or regime.is_valid_on(aware_on) else regime.valid_from)
    asked = {rule.id for rule in law.clocks if regime is None or rule.regime == regime.id}
    whose: dict[Clock, list[EntityKind]] = {}
    for kind in [given.entity] if given.entity else EntityKind:
        for clock in clocks_for(entity_kind=kind, event=event, on=day, law=law):
            if clock.id in asked:
                whose.setdefault(clock, []).extend([] if given.entity else [kind])
    return list(whose.items())


def _event(given: argparse.Namespace, parser: argparse.ArgumentParser) -> Event:
    moments = _moments(given)
    others = {name: instant for name, instant in moments if name in _OTHER_MOMENTS}
    if "aware" not in others:
        parser.error("say since when the event is known: --event aware=INSTANT")
    return event_from_reports(
        aware_at=others["aware"],
        reports=[(Stage(name), instant) for name, instant in moments if name not in _OTHER_MOMENTS],
        ended_at=others.get("ended"),
        asked_at=others.get("asked"),
    )


def _moments(given: argparse.Namespace) -> list[Moment]:
    short = [(name, getattr(given, name)) for name in _OTHER_MOMENTS]
    return [*given.event, *((name, instant) for name, instant in short if instant is not None)]


def _revised(moments: Sequence[Moment]) -> Iterator[Moment]:
    """What was sent again after it had been sent."""
    seen: set[str] = set()
    for name, instant in sorted(moments, key=lambda moment: moment[1]):
        if name in seen and name not in _OTHER_MOMENTS:
            yield name, instant
        seen.add(name)


def _regime(regime_id: str, law: Law, parser: argparse.ArgumentParser) -> Regime:
    by_id = {str(regime.id): regime for regime in law.regimes}
    if regime_id not in by_id:
        parser.error(f"no such regime: {regime_id}; there are {', '.join(by_id)}")
    return by_id[regime_id]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="meldpunt clocks")
    parser.add_argument("--regime", help=", ".join(regime.id for regime in IN_FORCE.regimes))
    parser.add_argument(
        *("--event", "--notified"),
        type=_moment,
        action="append",
        default=[],
        metavar="MOMENT=INSTANT",
        help=f"what happened when, as often as needed: {', '.join(_OTHER_MOMENTS)}, or sent: {', '.join(Stage)}",
    )
    parser.add_argument("--entity", type=EntityKind, help=f"for one kind only: {', '.join(EntityKind)}")
    parser.add_argument("--aware", type=datetime.fromisoformat, help="short for --event aware=INSTANT")
    parser.add_argument("--ended", type=datetime.fromisoformat, help="when the incident ended")
    parser.add_argument("--asked", type=datetime.fromisoformat, help="when the authority asked for more")
    parser.add_argument("--on", type=date.fromisoformat, help="the day whose law applies")
    parser.add_argument("--now", type=datetime.fromisoformat, help="as of when it is open or overdue; else this moment")
    parser.add_argument("--law", type=Path, help="the folder with the law of another country")
    parser.add_argument("--language", choices=("nl", "en"), default="en")
    return parser


def _moment(text: str) -> Moment:
    name, _, instant = text.partition("=")
    if name not in _OTHER_MOMENTS and name not in list(Stage):
        raise ValueError(name)
    return name, datetime.fromisoformat(instant)
