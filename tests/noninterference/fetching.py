"""Everything one outsider can fetch in one world, byte for byte."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.http import HttpResponseBase
from django.urls import Resolver404, get_resolver
from tests.cast.members import MOUNTS
from tests.cast.paths import AVOIDED, Known, Path, addresses, paths_of
from tests.cast.reading import body_of, references_in, search_fields_in
from tests.noninterference.outsiders import Outsider
from tests.noninterference.sameness import Sameness

from meldpunt.access.rules import may
from meldpunt.access.values import Door
from meldpunt.entrypoints.web.doors import ENTRANCES

LOOKED_AT_SECONDS: Final = 120
"""When everybody looks: after every program."""

LIKE_PAGES: Final = 3
"""How many links to one and the same page with another id are followed at the desk, where there are many."""


@dataclass(frozen=True)
class Seen:
    """One answer: all of it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass
class Fetcher:
    """Follows every link from the root, asks for every address with every id, and searches for every word."""

    who: Outsider
    known: Known
    words: tuple[str, ...]
    sameness: Sameness
    under: str = ""
    """Only what begins with this is asked for."""
    seen: dict[str, Seen] = field(default_factory=dict)

    def fetch_all(self) -> dict[str, Seen]:
        """By address."""
        self._follow()
        for path in paths_of(self.who.door):
            self._probe(path)
        for address in self._searches():
            self._fetch(address)
        return self.seen

    def _fetch(self, address: str) -> Seen:
        """Asked once, at the same moment in every world."""
        if address not in self.seen:
            self.sameness.at(f"{self.who.name} asks for {address}", seconds=LOOKED_AT_SECONDS)
            answer = self.who.browser.get(address, headers=dict(self.who.headers))
            assert answer.status_code < 500, (self.who.name, address)
            self.seen[address] = seen_in(answer)
        return self.seen[address]

    def _follow(self) -> None:
        door, visits = self.who.door, Counter[str]()
        waiting = [f"{MOUNTS[door]}/", *(path.filled({}) for path in paths_of(door) if not path.parameters)]
        while waiting:
            address = waiting.pop(0)
            is_asked = address not in self.seen and address.startswith(self.under)
            if is_asked and _is_worth(door, address, visits):
                waiting += [one for one in _targets(address, self._fetch(address)) if _is_at(door, one)]

    def _probe(self, path: Path) -> None:
        for number, address in enumerate(fitting(path, self.known)):
            if (number and self._is_shut(path)) or not address.startswith(self.under):
                break
            if self._fetch(address).status == 405:
                break

    def _is_shut(self, path: Path) -> bool:
        """The gate shuts before anything looks at the id: one id is enough to see that it does."""
        asked = path.declaration.permission if path.declaration else None
        return asked is not None and not may(self.who.roles, asked)

    def _searches(self) -> Iterator[str]:
        for address in [one for one in self.seen if "?" not in one]:
            page = self.seen[address]
            if page.status == 200 and "html" in dict(page.headers).get("Content-Type", ""):
                for name in sorted(search_fields_in(page.body.decode())):
                    yield from (f"{address}?{urlencode({name: word})}" for word in self.words if "text" in name)


def fitting(path: Path, known: Known) -> Iterator[str]:
    """The pattern with every id in it; a file only with what it belongs to."""
    if path.parameters == ("post", "file"):
        yield from (
            path.filled({"post": post, "file": file})
            for post, file in sorted(known.files)
            if file in known.values["file"]
        )
    else:
        yield from addresses(path, known)


def seen_in(answer: HttpResponseBase) -> Seen:
    """All of an answer. WSGI gives headers no order of their own."""
    cookies = [("Set-Cookie", morsel.OutputString()) for morsel in answer.cookies.values()]
    return Seen(answer.status_code, tuple(sorted([*answer.headers.items(), *cookies])), body_of(answer))


def _targets(address: str, page: Seen) -> Iterator[str]:
    headers = dict(page.headers)
    if 300 <= page.status < 400:
        found = [headers["Location"]]
    else:
        found = references_in(page.body.decode()) if "html" in headers.get("Content-Type", "") else []
    for reference in found:
        target = urlsplit(urljoin(address, reference))
        if not target.netloc and not target.path.startswith("/static/"):
            yield target.path + (f"?{target.query}" if target.query else "")


def _is_at(door: Door, address: str) -> bool:
    mount = MOUNTS[door]
    if mount:
        return address == mount or address.startswith(mount + "/")
    return not any(address.startswith(other + "/") for other in MOUNTS.values() if other)


def _is_worth(door: Door, address: str, visits: Counter[str]) -> bool:
    target = urlsplit(address)
    try:
        match = get_resolver(ENTRANCES[door].urls).resolve(target.path.removeprefix(MOUNTS[door]) or "/")
    except Resolver404:
        return True
    if match.url_name in AVOIDED:
        return False
    sort = f"{match.url_name} {sorted(name for name, _ in parse_qsl(target.query))}"
    visits[sort] += 1
    return door is not Door.DESK or visits[sort] <= LIKE_PAGES
