"""Two people of the desk let somebody begin anew, page by page."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from tests.constituency.cast import BANK, register
from tests.desk_outward.cast import Colleague, colleague

from meldpunt.access import queries as access_queries
from meldpunt.access.actions import create_account
from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Role
from meldpunt.constituency import queries as constituency_queries
from meldpunt.entrypoints.cli.story.people import code_now
from meldpunt.ledger.models import Entry

pytestmark = pytest.mark.django_db
OLD, NEW = "zeven ganzen vliegen laag", "acht karpers zwemmen traag"


def half_of(page: str) -> str:
    found = re.search(r"<dd><code>(\w{12})</code></dd>", page)
    assert found, page
    return found.group(1)


def approver(role: Role) -> tuple[Client, list[str]]:
    """Somebody else of the desk, who set up a second factor just now, and codes of it."""
    email = f"{uuid4().hex}@people.example"
    create_account(JOB, email=email, name="Ilse", roles=[role], password=OLD)
    browser = log_in(email, OLD, door="desk")
    page = browser.get("/desk/account/second-factor/activate/").content.decode()
    secret, carried = re.search(r"<code>([A-Z2-7]{32})<", page), re.search(r'name="secret" value="([^"]+)"', page)
    assert secret
    assert carried
    given = {"secret": carried[1], "code": code_now(secret[1])}
    shown = browser.post("/desk/account/second-factor/activate/", given).content.decode()
    return browser, re.findall(r"<li><code>(\w{12})</code></li>", shown)


def approve(browser: Client, code: str) -> str:
    """The one new start on the page."""
    page = browser.get("/desk/new-starts").content.decode()
    found = re.search(r"/desk/new-starts/[\w-]+/approve", page)
    assert found, page
    return str(browser.post(found.group(), {"code": code}).content.decode())


def log_in(email: str, password: str, *, door: str) -> Client:
    browser = Client()
    browser.post(f"/{door}/account/login/", {"login": email, "password": password})
    return browser


@pytest.fixture
def administrator() -> Colleague:
    return colleague(Role.ADMINISTRATOR, name="Bram")


def test_a_contact_who_forgot_the_password_comes_in_again_and_reads_it(administrator: Colleague) -> None:
    bank, email = register(BANK), "noor.vlas@bank.example"
    account = create_account(
        JOB, email=email, name="Noor Vlas", roles=[Role.CONSTITUENT], password=OLD, organisation=bank
    )
    inside = log_in(email, OLD, door="portal")
    first = half_of(administrator.post(f"/desk/people/{account}/new-start").content.decode())
    assert inside.get("/portal/").status_code == 200
    officer, codes = approver(Role.DUTY_OFFICER)
    page = officer.get("/desk/new-starts").content.decode()
    [code] = constituency_queries.list_codes(JOB, organisations=[bank]).values()
    assert all(word in page for word in ("Noor Vlas", "Bram", code))
    assert email not in page
    second = half_of(approve(officer, codes[0]))
    assert inside.get("/portal/").status_code == 302
    assert "Noor Vlas" not in officer.get("/desk/new-starts").content.decode()
    typed = {"login": email, "code": f"{first} {second}", "password1": NEW, "password2": NEW}
    assert Client().post("/portal/account/new-start/", typed | {"code": second + first}).status_code == 200
    assert Client().post("/portal/account/new-start/", typed).status_code == 302
    own = log_in(email, NEW, door="portal").get("/portal/account/second-factor/").content.decode()
    assert "twee mensen van de desk" in own
    with bound(JOB):
        kinds = Entry.objects.filter(subject=account, about=bank, kind__startswith="new-start").order_by("at")
        assert [one.kind for one in kinds] == ["new-start-asked", "new-start-given", "new-start-used"]


def test_a_colleague_sets_up_a_new_factor_before_the_desk_opens(administrator: Colleague) -> None:
    email = "marit.kuiper@people.example"
    account = create_account(JOB, email=email, name="Marit", roles=[Role.ANALYST], password=OLD)
    first = half_of(administrator.post(f"/desk/people/{account}/new-start").content.decode())
    other, codes = approver(Role.ADMINISTRATOR)
    second = half_of(approve(other, codes[0]))
    typed = {"login": email, "code": first + second, "password1": NEW, "password2": NEW}
    assert Client().post("/desk/account/new-start/", typed).status_code == 302
    going = log_in(email, NEW, door="desk").get("/desk/")
    assert going["Location"].endswith("/account/second-factor/activate/")


def test_who_asked_reads_that_somebody_else_approves(administrator: Colleague) -> None:
    account = create_account(JOB, email="a@people.example", name="Anne", roles=[Role.ANALYST], password=OLD)
    administrator.post(f"/desk/people/{account}/new-start")
    page = administrator.get("/desk/new-starts").content.decode()
    assert "Somebody else approves this" in page
    assert "/approve" not in page


def test_nobody_asks_it_for_themselves(administrator: Colleague) -> None:
    answer = administrator.post(f"/desk/people/{administrator.actor.id}/new-start")
    assert answer.status_code == 409
    assert "open account of somebody else" in answer.content.decode()


def test_a_wrong_code_approves_nothing(administrator: Colleague) -> None:
    account = create_account(JOB, email="a@people.example", name="Anne", roles=[Role.ANALYST], password=OLD)
    administrator.post(f"/desk/people/{account}/new-start")
    officer = colleague(Role.DUTY_OFFICER)
    assert 'role="alert"' in approve(officer, "000000")
    assert log_in("a@people.example", OLD, door="desk").cookies["meldpunt_desk"].value


def test_the_page_is_for_administrators_and_duty_officers(administrator: Colleague) -> None:
    account = create_account(JOB, email="a@people.example", name="Anne", roles=[Role.ANALYST], password=OLD)
    analyst, officer = colleague(Role.ANALYST), colleague(Role.DUTY_OFFICER)
    assert analyst.get("/desk/new-starts").status_code == 404
    assert officer.post(f"/desk/people/{account}/new-start").status_code == 404
    assert {one.name for one in access_queries.list_accounts(JOB) if one.id == account} == {"Anne"}
