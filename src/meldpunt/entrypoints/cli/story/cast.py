"""Who plays in the story: people with a log-in, machines with a key, and the organisations they speak for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from meldpunt.access.values import Actor, OrganisationId, Role
from meldpunt.constituency.values import IsacId
from meldpunt.vocabulary.rows import Row, read_rows


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who logs in. `totp_secret` (base32, RFC 6238) is for people of the desk; elsewhere it is empty."""

    cast: str
    name: str
    mail: str
    roles: frozenset[Role]
    password: str
    totp_secret: str
    organisation: str
    """The `cast` name of the organisation they speak for; empty for the desk."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A sensor or a system that forwards reports, and the key it shows."""

    cast: str
    name: str
    role: Role
    organisation: str
    key: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in place: actors of players and machines, organisations and ISACs, by the name the story uses."""

    actors: Mapping[str, Actor]
    organisations: Mapping[str, OrganisationId]
    isacs: Mapping[str, IsacId]


def players() -> tuple[Player, ...]:
    """Everybody with a log-in, desk first. Needs no database: the demo prints these."""
    return tuple(_player(row) for row in story_data("cast").rows("people"))


def machines() -> tuple[Machine, ...]:
    """The machines of the story."""
    return tuple(
        Machine(
            cast=row.text("cast"),
            name=row.text("name"),
            role=row.word("role", Role),
            organisation=row.text("organisation"),
            key=row.text("key"),
        )
        for row in story_data("cast").rows("machines")
    )


@cache
def story_data(name: str) -> Row:
    """A file of the story's data folder."""
    return read_rows(resources.files(__package__) / "data" / f"{name}.toml")


def _player(row: Row) -> Player:
    return Player(
        cast=row.text("cast"),
        name=row.text("name"),
        mail=row.text("mail"),
        roles=row.words("roles", Role),
        password=row.text("password"),
        totp_secret=row.text("totp") if row.has("totp") else "",
        organisation=row.text("organisation") if row.has("organisation") else "",
    )
