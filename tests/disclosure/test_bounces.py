"""Mail that came back: 39 real ones, and what our own deliveries make of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.conftest import shared_folder
from tests.disclosure.cast import Country, analyst, duty_officer, found_country
from tests.disclosure.posts import ADDRESS, deliveries, send_all, tell, with_key
from tests.disclosure.servers import Server, running, settings_for

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB
from meldpunt.disclosure import actions, queries
from meldpunt.disclosure.errors import DisclosureNotFound, ReasonMissing
from meldpunt.disclosure.mail.returned import read_return
from meldpunt.disclosure.values import Outcome, Trouble
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind

FOLDER = Path("email") / "bounces"
NAMES_NO_DOMAIN = "aol_01.txt"
"""It names `screenname` without a domain: whom it is about is known from the address it was sent to alone."""


def expected() -> list[dict[str, object]]:
    folder = shared_folder()
    if folder is None:
        return []
    lines = (folder / "data" / FOLDER / "expected_flufl.bounce-6.0.0.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def outcome_of(known: dict[str, object]) -> Outcome:
    return Outcome.FAILED if known["permanent"] else Outcome.DELAYED if known["temporary"] else Outcome.NONE


@pytest.mark.parametrize("known", expected(), ids=lambda known: known["file"])
def test_a_real_bounce_is_read_as_others_read_it(known: dict[str, list[str]], shared_data: Path) -> None:
    found = read_return((shared_data / FOLDER / str(known["file"])).read_bytes())
    assert found.outcome is outcome_of(known)  # type: ignore[arg-type]
    if known["file"] != NAMES_NO_DOMAIN:
        assert found.temporary == {one.lower() for one in known["temporary"]}
        assert found.permanent == {one.lower() for one in known["permanent"]}


def test_there_are_thirty_nine_of_them(shared_data: Path) -> None:
    assert len(expected()) == 39


@given(st.binary(max_size=400))
def test_whatever_comes_back_is_read_without_an_error(raw: bytes) -> None:
    read_return(raw)


@pytest.fixture
def country(db: None) -> Country:
    return found_country()


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with running() as found:
        settings.MAIL = settings_for(found.url)
        yield found


def sent(country: Country, server: Server) -> tuple[object, str]:
    """A disclosure that went, and the address that it comes back to."""
    with_key(country)
    told = tell(country)
    assert send_all() == 1
    return told, str(server.mails[-1].mail_from)


def came_back(raw: bytes, known: dict[str, list[str]], return_address: str) -> bytes:
    """A real bounce, as it would be of the mail that we sent: its recipient is our contact, and it is sent to us."""
    for address in (*known["permanent"], *known["temporary"]):
        raw = raw.replace(address.encode(), ADDRESS.encode())
    mbox = raw.startswith(b"From ")
    return f"Delivered-To: {return_address}\n".encode() + (raw.partition(b"\n")[2] if mbox else raw)


@pytest.mark.parametrize("known", expected(), ids=lambda known: known["file"])
def test_a_bounce_finds_its_delivery(
    known: dict[str, list[str]], shared_data: Path, country: Country, server: Server
) -> None:
    told, return_address = sent(country, server)
    raw = came_back((shared_data / FOLDER / str(known["file"])).read_bytes(), known, return_address)
    found = actions.record_bounce(JOB, raw=raw)
    outcome = outcome_of(known)  # type: ignore[arg-type]
    if outcome is Outcome.NONE:
        assert found is None
        return
    assert found is not None
    assert (found.disclosure, found.is_permanent) == (told.id, outcome is Outcome.FAILED)  # type: ignore[attr-defined]
    state = "bounced" if outcome is Outcome.FAILED else "sent"
    assert deliveries(found.disclosure) == {"mail": state, "portal": "sent"}
    (alarm,) = queries.list_alarms(analyst())
    assert alarm.trouble is (Trouble.BOUNCED if outcome is Outcome.FAILED else Trouble.DELAYED)
    assert ADDRESS not in repr(alarm)
    assert "zuiderwiel" not in repr(alarm).lower()


def bounce_for(return_address: str, *, action: str = "failed", status: str = "5.1.1", returned: str = "") -> bytes:
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: {return_address}\r\nSubject: Undelivered\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {ADDRESS}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; 550 no {ADDRESS} at mx.zuiderwiel.example\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{returned}\r\n--b--\r\n"
    ).encode()


def test_the_same_bounce_twice_is_kept_once(country: Country, server: Server) -> None:
    _, return_address = sent(country, server)
    raw = bounce_for(return_address)
    assert actions.record_bounce(JOB, raw=raw) == actions.record_bounce(JOB, raw=raw)
    with bound(JOB), connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(said) FROM disclosure_bounce")
        ((count, said),) = cursor.fetchall()
    assert count == 1
    assert "zuiderwiel" not in said
    assert ledger_queries.count_entries(JOB)[Kind.BOUNCED] == 1


def test_a_bounce_to_another_address_is_found_by_the_message_that_it_returns(country: Country, server: Server) -> None:
    told, _ = sent(country, server)
    message_id = (server.mails[0].original_content or b"").split(b"Message-ID: ")[1].split(b"\r\n")[0].decode()
    found = actions.record_bounce(JOB, raw=bounce_for("csirt@meldpunt.example", returned=f"Message-ID: {message_id}"))
    assert found is not None
    assert found.disclosure == told.id  # type: ignore[attr-defined]


def test_a_bounce_is_found_by_the_envelope_where_no_header_names_it(country: Country, server: Server) -> None:
    _, return_address = sent(country, server)
    raw = bounce_for("undisclosed@meldpunt.example")
    assert actions.record_bounce(JOB, raw=raw) is None
    assert actions.record_bounce(JOB, raw=raw, recipient=return_address.upper()) is not None


def test_an_answer_to_what_we_sent_is_no_bounce(country: Country, server: Server) -> None:
    _, return_address = sent(country, server)
    raw = f"From: {ADDRESS}\r\nTo: {return_address}\r\nSubject: Re: TLP\r\n\r\nDank, wij kijken ernaar.\r\n".encode()
    assert actions.record_bounce(JOB, raw=raw) is None


PEOPLE = {
    "words": "Subject: Re: TLP\r\nIn-Reply-To: {id}\r\n\r\nMail to our own office could not be delivered.\r\n",
    "subject": "Subject: Re: Mail failure here\r\nReferences: {id}\r\n\r\nWe are unable to reach our own servers.\r\n",
    "forwarded": "Subject: Fwd: TLP\r\n\r\nOur servers failed.\r\n\r\nReturn-Path: <{back}>\r\nMessage-ID: {id}\r\n",
}


@pytest.mark.parametrize("written", PEOPLE.values(), ids=PEOPLE)
def test_what_a_person_writes_about_what_we_sent_is_no_bounce(country: Country, server: Server, written: str) -> None:
    """Of a bounce nothing is kept: a report that is taken for one is lost."""
    _, back = sent(country, server)
    name = (server.mails[0].original_content or b"").split(b"Message-ID: ")[1].split(b"\r\n")[0].decode()
    raw = f"From: {ADDRESS}\r\nTo: csirt@meldpunt.example\r\n{written.format(id=name, back=back)}".encode()
    assert actions.record_bounce(JOB, raw=raw, recipient="csirt@meldpunt.example") is None


def test_nobody_makes_a_delivery_bounce_without_its_address(country: Country, server: Server) -> None:
    sent(country, server)
    assert actions.record_bounce(JOB, raw=bounce_for(f"bounces+{'0' * 40}@terug.meldpunt.example")) is None


def test_a_bounce_for_good_after_a_delay_raises_the_alarm_again(country: Country, server: Server) -> None:
    _, return_address = sent(country, server)
    actions.record_bounce(JOB, raw=bounce_for(return_address, action="delayed", status="4.4.7"))
    (alarm,) = queries.list_alarms(analyst())
    actions.settle_alarm(analyst(), envelope=alarm.envelope, note="Even afwachten.")
    assert queries.count_alarms(analyst()) == 0
    actions.record_bounce(JOB, raw=bounce_for(return_address))
    assert [one.trouble for one in queries.list_alarms(analyst())] == [Trouble.BOUNCED]


def test_an_alarm_is_settled_once_and_with_a_word(country: Country, server: Server) -> None:
    _, return_address = sent(country, server)
    actions.record_bounce(JOB, raw=bounce_for(return_address))
    (alarm,) = queries.list_alarms(duty_officer())
    with pytest.raises(ReasonMissing):
        actions.settle_alarm(analyst(), envelope=alarm.envelope, note=" ")
    actions.settle_alarm(analyst(), envelope=alarm.envelope, note="Gebeld; zij lezen het in het portaal.")
    with pytest.raises(DisclosureNotFound):
        actions.settle_alarm(analyst(), envelope=alarm.envelope, note="nog eens")


def test_the_desk_is_told_that_keys_serve_nothing_without_a_server(country: Country) -> None:
    with_key(country)
    state = queries.get_mail_state(analyst())
    assert (state.is_set, state.unused_keys) == (False, 1)


def test_the_desk_is_told_which_setting_is_missing(country: Country, settings: Settings) -> None:
    settings.MAIL = settings_for("smtp://127.0.0.1:25", sender="")
    state = queries.get_mail_state(analyst())
    assert not state.is_set
    assert "MELDPUNT_MAIL_FROM" in state.problem
