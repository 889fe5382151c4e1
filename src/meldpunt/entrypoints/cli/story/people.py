"""The people of the demo as its log-in pages and its terminal show them, with the code of this moment."""

from __future__ import annotations

import time
from base64 import b32decode
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from meldpunt.access.values import Role

from .cast import Player, players

OF_THE_DESK = ""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One line of the table of log-ins. `code` is empty for people of the portal, `organisation` for the desk."""

    name: str
    roles: tuple[Role, ...]
    organisation: str
    email: str
    password: str
    code: str

    @property
    def what(self) -> str:
        """What they are, for the terminal."""
        return self.organisation or ", ".join(self.roles)


def people_of(door: str) -> list[DemoPerson]:
    """Who may log in at this door (`desk` or `portal`)."""
    at_the_desk = door == "desk"
    return [_person(player) for player in players() if (player.organisation == OF_THE_DESK) == at_the_desk]


def code_now(secret: str) -> str:
    """The six digits that an authenticator app with this secret shows now (RFC 6238)."""
    app = TOTP(b32decode(secret), 6, SHA1(), 30, enforce_key_length=False)  # noqa: S303
    return app.generate(int(time.time())).decode()


def _person(player: Player) -> DemoPerson:
    return DemoPerson(
        name=player.name,
        roles=tuple(sorted(player.roles)),
        organisation=player.organisation,
        email=player.mail,
        password=player.password,
        code=code_now(player.totp_secret) if player.totp_secret else "",
    )
