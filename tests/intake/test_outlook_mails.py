"""A mail that Outlook saved is unpacked like any other that is forwarded, whatever is in the file."""

from __future__ import annotations

import base64
import struct
import time
import zlib
from datetime import UTC, datetime

import pytest
from tests.intake import cast
from tests.intake.outlook import Person, Storage, compound, file, message, within
from tests.intake.test_mails import receive

from meldpunt.evidence import queries as evidence_queries
from meldpunt.intake.formats.apart import Apart
from meldpunt.intake.formats.legible import legible_text
from meldpunt.intake.mail.outlook.compressed_rtf import decompress
from meldpunt.intake.mail.outlook.opening import Opener
from meldpunt.intake.mail.outlook.rtf import read_rtf
from meldpunt.intake.values import Report

pytestmark = pytest.mark.django_db

PHISHING: dict[int, object] = {
    0x001A: "IPM.Note",
    0x0037: "Uw pas verloopt €",
    0x0042: "Bank",
    0x0065: "veilig@nepbank.example",
    0x0039: datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
    0x1000: "Klik op nepbank.example/in\r\n",
    0x1035: "<een@nepbank.example>",
}


def reported(data: bytes, name: str = "mail.msg", media_type: str = "application/vnd.ms-outlook") -> Report:
    head = b"From: Noor <noor@korenbeurs.example>\r\nSubject: Phishing\r\nMIME-Version: 1.0\r\n"
    head += b'Content-Type: multipart/mixed; boundary="uit"\r\n\r\n--uit\r\n\r\nDit kregen wij.\r\n--uit\r\n'
    head += f'Content-Type: {media_type}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'.encode()
    head += f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'.encode()
    return receive(head + base64.encodebytes(data) + b"\r\n--uit--\r\n")


def names(report: Report) -> list[str]:
    return sorted(item.name for item in evidence_queries.list_evidence(cast.analyst(), about=report.id))


