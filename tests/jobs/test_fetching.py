"""A mailbox on a real IMAP server is emptied, and nothing in it is lost or received twice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.disclosure.servers import free_port
from tests.intake import cast
from tests.jobs.dovecot import Dovecot, dovecot
from tests.jobs.listening import raw_mail

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB
from meldpunt.entrypoints.jobs.mailroom.fetching import MOST_AT_ONCE, Emptied, fetch
from meldpunt.entrypoints.jobs.mailroom.mailbox import MailboxUnreadable, Security, place_from
from meldpunt.entrypoints.postgres import launcher
from meldpunt.intake import actions, models, queries
from meldpunt.intake.mail_values import LARGEST_MAIL, MailboxLine, MailboxLook, MailboxTrouble

DYING = """
import os, signal
import django; django.setup()
from meldpunt.entrypoints.jobs.mailroom.fetching import fetch
from meldpunt.entrypoints.jobs.mailroom.handing_in import take
def receive(raw):
    take(raw, sender=None, recipient="")
    os.kill(os.getpid(), signal.SIGKILL)
fetch(receive=receive)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture
def mailbox(server: Dovecot, settings: Settings, own_database: str) -> Dovecot:
    """The mailbox, empty, which the settings name."""
    with server.client() as imap:
        for folder in ("INBOX", "Received"):
            status, count = imap.select(folder)
            if status == "OK" and count != [b"0"]:
                imap.store("1:*", "+FLAGS", r"(\Deleted)")
                imap.expunge()
    settings.MAILBOX = said(server.url)
    return server


def said(url: str, authorities: str = "") -> Mapping[str, str]:
    return {"url": url, "received": "Received", "authorities": authorities}


def titles() -> list[str]:
    return sorted(
        queries.get_report(cast.analyst(), report=line.id).text.strip()
        for line in queries.list_reports(cast.analyst()).lines
    )


def line() -> MailboxLine:
    """What the desk reads of the one mailbox."""
    (found,) = queries.list_mailboxes(cast.analyst())
    return found


def test_what_lies_in_the_mailbox_is_received_and_moved_whole(mailbox: Dovecot) -> None:
    mailbox.put(raw_mail("een", name="een"), raw_mail("twee", name="twee"))
    assert (fetch(), titles()) == (Emptied(2, 0), ["een", "twee"])
    assert mailbox.bodies() == []
    assert mailbox.bodies("Received") == [raw_mail("een", name="een"), raw_mail("twee", name="twee")]
    assert (line().waiting, line().trouble) == (0, None)
    assert fetch() == Emptied(0, 0)


def test_a_mail_that_somebody_opened_is_received_as_well(mailbox: Dovecot) -> None:
    mailbox.put(raw_mail("een"))
    with mailbox.client() as imap:
        imap.select("INBOX")
        imap.store("1", "+FLAGS", r"(\Seen)")
    assert fetch().received == 1


def test_who_is_killed_between_commit_and_move_received_it_once(
    mailbox: Dovecot, postgres_server: launcher.Server, own_database: str, keys: Path
) -> None:
    mailbox.put(raw_mail("een"), raw_mail("twee", name="twee"))
    environment = os.environ | {
        "MELDPUNT_DATABASE_URL": postgres_server.dsn("meldpunt_jobs", own_database),
        "MELDPUNT_DATA": str(keys),
        "MELDPUNT_IMAP_URL": mailbox.url,
        "DJANGO_SETTINGS_MODULE": "meldpunt.entrypoints.settings.testing",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"),
    }
    killed = subprocess.run([sys.executable, "-c", DYING], env=environment, check=False, timeout=60)
    assert (killed.returncode, titles(), len(mailbox.bodies())) == (-9, ["een"], 2)
    assert (fetch().received, titles(), mailbox.bodies()) == (2, ["een", "twee"], [])


def test_one_mail_that_breaks_us_stays_and_raises_an_alarm_and_the_others_are_received(mailbox: Dovecot) -> None:
    mailbox.put(raw_mail("een"), raw_mail("twee", name="twee"))

    def receive(raw: bytes) -> None:
        if b"een@" in raw:
            raise ValueError("a bug of ours")
        actions.receive_mail(JOB, raw=raw)

    assert fetch(receive=receive) == Emptied(1, 1, MailboxTrouble.NOT_RECEIVED)
    assert mailbox.bodies() == [raw_mail("een")]
    since = line().trouble_since
    assert (line().trouble, line().waiting) == (MailboxTrouble.NOT_RECEIVED, 1)
    fetch(receive=receive)
    assert line().trouble_since == since
    assert (fetch(), line().trouble, line().trouble_since) == (Emptied(1, 0), None, None)


def test_mails_that_break_us_do_not_keep_those_behind_them_waiting(mailbox: Dovecot) -> None:
    """Whoever finds one that does sends it as often as one run takes."""
    mailbox.put(*[raw_mail("kwaad", name=f"kwaad{number}") for number in range(MOST_AT_ONCE)], raw_mail("een"))

    def receive(raw: bytes) -> None:
        if b"kwaad" in raw:
            raise ValueError("a bug of ours")
        actions.receive_mail(JOB, raw=raw)

    fetch(receive=receive)
    fetch(receive=receive)
    assert (titles(), line().waiting, line().trouble) == (["een"], MOST_AT_ONCE, MailboxTrouble.NOT_RECEIVED)
    # They are tried again, after the others.
    assert fetch().received == MOST_AT_ONCE


