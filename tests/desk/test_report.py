"""The triage page: what it shows, what it keeps sealed, and what is done on it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cases.cast import accepted
from tests.constituency.cast import BANK
from tests.desk.cast import Room, page_of, room
from tests.desk_outward.cast import colleague
from tests.disclosure.cast import draft_for
from tests.services.cast import lean, leaning
from tests.services.cast import register as deliver
from tests.triage.cast import SCORED, consult_police, told

from meldpunt.access.values import JOB, STRANGER, Role
from meldpunt.cases import queries as case_queries
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Audience, AudienceKind, ItemKind, Unshown
from meldpunt.evidence import queries as evidence_queries
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Attached, ReporterDetails, ReportForm, ReportKind, Stage
from meldpunt.law import Condition, Purpose
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.services.values import ServiceForm
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Assessment, Objection, ViewForm

pytestmark = pytest.mark.django_db
ASSESSED = {"rsit": "malicious-code/infected-system", "reason": "Het bestand is versleuteld.", "seen": "0"}


@pytest.fixture
def desk() -> Room:
    return room()


def code_of(desk: Room) -> str:
    return constituency_queries.get_organisation(desk.browser.actor, organisation=desk.desk.water).code


def assessment_of(desk: Room) -> Assessment | None:
    return triage_queries.find_assessment(desk.browser.actor, report=desk.desk.receipt.report)


def test_indicators_are_shown_defanged_and_never_as_a_link(desk: Room) -> None:
    page = page_of(desk.browser, desk.report)
    assert "203[.]0[.]113[.]66" in page
    assert 'href="http' not in page.replace('href="http://testserver', "")


@pytest.mark.parametrize(
    ("kind", "capacity", "said"),
    [
        (ReportKind.VOLUNTARY, "essential", "no clock runs here. If it is significant after all"),
        (ReportKind.STATUTORY, "", "No statutory clock runs: in which capacity they report was not told."),
    ],
)
def test_the_desk_reads_that_no_clock_runs_and_what_the_law_may_ask(
    desk: Room, kind: ReportKind, capacity: str, said: str
) -> None:
    form = ReportForm("Betalen ligt plat", "", kind, capacity, answers={"severe_disruption": "unknown"})
    receipt = intake_actions.receive_report(STRANGER, form=form)
    assert said in page_of(desk.browser, f"/desk/reports/{receipt.report}")


def test_what_the_register_knows_of_who_mailed_says_which_duty_may_rest_on_it(desk: Room) -> None:
    raw = b"From: a@waterbedrijf.example\r\nSubject: De pompen\r\nMessage-ID: <1@waterbedrijf.example>\r\n\r\nKom."
    receipt = intake_actions.receive_mail(JOB, raw=raw)
    page = page_of(desk.browser, f"/desk/reports/{receipt.report}")
    assert "possible-duty" not in page
    said = {"code": f" {code_of(desk).lower()} ", "reason": "Teruggebeld op het nummer in het register."}
    answer = desk.browser.post(f"/desk/reports/{receipt.report}/attach", said, follow=True)
    assert "(essential entity)" in answer.content.decode()


def test_a_report_without_an_account_is_attached_to_who_made_it_and_keeps_its_reference(desk: Room) -> None:
    receipt = intake_actions.receive_report(STRANGER, form=ReportForm("Alles hapert", "Bel Fenna."))
    place = f"/desk/reports/{receipt.report}"
    assert desk.browser.post(f"{place}/attach", {"code": "ZZ-99", "reason": "Gehoord."}).status_code == 422
    desk.browser.post(f"{place}/attach", {"code": code_of(desk), "reason": "Teruggebeld."})
    own = intake_queries.list_own_reports(desk.desk.reporter).lines
    assert receipt.reference in [line.reference for line in own]
    assert "Say which organisation reported this" not in page_of(desk.browser, place)


@pytest.mark.parametrize("role", [Role.STATISTICIAN, Role.ADMINISTRATOR, Role.WOO_OFFICER])
def test_who_does_not_triage_finds_no_report_here(desk: Room, role: Role) -> None:
    assert page_of(colleague(role), desk.report, status=404)


def test_the_desk_reads_by_when_the_law_wants_its_first_reply(desk: Room) -> None:
    form = ReportForm("Betalen ligt plat", "", ReportKind.STATUTORY, "essential", stage=Stage.EARLY_WARNING)
    receipt = intake_actions.receive_report(STRANGER, form=form)
    intake_actions.acknowledge_reports(JOB)
    page = page_of(desk.browser, f"/desk/reports/{receipt.report}")
    assert "first reply to the reporting entity" in page
    assert f'<time datetime="{(receipt.received_at + timedelta(hours=24)).isoformat()}">' in page
    assert page.count("met, ") == 1  # the early warning
    told = intake_queries.get_report(desk.browser.actor, report=receipt.report)
    question = draft_for(
        (Audience(AudienceKind.REPORTER, id=receipt.report),),
        item=ItemKind.QUESTION,
        purpose=Purpose.ASK,
        conditions=frozenset({Condition.OWN_REPORT}),
        origins=(told.origin,),
    )
    disclosure_actions.disclose(desk.browser.actor, draft=question, reason="Navraag.", seen=Unshown.IN_A_PROGRAM)
    assert page_of(desk.browser, f"/desk/reports/{receipt.report}").count("met, ") == 2


def test_unsealing_without_a_purpose_unseals_nothing(desk: Room) -> None:
    answer = desk.browser.post(f"{desk.report}/unseal", {"purpose": " "})
    assert answer.status_code == 422
    assert "Sealed." in answer.content.decode()


def test_unsealing_with_a_purpose_is_in_the_ledger(desk: Room) -> None:
    desk.browser.post(f"{desk.report}/unseal", {"purpose": "Terugbellen over de pompen"})
    assert "Sealed." not in page_of(desk.browser, desk.report)
    (entry,) = ledger_queries.list_entries(desk.browser.actor, kind=Kind.UNSEALED)
    assert entry.details["purpose"] == "Terugbellen over de pompen"


def test_assessing_keeps_class_reason_and_score(desk: Room) -> None:
    desk.browser.post(f"{desk.report}/assess", ASSESSED | {f"nciss_{key}": option for key, option in SCORED.items()})
    found = assessment_of(desk)
    assert found is not None
    assert (found.rsit, found.reason) == (ASSESSED["rsit"], ASSESSED["reason"])
    assert found.score is not None
    assert f"{found.score:.1f}" in page_of(desk.browser, desk.report)


def test_a_score_of_seven_choices_is_refused_at_the_eighth(desk: Room) -> None:
    seven = {f"nciss_{key}": option for key, option in SCORED.items() if key != "PI"}
    answer = desk.browser.post(f"{desk.report}/assess", ASSESSED | seven)
    assert answer.status_code == 422
    assert "the score takes all eight" in answer.content.decode()
    assert assessment_of(desk) is None


def test_a_colleagues_assessment_that_was_not_seen_is_not_overwritten(desk: Room) -> None:
    triage_actions.assess_report(
        desk.desk.colleague, report=desk.desk.receipt.report, rsit="availability", reason="De pompen staan stil."
    )
    assert desk.browser.post(f"{desk.report}/assess", ASSESSED).status_code == 409
    found = assessment_of(desk)
    assert found is not None
    assert found.rsit == "availability"


def test_the_consequence_stands_as_a_table_and_as_a_picture(desk: Room) -> None:
    desk.browser.post(f"{desk.report}/consequence", {"process_0": "D1", "share_0": "1"})
    page = page_of(desk.browser, desk.report)
    assert "Society disrupted" in page
    assert f'src="{desk.report}/consequence.svg"' in page
    picture = desk.browser.get(f"{desk.report}/consequence.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture.content.count(b"<g ") >= 1


def test_who_fails_next_stands_with_its_hours_its_chance_and_who_carries_it_by_code(desk: Room) -> None:
    carrier = constituency_actions.register_organisation(JOB, form=replace(BANK, vital_processes=("F1",)))
    code = constituency_queries.get_organisation(desk.desk.analyst, organisation=carrier).code
    desk.browser.post(f"{desk.report}/consequence", {"process_0": "E1", "share_0": "1"})
    page = page_of(desk.browser, desk.report)
    table = page.split("Whom to warn next")[1].split("</table>")[0]
    (row,) = (row for row in table.split("<tr>") if "point-of-sale payments" in row)
    assert re.search(r"\d+–\d+ hours", row)
    assert "100 %" in row
    assert f">{code}</a>" in row
    assert "Korenbeurs" not in page


def test_a_service_that_fails_next_stands_with_who_delivers_it(desk: Room) -> None:
    bank = constituency_actions.register_organisation(JOB, form=BANK)
    payments = deliver(desk.desk.analyst, ServiceForm("betaalautomaten", organisation=bank))
    lean(desk.desk.analyst, leaning(payments, "E1", strength=(90, 95, 100), buffer_hours=(3, 5, 9)))
    code = constituency_queries.get_organisation(desk.desk.analyst, organisation=bank).code
    desk.browser.post(f"{desk.report}/consequence", {"process_0": "E1", "share_0": "1"})
    page = page_of(desk.browser, desk.report)
    table = page.split("Whom to warn next")[1].split("</table>")[0]
    (row,) = (row for row in table.split("<tr>") if "betaalautomaten" in row)
    assert f">{code}</a>" in row
    assert "Korenbeurs" not in page


def test_an_outage_that_ends_comes_back_in_the_form_and_in_the_words(desk: Room) -> None:
    said = {"process_0": "D1", "share_0": "1", "until_hour": "20", "recovers_in_hours": "12"}
    assert desk.browser.post(f"{desk.report}/consequence", said).status_code == 302
    page = page_of(desk.browser, desk.report)
    assert "The outage ends after 20 hours. Then it recovers in 12 hours." in page
    assert re.search(r'name="until_hour" value="20"', page)
    assert re.search(r'name="recovers_in_hours" value="12"', page)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"process_1": "D1", "share_1": "0.5"}, "This stands in another line as well."),
        ({"share_1": "0.5"}, "Say which process or service this is."),
    ],
)
def test_no_line_of_an_estimate_is_passed_over(desk: Room, said: dict[str, str], expected: str) -> None:
    answer = desk.browser.post(
        f"{desk.report}/consequence", {"process_0": "D1", "share_0": "1", "process_2": "E1", **said}
    )
    assert (answer.status_code, expected in answer.content.decode()) == (422, True)
    assert assessment_of(desk) is None


def test_what_was_chosen_without_a_share_is_named_as_left_out(desk: Room) -> None:
    said = {"process_0": "D1", "share_0": "1", "process_1": "E1", "share_1": "", "process_2": "D1", "share_2": ""}
    answer = desk.browser.post(f"{desk.report}/consequence", said, follow=True)
    page = answer.content.decode()
    assert "What has no share does not count." in page
    left_out = page.split("Without a share, so not taken along: ")[1].split("<")[0]
    assert ("E1 " in left_out, "D1" in left_out) == (True, False)
    whole = desk.browser.post(f"{desk.report}/consequence", {"process_0": "D1", "share_0": "0.5"}, follow=True)
    assert "Without a share" not in whole.content.decode()


def test_the_picture_says_what_is_upward_and_what_to_the_right(desk: Room) -> None:
    desk.browser.post(f"{desk.report}/consequence", {"process_0": "D1", "share_0": "1"})
    picture = desk.browser.get(f"{desk.report}/consequence.svg").content.decode()
    rows = picture.count("<polyline")
    assert (picture.count(">100 %<"), picture.count(">0 %<"), rows > 1) == (rows, rows, True)
    assert "Upward: the share that stands still, from 0 to 100 %. To the right: hours from now." in picture


def test_the_numbers_on_which_the_verdict_rests_stand_beside_it(desk: Room) -> None:
    desk.browser.post(f"{desk.report}/consequence", {"process_0": "D1", "share_0": "1"})
    page = page_of(desk.browser, desk.report)
    assert "more than 5,000 million euro of damage, 1,000 casualties, or 100,000 people in distress" in page
    found = assessment_of(desk)
    assert found is not None
    assert found.estimate is not None
    row = page.split('<th scope="row">People in distress</th>')[1].split("</tr>")[0]
    last = found.estimate.readings[-1].people_in_distress.likely
    assert (bool(re.search(rf"<td>{last:,.0f}[ <]", row)), last > 100_000) == (True, True)


def test_what_recovers_from_an_hour_on_has_that_hour(desk: Room) -> None:
    said = {"process_0": "D1", "share_0": "1", "recovers_in_hours": "12"}
    answer = desk.browser.post(f"{desk.report}/consequence", said)
    assert answer.status_code == 422
    assert "Say after how many hours it ends" in answer.content.decode()
    assert assessment_of(desk) is None


def test_the_picture_is_drawn_with_points_and_not_with_dutch_commas() -> None:
    desk = room(language="nl")
    desk.browser.post(f"{desk.report}/consequence", {"process_0": "D1", "share_0": "0.75"})
    picture = desk.browser.get(f"{desk.report}/consequence.svg").content.decode()
    assert re.findall(r' (?:x|y|width|height)="([^"]*)"', picture)
    assert not re.findall(r' (?:x|y|width|height)="[^"]*,[^"]*"', picture)
    assert "Omhoog: het deel dat stilstaat, van 0 tot 100 %. Naar rechts: uren vanaf nu." in picture


def test_a_judgement_stands_beside_what_was_computed(desk: Room) -> None:
    desk.browser.post(f"{desk.report}/consequence", {"process_0": "D1", "share_0": "1"})
    desk.browser.post(f"{desk.report}/judgement", {"disruption": "no", "reason": "Er is een noodleiding."})
    found = assessment_of(desk)
    assert found is not None
    assert found.computed is not None
    page = page_of(desk.browser, desk.report)
    assert "Er is een noodleiding." in page
    assert f"computed: {found.computed.label.en}" in page.replace("\n", "")


def test_there_is_no_picture_of_an_estimate_nobody_made(desk: Room) -> None:
    assert page_of(desk.browser, f"{desk.report}/consequence.svg", status=404)


def test_views_stand_side_by_side_with_dissent_marked(desk: Room) -> None:
    asked = consult_police(desk.desk)
    triage_actions.give_view(
        desk.desk.police, consultation=asked.id, form=ViewForm(objection=Objection.HOLD, text="Wij sporen op.")
    )
    page = page_of(desk.browser, desk.report)
    assert "Wij sporen op." in page
    assert "dissent: asks to hold" in page


def test_an_attachment_leaves_as_a_download_and_is_recorded_once_its_organisation_is_unsealed(desk: Room) -> None:
    attached = Attached(name="virus.html", media_type="text/html", data=b"<script>alert(1)</script>")
    receipt = intake_actions.receive_report(desk.desk.reporter, form=told("Nog een"), attachments=[attached])
    (item,) = evidence_queries.list_evidence(desk.browser.actor, about=receipt.report)
    assert desk.browser.post(f"/desk/evidence/{item.id}").status_code == 409
    assert "virus.html" not in page_of(desk.browser, f"/desk/reports/{receipt.report}")
    constituency_actions.unseal_identity(desk.browser.actor, organisation=desk.desk.water, purpose="bekijken")
    answer = desk.browser.post(f"/desk/evidence/{item.id}")
    assert answer.content == attached.data
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert len(ledger_queries.list_entries(desk.browser.actor, kind=Kind.OPENED)) == 1


def test_an_attachment_is_not_opened_by_following_a_link(desk: Room) -> None:
    assert desk.browser.get(f"/desk/evidence/{desk.desk.receipt.report}").status_code == 405


def test_words_of_a_stranger_are_text_on_the_page_and_nothing_else(desk: Room) -> None:
    script = "<script>alert(1)</script>"
    form = ReportForm(title=script, text=script, reporter=ReporterDetails(name=script), answers={script: script})
    receipt = intake_actions.receive_report(STRANGER, form=form)
    page = page_of(desk.browser, f"/desk/reports/{receipt.report}")
    assert script not in page
    assert "&lt;script&gt;" in page


def test_a_report_without_a_name_says_that_nobody_left_one(desk: Room) -> None:
    nameless = intake_actions.receive_report(STRANGER, form=ReportForm("Spam", "Veel spam.")).report
    assert "Nobody left a name." in page_of(desk.browser, f"/desk/reports/{nameless}")
    assert "Nobody left a name." not in page_of(desk.browser, desk.report)


def test_masked_words_say_so_and_offer_to_unseal(desk: Room) -> None:
    page = page_of(desk.browser, desk.report)
    assert "Waterbedrijf Zuiderwiel" not in page
    assert "is masked" in page
    assert 'href="#sender"' in page
    page = desk.browser.post(f"{desk.report}/unseal", {"purpose": "Terugbellen"}, follow=True).content.decode()
    assert "Waterbedrijf Zuiderwiel" in page
    assert "is masked" not in page


def test_a_document_of_a_case_says_that_it_is_masked(desk: Room) -> None:
    case = accepted(desk.desk)
    (document,) = case_queries.get_case(desk.browser.actor, case=case).documents
    address = f"/desk/documents/{document.id}"
    assert "is masked" in page_of(desk.browser, address)
    constituency_actions.unseal_identity(desk.browser.actor, organisation=desk.desk.water, purpose="Lezen")
    assert "is masked" not in page_of(desk.browser, address)


def test_a_wrong_sector_is_put_right_and_the_page_says_what_stood_before(desk: Room) -> None:
    link = f"/desk/reports/{desk.desk.receipt.report}"
    said = {"kind": "threat", "sector": "energy", "entity_kind": "", "reason": "Het was de buurman."}
    page = desk.browser.post(f"{link}/put-right", said, follow=True).content.decode()
    assert "Put right. The reporter reads why" in page
    assert "Kind of report, before" in page or "masked" in page
    assert desk.browser.post(f"{link}/put-right", {**said, "reason": ""}).status_code == 422
