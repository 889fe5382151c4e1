"""Whoever reports by mail hears by mail that it came in, and no robot, list or bounce ever does."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings
from tests.disclosure.cast import duty_officer
from tests.disclosure.servers import Server, running, settings_for
from tests.intake.test_threads import NOOR, additions, mail, receive

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Channel, Trouble
from meldpunt.intake import actions, models
from meldpunt.intake.mail.robots import MOST_AN_HOUR, Unanswered
from meldpunt.intake.values import Receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with running() as found:
        settings.MAIL = settings_for(found.url)
        settings.MAIL_ADDRESSES = ["meld@meldpunt.example"]
        settings.SITE = "https://meldpunt.example/"
        yield found


def send_answers() -> int:
    """As the jobs do it: through the door first, and then by mail."""
    actions.acknowledge_reports(JOB)
    taken = 0
    while (letter := disclosure_actions.claim_letter(JOB)) is not None:
        taken += actions.send_letter(JOB, letter=letter)
    return taken


def unanswered(receipt: Receipt) -> str:
    with bound(JOB):
        return models.Mail.objects.get(report_id=receipt.report).unanswered


def test_the_answer_goes_in_the_thread_and_says_nothing_of_the_report(server: Server) -> None:
    receipt = receive("Kraaiennest.", name="een", Subject="Kluis open", References="<nul@korenbeurs.example>")
    assert send_answers() == 1
    (envelope,) = server.mails
    assert envelope.rcpt_tos == ["noor@korenbeurs.example"]
    assert str(envelope.mail_from).startswith("bounces+")
    answer = email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
    assert answer["In-Reply-To"] == "<een@korenbeurs.example>"
    assert answer["References"] == "<nul@korenbeurs.example> <een@korenbeurs.example>"
    assert answer["Auto-Submitted"] == "auto-replied"
    text = answer.get_content()
    assert receipt.reference in answer["Subject"]
    assert receipt.code in text
    assert "https://meldpunt.example/follow" in text
    assert not {word for word in ("kraaiennest", "kluis") if word in server.seen.decode().lower()}


def test_the_answer_says_whom_to_call_that_terms_may_run_and_where_the_site_has_it(
    server: Server, client: Client, settings: Settings
) -> None:
    settings.CSIRT_CONTACT = {**settings.CSIRT_CONTACT, "phone": "+31 88 123 4567"}
    receive("Kraaiennest.")
    send_answers()
    text = email.message_from_bytes(server.mails[-1].original_content or b"", policy=email.policy.default).get_content()
    assert text.count("+31 88 123 4567") == 2
    assert "er lopen termijnen" in text
    for language, menu in (("nl", "Uw melding volgen"), ("en", "Follow your report")):
        client.post("/language/", {"language": language, "next": "/"})
        assert f">{menu}</a>" in client.get("/").content.decode()
        assert f"“{menu}”" in text


def message_id_of_ours(server: Server) -> str:
    return str(email.message_from_bytes(server.mails[-1].original_content or b"")["Message-ID"])


def test_a_reply_to_our_answer_is_added_where_it_comes_from_who_reported(server: Server) -> None:
    receipt = receive("a", name="een")
    send_answers()
    receive("Het log komt mee.", sender="Noor <NOOR@korenbeurs.example>", In_Reply_To=message_id_of_ours(server))
    assert len(additions(receipt)) == 1


def test_a_mail_that_bears_the_message_id_of_our_answer_lures_nobody_into_the_report_of_its_sender(
    server: Server,
) -> None:
    """A thief reports, and mails others under the Message-ID of our answer: mail programs name it when they forward."""
    thief = receive("Lokaas", sender="dief@elders.example", name="lokaas")
    send_answers()
    ours = message_id_of_ours(server)
    forwarded = receive("Ik kreeg dit; onze kluis staat open.", Subject="Fwd: factuur", References=ours)
    replied = receive("Onze kluis ook.", sender="iemand@elders.example", In_Reply_To=ours)
    assert additions(thief) == []
    assert all(one.code and one.report != thief.report for one in (forwarded, replied))
    with bound(JOB):
        mails = models.Mail.objects.filter(report_id__in=[forwarded.report, replied.report])
        assert [one.refers_to_id for one in mails] == [thief.report] * 2


def make_due() -> None:
    """Time goes by, as far as the outbox is concerned."""
    with bound(JOB), connection.cursor() as cursor:
        cursor.execute("UPDATE disclosure_envelope SET next_attempt_at = now() - interval '1 second'")


def code_kept() -> str:
    with bound(JOB):
        return models.AcknowledgementMail.objects.get().code


def test_the_code_is_kept_until_a_server_took_it_and_no_longer(server: Server) -> None:
    receipt = receive("a")
    server.to_data = "451 later"
    assert send_answers() == 0
    assert code_kept() == receipt.code
    make_due()
    server.to_data = ""
    assert send_answers() == 1
    assert code_kept() == ""
    make_due()
    assert send_answers() == 0


def test_an_address_that_a_server_refuses_is_not_tried_again_and_somebody_is_told(server: Server) -> None:
    receive("a")
    server.to_recipient = "550 5.1.1 noor@korenbeurs.example is unknown at mx.korenbeurs.example"
    assert send_answers() == 0
    assert code_kept() == ""
    make_due()
    assert send_answers() == 0
    (alarm,) = disclosure_queries.list_alarms(duty_officer())
    assert (alarm.trouble, alarm.channel) == (Trouble.REFUSED, Channel.REPORTER_MAIL)
    assert alarm.reply.startswith("550 5.1.1")
    assert "korenbeurs" not in alarm.reply


@pytest.mark.parametrize("status", ["5.1.1", "4.2.2"])
def test_an_answer_that_comes_back_finds_its_delivery(server: Server, status: str) -> None:
    receive("a")
    send_answers()
    (alarmed, permanent) = (Trouble.BOUNCED, True) if status[0] == "5" else (Trouble.DELAYED, False)
    found = disclosure_actions.record_bounce(JOB, raw=bounce_of(server, status), recipient="")
    assert found is not None
    assert found.is_permanent is permanent
    (alarm,) = disclosure_queries.list_alarms(duty_officer())
    assert alarm.trouble is alarmed
    assert "korenbeurs" not in alarm.reply


def bounce_of(server: Server, status: str) -> bytes:
    """The report of a mail server about the last mail that it took (RFC 3464)."""
    action = "failed" if status[0] == "5" else "delayed"
    return (
        f"From: MAILER-DAEMON@mx.korenbeurs.example\r\nTo: {server.mails[-1].mail_from}\r\nSubject: returned\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nnot delivered\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.korenbeurs.example\r\n\r\n"
        f"Final-Recipient: rfc822; noor@korenbeurs.example\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; the mailbox of noor at mx.korenbeurs.example\r\n\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto-Submitted": "auto-replied; owner=a"}, Unanswered.ROBOT),
        ({"auto-submitted": "Auto-Generated"}, Unanswered.ROBOT),
        ({"X-Auto-Response-Suppress": "All"}, Unanswered.ROBOT),
        ({"List-Id": "<isac.example>"}, Unanswered.LIST),
        ({"List-Unsubscribe": "<mailto:weg@isac.example>"}, Unanswered.LIST),
        ({"Precedence": "bulk"}, Unanswered.BULK),
        ({"Precedence": "Junk"}, Unanswered.BULK),
        ({"Return-Path": "<>"}, Unanswered.NO_SENDER),
        ({"Auto-Submitted": "no"}, None),
        ({"Precedence": "first-class"}, None),
    ],
)
def test_robots_lists_and_bounces_are_not_answered(
    server: Server, headers: dict[str, str], reason: Unanswered | None
) -> None:
    receipt = receive("a", **headers)
    assert unanswered(receipt) == (reason.value if reason else "")
    assert send_answers() == (0 if reason else 1)


@pytest.mark.parametrize(
    ("sender", "reason"),
    [
        ("MAILER-DAEMON@elders.example", Unanswered.SERVER),
        ("postmaster@elders.example", Unanswered.SERVER),
        ("no-reply@elders.example", Unanswered.SERVER),
        ("noreply+tag@elders.example", Unanswered.SERVER),
        ("isac-request@elders.example", Unanswered.SERVER),
        ("Meld <MELD@meldpunt.example>", Unanswered.OURSELVES),
        ("csirt@meldpunt.example", Unanswered.OURSELVES),
        ("iets@terug.meldpunt.example", Unanswered.OURSELVES),
        ("", Unanswered.NO_SENDER),
        ("geen adres", Unanswered.NO_SENDER),
        ("a@b.example, c@d.example\r\nX: y", None),
        ("aanvraag@elders.example", None),
    ],
)
def test_nobody_is_answered_who_is_no_person(server: Server, sender: str, reason: Unanswered | None) -> None:
    assert unanswered(receive("a", sender=sender)) == (reason.value if reason else "")


def test_a_bounce_by_its_envelope_is_not_answered(server: Server) -> None:
    receipt = actions.receive_mail(JOB, raw=mail("a"), envelope_sender="")
    assert unanswered(receipt) == Unanswered.NO_SENDER.value


def test_one_address_gets_no_more_than_so_many_answers_in_an_hour(server: Server) -> None:
    receipts = [receive(str(number), sender=NOOR.upper()) for number in range(MOST_AN_HOUR + 2)]
    assert send_answers() == MOST_AN_HOUR
    assert unanswered(receipts[-1]) == Unanswered.TOO_MANY.value
    assert unanswered(receive("a", sender="ander@korenbeurs.example")) == ""


def test_all_senders_together_get_no_more_than_so_many_answers_in_an_hour(server: Server, settings: Settings) -> None:
    settings.MOST_ANSWERS_AN_HOUR = 3
    receipts = [receive("a", sender=f"een{number}@elders.example") for number in range(5)]
    assert send_answers() == 3
    assert [unanswered(one) for one in receipts[3:]] == [Unanswered.TOO_MANY_IN_ALL.value] * 2


def test_without_a_server_for_mail_nothing_waits_and_the_report_is_acknowledged_all_the_same() -> None:
    receive("a")
    assert (actions.acknowledge_reports(JOB), disclosure_actions.claim_letter(JOB)) == (1, None)
