"""The people of the demo as its log-in pages and its terminal show them, with the code of this moment."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

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
    counter = next(iter(yield_hotp_counters_from_time()))
    code: str = format_hotp_value(hotp_value(secret, counter))
    return code


def _person(player: Player) -> DemoPerson:
    return DemoPerson(
        name=player.name,
        roles=tuple(sorted(player.roles)),
        organisation=player.organisation,
        email=player.mail,
        password=player.password,
        code=code_now(player.totp_secret) if player.totp_secret else "",
    )
