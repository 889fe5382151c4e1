"""An organisation reports, sees its clocks, and sees everything we did with what it said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.constituency.cast import BANK, WATER, register, somebody
from tests.disclosure.cast import analyst as desk_analyst
from tests.disclosure.cast import draft_for, to
from tests.portal.cast import browser_of, fields
from tests.triage.cast import consult, desk

from meldpunt.access.values import JOB, Door, OrganisationId, Role
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import ItemKind, Unshown
from meldpunt.evidence import queries as evidence_queries
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import Report, ReportKind, Stage
from meldpunt.law import Condition, Purpose
from meldpunt.ledger import actions as ledger_actions
from meldpunt.ledger.verify import verify_lines
from meldpunt.vocabulary.markings import TLP

pytestmark = pytest.mark.django_db


@pytest.fixture
def water() -> OrganisationId:
    return register(WATER)


def last_of(organisation: OrganisationId) -> Report:
    viewer = somebody(Door.PORTAL, Role.CONSTITUENT, organisation=organisation)
    line = intake_queries.list_own_reports(viewer).lines[0]
    return intake_queries.get_own_report(viewer, report=line.id)


def test_an_early_warning_gets_a_receipt_with_its_clocks(water: OrganisationId) -> None:
    page = browser_of(water).post("/portal/report", fields(severe_disruption="yes"), follow=True).content.decode()
    found = last_of(water)
    assert (found.kind, found.entity_kind, found.sector) == (ReportKind.STATUTORY, "essential", "drinking-water")
    assert [line.stage for line in found.stages] == [Stage.EARLY_WARNING]
    assert found.reference in page
    assert all(f"NIS2 art. 23(4)({letter})" in page for letter in "abd")


def test_the_code_is_shown_once_and_opens_the_report_on_the_public_site(water: OrganisationId) -> None:
    browser = browser_of(water)
    page = browser.post("/portal/report", fields(), follow=True)
    code = re.search(r"([0-9A-Z]{4}-){4}[0-9A-Z]{4}", page.content.decode())
    assert code
    assert intake_queries.follow_report(reporter_with(code[0])).id == last_of(water).id
    assert code[0] not in browser.get(page.request["PATH_INFO"]).content.decode()


def test_indicators_are_asked_of_an_incident_and_not_folded_away_with_threats(water: OrganisationId) -> None:
    page = browser_of(water).get("/portal/report").content.decode()
    assert 0 < page.index('name="indicators_seen"') < page.index('name="near_miss_averted"')


def test_an_incident_that_is_not_significant_is_voluntary(water: OrganisationId) -> None:
    answers = dict.fromkeys(["severe_disruption", "financial_loss", "harm_to_others"], "no")
    browser_of(water).post("/portal/report", fields(**answers))
    assert last_of(water).kind is ReportKind.VOLUNTARY


def test_what_is_not_known_yet_counts_as_statutory(water: OrganisationId) -> None:
    browser_of(water).post("/portal/report", fields(severe_disruption="unknown", financial_loss="no"))
    assert last_of(water).kind is ReportKind.STATUTORY


@pytest.mark.parametrize("what", ["near-miss", "threat", "vulnerability"])
def test_what_did_not_happen_is_no_statutory_report(water: OrganisationId, what: str) -> None:
    browser_of(water).post("/portal/report", fields(what=what, severe_disruption="yes"))
    assert last_of(water).kind.value == what


def test_files_are_sealed_under_the_report(water: OrganisationId) -> None:
    browser_of(water).post("/portal/report", fields(attachments=[SimpleUploadedFile("a.log", b"een")]))
    assert [one.name for one in evidence_queries.list_evidence(JOB, about=last_of(water).id)] == ["a.log"]


def test_the_next_stage_stops_its_clock(water: OrganisationId) -> None:
    browser = browser_of(water)
    browser.post("/portal/report", fields())
    link = f"/portal/reports/{last_of(water).id}"
    assert browser.post(f"{link}/stage", {"stage": "incident-notification", "text": ""}).status_code == 422
    page = browser.post(f"{link}/stage", {"stage": "incident-notification", "text": "Het was de pomp."}, follow=True)
    assert "house-mark--green" in page.content.decode()
    assert last_of(water).stages[-1].stage is Stage.NOTIFICATION


def test_the_reporter_sees_whom_we_told_and_on_what_ground() -> None:
    house = desk()
    consult(house, house.service, Condition.RECIPIENT_TASK)
    page = browser_of(house.water).get(f"/portal/reports/{house.receipt.report}").content.decode()
    assert "De dienst" in page
    assert "1 disclosure was made" in page
    assert "Herkent u dit?" not in page


def test_the_reporter_asks_how_far_it_may_go_and_reads_why_it_went_further(water: OrganisationId) -> None:
    browser = browser_of(water)
    browser.post("/portal/report", fields(tlp="TLP:RED"))
    found = last_of(water)
    assert found.tlp is TLP.RED
    draft = draft_for(to(register(BANK)), item=ItemKind.ADVICE, tlp=TLP.AMBER_STRICT, purpose=Purpose.ADVISE)
    draft = replace(draft, origins=(found.origin,), widening="De bank moet er vandaag mee werken.")
    disclosure_actions.disclose(desk_analyst(), draft=draft, reason="Bijstand.", seen=Unshown.IN_A_PROGRAM)
    page = browser.get(f"/portal/reports/{found.id}").content.decode()
    assert "It was told under TLP:AMBER+STRICT; you asked TLP:RED." in page
    assert "De bank moet er vandaag mee werken." in page


def test_without_saying_so_it_is_as_narrow_as_it_can_be(water: OrganisationId) -> None:
    browser_of(water).post("/portal/report", fields())
    assert last_of(water).tlp is None


def test_the_proofs_confirm_offline() -> None:
    house = desk()
    consult(house, house.service, Condition.RECIPIENT_TASK)
    browser = browser_of(house.water)
    link = f"/portal/reports/{house.receipt.report}/proofs"
    assert browser.get(link).status_code == 409
    ledger_actions.sequence(JOB)
    ledger_actions.sign_checkpoint(JOB)
    answer = browser.get(link)
    assert answer["Content-Disposition"].startswith("attachment")
    confirmed = verify_lines(answer.content.splitlines(keepends=True))
    assert (confirmed.is_sound, len(confirmed.entries)) == (True, 2)


def test_nobody_sees_the_report_of_another_organisation() -> None:
    house = desk()
    link = f"/portal/reports/{house.receipt.report}"
    stranger = browser_of(register(BANK))
    for page in ("", "/receipt", "/proofs"):
        assert stranger.get(link + page).status_code == 404
    assert stranger.post(f"{link}/stage", {"stage": "final-report", "text": "x"}).status_code == 404
    assert "waterbedrijf" not in stranger.get("/portal/reports").content.decode()


@pytest.mark.parametrize("page", ["report", "reports"])
def test_a_government_party_reports_nothing_here(page: str) -> None:
    house = desk()
    assert browser_of(house.police.organisation, role=Role.PARTY).get(f"/portal/{page}").status_code == 404


@pytest.mark.parametrize("page", ["", "report", "reports", "messages", "consultations", "organisation"])
def test_a_stranger_is_sent_to_the_log_in(client: Client, page: str) -> None:
    assert client.get(f"/portal/{page}").status_code == 302


@pytest.mark.parametrize(
    "given",
    [
        {"title": "\x00"},
        {"what": "onzin"},
        {"stage": "final-report"},
        {"severe_disruption": "misschien"},
        {"text": "x" * 40_001},
        {"aware_at": "9999-12-31T23:59"},
        {"aware_at": "0001-01-01T00:00"},
        {"occurred_on": "9999-01-01"},
    ],
)
def test_a_wrong_answer_is_marked_and_nothing_is_sent(water: OrganisationId, given: dict[str, str]) -> None:
    answer = browser_of(water).post("/portal/report", fields(**given))
    assert answer.status_code == 422
    assert f'id="id_{next(iter(given))}_error"' in answer.content.decode()


def test_a_cursor_of_nonsense_is_no_failure(water: OrganisationId) -> None:
    assert browser_of(water).get("/portal/reports?page=onzin").status_code == 409


def test_the_start_page_shows_the_clock_that_runs() -> None:
    house = desk()
    page = browser_of(house.water).get("/portal/").content.decode()
    assert str(house.receipt.report) in page
    assert "hours left" in page


def test_the_organisation_sees_what_we_know_of_it(water: OrganisationId) -> None:
    page = browser_of(water).get("/portal/organisation").content.decode()
    assert all(known in page for known in ("192.0.2.0/28", "zuiderwiel.example", "Aafke Molenwiek", "drinking water"))


def test_an_acknowledgement_is_a_message(water: OrganisationId) -> None:
    browser = browser_of(water)
    browser.post("/portal/report", fields())
    intake_actions.acknowledge_reports(JOB)
    page = browser.get("/portal/messages").content.decode()
    link = re.search(r"/portal/messages/[0-9a-f-]{36}", page)
    assert link
    assert browser.get(link[0]).status_code == 200
    done = browser.post(f"{link[0]}/acknowledge", {"note": "dank"}, follow=True).content.decode()
    assert "acknowledged" in done
    assert browser_of(register(BANK)).get(link[0]).status_code == 404


def test_a_stage_weighs_anew_and_says_why(water: OrganisationId) -> None:
    browser = browser_of(water)
    browser.post("/portal/report", fields())
    link = f"/portal/reports/{last_of(water).id}"
    assert "possibly significant" in browser.get(link).content.decode()
    said = {"stage": "incident-notification", "impact": "Zestig dorpen zonder water.", "harm_to_others": "yes"}
    page = browser.post(f"{link}/stage", said, follow=True).content.decode()
    assert "possibly significant" not in page
    assert "others have or may have considerable damage" in page
    assert "Zestig dorpen zonder water." in page


def test_not_known_yet_alone_is_no_stage(water: OrganisationId) -> None:
    browser = browser_of(water)
    browser.post("/portal/report", fields())
    link = f"/portal/reports/{last_of(water).id}/stage"
    assert browser.post(link, {"stage": "incident-notification", "malicious": "unknown"}).status_code == 422
