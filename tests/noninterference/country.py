"""A small country, its past, and everybody's way in: founded once, and copied for every world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection
from tests.noninterference.companies import COMPANIES

from meldpunt.access.values import Actor, ActorId, Door, OrganisationId, Role
from meldpunt.entrypoints.postgres import launcher

SENSOR_KEY: Final = "sensor-of-the-worlds-7741"
FORWARDER_KEY: Final = "forwarder-of-the-worlds-3305"
READER_KEYS: Final = {cast: f"reader-of-{cast}-in-the-worlds-5512" for cast in ("peer", "grutto", "reiger")}
"""Of machines that fetch what their organisation is told."""
PEOPLE = (
    ("analyst", Role.ANALYST, ""),
    ("second-analyst", Role.ANALYST, ""),
    ("duty-officer", Role.DUTY_OFFICER, ""),
    ("second-duty-officer", Role.DUTY_OFFICER, ""),
    ("woo-officer", Role.WOO_OFFICER, ""),
    ("second-woo-officer", Role.WOO_OFFICER, ""),
    ("statistician", Role.STATISTICIAN, ""),
    ("administrator", Role.ADMINISTRATOR, ""),
    *((f"{one.cast}-security", Role.CONSTITUENT, one.cast) for one in COMPANIES),
    ("bank-security", Role.CONSTITUENT, "bank"),
    ("energy-security", Role.CONSTITUENT, "energy"),
    ("police-officer", Role.PARTY, "police"),
    ("service-officer", Role.PARTY, "service"),
    ("supervisor-officer", Role.PARTY, "supervisor"),
    ("ministry-official", Role.PARTY, "ministry"),
)


@dataclass(frozen=True)
class Country:
    """Who there is: ids and codes by the name that the programs use."""

    organisations: Mapping[str, str]
    codes: Mapping[str, str]
    accounts: Mapping[str, str]
    isacs: Mapping[str, str]
    cookies: Mapping[str, Mapping[str, str]]
    """By the name of each who comes with a browser: what the doors gave it to be known by."""
    mailboxes: Mapping[str, list[str]]
    """By organisation: where its contacts are reached."""
    keyrings: Mapping[str, Mapping[str, str]]
    """By address: the `public` and the `secret` half of the key of who reads there."""

    def organisation(self, cast: str) -> OrganisationId:
        """Its id."""
        return OrganisationId(UUID(self.organisations[cast]))

    def actor(self, name: str) -> Actor:
        """Somebody with a log-in, as the rooms know them."""
        [(role, cast)] = [(role, cast) for one, role, cast in PEOPLE if one == name]
        return Actor(
            id=ActorId(UUID(self.accounts[name])),
            name=name,
            door=Door.PORTAL if cast else Door.DESK,
            roles=frozenset({role}),
            organisation=self.organisation(cast) if cast else None,
        )


@contextmanager
def standing_in(server: launcher.Server, database: str) -> Iterator[None]:
    """Within the block Django's connection enters this database, as the application that owns nothing."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(
        NAME=database, HOST=str(server.socket_directory), USER="meldpunt_app", PORT="", CONN_MAX_AGE=None
    )
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
