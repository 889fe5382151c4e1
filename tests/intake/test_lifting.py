"""What a report names and who received it could not know."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from tests.constituency.cast import register
from tests.engines.redaction.leaky_pdfs import page_of, saved
from tests.intake import cast

from meldpunt.access.values import JOB, STRANGER
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.constituency.values import Registration
from meldpunt.intake import actions, queries
from meldpunt.intake.formats.legible import MOST_CHARACTERS, legible_text
from meldpunt.intake.values import Attached, Lifted, ReportForm, ReportId, Stage
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind

pytestmark = pytest.mark.django_db
ACCOUNT = "NL91 ABNA 0417 1643 00"


def with_product(name: str = "Alders Palisade") -> None:
    form = Registration(kind="constituent", sector="energy", name="Net Oost", entity_kind="essential", products=(name,))
    constituency_actions.register_organisation(JOB, form=form)


def named(report: ReportId, kind: str) -> list[str]:
    return [one.value for one in queries.list_observables(cast.analyst(), report=report) if one.kind == kind]


def test_a_product_of_a_constituent_is_found_in_a_report_and_in_what_is_added() -> None:
    with_product()
    report = actions.receive_report(STRANGER, form=ReportForm("Lek", "In de ALDERS PALISADE zit een gat")).report
    other = actions.receive_report(cast.member_of(register()), form=ReportForm("Storing", "Alles staat stil")).report
    assert named(report, "product") == []
    actions.lift_products(JOB)
    assert named(report, "product") == ["Alders Palisade"]
    actions.submit_stage(JOB, report=other, stage=Stage.ADDITION, text="Het was de Alders-Palisade")
    actions.lift_products(JOB)
    assert named(other, "product") == ["Alders Palisade"]


def test_words_are_looked_through_once() -> None:
    with_product()
    actions.receive_report(STRANGER, form=ReportForm("Lek", "Alders Palisade"))
    assert actions.lift_products(JOB) == 1
    assert actions.lift_products(JOB) == 0


def test_an_account_number_shows_to_whom_the_words_show() -> None:
    water, desk = cast.waterworks(), cast.analyst()
    told = ReportForm("Factuurfraude", f"Er werd betaald op {ACCOUNT}")
    report = actions.receive_report(cast.member_of(water), form=told).report
    stranger = actions.receive_report(STRANGER, form=told).report
    assert named(report, "iban") == []
    assert named(stranger, "iban") == ["NL91ABNA0417164300"]
    constituency_actions.unseal_identity(desk, organisation=water, purpose="terugbellen")
    assert "NL91ABNA0417164300" in [one.value for one in queries.list_observables(desk, report=report)]


def test_a_row_of_a_feed_is_found_by_its_address_until_its_owner_is_known_and_sealed() -> None:
    water = cast.waterworks()
    raw = b"timestamp,ip,port,hostname\n2026-11-20 00:00:00,192.0.2.9,23,vpn.zuiderwiel.example"
    feed = actions.receive_feed(JOB, raw=raw, name="2026-11-20-scan_telnet-netherlands-geo.csv").report
    asked = {"kind": "address", "value": "192.0.2.9"}
    (row,) = queries.find_naming(cast.analyst(), **asked).rows
    assert (row.report, row.number) == (feed, 1)
    actions.attribute_reports(JOB)
    assert queries.find_naming(cast.analyst(), **asked).rows == ()
    desk = cast.analyst()
    constituency_actions.unseal_identity(desk, organisation=water, purpose="waarschuwen")
    assert len(queries.find_naming(desk, **asked).rows) == 1
    assert len(queries.find_naming(desk, kind="domain", value="VPN.zuiderwiel.example").rows) == 1


MAIL = b"""From: Bank <info@palisade-betaling.example>
Subject: Uw pas
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html

<a href="https://palisade-betaling.example/login">hier</a>
--b
Content-Type: text/csv; name=a.csv
Content-Disposition: attachment; filename=a.csv

ip,naam
203.0.113.14,x
--b--
"""
PDF = saved(page_of(b"BT /F1 12 Tf 20 100 Td (naar 203.0.113.12) Tj ET"))


def zipped(data: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("a.txt", data)
    return out.getvalue()


def told_with(*files: Attached) -> ReportId:
    return actions.receive_report(STRANGER, form=ReportForm("Lek", "Zie bijlage."), attachments=files).report


def test_files_are_read_for_what_they_name_and_each_is_opened_on_the_record() -> None:
    report = told_with(
        Attached("hosts.csv", "text/csv", b"ip\n203.0.113.11\n"),
        Attached("brief.pdf", "application/pdf", PDF),
        Attached("x.json", "application/json", '{"url": "hxxps://kwaad[.]example/a"}'.encode("utf-16")),
        Attached("phish.eml", "message/rfc822", MAIL),
        Attached("x.bin", "application/octet-stream", b"\x00\x01 203.0.113.99"),
        Attached("brief.txt", "text/plain", PDF + zipped(b"203.0.113.98")),
    )
    desk = cast.analyst()
    lifted = actions.lift_from_attachments(desk, report=report)
    assert (lifted.read, lifted.unread) == (4, 2)
    found = {one.value for one in queries.list_observables(desk, report=report)}
    assert found == {
        *("203.0.113.11", "203.0.113.12", "203.0.113.14", "https://kwaad.example/a"),
        *("info@palisade-betaling.example", "https://palisade-betaling.example/login"),
    }
    assert lifted.found == len(found)
    assert len(ledger_queries.list_entries(desk, kind=Kind.OPENED)) == 5
    assert actions.lift_from_attachments(desk, report=report) == Lifted(0, 4, 2)


def test_files_of_whom_is_sealed_are_not_read_and_what_they_say_of_who_it_is_stays_sealed() -> None:
    water, desk = cast.waterworks(), cast.analyst()
    file = Attached("log.txt", "text/plain", b"van 192.0.2.9 naar 203.0.113.66")
    told = ReportForm("Storing", "Zie bijlage.")
    report = actions.receive_report(cast.member_of(water), form=told, attachments=[file]).report
    with pytest.raises(IdentitySealed):
        actions.lift_from_attachments(desk, report=report)
    constituency_actions.unseal_identity(desk, organisation=water, purpose="terugbellen")
    assert actions.lift_from_attachments(desk, report=report).found == 2
    assert [one.value for one in queries.list_observables(cast.analyst(), report=report)] == ["203.0.113.66"]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.pdf", b"%PDF-1.7 broken"), ("a.eml", b""), ("a.zip", b"PK\x03\x04\x00"), ("a.txt", b"x" * 5_000_001)],
)
def test_what_is_no_text_or_too_much_is_left(name: str, data: bytes) -> None:
    assert legible_text(name, "application/octet-stream", data, may_go_on=lambda: True) is None


def test_a_text_is_read_to_its_limit_and_no_page_once_time_is_over() -> None:
    long = legible_text("a.txt", "text/plain", b"x" * (MOST_CHARACTERS + 9), may_go_on=lambda: True)
    assert long is not None
    assert len(long) == MOST_CHARACTERS
    assert legible_text("a.pdf", "application/pdf", PDF, may_go_on=lambda: False) is None
