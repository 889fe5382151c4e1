"""Deliveries by mail, over a real SMTP exchange, opened by the programs that readers use."""

from __future__ import annotations

import email
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from email.policy import default
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pysequoia import Tsk, decrypt
from pytest_django.fixtures import Settings
from tests.constituency.keys import openpgp_key, smime_key
from tests.disclosure.cast import Country, analyst, draft_for, duty_officer, found_country, let_in, origin_at
from tests.disclosure.posts import (
    ADDRESS,
    FILE,
    FROM,
    SECRET,
    TITLE,
    bring,
    contact_of,
    deliveries,
    gpg,
    gpg_key,
    send_all,
    tell,
    with_key,
)
from tests.disclosure.servers import Server, dying_in_data, running, settings_for
from tests.disclosure.test_circles import letter as letter_to_one_person
from tests.programs import program

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import actions
from meldpunt.disclosure.values import Audience, AudienceKind, Disclosure, ItemKind, State, Unshown
from meldpunt.law import Purpose
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return found_country()


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with running() as found:
        settings.MAIL = settings_for(found.url)
        yield found


def envelopes(disclosure: Disclosure, *columns: str) -> list[tuple[object, ...]]:
    with bound(JOB), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM disclosure_envelope WHERE disclosure_id = %s", [disclosure.id]
        )
        return list(cursor.fetchall())


def make_due() -> None:
    """Time goes by, as far as the outbox is concerned."""
    with bound(JOB), connection.cursor() as cursor:
        cursor.execute("UPDATE disclosure_envelope SET next_attempt_at = now() - interval '1 second'")


def only(server: Server) -> Message:
    (mail,) = server.mails
    return email.message_from_bytes(mail.original_content or b"", policy=default)


def says_nothing(server: Server, *words: str) -> None:
    """No byte that the server saw tells what the mail was about."""
    assert server.seen
    for word in (*words, SECRET, TITLE, "kraaiennest", "pompgemaal", "Zuiderwiel", "Advies", "advice"):
        assert word.lower() not in server.seen.decode("latin-1").lower().replace(ADDRESS, ""), word


def opened_by_gpg(raw: Message, home: Path, *, signer: bytes = b"") -> tuple[Message, str]:
    control, closed = raw.get_payload()
    assert control.get_content_type() == "application/pgp-encrypted"
    assert control.get_payload().strip() == "Version: 1"
    if signer:
        assert gpg(home, "--import", said=signer).returncode == 0
    done = gpg(home, "--status-fd", "2", "--decrypt", said=closed.get_payload(decode=True))
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return email.message_from_bytes(done.stdout, policy=default), done.stderr.decode(errors="replace")


def text_of(inside: Message) -> str:
    body = inside.get_body(("plain",))  # type: ignore[attr-defined]
    return str(body.get_content()).replace("\r\n", "\n")


def test_gpg_opens_what_was_sent_and_the_server_saw_none_of_it(
    country: Country, server: Server, tmp_path: Path
) -> None:
    home = tmp_path / "gnupg"
    bring(country, gpg_key(home))
    told = tell(country, files=[FILE])
    assert deliveries(told.id) == {"mail": "waiting", "portal": "sent"}
    assert send_all() == 1
    assert deliveries(told.id) == {"mail": "sent", "portal": "sent"}
    says_nothing(server)
    inside, _ = opened_by_gpg(only(server), home)
    text = text_of(inside)
    assert text.startswith("TLP:RED\n")
    assert text.rstrip().endswith("TLP:RED")
    assert SECRET in text
    assert TITLE in text
    (file,) = inside.iter_attachments()  # type: ignore[attr-defined]
    assert (file.get_filename(), file.get_content()) == ("kraaiennest.txt", "kraaiennest in een bestand\n")


def test_gpg_knows_that_we_signed_it(country: Country, server: Server, settings: Settings, tmp_path: Path) -> None:
    ours = Tsk.generate(user_id=f"CSIRT <{FROM}>")
    (tmp_path / "ours.asc").write_text(str(ours))
    settings.MAIL = settings_for(server.url, openpgp_key=str(tmp_path / "ours.asc"))
    home = tmp_path / "gnupg"
    bring(country, gpg_key(home))
    tell(country)
    assert send_all() == 1
    _, said = opened_by_gpg(only(server), home, signer=bytes(ours.extract_certificate()))
    assert "GOODSIG" in said
    assert ours.extract_certificate().fingerprint.upper() in said


def test_a_key_of_the_newer_standard_gets_the_newer_encryption(country: Country, server: Server) -> None:
    owned = with_key(country)
    tell(country)
    assert send_all() == 1
    _, closed = only(server).get_payload()
    opened = decrypt(decryptor=Tsk.from_bytes(owned.secret).decryptor(), bytes=closed.get_payload(decode=True))
    assert opened.bytes is not None
    assert SECRET in text_of(email.message_from_bytes(opened.bytes, policy=default))