def test_a_mailbox_with_more_mails_than_a_line_names_is_emptied(mailbox: Dovecot) -> None:
    """Fourteen thousand came before anybody looked; a server takes commands of 64 kB."""
    mailbox.flood(raw_mail("een"), 14_000)
    first = fetch()
    assert (first.trouble, first.received, first.left) == (None, MOST_AT_ONCE, 14_000 - MOST_AT_ONCE)


def test_without_a_database_everything_stays_unseen(mailbox: Dovecot) -> None:
    mailbox.put(raw_mail("een"), raw_mail("twee", name="twee"))
    asked: list[bytes] = []

    def receive(raw: bytes) -> None:
        asked.append(raw)
        raise OperationalError("the server closed the connection")

    with pytest.raises(OperationalError):
        fetch(receive=receive)
    assert (len(asked), len(mailbox.bodies())) == (1, 2)
    with mailbox.client() as imap:
        imap.select("INBOX", readonly=True)
        assert imap.search(None, "UNSEEN")[1] == [b"1 2"]


def test_a_mail_that_is_too_large_stays_is_not_fetched_each_minute_and_raises_an_alarm(mailbox: Dovecot) -> None:
    mailbox.put(b"Subject: groot\r\n\r\n" + (b"y" * 998 + b"\r\n") * (LARGEST_MAIL // 1000 + 1), raw_mail("een"))
    assert fetch() == Emptied(1, 1, MailboxTrouble.TOO_LARGE)
    assert list(line().stuck.values()) == ["too-large"]
    assert (fetch(), titles(), len(mailbox.bodies())) == (Emptied(0, 1, MailboxTrouble.TOO_LARGE), ["een"], 1)


def test_under_another_validity_a_uid_is_another_mail(mailbox: Dovecot) -> None:
    mailbox.put(raw_mail("een"))
    fetch()
    known = line()
    mailbox.put(raw_mail("twee", name="twee"))
    every = {str(uid): "too-large" for uid in range(100)}
    look = MailboxLook(1, (known.uid_validity or 0) + 1, every, MailboxTrouble.TOO_LARGE)
    actions.note_mailbox(JOB, name=known.name, look=look)
    assert fetch() == Emptied(1, 0)
    assert line().uid_validity == known.uid_validity


@pytest.mark.parametrize("known", [True, False])
def test_the_certificate_of_the_server_is_checked(mailbox: Dovecot, settings: Settings, *, known: bool) -> None:
    mailbox.put(raw_mail("een"))
    settings.MAILBOX = said(mailbox.tls_url, str(mailbox.authority) if known else "")
    assert fetch() == (Emptied(1, 0) if known else Emptied(0, 0, MailboxTrouble.UNREACHABLE))
    assert line().trouble == (None if known else MailboxTrouble.UNREACHABLE)
    assert "kraai" not in line().name


def test_a_server_that_is_away_or_does_not_know_us_is_an_alarm(mailbox: Dovecot, settings: Settings) -> None:
    away = f"imap://meld:x@127.0.0.1:{free_port()}"
    for url in (away, f"imap://meld:fout@127.0.0.1:{mailbox.port}"):
        settings.MAILBOX = said(url)
        assert fetch().trouble is MailboxTrouble.UNREACHABLE
    assert line().trouble is MailboxTrouble.UNREACHABLE


def test_where_nobody_looks_any_more_the_desk_reads_so(mailbox: Dovecot) -> None:
    fetch()
    with bound(JOB):
        models.Mailbox.objects.update(looked_at=timezone.now() - timedelta(minutes=16))
    assert line().trouble is MailboxTrouble.NOBODY_LOOKS


def test_a_server_without_move_keeps_a_copy_before_it_forgets(settings: Settings, own_database: str) -> None:
    bare = "imap_capability = IMAP4rev1 UIDPLUS"
    with dovecot(more=bare) as server:
        settings.MAILBOX = said(server.url)
        server.put(raw_mail("een"))
        assert (fetch(), server.bodies(), server.bodies("Received")) == (Emptied(1, 0), [], [raw_mail("een")])


@pytest.mark.parametrize(
    ("url", "security", "port"),
    [
        ("imaps://a:b@post.example", Security.TLS, 993),
        ("imap://a:b@post.example", Security.STARTTLS, 143),
        ("imap://a:b@127.0.0.1:1143", Security.NONE, 1143),
    ],
)
def test_over_a_network_it_is_always_tls(url: str, security: Security, port: int) -> None:
    place = place_from(url)
    assert place is not None
    assert (place.security, place.port, place.folder) == (security, port, "INBOX")


@pytest.mark.parametrize("url", ["http://a:b@post.example", "imaps://post.example", "imaps://a:b@[::", "imaps:"])
def test_a_mailbox_that_is_set_badly_is_refused(url: str) -> None:
    with pytest.raises(MailboxUnreadable):
        place_from(url)
