"""Somebody reports one question a screen: with a way back, a last look, and no script."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.public_site.cast import code_of

from meldpunt.access.values import JOB
from meldpunt.entrypoints.public_site.forms.reports import IncidentForm
from meldpunt.entrypoints.public_site.steps import fields_of, steps_of
from meldpunt.evidence import queries as evidence_queries
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import ReportKind

pytestmark = pytest.mark.django_db

TOLD: dict[str, dict[str, str]] = {
    "title": {"title": "De <b>pompen</b> staan stil"},
    "kind": {"kind": "voluntary"},
    "text": {"text": "Sinds half drie."},
    "organisation": {"organisation_named": "Waterbedrijf", "sector": "drinking-water"},
    "law": {"entity_kind": "essential", "aware_at": "2026-11-20T09:30"},
    "grave": {"severe_disruption": "yes"},
    "asked": {"malicious": "no"},
    "contact": {"phone": "06 12345678"},
    "spread": {"tlp": "TLP:RED"},
}


def walk(client: Client) -> list[str]:
    """Answer each screen as it comes; which screens came."""
    seen, address = [], "/report/step/title"
    while "/step/" in address:
        seen.append(address.rpartition("/")[2])
        assert client.get(address).status_code == 200
        address = client.post(address, TOLD.get(seen[-1], {}))["Location"]
    assert address == "/report/check"
    return seen


def test_screen_after_screen_it_becomes_one_report(client: Client) -> None:
    assert walk(client) == list(TOLD)
    page = client.get("/report/check").content.decode()
    assert "De &lt;b&gt;pompen&lt;/b&gt; staan stil" in page
    client.post("/report/check", {"attachments": SimpleUploadedFile("a.log", b"een")})
    found = intake_queries.follow_report(reporter_with(code_of(client)))
    assert (found.kind, found.sector, found.text) == (ReportKind.STATUTORY, "drinking-water", "Sinds half drie.")
    assert found.answers == {"severe_disruption": "yes", "malicious": "no"}
    assert [one.name for one in evidence_queries.list_evidence(JOB, about=found.id)] == ["a.log"]


def test_nothing_is_sent_before_the_last_screen(client: Client) -> None:
    walk(client)
    assert "meldpunt_receipt" not in client.cookies


def test_the_way_back_loses_nothing(client: Client) -> None:
    walk(client)
    assert client.post("/report/step/text", {"text": "Anders.", "back": "1"})["Location"] == "/report/step/kind"
    assert "Anders." in client.get("/report/step/text").content.decode()
    assert "06 12345678" in client.get("/report/check").content.decode()


def test_the_way_back_is_open_where_something_was_typed_wrong_and_keeps_it(client: Client) -> None:
    walk(client)
    wrong = {"email": "geen adres"}
    assert client.post("/report/step/contact", wrong).status_code == 422
    assert client.post("/report/step/contact", wrong | {"back": "1"}).status_code == 302
    assert "geen adres" in client.get("/report/step/contact").content.decode()


def test_a_vulnerability_is_asked_what_its_coordination_needs_and_nothing_of_duties(client: Client) -> None:
    client.post("/report/step/title", TOLD["title"])
    client.post("/report/step/kind", {"kind": "vulnerability"})
    assert client.post("/report/step/organisation", {})["Location"] == "/report/step/asked"
    assert 'name="product"' in client.get("/report/step/asked").content.decode()
    assert client.get("/report/step/law").status_code == 404


def test_what_is_wrong_on_a_screen_is_said_on_that_screen(client: Client) -> None:
    assert client.post("/report/step/title", {"title": ""}).status_code == 422
    client.post("/report/step/title", TOLD["title"])
    answer = client.post("/report/step/contact", {"email": "geen adres"})
    assert answer.status_code == 422
    assert b"id_email_error" in answer.content


def test_who_comes_to_the_last_screen_with_nothing_begins_at_the_first(client: Client) -> None:
    assert client.get("/report/check")["Location"] == "/report/step/title"
    assert client.get("/report/step/onzin").status_code == 404


def test_the_same_words_stand_on_one_page(client: Client) -> None:
    walk(client)
    page = client.get("/report").content.decode()
    assert "De &lt;b&gt;pompen&lt;/b&gt; staan stil" in page
    assert re.search(r'name="severe_disruption" value="yes"[^>]* checked', page)


def test_together_the_screens_ask_all_that_one_page_asks() -> None:
    asked: set[str] = set()
    for kind in ReportKind:
        form = IncidentForm({"kind": kind.value, "entity_kind": "essential"})
        asked |= {field.name for step in steps_of(form) for field in fields_of(form, step)}
    assert asked | {"attachments"} == set(IncidentForm({"entity_kind": "essential"}).fields)
