"""`meldpunt receive mail|feed|incidents [--name N] FILE|-`: a pipe or a file comes in, as the platform itself.

A feed is in any format of `docs/feeds.md`; what is in it says which. Made to stand behind a mail server: Postfix's
pipe(8) keeps a message and tries again on 75, and returns it to its sender on any other failure (sysexits.h). What
cannot be read is received too, and kept whole with its reason. A CSV of more than 100 MB comes in by parts; killed in
between, the same command goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NoReturn

import django
from django.db import Error as DatabaseError

from meldpunt.access.errors import MeldpuntError
from meldpunt.intake.errors import ReportTooLarge, TooManyItems
from meldpunt.intake.feed_values import LARGEST_FEED

OK: Final = 0
EX_USAGE: Final = 64
EX_DATAERR: Final = 65
EX_NOINPUT: Final = 66
EX_TEMPFAIL: Final = 75

_ITEMS_AT_ONCE = 1_000
NICENESS: Final = 10
_WHAT_COMES: Final = ("mail", "feed", "incidents")


class _Usage(argparse.ArgumentParser):
    """A parser that ends as sysexits.h says, and not with 2."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(EX_USAGE, f"{self.prog}: {message}\n")


def run(arguments: list[str]) -> int:
    """Receive one mail, one feed or a list of incidents; prints a reference a report."""
    given = _parser().parse_args(arguments)
    path = Path(given.file)
    try:
        is_large = given.what == "feed" and given.file != "-" and path.stat().st_size > LARGEST_FEED
        raw = b"" if is_large else sys.stdin.buffer.read() if given.file == "-" else path.read_bytes()
    except OSError as problem:
        return _end(EX_NOINPUT, f"{given.file}: {problem.strerror or problem}")
    try:
        django.setup()
        name = given.name or path.name
        references = _large(path, name) if is_large else _entrances(given.recipient)[given.what](raw, name)
    except (ReportTooLarge, TooManyItems) as refused:
        return _end(EX_DATAERR, str(refused))
    except (DatabaseError, OSError, MemoryError, MeldpuntError) as problem:
        # Nothing was acknowledged; whoever hands us this keeps it and comes back, also where our own key is gone.
        return _end(EX_TEMPFAIL, f"not received, try again later: {problem}")
    print("\n".join(references))
    return OK


def items_in(raw: bytes) -> list[Mapping[str, object]]:
    """The items of a JSON array, of JSON lines, or of one JSON object; anything else is one item that holds it whole.

    Something among them that is no object is an item of its own: intake keeps it with the reason.
    """
    text = raw.decode("utf-8-sig", "backslashreplace")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = _json_lines(text)
    items = found if isinstance(found, list) else [found]
    return [one if isinstance(one, dict) else {"unreadable": one} for one in items]


def _json_lines(text: str) -> list[object]:
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()] or [text]
    except (ValueError, RecursionError):
        return [text]


def _entrances(recipient: str) -> Mapping[str, Callable[[bytes, str], list[str]]]:
    from meldpunt.access.values import JOB  # noqa: PLC0415 - Django must be set up first
    from meldpunt.disclosure import actions as disclosure_actions  # noqa: PLC0415
    from meldpunt.intake import actions as intake_actions  # noqa: PLC0415

    def mail(raw: bytes, _name: str) -> list[str]:
        # What we sent and came back belongs to its delivery; everything else is somebody telling us something.
        bounced = disclosure_actions.record_bounce(JOB, raw=raw, recipient=recipient)
        if bounced is not None:
            return [f"bounced {bounced.disclosure}"]
        return [intake_actions.receive_mail(JOB, raw=raw).reference]

    def incidents(raw: bytes, _name: str) -> list[str]:
        items = items_in(raw)
        batches = [items[start : start + _ITEMS_AT_ONCE] for start in range(0, len(items), _ITEMS_AT_ONCE)]
        return [
            receipt.reference for batch in batches for receipt in intake_actions.receive_forwarded(JOB, items=batch)
        ]

    return {
        "mail": mail,
        "feed": lambda raw, name: [intake_actions.receive_feed(JOB, raw=raw, name=name).reference],
        "incidents": incidents,
    }


def _large(path: Path, name: str) -> list[str]:
    from .receive_large import receive_large_feed  # noqa: PLC0415 - Django must be set up first

    # Everybody else goes first.
    os.nice(NICENESS)
    return [receive_large_feed(path, name=name, tell=lambda said: print(said, file=sys.stderr)).reference]


def _parser() -> argparse.ArgumentParser:
    parser = _Usage(prog="meldpunt receive")
    parser.add_argument("what", choices=_WHAT_COMES)
    parser.add_argument("--name", default="", help="the file name of a feed, where the file has another")
    parser.add_argument("--recipient", default="", help="the address a mail was sent to, where the server knows it")
    parser.add_argument("file", help="a file, or - for the pipe")
    return parser


def _end(status: int, message: str) -> int:
    print(f"meldpunt receive: {message}", file=sys.stderr)
    return status
