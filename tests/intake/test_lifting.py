"""What a report names and who received it could not know."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from time import monotonic
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import pytest
from tests.constituency.cast import register
from tests.engines.redaction.leaky_pdfs import page_of, saved
from tests.intake import cast

from meldpunt.access.values import JOB, STRANGER
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.constituency.values import Registration
from meldpunt.intake import actions, queries
from meldpunt.intake.formats.apart import Apart
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


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def legible(name: str, data: bytes, seconds: float = 10) -> str | None:
    with Apart(seconds) as apart:
        return legible_text(name, "application/octet-stream", data, apart=apart)


def told_with(*files: Attached) -> ReportId:
    return actions.receive_report(STRANGER, form=ReportForm("Lek", "Zie bijlage."), attachments=files).report


def test_files_are_read_for_what_they_name_and_each_is_opened_on_the_record() -> None:
    report = told_with(
        Attached("hosts.csv", "text/csv", b"ip\n203.0.113.11\n"),
        Attached("brief.pdf", "application/pdf", PDF),
        Attached("x.json", "application/json", '{"url": "hxxps://kwaad[.]example/a"}'.encode("utf-16")),
        Attached("phish.eml", "message/rfc822", MAIL),
        Attached("x.bin", "application/octet-stream", b"\x00\x01 203.0.113.99"),
        Attached("brief.txt", "text/plain", PDF + zipped({"a.txt": b"203.0.113.98"})),
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
    assert legible(name, data) is None


def test_a_text_is_read_to_its_limit_and_no_page_once_time_is_over() -> None:
    long = legible("a.txt", b"x" * (MOST_CHARACTERS + 9))
    assert long is not None
    assert len(long) == MOST_CHARACTERS
    with Apart(0) as late:
        assert legible_text("a.pdf", "application/pdf", PDF, apart=late) is None


def test_links_of_a_pdf_and_of_documents_count_and_no_entity_does() -> None:
    pdf = page_of(b"BT /F1 12 Tf 20 100 Td (Klik hier) Tj ET")
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[20, 90, 90, 115],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://nepbank.example/in"),
    )
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(link)]))
    assert legible("a.pdf", saved(pdf)) == "Klik hier\nhttps://nepbank.example/in"
    words = "<w:p><w:t>Naar 203.0.</w:t><w:t>113.7</w:t></w:p><w:p>&amp; verder &kwaad;</w:p>"
    rels = """<Relationship TargetMode="External" Target="https://nepbank.example/uit?a=1&amp;b=2"/>"""
    document = zipped(
        {"word/document.xml": words, "word/_rels/document.xml.rels": rels, "word/media/a.png": "203.0.113.8"}
    )
    text = legible("a.docx", document)
    assert text is not None
    assert [part in text for part in ("Naar 203.0.113.7\n& verder", "uit?a=1&b=2", "203.0.113.8")] == [
        True,
        True,
        False,
    ]


def bomb() -> bytes:
    """A page whose content is two gigabytes of nothing, packed twice."""
    once = zlib.compress(b"\0" * 2**24, 9)
    pdf = page_of(b"")
    packed = zlib.compress(once * 128, 9)
    filters = [pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]
    pdf.pages[0].Contents = pdf.make_stream(packed, Filter=pikepdf.Array(filters))
    return saved(pdf)


def endless() -> bytes:
    """A page that draws a form, which draws a form twice, and so on forty times."""
    pdf = page_of(b"/X Do")
    inner = pdf.make_stream(b"BT /F1 12 Tf (203.0.113.5) Tj ET", Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
    for _ in range(40):
        inside = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        inner = pdf.make_stream(b"/X Do /X Do", Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9], Resources=inside)
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
    return saved(pdf)


def talkative() -> bytes:
    """A page of three million words, as slow as a page can be that is no trick at all."""
    return saved(page_of(b"BT /F1 1 Tf " + b"(a) Tj 1 0 Td " * 300_000 + b"ET"))


MEASURED = """
import resource, sys
from meldpunt.intake.formats.apart import Apart
from meldpunt.intake.formats.legible import legible_text

with Apart(2) as apart:
    legible_text("a.pdf", "application/pdf", sys.stdin.buffer.read(), apart=apart)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.parametrize("hostile", [bomb, endless, talkative])
def test_a_hostile_pdf_takes_neither_memory_nor_time_of_ours(hostile: Callable[[], bytes]) -> None:
    data, began = hostile(), monotonic()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    legible("a.pdf", data, seconds=2)
    assert monotonic() - began < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
    # Of all children there ever were the largest counts, so it is asked of a process that had none.
    counted = subprocess.run([sys.executable, "-c", MEASURED], input=data, capture_output=True, check=True, timeout=60)
    assert int(counted.stdout) < 1_100_000


def test_a_document_that_unpacks_to_much_is_read_to_its_limit() -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w", force_zip64=True) as part:
        part.write(b"<w:p>203.0.113.4</w:p>")
        for _ in range(60):
            part.write(b"<w:p>a</w:p>" * 100_000)
    text = legible("a.docx", out.getvalue())
    assert text is not None
    assert "203.0.113.4" in text


def test_what_a_process_does_not_survive_is_left_and_the_next_file_is_read() -> None:
    with Apart(10) as apart:
        assert list(apart.pieces_of(PDF)) == ["naar 203.0.113.12"]
        (reading,) = [one for one in Path("/proc").glob("[0-9]*") if _is_ours(one)]
        os.kill(int(reading.name), signal.SIGKILL)
        assert list(apart.pieces_of(PDF)) == []
        assert list(apart.pieces_of(PDF)) == ["naar 203.0.113.12"]


def _is_ours(process: Path) -> bool:
    with suppress(OSError):
        parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
        return parent == os.getpid() and b"documents_apart" in (process / "cmdline").read_bytes()
    return False
