"""People of the desk who are logged in, and the small country of the door."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client

from meldpunt.access.actions import create_account, give_second_factor
from meldpunt.access.values import JOB, Actor, Door, Role
from meldpunt.entrypoints.cli.story.people import code_now

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "a phrase of some length"


class Colleague(Client):
    """A browser in which somebody of the desk is logged in; `actor` is who."""

    actor: Actor


def colleague(role: Role, *, name: str = "Iemand", language: str = "en") -> Colleague:
    """Somebody new with this role, logged in with password and code."""
    email = f"{uuid4().hex}@people.example"
    account = create_account(JOB, email=email, name=name, roles=[role], password=PASSWORD)
    give_second_factor(JOB, account=account, secret=SECRET)
    browser = Colleague()
    browser.actor = Actor(id=account, name=name, door=Door.DESK, roles=frozenset({role}))
    browser.post("/desk/account/login/", {"login": email, "password": PASSWORD})
    # A code is good for thirty seconds; on a busy machine they can end between reading and sending it.
    assert any(browser.post("/desk/account/code/", {"code": code_now(SECRET)}).status_code == 302 for _ in range(2))
    browser.post("/desk/language/", {"language": language, "next": "/desk/"})
    return browser
