"""The gate, the session and the second factor, through the doors as a browser would."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from tests.public_site import cast as public_cast

from meldpunt.access.actions import create_account, give_second_factor
from meldpunt.access.rules import PORTAL_ROLES
from meldpunt.access.values import JOB, Actor, ActorId, Door, OrganisationId, Role
from meldpunt.entrypoints.cli.story.people import code_now
from meldpunt.entrypoints.web.doors import ENTRANCES
from meldpunt.entrypoints.web.errors import ErrorMiddleware
from meldpunt.entrypoints.web.gate import ActorMiddleware

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "a phrase of some length"


@pytest.fixture
def person() -> Callable[..., str]:
    def make(role: Role, *, second_factor: bool = True) -> str:
        email = f"{uuid4().hex}@people.example"
        whose = OrganisationId(uuid4()) if role in PORTAL_ROLES else None
        account = create_account(JOB, email=email, name="Iemand", roles=[role], password=PASSWORD, organisation=whose)
        if second_factor:
            give_second_factor(JOB, account=account, secret=SECRET)
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
    client.post("/desk/account/code/", {"code": code_now(SECRET)})
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


def test_words_of_a_form_survive_the_end_of_the_session_and_can_be_sent_again(client: Client) -> None:
    written = {"title": "Pompen staan stil", "text": "De bediening reageert niet.", "kind": "statutory"}
    answer = client.post("/desk/reports/new", written, HTTP_REFERER="http://testserver/desk/reports/new?x=1")
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "next=%2Fdesk%2Freports%2Fnew%3Fx%3D1" in page
    for name, value in written.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_a_deed_without_words_leads_to_the_log_in_and_back_to_the_page_it_stood_on(client: Client) -> None:
    deed = f"/desk/reports/{uuid4()}/take"
    answer = client.post(deed, HTTP_REFERER="http://testserver/desk/?holder=nobody")
    assert answer["Location"].endswith("?next=%2Fdesk%2F%3Fholder%3Dnobody")
    answer = client.post(deed, HTTP_REFERER="https://elsewhere.example/desk/cases")
    assert answer["Location"].endswith("?next=%2Fdesk%2F")


def test_a_stale_form_of_our_own_gives_the_words_back_and_one_from_elsewhere_does_not() -> None:
    strict, written = Client(enforce_csrf_checks=True), {"title": "Pompen staan stil"}
    ours = strict.post("/report", written, HTTP_ORIGIN="http://testserver")
    theirs = strict.post("/report", written, HTTP_ORIGIN="https://elsewhere.example")
    assert (ours.status_code, theirs.status_code) == (403, 403)
    assert "Pompen staan stil" in ours.content.decode()
    assert "Pompen staan stil" not in theirs.content.decode()


def test_what_was_typed_to_log_in_is_never_given_back() -> None:
    typed = {"login": "iemand@people.example", "password": "een zin met een geheim"}
    answer = Client(enforce_csrf_checks=True).post("/desk/account/login/", typed, HTTP_ORIGIN="http://testserver")
    assert answer.status_code == 403
    assert "geheim" not in answer.content.decode()


def test_an_address_that_takes_forms_only_says_so_on_a_page(client: Client, person: Callable[..., str]) -> None:
    log_in(client, "desk", person(Role.ANALYST))
    client.post("/desk/account/code/", {"code": code_now(SECRET)})
    answer = client.get(f"/desk/reports/{uuid4()}/assess")
    assert answer.status_code == 405
    assert b"<h1" in answer.content


def test_no_page_of_somebody_stays_behind_in_the_browser(client: Client, person: Callable[..., str]) -> None:
    log_in(client, "portal", person(Role.CONSTITUENT, second_factor=False))
    assert client.get("/portal/").status_code == 200
    for address in ("/portal/", "/portal/reports", f"/portal/reports/{uuid4()}", "/desk/reports/new"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_no_page_of_a_receipt_stays_behind_in_the_browser(client: Client) -> None:
    assert not client.get("/follow").has_header("Cache-Control")
    received = public_cast.report(client)
    assert "no-store" in received["Cache-Control"]
    for address in ("/report/received", "/follow", "/publications"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_a_new_password_ends_the_sessions_that_began_with_the_old_one(person: Callable[..., str]) -> None:
    email, mine, thief = person(Role.CONSTITUENT, second_factor=False), Client(), Client()
    log_in(mine, "portal", email)
    log_in(thief, "portal", email)
    assert thief.get("/portal/").status_code == 200
    new = "another phrase of some length"
    mine.post("/portal/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert mine.get("/portal/").status_code == 200
    assert thief.get("/portal/").status_code == 302


def test_a_disk_that_is_full_keeps_nothing_and_gives_the_words_back() -> None:
    written = {"title": "Pompen staan stil"}
    request = RequestFactory().post("/report", written)
    request.entrance, request.actor = ENTRANCES[Door.PUBLIC], None
    with pytest.raises(OperationalError) as full, transaction.atomic():
        connection.cursor().execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$")
    answer = ErrorMiddleware(lambda _: HttpResponse()).process_exception(request, full.value)
    assert answer is not None
    assert answer.status_code == 507
    assert "Pompen staan stil" in answer.content.decode()
