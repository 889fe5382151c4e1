"""What an installation says about mail: whole, or not at all."""

from __future__ import annotations

import email
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st
from tests.constituency.keys import openpgp_key, smime_key
from tests.disclosure.servers import Server, free_port, running, settings_for

from meldpunt.constituency.values import Hours, KeyState, Way
from meldpunt.disclosure.errors import MailHalfConfigured
from meldpunt.disclosure.mail.closing import Closed
from meldpunt.disclosure.mail.handing import hand_over
from meldpunt.disclosure.mail.letter import File, Letter, inside_of, plain_name
from meldpunt.disclosure.mail.office import Office, Security, office_from, server_from
from meldpunt.disclosure.mail.wrapping import Thread, closed_mail, notice_mail
from meldpunt.disclosure.rules.posting import hours_at, wait_after, ways_at, without_address
from meldpunt.disclosure.values import Part
from meldpunt.law import DataKind
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
NOW_ID = UUID("3f2a91c4-0000-4000-8000-000000000000")
NOTHING = settings_for("", sender="", bounce_domain="")


def office(name: str = "CSIRT") -> Office:
    found = office_from(settings_for("smtp://127.0.0.1:25"), name=name)
    assert found is not None
    return found


def test_an_installation_that_says_nothing_sends_no_mail() -> None:
    assert office_from(NOTHING, name="CSIRT") is None


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        (settings_for("smtp://127.0.0.1", sender=""), "MELDPUNT_MAIL_FROM"),
        (settings_for("smtp://127.0.0.1", bounce_domain=""), "MELDPUNT_BOUNCE_DOMAIN"),
        (settings_for(""), "MELDPUNT_SMTP_URL"),
        (settings_for("http://127.0.0.1"), "MELDPUNT_SMTP_URL"),
        (settings_for("smtp://127.0.0.1:huh"), "MELDPUNT_SMTP_URL"),
        (settings_for("smtp://127.0.0.1", sender="x"), "MELDPUNT_MAIL_FROM"),
        (settings_for("smtp://127.0.0.1", sender="a@b.example\r\nBcc: c@d.example"), "MELDPUNT_MAIL_FROM"),
        (settings_for("smtp://127.0.0.1", bounce_domain="a b"), "MELDPUNT_BOUNCE_DOMAIN"),
        (settings_for("smtp://127.0.0.1", smime_key="/nowhere"), "certificate"),
        (settings_for("smtp://127.0.0.1", openpgp_key="/nowhere"), "OpenPGP"),
    ],
)
def test_half_an_office_is_refused(said: dict[str, str], missing: str) -> None:
    with pytest.raises(MailHalfConfigured, match=missing):
        office_from(said, name="CSIRT")


def test_a_key_that_is_not_that_of_its_certificate_is_refused(tmp_path: Path) -> None:
    one, another = smime_key("a@b.example"), smime_key("a@b.example")
    (tmp_path / "key").write_bytes(one.secret)
    (tmp_path / "certificate").write_bytes(another.public)
    said = settings_for(
        "smtp://127.0.0.1", smime_key=str(tmp_path / "key"), smime_certificate=str(tmp_path / "certificate")
    )
    with pytest.raises(MailHalfConfigured):
        office_from(said, name="CSIRT")


