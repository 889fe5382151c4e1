"""Two worlds side by side: everything each outsider fetched, and the first place where it is not the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tests.disclosure.servers import Server as MailServer
from tests.noninterference.country import Country
from tests.noninterference.fetching import Fetcher, Seen
from tests.noninterference.knowing import known_of, words_of
from tests.noninterference.leaks import as_mailed
from tests.noninterference.mails import MAILBOX, mails_to, opened
from tests.noninterference.noise import without_noise
from tests.noninterference.outsiders import Outsider, outsiders_of
from tests.noninterference.trying import Trier
from tests.noninterference.victims import Victim
from tests.noninterference.worlds import Act, World, Worlds, inside

from meldpunt.access.values import Door
from meldpunt.entrypoints.postgres import launcher

Place = tuple[str, str]
"""An outsider and an address, the address to which a form is sent with what is in it, or the number of a mail."""

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


@dataclass(frozen=True)
class Errand:
    """Which world to make, and who looks."""

    server: launcher.Server
    template: str
    country: Country
    victim: Victim
    program: Sequence[Act]
    who: Mapping[str, Door]
    begins_at: datetime


def look(world: World, who: Mapping[str, Door], *, under: str = "") -> Looked:
    """Let all of `who` that were not told look at everything, or what there is `under` an address.

    Who does not work at the desk sends forms and messages as well: a colleague's deeds are in the ledger, and a mask
    answers who guesses a name (decision record 0007).
    """
    known, words, seen = known_of(world), words_of(world), {}
    with inside(world):
        for outsider in outsiders_of(world, who):
            fetched = Fetcher(outsider, known, words, world.sameness, under).fetch_all()
            tried = {} if under or outsider.door is Door.DESK else Trier(outsider, known, fetched, world).try_all()
            mailed = {} if under else _mailed(outsider, world)
            for address, answer in {**fetched, **tried, **mailed}.items():
                seen[outsider.name, address] = without_noise(address, answer)
    return Looked(seen, tuple(world.refused))


def look_at(office: MailServer, errand: Errand) -> Looked:
    """What everybody sees of a world that is made for it, and sends its mail by `office`."""
    worlds = Worlds(errand.server, errand.template, errand.country, office)
    with worlds.one(errand.victim, errand.program, begins_at=errand.begins_at) as world:
        return look(world, errand.who)


def _mailed(outsider: Outsider, world: World) -> dict[str, Seen]:
    came = as_mailed(outsider.name, [*mails_to(outsider.name, outsider.door, world.country, world.mails)])
    found = [opened(one, world.country.keyrings) for one in came]
    return {f"{MAILBOX} {number}": Seen(250, one.headers, one.body) for number, one in enumerate(found, 1)}


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
    if here.headers != there.headers and sorted(here.headers) == sorted(there.headers):
        yield "the order of the headers"
    if here.body != there.body:
        yield _first_place(here.body, there.body)


def _first_place(here: bytes, there: bytes) -> str:
    pairs = enumerate(zip(here, there, strict=False))
    place = next((number for number, (a, b) in pairs if a != b), min(len(here), len(there)))
    around = slice(max(0, place - _AROUND), place + _AROUND)
    return f"byte {place}: {here[around]!r} or {there[around]!r}"
