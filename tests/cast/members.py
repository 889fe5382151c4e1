"""Everybody who can come to a door, and how each comes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.test import Client
from tests.cast.played import Played

from meldpunt.access import queries as access_queries
from meldpunt.access.values import STRANGER, Actor, ActorId, Door
from meldpunt.entrypoints.cli.story.cast import machines, players
from meldpunt.entrypoints.cli.story.people import code_now

DESK: Final = (
    "analyst",
    "second-analyst",
    "duty-officer",
    "second-duty-officer",
    "woo-officer",
    "second-woo-officer",
    "statistician",
    "administrator",
)
PORTAL: Final = (
    "water-security",
    "water-director",
    "bank-security",
    "municipal-security",
    "certificate-security",
    "hospital-security",
    "well-security",
    "pipe-security",
    "police-officer",
    "general-intelligence-officer",
    "military-intelligence-officer",
    "supervisor-officer",
    "ministry-official",
)
MACHINES: Final = ("sensor", "forwarder", "reader")
RECEIPTS: Final[Mapping[str, Callable[[Played], str]]] = {
    "receipt-of-water": lambda played: played.receipts["water"]["code"],
    "receipt-of-mail": lambda played: played.receipts["mail"]["code"],
    "receipt-of-bank": lambda played: played.receipts["bank"]["code"],
    "receipt-of-telephone": lambda played: played.receipts["telephone"]["code"],
    "receipt-of-feed": lambda played: played.receipts["feed"]["code"],
    "receipt-of-sighting": lambda played: played.receipts["sighting"]["code"],
    "requester": lambda played: played.codes["request"],
}
"""Strangers who hold a code; what it opens is theirs to see, and nothing else."""

MEMBERS: Final = (*DESK, *PORTAL, *MACHINES, "stranger", *RECEIPTS)
MOUNTS: Final = {Door.DESK: "/desk", Door.PORTAL: "/portal", Door.SENSOR: "/api", Door.PUBLIC: ""}


@dataclass(frozen=True)
class Member:
    """Somebody at their own door: the browser in which they came in, and what they send along with each request."""

    name: str
    door: Door
    actor: Actor
    browser: Client
    headers: Mapping[str, str]


_INSIDE: dict[tuple[str, str], Member] = {}


def door_of(name: str) -> Door:
    """The one door a member of the cast comes in by."""
    if name in DESK:
        return Door.DESK
    if name in PORTAL:
        return Door.PORTAL
    return Door.SENSOR if name in MACHINES else Door.PUBLIC


def come_in(name: str, played: Played) -> Member:
    """Log in with password and code, show a key, or enter a receipt, as the member would.

    Once: a code of a second factor opens nothing twice. Afterwards the member is found where they were.
    """
    place = (played.database, name)
    if place not in _INSIDE:
        _INSIDE[place] = _come_in(name, played)
    return _INSIDE[place]


def _come_in(name: str, played: Played) -> Member:
    browser, door, headers = Client(), door_of(name), {}
    if door in (Door.DESK, Door.PORTAL):
        _log_in(browser, name, MOUNTS[door])
    elif door is Door.SENSOR:
        key = next(machine.key for machine in machines() if machine.cast == name)
        headers = {"Authorization": f"Bearer {key}"}
    elif name in RECEIPTS:
        answer = browser.post("/follow", {"code": RECEIPTS[name](played)})
        assert answer.status_code == 302, name
    return Member(name, door, actor_of(name, played), browser, headers)


def actor_of(name: str, played: Played) -> Actor:
    """The same member as the rooms and the database know them."""
    door = door_of(name)
    if door is Door.PUBLIC:
        return replace(STRANGER, receipt=RECEIPTS[name](played)) if name in RECEIPTS else STRANGER
    if door is Door.SENSOR:
        key = next(machine.key for machine in machines() if machine.cast == name)
        found = access_queries.find_actor_by_key(key)
    else:
        found = access_queries.find_actor(ActorId(UUID(played.actors[name])), door=door)
    assert found is not None, name
    return found


def _log_in(browser: Client, name: str, mount: str) -> None:
    player = next(one for one in players() if one.cast == name)
    browser.post(f"{mount}/account/login/", {"login": player.mail, "password": player.password})
    if player.totp_secret:
        browser.post(f"{mount}/account/code/", {"code": code_now(player.totp_secret)})
    inside = browser.get(f"{mount}/", follow=True)
    assert inside.status_code == 200, name
    assert not any("/account/" in address for address, _ in inside.redirect_chain), name