def test_a_public_key_signs_nothing(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(openpgp_key("a@b.example").public)
    with pytest.raises(MailHalfConfigured):
        office_from(settings_for("smtp://127.0.0.1", openpgp_key=str(tmp_path / "key")), name="CSIRT")


@pytest.mark.parametrize(
    ("url", "security", "port"),
    [
        ("smtp://mail.example", Security.STARTTLS, 587),
        ("smtp://192.0.2.1:25", Security.STARTTLS, 25),
        ("smtp://127.0.0.1", Security.NONE, 25),
        ("smtp://[::1]:2525", Security.NONE, 2525),
        ("smtps://mail.example", Security.TLS, 465),
        ("smtp://localhost.evil.example", Security.STARTTLS, 587),
    ],
)
def test_off_the_machine_itself_nothing_goes_without_tls(url: str, security: Security, port: int) -> None:
    found = server_from(url)
    assert (found.security, found.port) == (security, port)


def test_a_server_without_tls_gets_nothing_where_tls_is_asked() -> None:
    with running() as server:
        asked = replace(server_from(server.url), security=Security.STARTTLS)
        reply = hand_over(asked, b"Subject: x\r\n\r\nx\r\n", sender="a@b.example", recipient="c@d.example")
        assert (reply.code, reply.is_taken, server.mails) == (0, False, [])


@contextmanager
def with_tls(folder: Path) -> Iterator[Server]:
    owned = smime_key("postmaster@mail.example")
    (folder / "server.crt").write_bytes(owned.public)
    (folder / "server.key").write_bytes(owned.secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.crt", folder / "server.key")
    server = Server(free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port, tls_context=context)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    with with_tls(tmp_path) as server:
        asked = replace(server_from(server.url), security=Security.STARTTLS)
        reply = hand_over(asked, b"Subject: x\r\n\r\nx\r\n", sender="a@b.example", recipient="c@d.example")
        assert (reply.code, server.mails) == (0, [])
        assert "certificate" in reply.text.lower()


@given(name=st.text(max_size=80), tlp=st.sampled_from(TLP))
def test_a_subject_is_one_line_whatever_the_house_is_called(name: str, tlp: TLP) -> None:
    for raw in (
        closed_mail(
            Closed({"Content-Type": "text/plain"}, b"x\r\n"),
            office(name),
            Thread("c@d.example", "<1@d.example>"),
            reference="ABCD1234",
            tlp=tlp,
            at=NOW,
        ),
        notice_mail(office(name), recipient="c@d.example", message_id="<1@d.example>", at=NOW),
    ):
        message = email.message_from_bytes(raw, policy=default)
        assert message["To"] == "c@d.example"
        assert message["Bcc"] is None
        assert len(message["From"].addresses) == 1
        assert message["From"].addresses[0].addr_spec == office().sender
        assert set(message.keys()) <= {
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
        }
        assert raw.isascii()
        assert max(len(line) for line in raw.split(b"\r\n")) <= 998


@given(
    title=st.text(max_size=60), text=st.text(max_size=200), name=st.text(max_size=60), media_type=st.text(max_size=30)
)
def test_what_is_inside_is_read_back_as_it_was(title: str, text: str, name: str, media_type: str) -> None:
    part = Part(DataKind.ADVICE, Bilingual("Kop", "Head"), text)
    letter = Letter(NOW_ID, title, [part], [File(name, media_type, b"bytes\x00")], TLP.RED, PAP.AMBER, "nl")
    inside = email.message_from_bytes(inside_of(letter), policy=default)
    body, file = list(inside.iter_parts())  # type: ignore[attr-defined]
    plain = body.get_content().replace("\r\n", "\n").replace("\r", "\n")
    assert title.replace("\r\n", "\n").replace("\r", "\n") in plain
    assert file.get_payload(decode=True) == b"bytes\x00"
    assert file.get_filename() is not None
    assert set(inside.keys()) == {"Content-Type"}


@pytest.mark.parametrize("name", ["..\\x.exe", "a/b", "x\r\nBcc: y", "", "  ", "\u2028"])
def test_a_file_name_stays_on_its_line_and_in_its_folder(name: str) -> None:
    plain = plain_name(name)
    assert plain
    assert not {"/", "\\", "\r", "\n"} & set(plain)


WAYS = tuple(
    Way(UUID(int=number), UUID(int=9), hours, KeyState.USABLE)  # type: ignore[arg-type]
    for number, hours in enumerate((Hours.DAY, Hours.NIGHT))
)


@pytest.mark.parametrize(
    ("at", "hours"),
    [
        (datetime(2026, 11, 30, 9, 0, tzinfo=UTC), Hours.DAY),
        (datetime(2026, 11, 30, 17, 30, tzinfo=UTC), Hours.NIGHT),
        (datetime(2026, 11, 28, 10, 0, tzinfo=UTC), Hours.NIGHT),
        (datetime(2026, 7, 1, 6, 30, tzinfo=UTC), Hours.DAY),
        (datetime(2026, 12, 1, 6, 30, tzinfo=UTC), Hours.NIGHT),
    ],
)
def test_who_answers_now_is_written_to(at: datetime, hours: Hours) -> None:
    assert hours_at(at) is hours
    assert [way.hours for way in ways_at(WAYS, at)] == [hours]
    others = [way for way in WAYS if way.hours is not hours]
    assert list(ways_at(others, at)) == others


def test_a_server_is_left_alone_longer_and_longer() -> None:
    waits = [wait_after(attempts) for attempts in range(1, 25)]
    assert waits == sorted(waits)
    assert waits[-1].total_seconds() == 4 * 3600


def test_what_a_server_says_is_kept_without_whom_it_is_about() -> None:
    said = "550 <Jan@Water.example>: no jan@WATER.example here; ask postmaster@elders.example at mx1.water.example"
    assert "water" not in without_address(said, "jan@water.example").lower()
    assert "elders" not in without_address(said, "jan@water.example")
