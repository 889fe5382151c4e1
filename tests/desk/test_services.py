"""The pages of services: found, told of, brought in from a file, and who feels a standstill."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.constituency.cast import SECRETS, member_of
from tests.desk.cast import page_of
from tests.desk.cast import room as desk_of_reports
from tests.desk_outward.cast import Colleague, colleague
from tests.services.cast import Register, founded, lean, leaning, register
from tests.services.test_importing import HEADER

from meldpunt.access.values import Role
from meldpunt.services import actions as service_actions
from meldpunt.services import queries
from meldpunt.services.values import ServiceForm

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Room:
    """The register of services, and an analyst in a browser."""

    house: Register
    browser: Colleague

    @property
    def network(self) -> str:
        """The page of what both lean on."""
        return f"/desk/services/{self.house.network}"


@pytest.fixture
def desk() -> Room:
    return Room(founded(), colleague(Role.ANALYST))


LEAN = {
    "direction": "it-on",
    "other": "e1",
    "strength_low": "10",
    "strength_likely": "20",
    "strength_high": "30",
    "buffer_low": "0",
    "buffer_likely": "8",
    "buffer_high": "24",
    "told_by": "de beheerder",
    "told_on": "2026-11-02",
    "sure": "measured",
    "reason": "Oefening van het najaar.",
}


def test_the_list_shows_services_by_code_and_no_sealed_name(desk: Room) -> None:
    page = page_of(desk.browser, "/desk/services")
    assert [code in page for code in ("BK-01/1", "DW-01/1", "EXT/1", "Waddenkabel")] == [True] * 4
    assert not [secret for secret in SECRETS if secret in page]
    found = page_of(desk.browser, "/desk/services?text=waddenk")
    assert ("EXT/1" in found, "BK-01/1" in found) == (True, False)


def test_what_if_it_stops_is_answered_with_who_feels_it_and_when(desk: Room) -> None:
    page = page_of(desk.browser, desk.network)
    assert page.index("BK-01/1") < page.index("F1 ") < page.index("DW-01/1")
    assert "12 h" in page
    assert not [secret for secret in SECRETS if secret in page]


def test_a_dependency_is_told_of_and_ends_on_the_page_of_its_service(desk: Room) -> None:
    answer = desk.browser.post(f"{desk.network}/lean", LEAN)
    assert answer.status_code == 302
    (told,) = queries.list_leaning(desk.house.analyst, service=desk.house.network).it_on
    assert (told.on.process, round(told.strength.likely, 2), told.buffer_hours.likely) == ("E1", 0.2, 8)
    ended = desk.browser.post(
        f"/desk/dependencies/{told.id}/end", {"reason": "Noodstroom.", "service": str(desk.house.network)}
    )
    assert ended["Location"].endswith(str(desk.house.network))
    assert "Noodstroom." in page_of(desk.browser, desk.network)


@pytest.mark.parametrize(
    ("field", "said", "expected"),
    [
        ("strength_high", "5", "Give these from low to high."),
        ("strength_high", "500", "less than or equal to 100"),
        ("other", "ZZ-9/1", "Name two ends"),
        ("told_on", "2999-01-01", "today or before"),
    ],
)
def test_what_is_not_fit_comes_back_with_why_and_all_that_was_typed(
    desk: Room, field: str, said: str, expected: str
) -> None:
    answer = desk.browser.post(f"{desk.network}/lean", {**LEAN, field: said})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert expected in page
    assert "Oefening van het najaar." in page


def test_a_service_is_registered_by_the_code_of_its_organisation(desk: Room) -> None:
    form = {"name": "inloggen", "organisation": "bk-01", "provider": "", "sector": "", "reason": "Verteld."}
    answer = desk.browser.post("/desk/services/new", form)
    assert "BK-01/2" in page_of(desk.browser, answer["Location"])
    again = desk.browser.post("/desk/services/new", form)
    assert (again.status_code, "already" in again.content.decode()) == (422, True)
    lost = desk.browser.post("/desk/services/new", {**form, "organisation": "ZZ-99"})
    assert (lost.status_code, "No organisation has this code." in lost.content.decode()) == (422, True)


def test_a_service_that_ended_is_in_no_list_and_takes_nothing_more(desk: Room) -> None:
    assert desk.browser.post(f"{desk.network}/end", {"reason": "Opgeheven."}).status_code == 302
    assert "EXT/1" not in page_of(desk.browser, "/desk/services")
    assert "Tell of a dependency" not in page_of(desk.browser, desk.network)
    assert desk.browser.post(f"{desk.network}/end", {"reason": "Opgeheven."}).status_code == 404


def test_what_an_organisation_ended_stands_on_a_page_with_who_and_when_and_is_put_back_there(desk: Room) -> None:
    assert "itself ended" not in page_of(desk.browser, "/desk/services")
    insider = member_of(desk.house.bank)
    ((_, own),) = queries.list_own_services(insider)
    service_actions.end_own_dependency(insider, dependency=own.it_on[0].id)
    assert "An organisation itself ended 1 thing" in page_of(desk.browser, "/desk/services")
    page = page_of(desk.browser, "/desk/services/undone")
    back = f"/desk/dependencies/{own.it_on[0].id}/back"
    assert ("<td>BK-01</td>" in page, back in page) == (True, True)
    assert desk.browser.post(back, {"reason": ""}).status_code == 409
    assert desk.browser.post(back, {"reason": "Zij vergisten zich."}).status_code == 302
    assert len(queries.list_own_services(insider)[0][1].it_on) == 1
    service_actions.end_own_service(insider, service=desk.house.payments)
    assert "the organisation itself" in page_of(desk.browser, f"/desk/services/{desk.house.payments}")
    answer = desk.browser.post(f"/desk/services/{desk.house.payments}/back", {"reason": "Zij vergisten zich."})
    assert "Ended" not in page_of(desk.browser, answer["Location"])
    assert "Nothing that the desk told of" in page_of(desk.browser, "/desk/services/undone")


def test_a_report_with_an_estimate_says_what_organisations_ended_since() -> None:
    page = desk_of_reports()
    analyst = page.browser.actor
    pumping = register(analyst, ServiceForm("pompen op afstand", organisation=page.desk.water))
    lean(analyst, leaning(pumping, "E1"))
    page.browser.post(f"{page.report}/consequence", {"process_0": "D1", "share_0": "1"})
    assert "/desk/services/undone" not in page_of(page.browser, page.report)
    service_actions.end_own_service(page.desk.reporter, service=pumping)
    assert "an organisation itself ended 1 thing" in page_of(page.browser, page.report)


def test_a_file_comes_in_whole_or_every_wrong_line_stands_on_the_page(desk: Room) -> None:
    keeper = colleague(Role.DUTY_OFFICER)
    good = f"{HEADER}\nservice,x,glasvezel,,Noordkabel,telecom,,,,,,,,,,,\n"
    bad = SimpleUploadedFile("x.csv", f"{good}service,y,z,QQ-11,,,,,,,,,,,,,\n".encode())
    answer = keeper.post("/desk/services/file", {"file": bad, "reason": "Uitvraag"})
    assert (answer.status_code, "No organisation has the code QQ-11." in answer.content.decode()) == (422, True)
    assert queries.count_services(desk.house.analyst) == 3
    answer = keeper.post(
        "/desk/services/file", {"file": SimpleUploadedFile("x.csv", good.encode()), "reason": "Uitvraag"}
    )
    assert answer["Location"].endswith("/desk/services")
    assert queries.count_services(desk.house.analyst) == 4
    assert desk.browser.get("/desk/services/file").status_code == 404


def test_the_pages_speak_dutch(desk: Room) -> None:
    dutch = colleague(Role.ANALYST, language="nl")
    assert "Wat als dit uitvalt?" in page_of(dutch, desk.network)
    answer = dutch.post("/desk/services/new", {"name": "x", "provider": "Waddenkabel", "reason": "y"})
    assert "Kies een sector uit de lijst." in answer.content.decode()
