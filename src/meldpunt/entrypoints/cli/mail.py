"""`meldpunt mail listen|fetch`: mail that a server hands over, and a mailbox that is emptied once."""

from __future__ import annotations

import argparse
import asyncio
import sys
from importlib import import_module
from pathlib import Path

import django

from .saying import is_introduced

# By their names, as the jobs are: doors do not know each other, this verb only starts one.
LISTENING = "meldpunt.entrypoints.jobs.mailroom.listening"
FETCHING = "meldpunt.entrypoints.jobs.mailroom.fetching"


def run(arguments: list[str]) -> int:
    """Listen until told to stop, or empty the mailbox of the settings; the status is 1 where that did not go."""
    given = _parser().parse_args(arguments)
    if not is_introduced():
        return 1
    django.setup()
    return _listen(given) if given.what == "listen" else _fetch()


def _listen(given: argparse.Namespace) -> int:
    listening = import_module(LISTENING)
    tls = (given.tls_certificate, given.tls_key)
    if bool(tls[0]) is not bool(tls[1]):
        return _say("a certificate and its key go together")
    place = listening.Place(
        socket=given.socket,
        host=given.host,
        port=given.port,
        is_lmtp=not given.smtp,
        tls=tls if all(tls) else None,
    )
    if place.is_open_to_others and place.tls is None:
        return _say("beyond this machine it listens with a certificate only (--tls-certificate, --tls-key)")
    where = given.socket or f"{given.host}:{given.port}"
    protocol = "SMTP" if given.smtp else "LMTP"
    try:
        asyncio.run(listening.listen(place, begun=lambda: print(f"{protocol} on {where}", flush=True)))
    except OSError as problem:
        return _say(f"{where}: {problem.strerror or problem}")
    return 0


def _fetch() -> int:
    emptied = import_module(FETCHING).fetch()
    print(f"received {emptied.received}, left {emptied.left}")
    return _say(f"mailbox: {emptied.trouble}") if emptied.trouble else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="meldpunt mail")
    verbs = parser.add_subparsers(dest="what", required=True)
    listen = verbs.add_parser("listen", help="LMTP for a mail server beside us, until told to stop")
    listen.add_argument("--smtp", action="store_true", help="speak SMTP instead")
    listen.add_argument("--socket", type=Path, help="a socket in the file system")
    listen.add_argument("--host", default="127.0.0.1")
    listen.add_argument("--port", type=int, default=2525)
    listen.add_argument("--tls-certificate", type=Path, help="PEM, with its chain: STARTTLS")
    listen.add_argument("--tls-key", type=Path, help="PEM")
    verbs.add_parser("fetch", help="empty the mailbox of MELDPUNT_IMAP_URL once")
    return parser


def _say(problem: str) -> int:
    print(f"meldpunt mail: {problem}", file=sys.stderr)
    return 1
