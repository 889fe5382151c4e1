"""Somebody without an account reports, keeps the receipt, and comes back with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.public_site.cast import code_of, fields, report

from meldpunt.access.values import JOB
from meldpunt.entrypoints.portal.forms.reports import OwnReportForm
from meldpunt.entrypoints.public_site.forms.reports import IncidentForm
from meldpunt.entrypoints.web.reporting import StageForm
from meldpunt.entrypoints.web.statutory import still_open
from meldpunt.evidence import queries as evidence_queries
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import Report, ReportKind, Stage
from meldpunt.law import DUTCH, IN_FORCE
from meldpunt.ledger import actions as ledger_actions
from meldpunt.vocabulary.markings import TLP

pytestmark = pytest.mark.django_db


def reported(client: Client) -> Report:
    return intake_queries.follow_report(reporter_with(code_of(client)))


def test_one_answer_is_enough_to_report(client: Client) -> None:
    page = report(client).content.decode()
    assert code_of(client) in page
    assert reported(client).reference in page


def test_everything_that_was_filled_in_arrives(client: Client) -> None:
    report(
        client,
        kind="statutory",
        text="De pompen staan stil.",
        sector="drinking-water",
        entity_kind="essential",
        aware_at="2026-11-20T09:30",
        malicious="yes",
        organisation_named="Waterbedrijf",
        tlp="TLP:AMBER",
    )
    found = reported(client)
    assert found.tlp is TLP.AMBER
    assert (found.kind, found.sector, found.entity_kind) == (ReportKind.STATUTORY, "drinking-water", "essential")
    assert found.aware_at is not None
    assert found.aware_at.isoformat() == "2026-11-20T08:30:00+00:00"
    assert [line.stage for line in found.stages] == [Stage.EARLY_WARNING]
    assert found.answers["malicious"] == "yes"


def test_a_statutory_receipt_shows_the_clocks(client: Client) -> None:
    page = report(client, kind="statutory", entity_kind="essential").content.decode()
    assert "NIS2 art. 23(4)(b)" in page


def test_reloading_the_receipt_reports_nothing_twice(client: Client) -> None:
    report(client)
    first = reported(client).id
    assert client.get("/report/received").status_code == 200
    assert reported(client).id == first


def test_files_are_sealed_under_the_report(client: Client) -> None:
    report(client, attachments=[SimpleUploadedFile("a.log", b"een"), SimpleUploadedFile("b.log", b"twee")])
    sealed = evidence_queries.list_evidence(JOB, about=reported(client).id)
    assert sorted(item.name for item in sealed) == ["a.log", "b.log"]


def test_a_new_receipt_takes_the_place_of_the_one_before(client: Client) -> None:
    report(client)
    before = reported(client).id
    report(client, title="Nog iets")
    assert reported(client).id != before


def test_the_code_opens_the_report_in_another_browser(client: Client) -> None:
    report(client)
    typed = code_of(client).lower().replace("-", " ")
    other = Client()
    page = other.post("/follow", {"code": typed}, follow=True).content.decode()
    assert reported(client).reference in page


@pytest.mark.parametrize("code", ["", "onzin", "7F3K-92QX-0GDM-V4TT-H1WZ", "\x00", "é" * 60, "x" * 5000])
def test_a_code_that_opens_nothing_is_said_to_open_nothing(client: Client, code: str) -> None:
    answer = client.post("/follow", {"code": code})
    assert answer.status_code == 422
    assert b"id_code_error" in answer.content


def test_a_forgotten_code_is_gone_from_the_browser(client: Client) -> None:
    report(client)
    client.post("/follow/forget")
    assert "MP-" not in client.get("/follow").content.decode()


def test_a_tampered_receipt_cookie_opens_nothing(client: Client) -> None:
    report(client)
    client.cookies["meldpunt_receipt"] = code_of(client) + ":forged:signature"
    assert "MP-" not in client.get("/follow").content.decode()


def test_the_next_stage_stops_its_clock(client: Client) -> None:
    report(client, kind="statutory", entity_kind="essential")
    answer = client.post("/follow/stage", {"stage": "incident-notification", "text": "Het was de pomp."}, follow=True)
    assert answer.status_code == 200
    assert [line.stage for line in reported(client).stages] == [Stage.EARLY_WARNING, Stage.NOTIFICATION]


def test_whoever_reported_of_free_will_adds_words_and_files_later(client: Client) -> None:
    report(client)
    assert "/follow/stage" in client.get("/follow").content.decode()
    later = {"text": "Het was de printer.", "attachments": SimpleUploadedFile("printer.log", b"papier op")}
    page = client.post("/follow/stage", later, follow=True).content.decode()
    assert "Het was de printer." in page
    assert [line.stage for line in reported(client).stages] == [Stage.ADDITION]
    assert [item.name for item in evidence_queries.list_evidence(JOB, about=reported(client).id)] == ["printer.log"]


def test_an_addition_without_words_is_not_sent(client: Client) -> None:
    report(client)
    assert client.post("/follow/stage", {"text": ""}).status_code == 422
    assert reported(client).stages == ()


def test_an_addition_to_a_statutory_report_stops_no_clock(client: Client) -> None:
    report(client, kind="statutory", entity_kind="essential")
    client.post("/follow/stage", {"stage": "addition", "text": "De monteur is er."})
    holder = reporter_with(code_of(client))
    clocks = intake_queries.clocks_of(holder, report=reported(client).id)
    assert [clock.met_at is None for clock in clocks] == [False, True, True]


def test_a_stage_that_the_law_does_not_know_is_refused(client: Client) -> None:
    report(client, kind="statutory", entity_kind="essential")
    assert client.post("/follow/stage", {"stage": "onzin", "text": "x"}).status_code == 422
    assert len(reported(client).stages) == 1


def test_the_acknowledgement_is_read_with_the_receipt(client: Client) -> None:
    report(client)
    intake_actions.acknowledge_reports(JOB)
    page = client.get("/follow").content.decode()
    link = page.split("/follow/messages/")[1].split('"')[0]
    assert client.get(f"/follow/messages/{link}").status_code == 200
    answer = client.post(f"/follow/messages/{link}/acknowledge", {"note": "dank"}, follow=True)
    assert "house-mark--green" in answer.content.decode()
    assert Client().get(f"/follow/messages/{link}").status_code == 404


@pytest.mark.parametrize(
    "headers", [{"Sec-Purpose": "prefetch;prerender"}, {"X-Moz": "prefetch"}, {"Sec-Fetch-Dest": "image"}]
)
def test_what_a_browser_fetches_ahead_is_not_read_yet(client: Client, headers: dict[str, str]) -> None:
    report(client)
    intake_actions.acknowledge_reports(JOB)
    link = f"/follow/messages/{client.get('/follow').content.decode().split('/follow/messages/')[1].split(chr(34))[0]}"
    assert client.get(link, headers=headers).status_code == client.head(link).status_code == 200
    assert "house-mark--amber" in client.get("/follow").content.decode()
    client.get(link, headers={"Sec-Fetch-Dest": "document"})
    assert "house-mark--amber" not in client.get("/follow").content.decode()


def test_proofs_wait_for_a_signature_and_then_download(client: Client) -> None:
    report(client)
    assert client.get("/follow/proofs").status_code == 409
    ledger_actions.sequence(JOB)
    ledger_actions.sign_checkpoint(JOB)
    answer = client.get("/follow/proofs")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"meldpunt-ledger-proofs-v1" in answer.content


@pytest.mark.parametrize(
    "given",
    [
        {"title": ""},
        {"title": "\x00"},
        {"title": "x" * 201},
        {"text": "x" * 40_001},
        {"text": "a\x00b"},
        {"kind": "onzin"},
        {"sector": "onzin"},
        {"entity_kind": "csirt"},
        {"occurred_on": "9999-12-31"},
        {"occurred_on": "0001-01-01"},
        {"occurred_on": "gisteren"},
        {"aware_at": "9999-12-31T23:59"},
        {"aware_at": "0001-01-01T00:00"},
        {"aware_at": "2026-03-29T02:30"},
        {"email": "geen adres"},
        {"name": "\x00"},
    ],
)
def test_a_wrong_answer_is_marked_and_nothing_is_sent(client: Client, given: dict[str, str]) -> None:
    answer = client.post("/report", fields(**given))
    assert answer.status_code == 422
    assert "meldpunt_receipt" not in client.cookies
    assert f'id="id_{next(iter(given))}_error"' in answer.content.decode()


def test_a_moment_that_is_yet_to_come_is_marked(client: Client) -> None:
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert client.post("/report", fields(aware_at=tomorrow)).status_code == 422


def test_a_request_beyond_the_limit_is_answered_unread(client: Client) -> None:
    length = settings.EVIDENCE_LIMIT * 4
    answer = client.generic("POST", "/report", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(length))
    assert answer.status_code == 413


def test_files_that_are_too_large_together_are_marked(client: Client) -> None:
    half = b"x" * (settings.EVIDENCE_LIMIT // 2 + 1)
    given = fields(attachments=[SimpleUploadedFile("a", half), SimpleUploadedFile("b", half)])
    assert client.post("/report", given).status_code == 422


def test_words_beyond_what_the_server_reads_are_refused_with_a_page(client: Client) -> None:
    answer = client.post("/follow", {"code": "x" * 6_000_000})
    assert answer.status_code == 400
    assert b"<h1" in answer.content


@pytest.mark.parametrize("body", [b"", b"--x\r\n\xff\xfe", b"title=%ff%fe&kind=voluntary", b"\x00" * 100])
def test_a_body_that_is_no_form_is_no_failure(client: Client, body: bytes) -> None:
    for content_type in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain"):
        assert client.generic("POST", "/report", body, content_type).status_code in {302, 400, 422}


def test_a_script_in_a_name_is_shown_as_text(client: Client) -> None:
    page = report(client, title="<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_file_with_a_strange_name_is_kept(client: Client) -> None:
    report(client, attachments=SimpleUploadedFile("..\\..\\\u202egpj.exe", b"MZ"))
    sealed = evidence_queries.list_evidence(JOB, about=reported(client).id)
    assert [item.name for item in sealed] == ["gpj.exe"]


def test_a_form_from_another_site_is_not_taken() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/report", fields()).status_code == 403
    token = strict.get("/report").content.decode().split('csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert strict.post("/report", fields(csrfmiddlewaretoken=token)).status_code == 302


CERTIFICATES = {"kind": "statutory", "entity_kind": "trust-service-provider", "aware_at": "2014-03-01T09:30"}
SIX = ("breach_extent", "breach_consequences", "investigation_takes", "breach_measures", "contact_officer")


def test_a_certificate_provider_of_2014_is_asked_the_six_things_of_the_decree(client: Client) -> None:
    page = client.post("/report", fields(**CERTIFICATES, show="questions")).content.decode()
    assert [key for key in (*SIX, "breach_began_at") if f'name="{key}"' not in page] == []
    assert 'name="cross_border"' not in page
    assert "MP-" not in page


def test_what_was_not_known_stays_open_until_a_stage_answers_it(client: Client) -> None:
    report(client, **CERTIFICATES, breach_extent="Vijfhonderd certificaten.", breach_began_at="2014-02-27T23:15")
    found = reported(client)
    assert [line.stage for line in found.stages] == [Stage.NOTIFICATION]
    assert found.answers["breach_began_at"] == "2014-02-27T23:15+01:00"
    left = {item.key for item in still_open(found)}
    assert left == {"breach_consequences", "investigation_takes", "breach_measures", "contact_officer"}
    client.post("/follow/stage", {"stage": "incident-notification", "breach_measures": "Ingetrokken."})
    assert "breach_measures" not in {item.key for item in still_open(reported(client))}
    page = client.get("/follow").content.decode()
    assert "Ingetrokken." in page
    assert "Vijfhonderd certificaten." in page


def test_whoever_says_voluntary_need_not_know_that_the_law_asks_for_it(client: Client) -> None:
    page = report(client, kind="voluntary", entity_kind="essential", severe_disruption="yes").content.decode()
    assert reported(client).kind is ReportKind.STATUTORY
    assert "NIS2 art. 23(3)(a)" in page
    assert "NIS2 art. 23(4)(b)" in page


def test_what_may_prove_significant_says_what_the_law_would_ask_and_by_when(client: Client) -> None:
    page = report(client, kind="voluntary", entity_kind="essential", aware_at="2026-11-20T02:40").content.decode()
    assert reported(client).kind is ReportKind.VOLUNTARY
    within_a_day, within_three = "2026-11-21T01:40:00+00:00", "2026-11-23T01:40:00+00:00"
    assert [one in page for one in (within_a_day, within_three)] == [True, True]
    assert 'id="possible-duty"' in page


def test_what_is_known_not_to_be_significant_is_told_of_no_duty(client: Client) -> None:
    no = dict.fromkeys(("severe_disruption", "financial_loss", "harm_to_others"), "no")
    assert 'id="possible-duty"' not in report(client, entity_kind="essential", **no).content.decode()
    assert 'id="possible-duty"' not in report(client).content.decode()


def test_how_grave_it_is_can_be_answered_later_where_no_clock_runs(client: Client) -> None:
    report(client, entity_kind="essential")
    assert 'name="severe_disruption"' in client.get("/follow").content.decode()
    assert client.post("/follow/stage", {"severe_disruption": "yes"}).status_code == 302
    assert reported(client).stages[0].answers["severe_disruption"] == "yes"


def test_an_answer_that_makes_it_significant_lets_the_clocks_run_and_says_that_it_did(client: Client) -> None:
    report(client, entity_kind="essential")
    reference = reported(client).reference
    assert intake_queries.clocks_of(reporter_with(code_of(client)), report=reported(client).id) == ()
    client.post("/follow/stage", {"severe_disruption": "yes"})
    found = reported(client)
    assert (found.kind, found.reference) == (ReportKind.STATUTORY, reference)
    line = found.stages[-1]
    assert line.stage is Stage.CORRECTION
    assert (line.answers["kind_before"], line.answers["kind_now"]) == ("voluntary", "statutory")
    assert intake_queries.clocks_of(reporter_with(code_of(client)), report=found.id)
    client.post("/follow/stage", {"stage": "addition", "text": "Verder niets nieuws."})
    assert len(reported(client).stages) == 3


def test_whoever_holds_the_receipt_puts_right_the_sector_the_kind_and_the_capacity(client: Client) -> None:
    report(client, kind="statutory", entity_kind="important", sector="banking")
    before, code = reported(client), code_of(client)
    said = {
        "kind": "statutory",
        "sector": "drinking-water",
        "entity_kind": "essential",
        "reason": "Wij zijn een bank niet.",
    }
    assert client.post("/follow/put-right", said)["Location"].endswith("#sent")
    found = reported(client)
    assert (found.reference, found.sector, found.entity_kind) == (before.reference, "drinking-water", "essential")
    assert code_of(client) == code
    page = client.get("/follow", headers={"accept-language": "nl"}).content.decode()
    for words in ("Rechtgezet door", "de melder, met de ontvangstcode", "Sector, eerst", "Wij zijn een bank niet."):
        assert words in page


def test_putting_right_without_a_reason_says_so_and_changes_nothing(client: Client) -> None:
    report(client, sector="banking")
    answer = client.post(
        "/follow/put-right", {"kind": "voluntary", "sector": "energy", "entity_kind": "", "reason": " "}
    )
    assert answer.status_code == 422
    assert 'id="right_reason_error"' in answer.content.decode()
    assert reported(client).sector == "banking"


def test_what_was_answered_before_sends_no_stage_and_stops_no_clock(client: Client) -> None:
    report(client, kind="statutory", entity_kind="essential", severe_disruption="yes")
    before = {"stage": "incident-notification", "severe_disruption": "yes", "financial_loss": "unknown"}
    assert client.post("/follow/stage", before).status_code == 422
    assert [line.stage for line in reported(client).stages] == [Stage.EARLY_WARNING]
    assert client.post("/follow/stage", before | {"severe_disruption": "no"}).status_code == 302


def test_of_other_kinds_only_what_somebody_answered_is_kept(client: Client) -> None:
    shown = {"severe_disruption": "unknown", "is_public": "unknown", "vendor_told": "yes"}
    report(client, kind="voluntary", **shown)
    assert reported(client).answers == {"severe_disruption": "unknown", "vendor_told": "yes"}


def test_what_was_not_taken_is_listed_with_the_way_to_each_field_and_has_the_focus(client: Client) -> None:
    page = client.post("/report", fields(title="", email="geen adres")).content.decode()
    alert = page.split('role="alert"')[1].split("</div>")[0]
    assert "autofocus" in alert
    assert [f'href="#id_{name}"' in alert for name in ("title", "email", "text")] == [True, True, False]


def test_the_receipt_says_where_to_come_back_whom_to_call_and_by_when_we_reply(client: Client) -> None:
    page = report(client, kind="statutory", entity_kind="essential").content.decode()
    assert "http://testserver/follow" in page
    assert settings.CSIRT_CONTACT["phone"] in page
    due = reported(client).stages[0].submitted_at + timedelta(hours=24)
    assert f'<time datetime="{due.isoformat()}">' in page
    assert "NIS2 art. 23(5)" in page
    assert "NIS2 art. 23(5)" not in report(client).content.decode()


def test_no_to_every_criterion_leaves_no_duty(client: Client) -> None:
    no = dict.fromkeys(("severe_disruption", "financial_loss", "harm_to_others"), "no")
    report(client, kind="statutory", entity_kind="essential", **no)
    assert reported(client).kind is ReportKind.VOLUNTARY


def test_a_vulnerability_is_told_with_what_its_coordination_needs(client: Client) -> None:
    said = {"product": "Pompbesturing", "how_found": "Door te lezen.", "wants_credit": "yes"}
    page = report(client, kind="vulnerability", **said).content.decode()
    found = reported(client)
    last = found.received_at.astimezone(IN_FORCE.zone).date() + timedelta(days=90)
    assert f'<time datetime="{last.isoformat()}">' in page
    assert found.kind is ReportKind.VULNERABILITY
    assert found.answers["product"] == "Pompbesturing"
    assert {"product_version", "is_public"} <= {item.key for item in still_open(found)}


def test_one_article_of_many_questions_is_told_once(client: Client) -> None:
    page = client.get("/report").content.decode()
    assert page.count("NIS2 art. 12(1)") == 1
    assert page.count("NIS2 art. 23(3)(") == 3


def test_no_question_of_the_law_takes_the_name_of_another_field() -> None:
    own = {*IncidentForm.base_fields, *StageForm.base_fields, *OwnReportForm.base_fields}
    asked = {item.key for form in DUTCH.forms for item in form.items} | {one.key for one in DUTCH.criteria}
    assert own & asked == set()
