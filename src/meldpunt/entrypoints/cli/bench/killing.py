"""kill -9 at random moments, while people, systems and mail servers report; and whether every promise was kept.

A promise is a receipt on the screen, a 201, or a 250. Each of them is looked for in the tables afterwards: the report
must be there once, with its words, its entry in the ledger, and the code that was shown.
"""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import psycopg

from meldpunt.access.rules import digest_of

from .house import House
from .reporters import ByApi, ByForm, ByMail, Promise, Reporter

LONGEST_BETWEEN: Final = 1.2
"""Seconds between a restart and the next kill, at most."""
_RECIPIENT: Final = "meld@meldpunt.example"

_FOUND: Final = """
SELECT words.title, report.reference, report.receipt_digest,
    (SELECT count(*) FROM ledger_entry AS entry WHERE entry.id = report.entry)
FROM intake_report AS report
JOIN intake_words AS words ON words.report_id = report.id AND words.stage_id IS NULL
WHERE words.title LIKE %s
"""


@dataclass(frozen=True)
class Loss:
    """What became of the promises that were made while processes were killed."""

    kills: Counter[str]
    promised: Counter[str]
    missing: tuple[Promise, ...]
    twice: tuple[str, ...]
    wrong: tuple[Promise, ...]
    untold: int

    @property
    def is_none(self) -> bool:
        """Was every promise kept, once?"""
        return not (self.missing or self.twice or self.wrong)

    @property
    def said(self) -> str:
        """In words."""
        killed = ", ".join(f"{count} × {what}" for what, count in sorted(self.kills.items()))
        promised = ", ".join(f"{count} by {way}" for way, count in sorted(self.promised.items()))
        return (
            f"kill -9 at random moments: {killed or 'none'}\n"
            f"  promised {self.promised.total()} ({promised})\n"
            f"  lost {len(self.missing)}, twice {len(self.twice)}, under another code or without ledger entry "
            f"{len(self.wrong)}; limit 0   (received and not answered at the end: {self.untold})"
            + "".join(f"\n  {one}" for one in (*self.missing, *self.twice, *self.wrong)[:20])
        )


def kill_at_random(house: House, *, kills: int, key: str, seed: int | None = None) -> Loss:
    """Let eight report, and kill now a door, now the listener, now PostgreSQL, each time starting it anew."""
    host, run = house.address.removeprefix("http://"), uuid.uuid4().hex[:8]
    house.listen_for_mail("--smtp")
    reporters: list[Reporter] = [
        *(ByForm(host) for _ in range(4)),
        *(ByApi(host, key) for _ in range(2)),
        *(ByMail(house.mail_port, _RECIPIENT) for _ in range(2)),
    ]
    chance = random.Random(seed)  # noqa: S311 - when to kill, and nothing else
    with _Telling(reporters, run) as telling:
        killed = Counter(_kill(house, number, chance) for number in range(kills))
        telling.wait_for_more()
    return _weigh(house, run, telling.promises, killed)


class _Telling:
    """Reporters that go on until the end of the block; what they were promised."""

    def __init__(self, reporters: Sequence[Reporter], run: str) -> None:
        self.promises: list[Promise] = []
        self._run, self._reporters = run, reporters
        self._over = threading.Event()
        self._threads = ThreadPoolExecutor(len(reporters))
        self._going: list[Future[None]] = []

    def __enter__(self) -> _Telling:
        self._going = [self._threads.submit(self._go_on, place, one) for place, one in enumerate(self._reporters)]
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._threads.shutdown()
        for one in self._going:
            one.result()

    def wait_for_more(self) -> None:
        """Until each reporter was answered once more, so that what was under way at the last kill is settled."""
        before = len(self.promises)
        until = time.monotonic() + 60
        while len(self.promises) < before + 2 * len(self._reporters) and time.monotonic() < until:
            time.sleep(0.05)

    def _go_on(self, place: int, reporter: Reporter) -> None:
        number = 0
        while not self._over.is_set():
            number += 1
            self.promises.append(reporter.tell(f"Storing {self._run}-{place}-{number}"))


def _kill(house: House, number: int, chance: random.Random) -> str:
    time.sleep(chance.uniform(0.1, LONGEST_BETWEEN))
    name, act = _WAYS[number % len(_WAYS)]
    act(house)
    return name


def _the_doors(house: House) -> None:
    house.kill("doors")
    house.open_doors()


def _the_listener(house: House) -> None:
    house.kill("mail")
    house.listen_for_mail("--smtp")


_WAYS: Final[tuple[tuple[str, Callable[[House], None]], ...]] = (
    ("the doors", _the_doors),
    ("the postmaster", lambda house: house.kill_postgres(whole=True)),
    ("the listener for mail", _the_listener),
    ("a session of PostgreSQL", lambda house: house.kill_postgres(whole=False)),
)


def _weigh(house: House, run: str, promises: Sequence[Promise], killed: Counter[str]) -> Loss:
    with psycopg.connect(house.superuser) as counting:
        rows = counting.execute(_FOUND, [f"Storing {run}-%"]).fetchall()
    found = {str(title): (str(reference), bytes(digest), int(entries)) for title, reference, digest, entries in rows}
    titles = Counter(str(row[0]) for row in rows)
    kept = {one.mark: found[one.mark] for one in promises if one.mark in found}
    return Loss(
        kills=killed,
        promised=Counter(one.way for one in promises),
        missing=tuple(one for one in promises if one.mark not in kept),
        twice=tuple(title for title, count in titles.items() if count > 1),
        wrong=tuple(one for one in promises if one.mark in kept and not _is_as_promised(one, *kept[one.mark])),
        untold=len(titles.keys() - {one.mark for one in promises}),
    )


def _is_as_promised(promise: Promise, reference: str, digest: bytes, entries: int) -> bool:
    opens = not promise.code or digest_of(promise.code) == digest
    return reference == promise.reference and opens and entries == 1
