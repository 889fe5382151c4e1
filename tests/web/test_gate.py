"""The gate, the session and the second factor, through the doors as a browser would."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.http import HttpResponse
from django.test import Client, RequestFactory

from meldpunt.access.actions import create_account
from meldpunt.access.binding import bound
from meldpunt.access.models import Account
from meldpunt.access.values import JOB, Actor, ActorId, Door, Role
from meldpunt.entrypoints.web.gate import ActorMiddleware

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "a phrase of some length"


def code_now() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(SECRET, counter))


@pytest.fixture
def person() -> Callable[..., str]:
    def make(role: Role, *, second_factor: bool = True) -> str:
        email = f"{uuid4().hex}@people.example"
        account = create_account(JOB, email=email, name="Iemand", roles=[role], password=PASSWORD)
        if second_factor:
            with bound(JOB):
                TOTP.activate(Account(id=account), SECRET)
        return email

    return make


def log_in(client: Client, door: str, email: str) -> HttpResponse:
    return client.post(f"/{door}/account/login/", {"login": email, "password": PASSWORD}, follow=True)


def test_a_view_without_a_declaration_answers_403_whoever_asks() -> None:
    request = RequestFactory().get("/")
    request.actor = Actor(id=ActorId(uuid4()), name="", door=Door.DESK, roles=frozenset(Role))
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        ActorMiddleware(lambda _: HttpResponse()).process_view(request, lambda _: HttpResponse())


def test_the_desk_opens_with_password_and_code(client: Client, person: Callable[..., str]) -> None:
    answer = log_in(client, "desk", person(Role.ANALYST))
    assert answer.redirect_chain[-1][0].endswith("/account/code/")
    assert client.get("/desk/").status_code == 302
    client.post("/desk/account/code/", {"code": code_now()})
    assert client.get("/desk/").status_code == 200


def test_the_desk_stays_shut_without_a_second_factor(client: Client, person: Callable[..., str]) -> None:
    log_in(client, "desk", person(Role.ANALYST, second_factor=False))
    answer = client.get("/desk/", follow=True)
    assert answer.redirect_chain[0][0].endswith("/account/second-factor/activate/")


def test_an_account_of_the_portal_does_not_open_the_desk(client: Client, person: Callable[..., str]) -> None:
    email = person(Role.CONSTITUENT, second_factor=False)
    assert log_in(client, "portal", email).status_code == 200
    assert client.get("/portal/").status_code == 200
    assert client.get("/desk/").status_code == 302
    assert not log_in(client, "desk", email).redirect_chain


def test_a_session_of_one_door_is_nothing_at_another(client: Client, person: Callable[..., str]) -> None:
    log_in(client, "portal", person(Role.CONSTITUENT, second_factor=False))
    client.cookies["meldpunt_desk"] = client.cookies["meldpunt_portal"].value
    assert client.get("/desk/").status_code == 302


def test_guessing_a_password_is_stopped(client: Client, person: Callable[..., str]) -> None:
    email = person(Role.CONSTITUENT, second_factor=False)
    for _ in range(6):
        client.post("/portal/account/login/", {"login": email, "password": "wrong"})
    assert not log_in(client, "portal", email).redirect_chain


def test_pages_carry_a_policy_without_inline_scripts(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
