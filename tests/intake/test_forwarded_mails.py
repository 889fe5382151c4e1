"""What somebody forwards is read, and is never taken for theirs."""

from __future__ import annotations

import base64
import time

import pytest
from tests.intake import cast
from tests.intake.test_mails import receive

from meldpunt.evidence import queries as evidence_queries

pytestmark = pytest.mark.django_db

PHISHING = (
    b"From: Bank <veilig@nepbank.example>\r\nSubject: Uw pas verloopt\r\nDate: Fri, 20 Nov 2026 09:00:00 +0100\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="in"\r\n\r\n'
    b"--in\r\n\r\nKlik op nepbank.example/in\r\n"
    b'--in\r\nContent-Type: text/csv; name="pas.csv"\r\n'
    b'Content-Disposition: attachment; filename="pas.csv"\r\n\r\na,b\r\n--in--\r\n'
)
OUTSIDE = (
    b"From: Noor <noor@korenbeurs.example>\r\nSubject: Phishing\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="uit"\r\n\r\n--uit\r\n\r\nDit kregen wij.\r\n'
)


def inline() -> bytes:
    return OUTSIDE + b"--uit\r\nContent-Type: message/rfc822\r\n\r\n" + PHISHING + b"\r\n--uit--\r\n"


def attached(media_type: bytes = b"application/octet-stream") -> bytes:
    head = b"Content-Type: " + media_type + b'; name="mail.eml"\r\nContent-Transfer-Encoding: base64\r\n'
    head += b'Content-Disposition: attachment; filename="mail.eml"\r\n\r\n'
    return OUTSIDE + b"--uit\r\n" + head + base64.encodebytes(PHISHING) + b"\r\n--uit--\r\n"


@pytest.mark.parametrize("raw", [inline(), attached(), attached(b"message/rfc822")], ids=["inline", "file", "encoded"])
def test_a_forwarded_mail_is_quoted_below_and_its_files_come_along(raw: bytes) -> None:
    report = receive(raw)
    own, _, quoted = report.text.partition("--- Doorgestuurd / Forwarded ---")
    assert own.strip() == "Dit kregen wij."
    assert "> From: Bank <veilig@nepbank.example>" in quoted
    assert "> Subject: Uw pas verloopt" in quoted
    assert "> Klik op nepbank.example/in" in quoted
    assert report.reporter is not None
    assert (report.title, report.reporter.details.email) == ("Phishing", "noor@korenbeurs.example")
    names = sorted(item.name for item in evidence_queries.list_evidence(cast.analyst(), about=report.id))
    assert names in (["forwarded.eml", "message.eml", "pas.csv"], ["mail.eml", "message.eml", "pas.csv"])


def test_what_is_forwarded_in_what_is_forwarded_is_read_to_a_depth() -> None:
    raw = PHISHING
    for number in range(6):
        raw = b"Subject: laag %d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n\r\n" % (
            (number,) * 3
        ) + (
            b"tekst %d\r\n--b%d\r\nContent-Type: message/rfc822\r\n\r\n" % (number, number)
            + raw
            + b"\r\n--b%d--\r\n" % number
        )
    report = receive(raw)
    assert report.text.count("Doorgestuurd") == 3
    assert "Klik op nepbank.example/in" in report.text


def test_a_hundred_forwarded_mails_are_kept_and_twenty_of_them_opened() -> None:
    part = b"--uit\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\n%d\r\n"
    before = time.monotonic()
    report = receive(OUTSIDE + b"".join(part % number for number in range(100)) + b"--uit--\r\n")
    assert report.text.count("Doorgestuurd") == 20
    assert report.answers["notes"] == "forwarded-not-opened"
    assert len(evidence_queries.list_evidence(cast.analyst(), about=report.id)) == 101
    assert time.monotonic() - before < 20