def packed(rtf: bytes) -> bytes:
    """Compressed RTF of which nothing repeats, so that each letter stands for itself."""
    content = b"".join(b"\0" + rtf[start : start + 8] for start in range(0, len(rtf), 8))
    checksum = zlib.crc32(content, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return struct.pack("<II4sI", len(content) + 12, len(rtf), b"LZFu", checksum) + content


@pytest.mark.parametrize("is_unicode", [True, False], ids=["unicode", "code page"])
@pytest.mark.parametrize(("name", "media_type"), [("mail.msg", "application/vnd.ms-outlook"), ("x", "image/png")])
def test_a_mail_of_outlook_is_quoted_below_and_its_files_come_along(
    name: str, media_type: str, is_unicode: bool
) -> None:
    mail = message(PHISHING, files=[file("pas.csv", b"a,b\r\n" * 2_000, "text/csv")], is_unicode=is_unicode)
    report = reported(compound(mail), name, media_type)
    own, _, quoted = report.text.partition("--- Doorgestuurd / Forwarded ---")
    assert own.strip() == "Dit kregen wij."
    assert "> From: Bank <veilig@nepbank.example>" in quoted
    assert "> Date: 2026-11-20T08:00:00+00:00\n> Subject: Uw pas verloopt €\n" in quoted
    assert "> Klik op nepbank.example/in" in quoted
    assert names(report) == sorted(["message.eml", name, "pas.csv"])
    assert "nepbank.example" in str([one.value for one in report.observables])


def test_the_head_that_travelled_goes_before_what_outlook_shows() -> None:
    head = (
        "From: Echt <echt@elders.example>\r\nSubject: =?utf-8?q?Echt_=E2=82=AC?=\r\n\tlang\r\nContent-Type: a/b\r\n\r\n"
    )
    report = reported(compound(message(PHISHING | {0x007D: head})))
    assert "> From: Echt <echt@elders.example>" in report.text
    assert "> Subject: Echt € lang" in report.text
    assert "> Klik op" in report.text


def test_a_sender_of_the_directory_is_a_name_without_an_address() -> None:
    report = reported(
        compound(message(PHISHING | {0x0065: "/O=KORENBEURS/CN=NOOR", 0x0042: "Noor\r\nBcc: x@y.example"}))
    )
    assert "> From: Noor Bcc: x@y.example" in report.text
    assert "/O=" not in report.text


def test_mails_in_mails_of_outlook_are_read_to_a_depth_and_whoever_they_went_to_is_kept() -> None:
    mail = message(PHISHING | {0x0037: "laag 0"}, people=[Person("Noor", "noor@korenbeurs.example")], is_within=True)
    for number in range(1, 6):
        mail = message({0x0037: f"laag {number}"}, files=[within(f"laag {number}", mail)], is_within=number < 5)
    report = reported(compound(mail))
    assert report.text.count("Doorgestuurd") == 3
    assert [f"laag {number}" in report.text for number in (5, 4, 3, 2)] == [True, True, True, False]
    assert report.answers["notes"] == "outlook-part-left"
    assert "mail.msg" in names(report)


def test_what_is_no_file_and_no_mail_is_left_and_said() -> None:
    drawing = within("tekening", Storage({"CONTENTS": b"x"}))
    assert reported(compound(message(PHISHING, files=[drawing]))).answers["notes"] == "outlook-part-left"


def test_a_signed_mail_of_outlook_is_read_within() -> None:
    signed = b'Content-Type: multipart/signed; boundary="s"\r\n\r\n--s\r\n\r\nOndertekend.\r\n--s\r\n\r\nx\r\n--s--\r\n'
    values = PHISHING | {0x001A: "IPM.Note.SMIME.MultipartSigned", 0x1000: ""}
    report = reported(compound(message(values, files=[file("smime.p7m", signed, "multipart/signed")])))
    assert "> > Ondertekend." in report.text


@pytest.mark.parametrize("body", [0x1013, 0x1009], ids=["html", "html in rtf"])
def test_words_that_are_html_alone_are_read(body: int) -> None:
    html = b'<p>Klik <a href="https://nepbank.example/in">hier</a>'
    rtf = rb"{\rtf1\ansi\ansicpg1252\fromhtml1{\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\b\htmlrtf0 Klik "
    rtf += rb'{\*\htmltag84 <a href="https://nepbank.example/in">}hier{\*\htmltag92 </a>}\htmlrtf }\htmlrtf0}'
    report = reported(compound(message(PHISHING | {0x1000: "", body: html if body == 0x1013 else packed(rtf)})))
    assert "> Klik hier" in report.text


# [MS-OXRTFCP] 4.1.1 and 4.2.1.
PUBLISHED = [
    ("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
     b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"),
    ("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
]  # fmt: skip


@pytest.mark.parametrize(("compressed", "rtf"), PUBLISHED)
def test_compressed_rtf_opens_to_what_its_specification_says(compressed: str, rtf: bytes) -> None:
    assert decompress(bytes.fromhex(compressed), most=100) == rtf
    with pytest.raises(ValueError, match="damaged"):
        decompress(bytes.fromhex(compressed)[:-1] + b"\x01", most=100)
    with pytest.raises(ValueError, match="anybody"):
        decompress(bytes.fromhex(compressed), most=10)


@pytest.mark.parametrize(
    ("rtf", "words"),
    [
        (rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator x;}Caf\'e9\par \{5 \u8364?\}}", "Café\n{5 €}"),
        (rb"{\rtf1\ansicpg932 \'93\'fa\'96\'7b}", "日本"),
        (rb"{\rtf1 \uc2\u-10179 ab\u-8704 cd!}", "😀!"),
        (rb"{\rtf1 {\pict 0011}na}}}}over", "naover"),
        (b"geen rtf", ""),
    ],
)
def test_rtf_is_read_without_what_nobody_reads(rtf: bytes, words: str) -> None:
    assert read_rtf(rtf) == (words, False)


def many_entries(count: int) -> bytes:
    root = message(PHISHING)
    root.streams |= {f"stroom{number}": b"x" for number in range(count)}
    return compound(root)


HOSTILE = {
    "cut": lambda: compound(message(PHISHING))[:1_500],
    "overwritten": lambda: compound(message(PHISHING))[:600] + "__properties_version1.0".encode("utf-16-le") * 100,
    "deep": lambda: compound(message(PHISHING | {0x1000: "", 0x1009: packed(b"{\\rtf1 " + b"{" * 100_000)})),
    "head": lambda: compound(message(PHISHING | {0x007D: "X: y\r\n" * 100_000})),
    "entries": lambda: many_entries(15_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_of_outlook_costs_seconds_and_is_kept(name: str) -> None:
    data = HOSTILE[name]()
    began = time.monotonic()
    report = reported(data)
    assert "mail.msg" in names(report)
    assert time.monotonic() - began < 25


def test_many_files_of_outlook_share_the_seconds_of_one_mail() -> None:
    opener, slow = Opener(seconds=0.7), many_entries(30_000)
    began = time.monotonic()
    assert opener.mail_of(slow) is None
    assert opener.mail_of(compound(message(PHISHING))) is None
    assert time.monotonic() - began < 25


def test_what_a_file_of_outlook_names_can_be_lifted() -> None:
    html = b'<a href="https://nepbank.example/in">hier</a>'
    data = compound(message(PHISHING | {0x1013: html}, files=[file("b.txt", b"198.51.100.7")]))
    with Apart(10) as apart:
        text = legible_text("mail.msg", "application/x-ole-storage", data, apart=apart)
    assert text is not None
    assert [word in text for word in ("https://nepbank.example/in", "198.51.100.7")] == [True, True]
