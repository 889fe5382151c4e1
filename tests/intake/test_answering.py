"""Whoever reports by mail hears by mail that it came in, and no robot, list or bounce ever does."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings
from tests.disclosure.servers import Server, running, settings_for
from tests.intake.test_threads import NOOR, additions, mail, receive

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB
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
    while (report := actions.claim_answer(JOB)) is not None:
        taken += actions.send_answer(JOB, report=report)
    return taken


def unanswered(receipt: Receipt) -> str:
    with bound(JOB):
        return models.Mail.objects.get(report_id=receipt.report, is_ours=False).unanswered


def test_the_answer_goes_in_the_thread_from_nobody_and_says_nothing_of_the_report(server: Server) -> None:
    receipt = receive("Kraaiennest.", name="een", Subject="Kluis open", References="<nul@korenbeurs.example>")
    assert send_answers() == 1
    (envelope,) = server.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == ("<>", ["noor@korenbeurs.example"])
    answer = email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
    assert answer["In-Reply-To"] == "<een@korenbeurs.example>"
    assert answer["References"] == "<nul@korenbeurs.example> <een@korenbeurs.example>"
    assert answer["Auto-Submitted"] == "auto-replied"
    text = answer.get_content()
    assert receipt.reference in answer["Subject"]
    assert receipt.code in text
    assert "https://meldpunt.example/follow" in text
    assert not {word for word in ("kraaiennest", "kluis") if word in server.seen.decode().lower()}


def test_a_reply_to_our_answer_is_added_from_whatever_address_it_comes(server: Server) -> None:
    receipt = receive("a", name="een")
    send_answers()
    ours = email.message_from_bytes(server.mails[0].original_content or b"")["Message-ID"]
    receive("Van mijn andere adres.", sender="noor@thuis.example", In_Reply_To=ours)
    assert len(additions(receipt)) == 1


def test_the_code_is_kept_until_a_server_took_it_and_no_longer(server: Server) -> None:
    receive("a")
    server.to_data = "451 later"
    assert send_answers() == 0
    with bound(JOB):
        assert models.AcknowledgementMail.objects.get().code
        models.AcknowledgementMail.objects.update(next_attempt_at=models.AcknowledgementMail.objects.get().made_at)
    server.to_data = ""
    assert send_answers() == 1
    with bound(JOB):
        row = models.AcknowledgementMail.objects.get()
    assert (row.code, row.next_attempt_at, row.attempts) == ("", None, 2)
    assert send_answers() == 0


def test_an_address_that_a_server_refuses_is_not_tried_again(server: Server) -> None:
    receive("a")
    server.to_recipient = "550 5.1.1 noor@korenbeurs.example is unknown"
    assert send_answers() == 0
    with bound(JOB):
        row = models.AcknowledgementMail.objects.get()
    assert (row.code, row.next_attempt_at, "noor" in row.reply) == ("", None, False)


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


def test_without_a_server_for_mail_nothing_waits_and_the_report_is_acknowledged_all_the_same() -> None:
    receive("a")
    assert (actions.acknowledge_reports(JOB), actions.claim_answer(JOB)) == (1, None)
