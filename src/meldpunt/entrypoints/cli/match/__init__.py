"""`meldpunt match`: whose is it. Compiles a registry, and attributes files to the organisations in it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.artefacts import write_registry
from meldpunt.engines.matching.compiling import compile_registry
from meldpunt.engines.matching.errors import InputBroken, MatchingError
from meldpunt.engines.matching.packing.gathering import FORMATS
from meldpunt.engines.matching.packing.running import Asked, attribute
from meldpunt.engines.matching.reading.claims import read_claims
from meldpunt.engines.matching.registry import Registry, check_claim

from . import follow, hunt, indicators, logs
from .progress import end, say
from .spreading import add_flags, spread

WHOLE, NO_ANSWER, INTERRUPTED = 0, 1, 130
_HOUSE: Final = "meldpunt.entrypoints.cli.match.constituency"
"""Loaded where it is asked for alone: everything else here runs without a database."""
_KINDS: Final = ("address", "host", "url", "asn", "time")


def run(arguments: list[str]) -> int:
    """0 with a whole answer; 1 without one, with one line that says why; 2 for what was not understood; 130 where it
    was interrupted. What is written is for whoever runs it alone: it names people and what befell them."""
    said = _parser().parse_args(arguments)
    does: Callable[[argparse.Namespace], int] = said.does
    before = os.umask(0o077)
    try:
        return does(said)
    except BrokenPipeError:
        # Whoever read what we print has seen enough; nothing more is to be written, also not at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NO_ANSWER
    except (MatchingError, OSError) as refused:
        told = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in str(refused))
        print(f"meldpunt match: {told}", file=sys.stderr)
        return NO_ANSWER
    except KeyboardInterrupt:
        print(
            "meldpunt match: interrupted; begun again it goes on, and until then rows stay in .work",
            file=sys.stderr,
        )
        return INTERRUPTED
    finally:
        os.umask(before)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="meldpunt match", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    compiling = verbs.add_parser("compile", help="lay a registry out in one file, which workers share")
    compiling.add_argument("--claims", type=Path, help="CSV: owner, role, kind, value, valid_from, valid_until")
    compiling.add_argument("--out", type=Path, default=Path(), help="folder; the file is named by its digest")
    compiling.set_defaults(does=_compile)
    attributing = verbs.add_parser("attribute", help="give each organisation the rows that are theirs")
    attributing.add_argument("inputs", type=Path, nargs="+", metavar="FILE", help="CSV; gzip, zstd, xz, bzip2 or zip")
    attributing.add_argument("--registry", type=Path, required=True, help="what `meldpunt match compile` wrote")
    attributing.add_argument("--out", type=Path, required=True, help="folder for packages, counts and manifest")
    attributing.add_argument(
        "--column", action="append", default=[], metavar="KIND=NAME", help=f"one of {', '.join(_KINDS)}"
    )
    attributing.add_argument("--delimiter", type=_sign, help="one sign, where the first line leaves it open")
    attributing.add_argument("--at", type=datetime.fromisoformat, help="instant of rows without a time of their own")
    attributing.add_argument("--zone", help="of times that name none, as Europe/Amsterdam; UTC without it")
    attributing.add_argument("--format", action="append", choices=FORMATS, help="of the packages; csv by default")
    add_flags(attributing)
    attributing.add_argument("--json", action="store_true", help="print the manifest")
    attributing.set_defaults(does=_attribute)
    indicators.add_verb(verbs)
    logs.add_verb(verbs)
    follow.add_verb(verbs)
    hunt.add_verbs(verbs)
    return parser


def _sign(text: str) -> str:
    if len(text) != 1 or not text.isascii():
        raise ValueError
    return text


def _compile(said: argparse.Namespace) -> int:
    registry = _registry_of(said.claims) if said.claims else import_module(_HOUSE).registry_of_the_house()
    print(write_registry(compile_registry(registry), said.out))
    return WHOLE


def _registry_of(claims: Path) -> Registry:
    """What is wrong with one claim is said with its place in the file."""
    try:
        return Registry.compile(read_claims(claims))
    except MatchingError:
        for number, claim in enumerate(read_claims(claims), start=1):
            try:
                check_claim(claim)
            except MatchingError as refused:
                raise InputBroken(claims.name, f"claim {number}, {claim.value!r}: {refused}") from refused
        raise


def _attribute(said: argparse.Namespace) -> int:
    asked = Asked(
        registry=said.registry,
        out=said.out,
        columns=dict(_given(said.column)),
        delimiter=said.delimiter,
        otherwise_at=said.at,
        zone=said.zone,
        formats=tuple(said.format or ("csv",)),
    )
    with spread(said, [said.registry, *said.inputs]) as executor:
        manifest = attribute(said.inputs, asked, executor=executor, workers=said.workers, progress=say)
    end()
    print(json.dumps(manifest, ensure_ascii=False) if said.json else _in_words(manifest, said.out))
    return WHOLE


def _given(columns: Sequence[str]) -> Mapping[str, str]:
    for column in columns:
        if column.partition("=")[0] not in _KINDS or not column.partition("=")[2]:
            raise MatchingError(f"--column {column}: say KIND=NAME; the kinds are {', '.join(_KINDS)}")
    return {kind: name for kind, _, name in (column.partition("=") for column in columns)}


def _in_words(manifest: Mapping[str, object], out: Path) -> str:
    inputs = manifest["inputs"]
    assert isinstance(inputs, list)
    lines = [
        f"{one['file']}: {one['rows']:,} rows; {one['attributed']:,} attributed, {one['of_nobody']:,} of nobody, "
        f"{one['misshapen']:,} of another shape, {one['over_lines']:,} over several lines; fields that cannot be read: "
        + (", ".join(f"{kind} {count:,}" for kind, count in one["unreadable"].items()) or "none")
        + f"; read by {', '.join(f'{kind}={column}' for kind, column in one['read_by'].items())}"
        for one in inputs
    ]
    return "\n".join([*lines, f"packages, counts and manifest: {out}"])
