"""The desk people of the demo have their authenticator app already: its secret is in the cast."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB

from .cast import Cast, players


def enrol_second_factors(cast: Cast) -> None:
    """Store each secret as the library does when somebody enrols by hand."""
    account = get_user_model()
    with bound(JOB):
        for player in players():
            if player.totp_secret:
                TOTP.activate(account(id=cast.actors[player.cast].id), player.totp_secret)
