"""Walks a door as one member of the cast: every link, every list and search, and every address with every id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, get_resolver
from tests.cast.members import MOUNTS, Member
from tests.cast.paths import AVOIDED, Known, Path, addresses, paths_of
from tests.cast.reading import body_of, references_in, words_in

from meldpunt.access.rules import may
from meldpunt.access.values import Door
from meldpunt.entrypoints.web.doors import ENTRANCES

LIKE_PAGES: Final = 3
"""How many links to one and the same page with another id are followed at the desk, where there are hundreds."""


@dataclass
class Walk:
    """What a member came across: the words of each answer that was one, and how each address answered."""

    words: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)

    def where(self, marker: str) -> list[str]:
        """The addresses at which the marker can be read."""
        return [address for address, words in self.words.items() if marker in words]


def walk(member: Member, known: Known, *, language: str, elsewhere: bool = False) -> Walk:
    """Follow every link from the root, then ask for everything by its address; `elsewhere`: at the other doors too."""
    found = Walk()
    member.browser.cookies["meldpunt_language"] = language
    _follow(member, found)
    _probe(member, paths_of(member.door), known, found)
    for door in MOUNTS if elsewhere else ():
        _probe(member, paths_of(door), known, found)
    return found


def _follow(member: Member, found: Walk) -> None:
    mount = MOUNTS[member.door]
    waiting = [f"{mount}/", *_roots(member.door)]
    visits: Counter[str] = Counter()
    while waiting:
        address = waiting.pop(0)
        if address in found.statuses or not _is_worth(member.door, address, visits):
            continue
        waiting += [target for target in _targets(address, _ask(member, address, found)) if _is_at(member.door, target)]


def _ask(member: Member, address: str, found: Walk) -> str:
    """The page that answered, as text; nothing where there was none."""
    answer = member.browser.get(address, headers=dict(member.headers))
    assert answer.status_code < 500, (member.name, address)
    found.statuses[address] = answer.status_code
    if answer.status_code == 404:
        return ""
    found.words[address] = words_in(answer)
    if 300 <= answer.status_code < 400:
        return f'href="{answer.headers["Location"]}"'
    return body_of(answer).decode("utf-8", "replace") if "html" in answer.headers.get("Content-Type", "") else ""


def _probe(member: Member, paths: Iterable[Path], known: Known, found: Walk) -> None:
    for path in paths:
        for number, address in enumerate(addresses(path, known)):
            if number and is_shut(member, path):
                break
            if address not in found.statuses:
                _ask(member, address, found)
            if found.statuses[address] == 405:
                break


def is_shut(member: Member, path: Path) -> bool:
    """The gate shuts before anything looks at the id: one id is enough to see that it does."""
    if path.door is not member.door:
        return path.door is not Door.PUBLIC
    asked = path.declaration.permission if path.declaration else None
    return asked is not None and not may(member.actor.roles, asked)


def _roots(door: Door) -> Iterator[str]:
    for path in paths_of(door):
        if not path.parameters:
            yield path.filled({})


def _targets(address: str, page: str) -> Iterator[str]:
    for reference in references_in(page):
        target = urlsplit(urljoin(address, reference))
        if not target.netloc and not target.path.startswith("/static/"):
            yield target.path + (f"?{target.query}" if target.query else "")


def _is_at(door: Door, address: str) -> bool:
    mount = MOUNTS[door]
    if mount:
        return address == mount or address.startswith(mount + "/")
    return not any(address.startswith(other + "/") for other in MOUNTS.values() if other)


def _is_worth(door: Door, address: str, visits: Counter[str]) -> bool:
    """At the desk the hundredth report of a batch shows nothing that the first does not."""
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
