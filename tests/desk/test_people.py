"""The page on which an administrator lets people in, and what came of it at the doors."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from tests.constituency.cast import BANK, register
from tests.desk_outward.cast import Colleague, colleague

from meldpunt.access import queries as access_queries
from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Role
from meldpunt.constituency import queries as constituency_queries
from meldpunt.ledger.models import Entry
from meldpunt.ledger.values import Kind

pytestmark = pytest.mark.django_db

CONTACT = {"name": "Noor Vlas", "roles": ["constituent"], "language": "nl"}


@pytest.fixture(autouse=True)
def _somebody_else() -> None:
    """Attempts to log in are counted for an address, and a test that is undone takes none back."""
    CONTACT["email"] = f"noor-{uuid4().hex}@bank.example"


@pytest.fixture
def administrator() -> Colleague:
    return colleague(Role.ADMINISTRATOR, name="Bram")


def admitted(administrator: Colleague, **said: object) -> str:
    """The first password, as the page shows it."""
    page = administrator.post("/desk/people", {**CONTACT, **said}).content.decode()
    found = re.search(r"<dd><code>([^<]+)</code></dd>", page)
    assert found, page
    return found.group(1)


def code_of_bank() -> str:
    bank = register(BANK)
    return constituency_queries.list_codes(JOB, organisations=[bank])[bank]


def log_in(password: str) -> Client:
    browser = Client()
    browser.post("/portal/account/login/", {"login": CONTACT["email"], "password": password})
    return browser


def kinds_recorded() -> list[str]:
    with bound(JOB):
        return list(Entry.objects.order_by("at").values_list("kind", flat=True))


def test_who_was_let_in_comes_in_and_chooses_their_own_password(administrator: Colleague) -> None:
    password = admitted(administrator, code=code_of_bank().lower())
    browser = log_in(password)
    assert browser.get("/portal/").status_code == 200
    own = {"oldpassword": password, "password1": "zeven trage karpers", "password2": "zeven trage karpers"}
    assert browser.post("/portal/account/password/", own).status_code == 302
    assert log_in(password).get("/portal/").status_code == 302
    assert log_in("zeven trage karpers").get("/portal/").status_code == 200


def test_letting_in_stands_in_the_ledger_for_the_organisation(administrator: Colleague) -> None:
    admitted(administrator, code=code_of_bank())
    with bound(JOB):
        entry = Entry.objects.get(kind=Kind.ROLE_GRANTED.value, actor=administrator.actor.id)
    [account] = [one for one in access_queries.list_accounts(JOB) if one.name == CONTACT["name"]]
    assert (entry.subject, entry.about) == (account.id, account.organisation)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"code": "NIEMAND-1"}, "code"),
        ({}, "code"),
        ({"roles": ["analyst"], "code": "known"}, "code"),
        ({"roles": ["analyst", "constituent"]}, "roles"),
        ({"roles": ["administrator", "duty-officer"]}, "roles"),
        ({"roles": ["analyst"], "email": "taken@desk.example"}, "email"),
    ],
)
def test_an_account_that_cannot_be_is_refused_at_the_field(
    administrator: Colleague, said: dict[str, object], field: str
) -> None:
    admitted(administrator, roles=["analyst"], email="taken@desk.example", name="Ilse")
    known = {"code": code_of_bank()} if said.get("code") == "known" else {}
    answer = administrator.post("/desk/people", {**CONTACT, **said, **known})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert {one.name for one in access_queries.list_accounts(JOB)} == {"Bram", "Ilse"}


def test_a_closed_account_is_outside_at_the_next_page(administrator: Colleague) -> None:
    password = admitted(administrator, code=code_of_bank())
    browser = log_in(password)
    [account] = [one for one in access_queries.list_accounts(JOB) if one.name == CONTACT["name"]]
    administrator.post(f"/desk/people/{account.id}/close")
    assert browser.get("/portal/").status_code == 302
    assert log_in(password).get("/portal/").status_code == 302
    administrator.post(f"/desk/people/{account.id}/open")
    assert log_in(password).get("/portal/").status_code == 200
    assert kinds_recorded()[-2:] == [Kind.ACCOUNT_CLOSED.value, Kind.ACCOUNT_OPENED.value]


def test_nobody_shuts_themselves_out(administrator: Colleague) -> None:
    assert administrator.post(f"/desk/people/{administrator.actor.id}/close").status_code == 409
    assert administrator.get("/desk/people").status_code == 200


def test_the_page_knows_organisations_by_code_and_is_for_the_administrator_alone(administrator: Colleague) -> None:
    code = code_of_bank()
    admitted(administrator, code=code)
    page = administrator.get("/desk/people").content.decode()
    assert f"<td>{code}</td>" in page
    assert "Korenbeurs" not in page
    assert CONTACT["email"] not in page
    assert colleague(Role.DUTY_OFFICER).get("/desk/people").status_code == 404
