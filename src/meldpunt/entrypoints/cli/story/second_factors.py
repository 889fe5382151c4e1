"""The desk people of the demo have their authenticator app already: its secret is in the cast."""

from __future__ import annotations

from meldpunt.access import actions as access_actions
from meldpunt.access.values import JOB

from .cast import Cast, players


def enrol_second_factors(cast: Cast) -> None:
    """Hand out each app, as an administrator would with the account."""
    for player in players():
        if player.totp_secret:
            access_actions.give_second_factor(JOB, account=cast.actors[player.cast].id, secret=player.totp_secret)
