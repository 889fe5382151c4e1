"""A browser without a screen, and the pages it reaches by links."""

from __future__ import annotations

import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

from meldpunt.entrypoints.web.timing import HEADER

from ..story.people import DemoPerson, people_of

MOST_SHAPES = 120
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_COST = re.compile(r"(\w+);dur=([\d.]+)")


@dataclass(frozen=True)
class Answer:
    """A page, how long it took to arrive (ms), and what it cost the server (ms of CPU, statements)."""

    body: str
    took: float
    cpu: float
    statements: int


class Visitor:
    """Cookies, forms, and what an answer cost."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open

    def get(self, path: str) -> Answer:
        """The page until its last byte."""
        begun = time.perf_counter()
        with self._open(self.address + path, timeout=60) as answer:
            body = answer.read().decode(errors="replace")
        took = (time.perf_counter() - begun) * 1000
        cost = dict(_COST.findall(answer.headers.get(HEADER, "")))
        return Answer(body, took, float(cost.get("cpu", 0)), int(cost.get("statements", 0)))

    def post(self, path: str, **fields: str) -> None:
        """Fill in the form that stands on the page itself."""
        token = _FORM_TOKEN.search(self.get(path).body)
        data = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token.group(1) if token else ""})
        with self._open(self.address + path, data=data.encode(), timeout=60):
            pass


def logged_in(address: str, door: str) -> list[Visitor]:
    """Everybody who may log in at a door, each in a browser of their own; at the public site one stranger."""
    if door == "public":
        return [Visitor(address)]
    return [log_in(address, door, person) for person in people_of(door)]


def pages_of(visitor: Visitor, door: str, *, known: Mapping[str, object]) -> dict[str, str]:
    """Pages reached by links from the start of a door, one per shape of address not known yet: ids are alike."""
    mount = "" if door == "public" else f"/{door}"
    others = "" if mount else r"(?!(?:desk|portal|api|static)\b)"
    link = re.compile(rf'href="({mount}/{others}[^"#?]*)')
    shapes: dict[str, str] = {}
    seen, waiting = set(), [f"{mount}/"]
    while waiting and len(shapes) < MOST_SHAPES:
        path = waiting.pop(0)
        shape = _ID.sub("<id>", path)
        if shape in seen or "/account/" in path:
            continue
        seen.add(shape)
        try:
            waiting.extend(link.findall(visitor.get(path).body))
        except urllib.error.HTTPError:
            continue
        if shape not in known:
            shapes[shape] = path
    return shapes


def log_in(address: str, door: str, person: DemoPerson) -> Visitor:
    """Somebody in a browser of their own."""
    visitor = Visitor(address)
    visitor.post(f"/{door}/account/login/", login=person.email, password=person.password)
    if person.code:
        visitor.post(f"/{door}/account/code/", code=person.code)
    return visitor
