"""A flood of reporters, of mail and of rows, one after the other, and how long the desk waits for its pages meanwhile.

Each door is a process of its own, as in production; reporters, mail servers and the desk's browser share the processors
with them. What was acknowledged is counted in the tables afterwards.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psycopg

from ..story.people import people_of
from .house import House
from .reporters import ByForm
from .storms import StormOfMail, hammer
from .visiting import Visitor

LIMIT_MS: Final = 200
REPORTERS: Final = 1_000
MAILS: Final = 5_000
ROWS: Final = 10_000_000
_FEED_NAME: Final = "2026-11-21-scan_telnet-netherlands-geo.csv"
_REPORT_LINK: Final = re.compile(r'href="(/reports/[0-9a-f-]{36})"')
_QUIET_ROUNDS: Final = 15
_PAUSE: Final = 0.2
_NOISY: Final = 20


@dataclass
class Desk:
    """Somebody at the desk who goes over the same pages, again and again."""

    address: str
    pages: dict[str, str] = field(default_factory=dict)

    def come_in(self) -> None:
        """Log in, and choose the pages: the queue in three orders, a search, and a report."""
        person = next(one for one in people_of("desk") if "analyst" in one.roles)
        self._visitor = Visitor(self.address)
        self._visitor.post("/account/login/", login=person.email, password=person.password)
        self._visitor.post("/account/code/", code=person.code)
        queue = self._visitor.get("/").body
        self.pages = {
            "queue, due first": "/",
            "queue, newest first": "/?order=newest",
            "queue, gravest first": "/?order=gravest",
            "search in every report": "/?state=all&order=newest&text=pomp",
            "a report": _REPORT_LINK.findall(queue)[0],
        }

    def go_round(self, took: dict[str, list[float]]) -> None:
        """Ask for each page once, as somebody does who reads in between."""
        for name, path in self.pages.items():
            took.setdefault(name, []).append(self._visitor.get(path).took)
            time.sleep(_PAUSE)


def measure_floods(house: House, *, rows: int) -> bool:
    """Print how long the desk waited, and what became of what was sent; whether nothing acknowledged was lost."""
    desk_port, public_port = house.open_door("desk"), house.open_door("public")
    house.listen_for_mail()
    house.work()
    desk = Desk(f"http://127.0.0.1:{desk_port}")
    desk.come_in()
    host = f"127.0.0.1:{public_port}"
    load = os.getloadavg()[0]
    print(f"limit {LIMIT_MS} ms for the median of every page of the desk; load before anything was sent: {load:.1f}")
    print(f"{'':<26} {'page':<24} {'times':>5} {'median ms':>9} {'p99 ms':>8}")
    _measure_quiet(desk)
    kept = True
    for name, flood in (
        (f"{REPORTERS:,} reporters at once", lambda: _reporters(house, host)),
        (f"{MAILS:,} mails", lambda: _mails(house)),
        (f"a feed of {rows:,} rows", lambda: _feed(house, rows)),
    ):
        said, is_kept = _measure_during(desk, name, flood)
        kept = kept and is_kept
        print(f"  {said}")
    _say_lines(house)
    return kept


def _measure_quiet(desk: Desk) -> None:
    took: dict[str, list[float]] = {}
    for _ in range(_QUIET_ROUNDS):
        desk.go_round(took)
    _print("nothing else", took)


def _measure_during(desk: Desk, name: str, flood: Callable[[], tuple[str, bool]]) -> tuple[str, bool]:
    took: dict[str, list[float]] = {}
    begun = time.monotonic()
    with ThreadPoolExecutor(1) as one:
        going = one.submit(flood)
        while not going.done():
            desk.go_round(took)
        said, is_kept = going.result()
    _print(name, took)
    return f"{said}, in {time.monotonic() - begun:.0f} s", is_kept


def _print(name: str, took: dict[str, list[float]]) -> None:
    for page, each in took.items():
        p99 = statistics.quantiles(each, n=100)[-1] if len(each) > 1 else each[0]
        median = statistics.median(each)
        over = "" if median <= LIMIT_MS else "  OVER THE LIMIT"
        print(f"{name:<26} {page:<24} {len(each):>5} {median:>9.0f} {p99:>8.0f}{over}", flush=True)
        name = ""


def _reporters(house: House, host: str) -> tuple[str, bool]:
    """All at once, each from a network of its own; and one that does not stop sending, from a single one."""
    noisy: Counter[int] = Counter()
    over = threading.Event()
    crew = [threading.Thread(target=hammer, args=(host, noisy, over)) for _ in range(_NOISY)]
    for one in crew:
        one.start()
    with ThreadPoolExecutor(REPORTERS) as crowd:
        told = [crowd.submit(ByForm(host, patience=600).tell, _wave(number)) for number in range(REPORTERS)]
        promises = [one.result() for one in told]
    over.set()
    for one in crew:
        one.join()
    found = _references(house, "web")
    lost = sum(one.reference not in found for one in promises)
    took = sorted(one.whole for one in promises)
    return (
        f"{len(promises):,} acknowledged, {lost} lost, half within {took[len(took) // 2]:.0f} s, all within"
        f" {took[-1]:.0f} s; of one noisy network {noisy.total()} forms, {noisy[429]} told to wait",
        not lost,
    )


def _wave(number: int) -> str:
    return f"Kan niet inloggen bij de bank {number}"


def _mails(house: House) -> tuple[str, bool]:
    """Half of them of one sender, the others of two hundred and fifty; what waits stays with its server."""
    storm = StormOfMail(house.mail_port, "meld@meldpunt.example")
    with ThreadPoolExecutor(8) as servers:
        list(servers.map(storm.hand_over, range(MAILS)))
    found = _references(house, "mail")
    lost = sum(one not in found for one in storm.references)
    return f"{len(storm.references):,} taken (250), {lost} lost, {storm.told_to_wait:,} told to wait (450)", not lost


def _feed(house: House, rows: int) -> tuple[str, bool]:
    """Written to a file, and taken in by the command that does it."""
    path = house.folder / _FEED_NAME
    _write_feed(path, rows)
    size = path.stat().st_size
    begun = time.monotonic()
    command = [sys.executable, "-m", "meldpunt.entrypoints.cli.main", "receive", "feed", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as taking:
        peak = max(_peaks(taking), default=0)
        taking.communicate()
    seconds = time.monotonic() - begun
    path.unlink()
    with psycopg.connect(house.superuser) as counting:
        known = counting.execute(
            "SELECT g.rows, g.of_constituents, g.is_whole, (SELECT count(*) FROM intake_feedrow AS kept"
            " WHERE kept.report_id = g.report_id) FROM intake_reading AS g"
        ).fetchone()
    if known is None:
        said = f"{size / 2**20:,.0f} MiB at once in {seconds:.0f} s, {peak / 1024:.0f} MiB at most: more than 1,300,000"
        return f"{said} rows are taken in by parts", taking.returncode == 0
    return (
        f"{known[0]:,} rows of {size / 2**20:,.0f} MiB, {known[1]:,} of constituents ({known[3]:,} kept)"
        f" in {seconds:.0f} s, {known[0] / seconds:,.0f} rows a second, {peak / 1024:.0f} MiB at most",
        known[0] == rows and bool(known[2]) and taking.returncode == 0,
    )


def _peaks(taking: subprocess.Popen[str]) -> Iterator[int]:
    """The most memory it had up to now (KiB), until it ends."""
    while taking.poll() is None:
        try:
            lines = Path(f"/proc/{taking.pid}/status").read_text().splitlines()
        except OSError:
            return
        yield from (int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
        time.sleep(0.2)


def _write_feed(path: Path, rows: int) -> None:
    """Addresses kept for benchmarks (RFC 2544), and one row in a thousand in the networks of the story."""
    block = 1_000
    with path.open("w", encoding="ascii") as file:
        file.write("timestamp,severity,ip,protocol,port,hostname,tag,asn,geo,region,city\n")
        for start in range(0, rows, block):
            lines = [_row(number) for number in range(start, min(start + block, rows))]
            file.write("".join(lines))


def _row(number: int) -> str:
    address = (
        f"198.51.100.{number // 1_000 % 256}"
        if number % 1_000 == 0
        else f"198.{18 + number % 2}.{number // 256 % 256}.{number % 256}"
    )
    at = f"2026-11-21 00:{number // 60 % 60:02}:{number % 60:02}"
    return f"{at},medium,{address},tcp,23,,telnet,64512,NL,UTRECHT,UTRECHT\n"


def _references(house: House, channel: str) -> frozenset[str]:
    with psycopg.connect(house.superuser) as counting:
        rows = counting.execute("SELECT reference FROM intake_report WHERE channel = %s", [channel]).fetchall()
    return frozenset(str(reference) for (reference,) in rows)


def _say_lines(house: House) -> None:
    """Once the jobs went over it, how many lines the queue has for how many reports."""
    time.sleep(45)
    with psycopg.connect(house.superuser) as counting:
        found = counting.execute(
            "SELECT count(*), count(*) FILTER (WHERE behind IS NULL) FROM intake_report"
            " WHERE state IN ('received', 'in-triage')"
        ).fetchone()
    if found is not None:
        print(f"the queue: {found[1]:,} lines for {found[0]:,} undecided reports")
