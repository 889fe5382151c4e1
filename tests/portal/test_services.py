"""An organisation tells of its own services on its own page."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.desk_outward.cast import colleague
from tests.disclosure.cast import Country, found_country
from tests.portal.cast import browser_of
from tests.web.statements import ask

from meldpunt.access.values import JOB, Role
from meldpunt.services import actions as service_actions

pytestmark = pytest.mark.django_db

SERVICES = "/portal/services"
DESK = "/desk/services"
LEANS = {"likely": "60", "buffer_likely": "4", "sure": "told"}


@pytest.fixture
def country() -> Country:
    return found_country()


@pytest.fixture
def insider(country: Country) -> Client:
    return browser_of(country.water)


def added(browser: Client, name: str = "pompen op afstand") -> str:
    """The address of a new service."""
    return browser.post(f"{SERVICES}/new", {"name": name, "people": "120000"})["Location"]


def named(browser: Client, service: str, provider: str) -> str:
    said = LEANS | {"on": "somebody", "provider": provider, "sector": "telecom"}
    return browser.post(f"{service}/lean", said, follow=True).content.decode()


def test_the_page_says_what_it_is_for_who_sees_it_and_on_what_ground(insider: Client) -> None:
    shown = insider.get(SERVICES).content.decode()
    for said in ("For nothing else.", "under your code and not your name", "article 11(3)(d)", "not obliged"):
        assert said in shown


def test_a_service_is_added_counted_leans_and_ends(insider: Client) -> None:
    service = added(insider)
    shown = insider.post(f"{service}/lean", LEANS | {"on": "E1", "low": "20"}, follow=True).content.decode()
    assert "60\xa0% (20–60)" in shown
    insider.post(f"{service}/people", {"people": "90000"})
    assert "90000" in insider.get(SERVICES).content.decode()
    end = re.search(rf'action="({service}/leaning/[^"]+)"', shown)
    assert end is not None
    assert "You told nothing" in insider.post(end[1], follow=True).content.decode()
    assert "of no service yet" in insider.post(f"{service}/end", follow=True).content.decode()


def test_a_page_is_of_its_own_organisation_alone(country: Country, insider: Client) -> None:
    service, other = added(insider), browser_of(country.energy)
    assert other.get(service).status_code == 404
    for what in ("people", "lean", "end"):
        assert other.post(f"{service}/{what}", LEANS | {"on": "E1"}).status_code == 404
    assert "pompen" not in other.get(SERVICES).content.decode()
    assert browser_of(country.police, role=Role.PARTY).get(SERVICES).status_code == 404


def test_who_is_named_reads_the_same_whether_or_not_it_is_served(country: Country, insider: Client) -> None:
    """The page tells nobody who else is a constituent, before and after the desk placed the name."""
    pages = {}
    for number, provider in enumerate(("Energie De Windhoek", "Energie De Zeehoek")):
        service = added(insider, f"pompen {number}")
        before = named(insider, service, provider)
        service_actions.read_namings(JOB)
        pages[provider] = (before, insider.get(service).content.decode())
    first, second = (
        [
            re.sub(r"[0-9a-f-]{36}|DW-\d+/\d+|pompen \d|value=\"[\w-]{64}\"", "", page.replace(name, "N"))
            for page in both
        ]
        for name, both in pages.items()
    )
    assert [_told(one) for one in first] == [_told(one) for one in second]


def test_who_told_the_desk_stays_with_the_desk(country: Country, insider: Client) -> None:
    """Words that are masked where the other is served, and stand whole where it is not, would tell which it is."""
    service, desk = added(insider), colleague(Role.ANALYST)
    other = {
        "name": "meetnet",
        "organisation": "",
        "provider": "Kabel Noord",
        "sector": "telecom",
        "reason": "Geoefend.",
    }
    network = desk.post("/desk/services/new", other)["Location"]
    code = re.search(r"EXT/\d+", desk.get(network).content.decode())
    assert code is not None
    bands = {f"strength_{one}": "50" for one in ("low", "likely", "high")} | dict.fromkeys(
        ("buffer_low", "buffer_likely", "buffer_high"), "2"
    )
    told = bands | {"direction": "it-on", "other": code[0], "told_by": "de toezichthouder", "told_on": "2026-11-02"}
    answer = desk.post(f"{service.replace('portal', 'desk')}/lean", told | {"sure": "told", "reason": "Gehoord."})
    assert answer.status_code == 302
    shown = insider.get(service).content.decode()
    assert ("a provider that the desk was told of" in shown, "toezichthouder" in shown) == (True, False)
    assert "2 Nov 2026, the desk" in shown


def _told(page: str) -> str:
    return page[page.index("<caption>") : page.index("</table>")]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"on": "somebody", "sector": "telecom"}, "Give the name of the provider."),
        ({"on": "somebody", "provider": "Kabel Noord"}, "Choose the sector of the provider."),
        ({"on": "E1", "low": "80"}, "from low by way of likely to high"),
    ],
)
def test_what_is_missing_is_said(insider: Client, said: dict[str, str], why: str) -> None:
    answer = insider.post(f"{added(insider)}/lean", LEANS | said)
    assert (answer.status_code, why in answer.content.decode()) == (422, True)


def test_a_file_comes_in_or_every_wrong_line_is_told(insider: Client) -> None:
    header = "line,key,name,sector,people,of,on,provider,low,likely,high,buffer_low,buffer_likely,buffer_high,sure"
    for line, status, said in (
        ("service,a,meetnet,,10,,,,,,,,,,", 302, ""),
        ("service,a,,,10,,,,,,,,,,", 422, "name of at most"),
    ):
        file = SimpleUploadedFile("eigen.csv", f"{header}\n{line}\n".encode())
        answer = insider.post(f"{SERVICES}/file", {"file": file})
        assert (answer.status_code, said in answer.content.decode()) == (status, True)
    assert insider.get(SERVICES).content.decode().count("meetnet") == 1


def test_the_desk_sees_who_told_it_and_places_whom_was_named(insider: Client) -> None:
    named(insider, added(insider), "Kabel Noord")
    service_actions.read_namings(JOB)
    desk = colleague(Role.ANALYST)
    assert "1 name that an organisation gave" in desk.get("/desk/services").content.decode()
    waits = desk.get("/desk/services/named").content.decode()
    assert "Kabel Noord" in waits
    place = re.search(r'action="(/desk/services/named/[^"]+)"', waits)
    assert place is not None
    refused = desk.post(place[1], {"on": "ZZ"})
    assert (refused.status_code, "at least one is a service" in refused.content.decode()) == (422, True)
    assert "No name waits." in desk.post(place[1], {"on": ""}, follow=True).content.decode()
    code = re.search(r"/desk/services/[0-9a-f-]{36}", waits)
    assert code is not None
    shown = desk.get(code[0]).content.decode()
    assert "the organisation itself" in shown
    assert "120000" in shown
    assert "Kabel Noord" in shown


def test_neither_list_asks_more_of_the_database_because_it_is_longer(country: Country, insider: Client) -> None:
    desk, service = colleague(Role.ANALYST), added(insider)
    named(insider, service, "Bank De Korenbeurs")
    service_actions.read_namings(JOB)

    def tell_more() -> None:
        for number, provider in enumerate(("Energie De Windhoek", "Kabel Noord", "Kabel Zuid")):
            named(insider, added(insider, f"meetnet {number}"), provider)
        service_actions.read_namings(JOB)

    few = [len(ask(browser, page).statements) for browser, page in ((insider, SERVICES), (desk, f"{DESK}/named"))]
    tell_more()
    more = [len(ask(browser, page).statements) for browser, page in ((insider, SERVICES), (desk, f"{DESK}/named"))]
    assert more <= few
