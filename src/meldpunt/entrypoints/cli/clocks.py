"""`meldpunt clocks --entity KIND --aware INSTANT …`: every statutory deadline as instant, zone and rule.

`--on` or `--regime` asks it of the law of another day; otherwise the law of the day of awareness counts.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from meldpunt.law import DUTCH, Clock, Regime, Stage, clocks_for, event_from_reports, local_day
from meldpunt.law.errors import LawError
from meldpunt.vocabulary.bilingual import Language
from meldpunt.vocabulary.entities import EntityKind

EX_DATAERR: Final = 65
_UNVERIFIED: Final = {"nl": "niet geverifieerd", "en": "not verified"}
_NO_TERM: Final = {"nl": "geen termijn in getal", "en": "no term in numbers"}
_WAITING: Final = {"nl": "op zijn laatst", "en": "at the latest"}
_NONE: Final = {"nl": "Er loopt geen wettelijke termijn.", "en": "No statutory clock runs."}


def run(arguments: list[str]) -> int:
    """Print the clocks of one event; 65 for an instant without a zone or beyond the calendar."""
    given = _parser().parse_args(arguments)
    try:
        clocks = _clocks(given)
    except LawError as problem:
        print(f"meldpunt clocks: {type(problem).__name__}: {problem}", file=sys.stderr)
        return EX_DATAERR
    print("\n".join(lines_of(clocks, language=given.language)))
    return 0


def lines_of(clocks: tuple[Clock, ...], *, language: Language) -> Iterator[str]:
    """Two lines a clock: the deadline with what is due, then its rule with the article."""
    if not clocks:
        yield _NONE[language]
    for clock in clocks:
        mark = "" if clock.verified else f" [{_UNVERIFIED[language]}]"
        yield f"{_deadline(clock, language)}  {clock.name.in_language(language)} ({clock.state})"
        yield f"    {clock.rule.in_language(language)}; {clock.article}{mark}"


def _deadline(clock: Clock, language: Language) -> str:
    if clock.deadline is None:
        return _NO_TERM[language]
    local = clock.deadline.astimezone(DUTCH.zone).isoformat(timespec="seconds")
    shown = f"{clock.deadline.strftime('%Y-%m-%dT%H:%M:%SZ')} = {local} {clock.zone}"
    return f"{shown} ({_WAITING[language]})" if clock.is_latest_possible else shown


def _clocks(given: argparse.Namespace) -> tuple[Clock, ...]:
    event = event_from_reports(aware_at=given.aware, reports=given.notified, ended_at=given.ended, asked_at=given.asked)
    aware_on = local_day(given.aware)
    if given.regime is None:
        return clocks_for(entity_kind=given.entity, event=event, on=given.on or aware_on)
    of_regime = {rule.id for rule in DUTCH.clocks if rule.regime == given.regime.id}
    day = given.on or (aware_on if given.regime.is_valid_on(aware_on) else given.regime.valid_from)
    return tuple(clock for clock in clocks_for(entity_kind=given.entity, event=event, on=day) if clock.id in of_regime)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="meldpunt clocks")
    parser.add_argument("--entity", type=EntityKind, required=True, help=", ".join(EntityKind))
    parser.add_argument("--aware", type=datetime.fromisoformat, required=True, help="instant with a zone")
    parser.add_argument("--regime", type=_regime, help=", ".join(regime.id for regime in DUTCH.regimes))
    parser.add_argument("--on", type=date.fromisoformat, help="the day whose law applies")
    parser.add_argument(
        "--notified",
        type=_notified,
        action="append",
        default=[],
        metavar="STAGE=INSTANT",
        help=f"what was sent when; stages: {', '.join(Stage)}",
    )
    parser.add_argument("--ended", type=datetime.fromisoformat, help="when the incident ended")
    parser.add_argument("--asked", type=datetime.fromisoformat, help="when the authority asked for more")
    parser.add_argument("--language", choices=("nl", "en"), default="en")
    return parser


def _notified(text: str) -> tuple[Stage, datetime]:
    stage, _, instant = text.partition("=")
    return Stage(stage), datetime.fromisoformat(instant)


def _regime(text: str) -> Regime:
    for regime in DUTCH.regimes:
        if regime.id == text:
            return regime
    raise ValueError(text)
