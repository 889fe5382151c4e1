"""Logging in and one's own password and second factor, page by page."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import clear_script_prefix

from meldpunt.access import actions
from meldpunt.access.values import JOB, Role
from meldpunt.entrypoints.cli.story.people import code_now

pytestmark = pytest.mark.django_db
PASSWORD = "een zin van enige lengte"


@pytest.fixture
def email() -> str:
    """Of a colleague who was let in and has no second factor yet."""
    address = f"{uuid4().hex}@people.example"
    actions.create_account(JOB, email=address, name="Iemand", roles=[Role.ANALYST], password=PASSWORD)
    return address


def log_in(browser: Client, email: str, **more: str) -> HttpResponse:
    return browser.post("/desk/account/login/", {"login": email, "password": PASSWORD, **more})


def fields_of(page: HttpResponse) -> tuple[str, str]:
    """The secret as the page shows it, and as its form carries it."""
    text = page.content.decode()
    shown, carried = re.search(r"<code>([A-Z2-7]{32})</code>", text), re.search(r'name="secret" value="([^"]+)"', text)
    assert shown
    assert carried
    return shown[1], carried[1]


def set_up(browser: Client, email: str) -> tuple[str, list[str]]:
    """The secret and the recovery codes of a second factor that was set up just now."""
    log_in(browser, email)
    secret, carried = fields_of(browser.get("/desk/account/second-factor/activate/"))
    page = browser.post("/desk/account/second-factor/activate/", {"secret": carried, "code": code_now(secret)})
    codes = re.findall(r"<li><code>(\w{12})</code></li>", page.content.decode())
    assert len(codes) == len(set(codes)) == 10
    return secret, codes


def test_who_sets_up_a_second_factor_is_in_and_has_ten_codes_to_recover_it(client: Client, email: str) -> None:
    set_up(client, email)
    assert client.get("/desk/").status_code == 200
    assert "10 herstelcodes" in client.get("/desk/account/second-factor/").content.decode()


def test_a_code_that_is_not_right_keeps_the_secret_that_was_scanned(client: Client, email: str) -> None:
    log_in(client, email)
    secret, carried = fields_of(client.get("/desk/account/second-factor/activate/"))
    again = client.post("/desk/account/second-factor/activate/", {"secret": carried, "code": "no code"})
    assert fields_of(again)[0] == secret
    assert client.get("/desk/").status_code == 302


def test_a_secret_that_no_page_of_ours_drew_is_not_taken(client: Client, email: str) -> None:
    log_in(client, email)
    mine = "A" * 32
    answer = client.post("/desk/account/second-factor/activate/", {"secret": mine, "code": code_now(mine)})
    assert fields_of(answer)[0] != mine
    assert client.get("/desk/").status_code == 302


def test_a_code_for_recovery_opens_once(client: Client, email: str) -> None:
    _, codes = set_up(client, email)
    spelled = f"{codes[0][:6].upper()} {codes[0][6:]}"
    for opened in (True, False):
        other = Client()
        log_in(other, email)
        other.post("/desk/account/code/", {"code": spelled})
        assert (other.get("/desk/").status_code == 200) is opened


def test_new_codes_end_the_old_ones(client: Client, email: str) -> None:
    _, codes = set_up(client, email)
    page = client.post("/desk/account/recovery-codes/", {"code": codes[0]}).content.decode()
    renewed = re.findall(r"<li><code>(\w{12})</code></li>", page)
    assert len(renewed) == 10
    assert not set(renewed) & set(codes)
    other = Client()
    log_in(other, email)
    assert other.post("/desk/account/code/", {"code": codes[1]}).status_code == 200
    assert other.post("/desk/account/code/", {"code": renewed[1]}).status_code == 302


def test_without_a_code_the_second_factor_stays(client: Client, email: str) -> None:
    _, codes = set_up(client, email)
    assert client.post("/desk/account/second-factor/remove/", {"code": "000000"}).status_code == 200
    assert client.get("/desk/").status_code == 200
    assert client.post("/desk/account/second-factor/remove/", {"code": codes[0]}).status_code == 302
    assert client.get("/desk/", follow=True).redirect_chain[0][0].endswith("/account/second-factor/activate/")


def test_where_somebody_was_going_survives_both_steps(client: Client, email: str) -> None:
    _, codes = set_up(client, email)
    other, going = Client(), "/desk/cases?state=open"
    first = log_in(other, email, next=going)
    second = other.post(first["Location"], {"code": codes[0], "next": going})
    assert second["Location"] == going


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_logging_in_leads_nowhere_else(client: Client, email: str, elsewhere: str) -> None:
    _, codes = set_up(client, email)
    other = Client()
    first = log_in(other, email, next=elsewhere)
    assert first["Location"] == "/desk/account/code/"
    assert other.post("/desk/account/code/", {"code": codes[0], "next": elsewhere})["Location"] == "/desk/"


@pytest.mark.parametrize("word", ["nowhere", "a b"])
def test_a_way_back_that_is_no_page_keeps_nobody_from_coming_in(client: Client, email: str, word: str) -> None:
    _, codes = set_up(client, email)
    other = Client()
    log_in(other, email, next=word)
    assert other.post("/desk/account/code/", {"code": codes[0], "next": word}).status_code == 302
    assert other.get("/desk/").status_code == 200
    assert other.post("/desk/language/", {"language": "en", "next": word}).status_code == 302


def test_logging_out_ends_the_session_also_for_who_kept_its_key(client: Client, email: str) -> None:
    set_up(client, email)
    kept = client.cookies["meldpunt_desk"].value
    client.post("/desk/account/logout/")
    thief = Client()
    thief.cookies["meldpunt_desk"] = kept
    assert thief.get("/desk/").status_code == 302


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(client: Client, email: str) -> None:
    typed = [{"login": email, "password": "iets anders"}, {"login": f"{uuid4().hex}@people.example", "password": "x"}]
    alerts = [
        re.findall(r'role="alert">.*?</div>', client.post("/desk/account/login/", one).content.decode(), re.DOTALL)
        for one in typed
    ]
    assert alerts[0] == alerts[1] != []


@pytest.mark.parametrize(
    ("new", "again"),
    [("kort", "kort"), ("een andere zin van lengte", "een andere zin"), ("password1234", "password1234")],
)
def test_a_new_password_that_is_short_common_or_typed_twice_unlike_is_refused(
    client: Client, email: str, new: str, again: str
) -> None:
    set_up(client, email)
    given = {"oldpassword": PASSWORD, "password1": new, "password2": again}
    assert client.post("/desk/account/password/", given).status_code == 200


def test_a_new_password_needs_the_old_one(client: Client, email: str) -> None:
    set_up(client, email)
    new = "een andere zin van lengte"
    given = {"oldpassword": "iets anders", "password1": new, "password2": new}
    assert client.post("/desk/account/password/", given).status_code == 200
    assert client.post("/desk/account/password/", given | {"oldpassword": PASSWORD}).status_code == 302


def test_the_browser_is_known_once_somebody_is_in_and_not_before(client: Client, email: str) -> None:
    log_in(client, email)
    assert "meldpunt_desk_device" not in client.cookies
    set_up(client, email)
    kept = client.cookies["meldpunt_desk_device"]
    assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Lax", "/desk")
    client.post("/desk/account/logout/")
    assert client.cookies["meldpunt_desk_device"].value == kept.value


def test_a_new_start_that_nobody_gave_opens_nothing(client: Client, email: str) -> None:
    new = "acht karpers zwemmen traag"
    typed = {"login": email, "code": "a" * 24, "password1": new, "password2": new}
    unknown = typed | {"login": f"{uuid4().hex}@people.example"}
    alerts = [
        re.findall(r'role="alert">.*?</div>', client.post("/desk/account/new-start/", one).content.decode(), re.DOTALL)
        for one in (typed, unknown)
    ]
    assert alerts[0] == alerts[1] != []
    assert log_in(client, email).status_code == 302


@override_settings(DOOR="desk")
def test_a_door_that_is_a_process_of_its_own_keeps_its_session_at_its_root(email: str) -> None:
    browser = Client()
    clear_script_prefix()  # the client of the tests leaves that of the request before
    browser.post("/account/login/", {"login": email, "password": PASSWORD})
    assert browser.cookies["meldpunt_desk"]["path"] == "/"
    page = browser.get("/", follow=True)
    assert page.status_code == 200
    assert 'href="/"' in page.content.decode()
    assert "/desk/" not in page.content.decode()
