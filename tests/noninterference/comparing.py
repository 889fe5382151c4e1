"""Two worlds side by side: everything each outsider fetched, and the first place where it is not the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.noninterference.fetching import Fetcher, Seen
from tests.noninterference.knowing import known_of, words_of
from tests.noninterference.noise import without_noise
from tests.noninterference.outsiders import outsiders_of
from tests.noninterference.worlds import World, inside

from meldpunt.access.values import Door

Place = tuple[str, str]
"""An outsider and an address."""

_AROUND = 60


@dataclass(frozen=True)
class Looked:
    """What everybody saw in one world, and what the rooms refused the program."""

    seen: Mapping[Place, Seen]
    refused: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """What tells the two worlds apart, for whom, and where."""

    outsider: str
    address: str
    what: str

    def __str__(self) -> str:
        return f"{self.outsider} at {self.address}: {self.what}"


def look(world: World, who: Mapping[str, Door], *, under: str = "") -> Looked:
    """Let all of `who` that were not told fetch everything, or what there is `under` an address."""
    known, words = known_of(world), words_of(world)
    with inside(world):
        seen = {
            (outsider.name, address): without_noise(address, answer)
            for outsider in outsiders_of(world, who)
            for address, answer in Fetcher(outsider, known, words, world.sameness, under).fetch_all().items()
        }
    return Looked(seen, tuple(world.refused))


def differences(one: Looked, other: Looked) -> list[Difference]:
    """Every place that does not answer the same in both."""
    found = [] if one.refused == other.refused else [Difference("the desk", "the program", _of_refusals(one, other))]
    for place in sorted({*one.seen, *other.seen}):
        here, there = one.seen.get(place), other.seen.get(place)
        if here is None or there is None:
            found.append(Difference(*place, "is reached in one world only"))
        elif here != there:
            found.append(Difference(*place, "; ".join(_between(here, there))))
    return found


def _of_refusals(one: Looked, other: Looked) -> str:
    return f"{one.refused} or {other.refused}"


def _between(here: Seen, there: Seen) -> Iterator[str]:
    if here.status != there.status:
        yield f"status {here.status} or {there.status}"
    for header in sorted({*here.headers} ^ {*there.headers}):
        yield f"header {header[0]}: {header[1]}"
    if here.body != there.body:
        yield _first_place(here.body, there.body)


def _first_place(here: bytes, there: bytes) -> str:
    pairs = enumerate(zip(here, there, strict=False))
    place = next((number for number, (a, b) in pairs if a != b), min(len(here), len(there)))
    around = slice(max(0, place - _AROUND), place + _AROUND)
    return f"byte {place}: {here[around]!r} or {there[around]!r}"