def test_openssl_opens_and_verifies_what_was_sent_as_smime(
    country: Country, server: Server, settings: Settings, tmp_path: Path
) -> None:
    ours, owned = smime_key(FROM), smime_key(ADDRESS)
    for name, data in (
        ("o.crt", ours.public),
        ("o.key", ours.secret),
        ("r.crt", owned.public),
        ("r.key", owned.secret),
    ):
        (tmp_path / name).write_bytes(data)
    settings.MAIL = settings_for(
        server.url, smime_key=str(tmp_path / "o.key"), smime_certificate=str(tmp_path / "o.crt")
    )
    bring(country, owned)
    tell(country, files=[FILE])
    assert send_all() == 1
    says_nothing(server)
    (tmp_path / "mail").write_bytes(server.mails[0].original_content or b"")
    openssl(tmp_path, "cms", "-decrypt", "-in", "mail", "-recip", "r.crt", "-inkey", "r.key", "-out", "signed")
    openssl(
        tmp_path, "cms", "-verify", "-in", "signed", "-CAfile", "o.crt", "-purpose", "any", "-binary", "-out", "inside"
    )
    inside = email.message_from_bytes((tmp_path / "inside").read_bytes(), policy=default)
    assert SECRET in text_of(inside)


def openssl(folder: Path, *arguments: str) -> None:
    done = subprocess.run([program("openssl"), *arguments], cwd=folder, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode(errors="replace")


def test_the_outside_is_a_reference_and_the_marking(country: Country, server: Server) -> None:
    with_key(country)
    told = tell(country)
    send_all()
    mail = only(server)
    assert mail["Subject"] == f"[TLP:RED] Meldpunt {told.id.hex[:8].upper()}"
    assert (mail["To"], mail["Auto-Submitted"]) == (ADDRESS, "auto-generated")
    assert FROM in mail["From"]


def test_each_delivery_has_a_return_address_that_nobody_can_guess(country: Country, server: Server) -> None:
    with_key(country)
    tell(country)
    tell(country)
    send_all()
    addresses = {one.mail_from for one in server.mails}
    assert len(addresses) == 2
    for address in addresses:
        local, _, domain = address.partition("@")
        assert domain == "terug.meldpunt.example"
        assert len(local.removeprefix("bounces+")) == 40


def test_that_a_mail_was_taken_is_in_the_ledger_about_its_reader(country: Country, server: Server) -> None:
    with_key(country)
    tell(country)
    before = ledger_queries.count_entries(JOB)[Kind.DELIVERED]
    send_all()
    assert ledger_queries.count_entries(JOB)[Kind.DELIVERED] == before + 1


@pytest.mark.parametrize("why", ["missing", "unverified", "revoked", "expired"])
def test_without_a_usable_key_the_contact_gets_a_notice_and_the_desk_an_alarm(
    country: Country, server: Server, why: str
) -> None:
    if why == "unverified":
        bring(country, openpgp_key(ADDRESS), verify=False)
    if why == "revoked":
        constituency_actions.revoke_key(duty_officer(), key=bring(country, openpgp_key(ADDRESS)), reason="kwijt")
    if why == "expired":
        bring(country, openpgp_key(ADDRESS, lasts=timedelta(seconds=4)))
        wait_for_the_end(country)
    told = tell(country, files=[FILE])
    assert envelopes(told, "trouble") == [(f"key-{why}",)]
    assert deliveries(told.id) == {"mail-notice": "waiting", "portal": "sent"}
    assert send_all() == 1
    assert deliveries(told.id) == {"mail-notice": "sent", "portal": "sent"}
    says_nothing(server, "TLP", told.id.hex[:8])
    assert "something waits for you" in only(server)["Subject"]


def wait_for_the_end(country: Country) -> None:
    """Until the key of the contact is over."""
    ends_at = contact_of(country).keys[0].valid_until
    assert ends_at is not None
    time.sleep(max(0.0, (ends_at - timezone.now()).total_seconds()))


def test_a_key_that_ends_while_the_mail_waits_is_not_used(country: Country, server: Server) -> None:
    owned = openpgp_key(ADDRESS, lasts=timedelta(seconds=4))
    bring(country, owned)
    told = tell(country)
    assert deliveries(told.id)["mail"] == "waiting"
    wait_for_the_end(country)
    assert send_all() == 1
    says_nothing(server, "TLP")
    assert envelopes(told, "state", "trouble") == [("failed", "key-expired")]
    assert deliveries(told.id) == {"mail": "failed", "portal": "sent"}


def test_a_key_of_another_address_is_used_where_the_desk_said_why(
    country: Country, server: Server, tmp_path: Path
) -> None:
    home = tmp_path / "gnupg"
    bring(country, gpg_key(home, "storing@elders.example"), lent="Gedeeld postvak.")
    tell(country)
    assert send_all() == 1
    inside, _ = opened_by_gpg(only(server), home)
    assert SECRET in text_of(inside)


def test_where_no_server_is_set_no_delivery_by_mail_is_made(country: Country, settings: Settings) -> None:
    with_key(country)
    told = tell(country)
    assert deliveries(told.id) == {"portal": "sent"}
    assert send_all() == 0


def test_a_server_that_is_down_loses_nothing(country: Country, server: Server, settings: Settings) -> None:
    with_key(country)
    told = tell(country)
    working, settings.MAIL = settings.MAIL, settings_for("smtp://127.0.0.1:1")
    for attempt in range(1, 6):
        assert send_all() == 0
        ((state, attempts, trouble),) = envelopes(told, "state", "attempts", "trouble")
        assert (state, attempts, trouble) == ("waiting", attempt, "unanswered" if attempt >= 4 else "")
        make_due()
    settings.MAIL = working
    assert send_all() == 1
    assert envelopes(told, "state", "trouble") == [("sent", "")]


def test_a_server_that_never_answers_is_given_up_on_aloud(country: Country, server: Server, settings: Settings) -> None:
    with_key(country)
    told = tell(country)
    settings.MAIL = settings_for("smtp://127.0.0.1:1")
    for _ in range(20):
        send_all()
        make_due()
    assert envelopes(told, "state", "trouble") == [("failed", "unanswered")]
    assert deliveries(told.id) == {"mail": "failed", "portal": "sent"}


def test_a_server_that_says_later_is_asked_later_with_the_same_mail(country: Country, server: Server) -> None:
    with_key(country)
    told = tell(country)
    server.to_recipient = "451 grey"
    assert send_all() == 0
    ((reply, due),) = envelopes(told, "reply", "next_attempt_at > now()")
    assert (str(reply)[:3], due) == ("451", True)
    assert send_all() == 0
    server.to_recipient = ""
    make_due()
    assert send_all() == 1
    assert [only(server)["Message-ID"]] == [one for (one,) in envelopes(told, "message_id")]


@pytest.mark.parametrize("when", ["to_recipient", "to_data"])
def test_a_server_that_says_no_is_believed_and_somebody_is_told(country: Country, server: Server, when: str) -> None:
    with_key(country)
    told = tell(country)
    setattr(server, when, f"550 5.1.1 <{ADDRESS}>: no such user at zuiderwiel.example")
    assert send_all() == 0
    ((state, trouble, reply),) = envelopes(told, "state", "trouble", "reply")
    assert (state, trouble) == ("failed", "refused")
    assert str(reply).startswith("550 5.1.1")
    assert "zuiderwiel" not in str(reply)
    make_due()
    assert send_all() == 0


def test_a_server_that_dies_in_the_middle_has_not_taken_it(
    country: Country, server: Server, settings: Settings
) -> None:
    with_key(country)
    told = tell(country)
    with dying_in_data() as dying:
        working, settings.MAIL = settings.MAIL, settings_for(dying.url)
        assert send_all() == 0
        assert dying.seen
    assert envelopes(told, "state") == [("waiting",)]
    settings.MAIL = working
    make_due()
    assert send_all() == 1


def test_the_jobs_themselves_tell_by_mail(country: Country, server: Server) -> None:
    with_key(country)
    draft = draft_for(
        (Audience(AudienceKind.REPORTER),),
        purpose=Purpose.ACKNOWLEDGE,
        item=ItemKind.ACKNOWLEDGEMENT,
        title=TITLE,
        origins=(origin_at(country.water),),
    )
    told = actions.disclose(JOB, draft=draft, reason="Ontvangen.", seen=Unshown.IN_A_PROGRAM)
    assert told.state is State.DELIVERED
    assert send_all() == 1


def test_what_is_for_one_person_alone_goes_into_nobodys_mailbox(country: Country, server: Server) -> None:
    with_key(country)
    told = actions.disclose(
        analyst(),
        draft=letter_to_one_person(let_in("Roos Kempen", country.water)),
        reason="persoonlijk",
        seen=Unshown.IN_A_PROGRAM,
    )
    assert deliveries(told.id) == {"portal": "sent"}
    assert send_all() == 0


def test_what_is_withdrawn_before_it_went_does_not_go(country: Country, server: Server) -> None:
    with_key(country)
    told = tell(country)
    actions.withdraw_disclosure(analyst(), disclosure=told.id, reason="Vergissing.")
    assert send_all() == 0
    assert server.mails == []
    assert deliveries(told.id) == {"mail": "withdrawn", "portal": "withdrawn"}


def test_titles_and_names_add_no_header(country: Country, server: Server, settings: Settings) -> None:
    settings.MELDPUNT_CSIRT = 'CSIRT "<x>\r\nBcc: dief@elders.example\r\n\r\n'
    with_key(country)
    tell(country, title="Hoi\r\nBcc: dief@elders.example\r\n\r\nDag", text=SECRET)
    assert send_all() == 1
    mail = only(server)
    assert mail["Bcc"] is None
    assert server.mails[0].rcpt_tos == [ADDRESS]
    assert sorted(mail.keys()) == sorted(
        ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Reply-To", "Content-Type"]
    )
