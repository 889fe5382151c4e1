"""Who looks on: everybody of the country who was told nothing that says who the victim is, and what each brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.test import Client
from tests.noninterference.country import FORWARDER_KEY, PEOPLE, READER_KEYS, SENSOR_KEY
from tests.noninterference.worlds import World

from meldpunt.access.values import STRANGER, Door, Role

IN_ENGLISH: Final = frozenset({"hidden-security", "police-officer", "stranger", "statistician", "ministry-official"})
"""The others read Dutch: what differs in one language only is found by one of the two."""

OUTSIDE: Final[Mapping[str, Door]] = {
    "peer-security": Door.PORTAL,
    "hidden-security": Door.PORTAL,
    "bank-security": Door.PORTAL,
    "police-officer": Door.PORTAL,
    "service-officer": Door.PORTAL,
    "supervisor-officer": Door.PORTAL,
    "ministry-official": Door.PORTAL,
    "sensor": Door.SENSOR,
    "forwarder": Door.SENSOR,
    "reader": Door.SENSOR,
    "stranger": Door.PUBLIC,
    "receipt-of-bank": Door.PUBLIC,
    "requester": Door.PUBLIC,
}
INSIDE: Final[Mapping[str, Door]] = dict.fromkeys(("second-analyst", "statistician"), Door.DESK)
"""Those of the desk who unsealed nothing: outsiders for who is behind a code. A duty officer keeps the register, a Woo
officer weighs every word, and an administrator lets people in by their name: they know."""

_KEYS: Final = {"sensor": SENSOR_KEY, "forwarder": FORWARDER_KEY, "reader": READER_KEYS["peer"]}
_MACHINES: Final = {"sensor": Role.SENSOR, "forwarder": Role.FORWARDER, "reader": Role.READER}


@dataclass(frozen=True)
class Outsider:
    """Somebody at their own door, with what they are known by there."""

    name: str
    door: Door
    roles: frozenset[Role]
    browser: Client
    headers: Mapping[str, str] = field(default_factory=dict)


def outsiders_of(world: World, who: Mapping[str, Door]) -> Iterator[Outsider]:
    """Those of `who` whom the program did not tell."""
    for name, door in who.items():
        if name not in world.told:
            yield _outsider(world, name, door)


def _outsider(world: World, name: str, door: Door) -> Outsider:
    browser = Client(raise_request_exception=False)
    for cookie, value in world.country.cookies.get(name, {}).items():
        browser.cookies[cookie] = value
    browser.cookies["meldpunt_language"] = "en" if name in IN_ENGLISH else "nl"
    headers = {"Authorization": f"Bearer {_KEYS[name]}"} if name in _KEYS else {}
    return Outsider(name, door, _roles(name), browser, headers)


def _roles(name: str) -> frozenset[Role]:
    if name in _MACHINES:
        return frozenset({_MACHINES[name]})
    return next((frozenset({role}) for one, role, _ in PEOPLE if one == name), STRANGER.roles)
