"""Scenarios of a report on their page: supposed, laid side by side, and one taken for the estimate."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.constituency.cast import SECRETS
from tests.desk.cast import page_of
from tests.desk_outward.cast import Colleague, colleague
from tests.services.cast import Register, founded, lean, leaning
from tests.triage.test_situation import report_of

from meldpunt.access.values import Role
from meldpunt.cases import actions as case_actions
from meldpunt.engines.cascade import Band
from meldpunt.intake.values import ReportId
from meldpunt.services import actions as service_actions
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries

pytestmark = pytest.mark.django_db

NETWORK = {"name": "Net plat", "node_0": "ext/1", "share_0": "100"}
WEAKER = {"of_0": "BK-01/1", "on_0": "EXT/1", "low_0": "0", "likely_0": "10", "high_0": "20"}


@dataclass(frozen=True)
class Room:
    """A report of the water company, the register of services, and an analyst in a browser."""

    house: Register
    report: ReportId
    browser: Colleague

    @property
    def address(self) -> str:
        """Where the scenarios of the report are."""
        return f"/desk/reports/{self.report}/scenarios"

    def suppose(self, **said: str) -> None:
        assert self.browser.post(f"{self.address}/new", {**NETWORK, **said}).status_code == 302

    def comparing(self) -> str:
        """The address on which all of them stand side by side."""
        kept = queries.list_scenarios(self.house.analyst, reports=[self.report])
        return f"{self.address}?{'&'.join(f'compare={one.id}' for one in kept)}"


@pytest.fixture
def room() -> Room:
    house = founded()
    return Room(house, report_of(house.water), colleague(Role.ANALYST))


def test_a_scenario_is_supposed_by_codes_and_stands_on_the_page(room: Room) -> None:
    room.suppose(**WEAKER)
    page = page_of(room.browser, room.address)
    assert "1. Net plat" in page
    (kept,) = queries.list_scenarios(room.house.analyst, reports=[room.report])
    assert (len(kept.changes), kept.estimate.outage.until_hour) == (1, None)


def test_the_list_says_what_each_supposes(room: Room) -> None:
    room.suppose(until_hour="6", recovers_in_hours="3", **WEAKER)
    supposed = page_of(room.browser, room.address).split("1. Net plat")[1].split("</td>")[0]
    assert ("EXT/1" in supposed, "100%" in supposed.replace("\xa0", "").replace(" ", "")) == (True, True)
    assert "The outage ends after 6 hours. Then it recovers in 3 hours." in supposed
    assert ("BK-01/1" in supposed, "→" in supposed) == (True, True)


def test_the_form_is_wholly_in_the_language_of_who_reads(room: Room) -> None:
    page = page_of(colleague(Role.ANALYST, language="nl"), f"{room.address}/new")
    assert "Welke afhankelijkheden zijn anders? (0: leunt er niet meer op)" in page


def test_a_scenario_may_suppose_another_buffer(room: Room) -> None:
    room.suppose()
    longer = {"shortest_0": "20", "usual_0": "24.5", "longest_0": "30"}
    room.suppose(name="accu's", of_0="BK-01/1", on_0="EXT/1", low_0="90", likely_0="95", high_0="100", **longer)
    _, kept = queries.list_scenarios(room.house.analyst, reports=[room.report])
    assert kept.changes[0].buffer_hours == Band(20, 24.5, 30)
    assert "na een buffer van 24,5 (20–30) uur" in kept.estimate.assumptions[0].nl
    payments = next(one for one in kept.estimate.next_hit if one.name.nl.startswith("BK-01/1"))
    assert 20 <= payments.hours.low <= payments.hours.high <= 30


def test_what_the_organisation_delivers_is_suggested_first(room: Room) -> None:
    page = page_of(room.browser, f"{room.address}/new")
    assert 'value="DW-01/1"' in page
    assert not [secret for secret in SECRETS if secret in page]


def test_two_stand_side_by_side_with_their_difference(room: Room) -> None:
    room.suppose()
    room.suppose(name="zwakker", **WEAKER)
    page = page_of(room.browser, room.comparing())
    beside = page.split('id="beside"')[1]
    assert ("1. Net plat" in beside, "2. zwakker" in beside) == (True, True)
    difference = beside.split("Difference in damage, million euro")[1].split("</tr>")[0]
    assert "-" in difference
    assert "the same" in beside


def test_what_changed_in_the_network_since_is_told(room: Room) -> None:
    room.suppose()
    lean(room.house.analyst, leaning(room.house.pumping, room.house.payments))
    page = page_of(room.browser, room.comparing())
    assert "What changed in the network" in page
    assert "DW-01/1" in page.split("What changed in the network")[1]


def test_a_scenario_of_what_ended_says_so_and_stays(room: Room) -> None:
    room.suppose()
    service_actions.end_service(room.house.analyst, service=room.house.network, reason="Opgeheven.")
    page = page_of(room.browser, room.comparing(), status=409)
    assert "1. Net plat" in page
    assert "This outage cannot be computed" in page


def test_one_of_them_becomes_the_estimate(room: Room) -> None:
    room.suppose()
    (kept,) = queries.list_scenarios(room.house.analyst, reports=[room.report])
    answer = room.browser.post(f"/desk/scenarios/{kept.id}/adopt")
    assert answer["Location"].endswith(f"/desk/reports/{room.report}")
    assessment = queries.find_assessment(room.house.analyst, report=room.report)
    assert assessment
    assert assessment.estimate == kept.estimate


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"node_0": "", "share_0": ""}, "Say what stands still, and how much of it."),
        ({"node_0": ""}, "Say both what stands still and how much of it"),
        ({"node_1": "F1"}, "Say both what stands still and how much of it"),
        ({"node_1": "F1", "share_1": "0"}, "Say both what stands still and how much of it"),
        ({"node_1": "EXT/1", "share_1": "10"}, "This stands in another line as well."),
        ({"node_0": "ZZ-9/9"}, "ZZ-9/9 is no code of a service, and no vital process."),
        ({"recovers_in_hours": "4"}, "Say when it ends"),
        ({**WEAKER, "low_0": "50"}, "Give these from low to high."),
        ({**WEAKER, "high_0": ""}, "Give these from low to high."),
        ({"name": ""}, "This field is required"),
        ({**WEAKER, "shortest_0": "8", "usual_0": "4", "longest_0": "9"}, "Give these from low to high."),
        ({**WEAKER, "usual_0": "4"}, "Give these from low to high."),
        ({"usual_0": "4"}, "Say both what leans and on what."),
        ({**WEAKER, "on_0": ""}, "Say both what leans and on what."),
        ({**WEAKER, "of_0": "", "on_0": ""}, "Say both what leans and on what."),
        ({"node_0": "", "share_1": "20", "node_2": "F1"}, "Say both what stands still and how much of it"),
    ],
)
def test_what_is_not_fit_comes_back_with_why(room: Room, said: dict[str, str], expected: str) -> None:
    answer = room.browser.post(f"{room.address}/new", {**NETWORK, **said})
    assert (answer.status_code, expected in answer.content.decode()) == (422, True)
    assert queries.list_scenarios(room.house.analyst, reports=[room.report]) == ()


def test_a_case_lists_the_scenarios_of_its_reports(room: Room) -> None:
    room.suppose()
    case = case_actions.accept_report(room.house.analyst, report=room.report, title="Net", reason="Net.")
    assert "1. Net plat" in page_of(room.browser, f"/desk/cases/{case}")


def test_who_does_no_triage_has_no_such_page(room: Room) -> None:
    assert colleague(Role.WOO_OFFICER).get(room.address).status_code == 404


def test_a_report_about_availability_suggests_all_that_its_organisation_delivers_and_carries(room: Room) -> None:
    page = f"/desk/reports/{room.report}"
    service = f'<option value="service:{room.house.pumping}" selected>'
    before = page_of(room.browser, page).split('id="consequence"')[1]
    assert (service in before, '<option value="1" selected>' in before) == (True, False)
    triage_actions.assess_report(room.house.analyst, report=room.report, rsit="availability/ddos", reason="Vloed.")
    after = page_of(room.browser, page).split('id="consequence"')[1]
    assert ('<option value="D1" selected>' in after, '<option value="1" selected>' in after) == (True, True)


def test_an_estimate_on_the_page_names_a_service_and_keeps_naming_it(room: Room) -> None:
    said = {"process_0": f"service:{room.house.pumping}", "share_0": "0.5"}
    assert room.browser.post(f"/desk/reports/{room.report}/consequence", said).status_code == 302
    page = page_of(room.browser, f"/desk/reports/{room.report}").split('id="consequence"')[1]
    assert f'<option value="service:{room.house.pumping}" selected>DW-01/1 pompen op afstand' in page
    assert not [secret for secret in SECRETS if secret in page]


def test_a_service_that_is_not_there_is_no_choice(room: Room) -> None:
    said = {"process_0": f"service:{room.report}", "share_0": "0.5"}
    assert room.browser.post(f"/desk/reports/{room.report}/consequence", said).status_code == 422
