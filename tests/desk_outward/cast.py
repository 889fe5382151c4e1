"""People of the desk who are logged in, and the small country of the door."""

from __future__ import annotations

from uuid import uuid4

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from meldpunt.access.actions import create_account
from meldpunt.access.binding import bound
from meldpunt.access.models import Account
from meldpunt.access.values import JOB, Actor, Door, Role

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "a phrase of some length"


class Colleague(Client):
    """A browser in which somebody of the desk is logged in; `actor` is who."""

    actor: Actor


def colleague(role: Role, *, name: str = "Iemand", language: str = "en") -> Colleague:
    """Somebody new with this role, logged in with password and code."""
    email = f"{uuid4().hex}@people.example"
    account = create_account(JOB, email=email, name=name, roles=[role], password=PASSWORD)
    with bound(JOB):
        TOTP.activate(Account(id=account), SECRET)
    browser = Colleague()
    browser.actor = Actor(id=account, name=name, door=Door.DESK, roles=frozenset({role}))
    browser.post("/desk/account/login/", {"login": email, "password": PASSWORD})
    # A code is good for thirty seconds; on a busy machine they can end between reading and sending it.
    assert any(browser.post("/desk/account/code/", {"code": _code()}).status_code == 302 for _ in range(2))
    browser.post("/desk/language/", {"language": language, "next": "/desk/"})
    return browser


def _code() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(SECRET, counter)))
