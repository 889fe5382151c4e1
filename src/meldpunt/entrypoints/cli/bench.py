"""`meldpunt bench [NAME]`: measure, and print the limit beside each figure.

`pages` asks every page of the desk as an analyst, over HTTP on loopback, on the demo's data. Medians count; the front
page of the public site, which reads next to nothing, is the baseline of the ratio. Nothing here is asserted.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django

LIMIT_MS = 100
ROUNDS = 15
SECONDS_TO_START = 60
_LINK = re.compile(r'href="(/desk/[^"#?]*)"')
_FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """A browser without a screen: cookies, forms, and how long an answer took."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open

    def get(self, path: str) -> tuple[str, float]:
        """The page, and milliseconds until its last byte."""
        started = time.perf_counter()
        with self._open(self.address + path, timeout=60) as answer:
            body = answer.read().decode()
        return body, (time.perf_counter() - started) * 1000

    def post(self, path: str, **fields: str) -> str:
        """Fill in the form that stands on the page itself."""
        page, _ = self.get(path)
        token = _FORM_TOKEN.search(page)
        data = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token.group(1) if token else ""})
        with self._open(self.address + path, data=data.encode(), timeout=60) as answer:
            body: str = answer.read().decode()
        return body


def run(arguments: list[str]) -> int:
    """Run one benchmark by name, or all."""
    known: dict[str, Callable[[], None]] = {"pages": measure_pages}
    unknown = [name for name in arguments if name not in known]
    if unknown:
        print(f"unknown benchmark: {', '.join(unknown)}; known are {', '.join(known)}", file=sys.stderr)
        return 2
    os.environ["DJANGO_SETTINGS_MODULE"] = "meldpunt.entrypoints.settings.demo"
    django.setup()
    for name in arguments or known:
        known[name]()
    return 0


def measure_pages() -> None:
    """Medians of every page an analyst can reach from the menu and from the first of each kind."""
    from .story.again import found_or_played  # noqa: PLC0415 - Django must be set up first

    found_or_played(lambda _line: None)
    with _served() as address:
        visitor = Visitor(address)
        _log_in(visitor)
        baseline = _median(visitor, "/")
        print(f"desk pages, median of {ROUNDS} on the demo's data; limit {LIMIT_MS} ms; front page {baseline:.0f} ms\n")
        print(f"{'page':<58} {'ms':>6} {'/front':>7}")
        for path in _pages(visitor):
            took = _median(visitor, path)
            mark = "" if took < LIMIT_MS else "  OVER THE LIMIT"
            print(f"{path[:58]:<58} {took:>6.0f} {took / baseline:>7.1f}{mark}")


def _median(visitor: Visitor, path: str) -> float:
    visitor.get(path)
    return statistics.median(visitor.get(path)[1] for _ in range(ROUNDS))


def _pages(visitor: Visitor) -> list[str]:
    """Pages reached from the start, one per shape of address: ids are alike."""
    shapes: dict[str, str] = {}
    waiting = ["/desk/"]
    while waiting and len(shapes) < 80:
        path = waiting.pop(0)
        shape = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", path)
        if shape in shapes or "/account/" in path:
            continue
        shapes[shape] = path
        body, _ = visitor.get(path)
        waiting.extend(_LINK.findall(body))
    return [path for shape, path in sorted(shapes.items())]


def _log_in(visitor: Visitor) -> None:
    from .story.people import people_of  # noqa: PLC0415 - Django must be set up first

    analyst = people_of("desk")[0]
    visitor.post("/desk/account/login/", login=analyst.email, password=analyst.password)
    visitor.post("/desk/account/code/", code=people_of("desk")[0].code)


@contextmanager
def _served() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "meldpunt.entrypoints.cli.main", "serve", "--port", str(port)]
    server = subprocess.Popen(command)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait(address: str) -> None:
    patience = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if time.monotonic() > patience:
                raise
            time.sleep(0.2)
