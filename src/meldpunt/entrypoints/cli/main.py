"""`meldpunt VERB …`: every verb is a function of one module, found in one table."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

VERBS: dict[str, tuple[str, str]] = {
    "demo": ("meldpunt.entrypoints.cli.demo", "play the story once and serve desk, portal and public site"),
    "story": ("meldpunt.entrypoints.cli.story.play", "play the story in the terminal, step by step"),
    "serve": ("meldpunt.entrypoints.cli.serve", "serve a door (MELDPUNT_DOOR), or all of them by path"),
    "jobs": ("meldpunt.entrypoints.cli.work", "run the background jobs"),
    "receive": ("meldpunt.entrypoints.cli.receive", "take in a mail or a feed report from a file or a pipe"),
    "load-epss": ("meldpunt.entrypoints.cli.load_epss", "let a day of EPSS stand in place of the last"),
    "load-kev": (
        "meldpunt.entrypoints.cli.load_kev",
        "let a catalogue of KEV stand in place of the last",
    ),
    "match": ("meldpunt.entrypoints.cli.match", "whose is it: attribute files to the organisations of a registry"),
    "mail": ("meldpunt.entrypoints.cli.mail", "listen for mail that a server hands over, or empty a mailbox"),
    "services": ("meldpunt.entrypoints.cli.services", "bring in services and what they lean on from a file"),
    "watch": ("meldpunt.entrypoints.cli.watch", "look whether the house runs; the status is 1 where an alarm stands"),
    "ledger": ("meldpunt.entrypoints.cli.ledger", "keep the ledger; verify it offline, or witness it"),
    "clocks": ("meldpunt.entrypoints.cli.clocks", "print the statutory deadlines of an event"),
    "admit": ("meldpunt.entrypoints.cli.admit", "let somebody in: the first administrator, who lets in the others"),
    "readmit": (
        "meldpunt.entrypoints.cli.readmit",
        "let somebody begin anew, as the database's owner: the last resort",
    ),
    "migrate": ("meldpunt.entrypoints.cli.migrate", "bring the database up to date, as its owner"),
    "lines": ("meldpunt.entrypoints.cli.lines", "lay every line of the queue anew, with the alarming words of now"),
    "shell": ("meldpunt.entrypoints.cli.shell", "a Python shell with the house loaded"),
    "bench": ("meldpunt.entrypoints.cli.bench", "measure, and print the limit beside each figure"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; its exit status. Without a verb: the list of them."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] not in VERBS:
        print("meldpunt VERB …\n")
        for verb, (_, meaning) in VERBS.items():
            print(f"  {verb:<9} {meaning}")
        return 0 if not given or given[0] in ("-h", "--help") else 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meldpunt.entrypoints.settings.house")
    run: Callable[[list[str]], int] = import_module(VERBS[given[0]][0]).run
    return run(given[1:])


if __name__ == "__main__":
    sys.exit(main())
