"""The desk writes to whoever reported: in their thread, and in clear text never a word of it."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings
from tests.disclosure.cast import duty_officer, found_country
from tests.disclosure.posts import ADDRESS, bring, gpg_key, tell
from tests.disclosure.servers import Server, running, settings_for
from tests.disclosure.test_mail import opened_by_gpg, text_of
from tests.intake import cast
from tests.intake.test_answering import bounce_of, make_due, send_answers
from tests.intake.test_threads import additions, receive, reports

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, STRANGER, Actor
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Channel, DeliveryState, Disclosure, ItemKind, State, Trouble, Unshown
from meldpunt.intake import actions, queries
from meldpunt.intake.errors import NobodyToWriteTo
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.reply_values import ReplyForm
from meldpunt.intake.values import Receipt, ReporterDetails, ReportForm, ReportId
from meldpunt.law import DataKind, Purpose
from meldpunt.vocabulary.markings import TLP

pytestmark = pytest.mark.django_db

SECRET = "De kluis heet kraaiennest."


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with running() as found:
        settings.MAIL = settings_for(found.url)
        settings.MAIL_ADDRESSES = ["meld@meldpunt.example"]
        settings.SITE = "https://meldpunt.example/"
        yield found


def form(text: str = SECRET, *, purpose: Purpose = Purpose.ASK, **more: TLP | DataKind) -> ReplyForm:
    kind = more.pop("kind", DataKind.INCIDENT_NATURE)
    return ReplyForm(title="Over de kluis", text=text, purpose=purpose, kind=kind, **more)  # type: ignore[arg-type]


def reply(receipt: Receipt, said: ReplyForm | None = None, *, by: Actor | None = None) -> Disclosure:
    """A reply that went out through the door."""
    return actions.reply_to_reporter(
        by or cast.analyst(), report=receipt.report, form=said or form(), seen=Unshown.IN_A_PROGRAM
    )


def send() -> int:
    taken = 0
    while (letter := disclosure_actions.claim_letter(JOB)) is not None:
        taken += actions.send_letter(JOB, letter=letter)
    return taken


def last(server: Server) -> Message:
    return email.message_from_bytes(server.mails[-1].original_content or b"", policy=email.policy.default)


def ways(told: Disclosure) -> dict[Channel, DeliveryState]:
    found = disclosure_queries.get_disclosure(duty_officer(), disclosure=told.id)
    return {line.channel: line.state for line in found.deliveries}


def by_form(**who: str) -> Receipt:
    """A report of a stranger on the website."""
    said = ReportForm(title="Kluis", text="Open.", reporter=ReporterDetails(**who))
    return actions.receive_report(STRANGER, form=said)


def test_a_reply_to_a_mail_stands_in_its_thread_and_says_nothing_without_a_key(server: Server) -> None:
    receipt = receive("Kluis open.", name="een", References="<nul@korenbeurs.example>")
    told = reply(receipt)
    assert (told.state, told.item) == (State.DELIVERED, ItemKind.QUESTION)
    assert ways(told) == {Channel.PUBLIC_SITE: DeliveryState.SENT, Channel.REPORTER_MAIL: DeliveryState.WAITING}
    assert send() == 1
    assert ways(told)[Channel.REPORTER_MAIL] is DeliveryState.SENT
    mail = last(server)
    assert mail["In-Reply-To"] == "<een@korenbeurs.example>"
    assert mail["References"] == "<nul@korenbeurs.example> <een@korenbeurs.example>"
    assert mail["Message-ID"].endswith("@terug.meldpunt.example>")
    assert (mail["To"], mail["Reply-To"]) == ("noor@korenbeurs.example", "meld@meldpunt.example")
    assert receipt.reference in mail["Subject"]
    assert "https://meldpunt.example/follow" in mail.get_content()  # type: ignore[attr-defined]
    for word in ("kraaiennest", "kluis", receipt.code, "TLP"):
        assert word.lower() not in server.seen.decode().lower()


def test_the_mail_says_what_a_reply_to_it_does_not_do_and_what_to_do_with_it_if_nothing_was_reported(
    server: Server,
) -> None:
    reply(receive("Kluis open.", name="een"))
    assert send() == 1
    text = " ".join(last(server).get_content().split())  # type: ignore[attr-defined]
    assert "wat de wet van u vraagt, dient u daarmee niet in" in text
    assert "what the law asks of you is not submitted that way" in text
    assert "Hebt u ons niets gemeld?" in text
    assert "Did you report nothing to us?" in text


@pytest.mark.parametrize("address", ["noor@müller.example", "noor@a.example\r\nBcc: x@b.example"])
def test_an_address_that_no_server_is_asked_for_is_given_up_and_keeps_nobody_waiting(
    server: Server, address: str
) -> None:
    lost, other = reply(by_form(email=address)), reply(by_form(email="noor@korenbeurs.example"))
    assert send() == 1
    assert [ways(told)[Channel.REPORTER_MAIL] for told in (lost, other)] == [DeliveryState.FAILED, DeliveryState.SENT]
    (alarm,) = disclosure_queries.list_alarms(duty_officer())
    assert (alarm.trouble, alarm.disclosure, "noor" in alarm.reply) == (Trouble.REFUSED, lost.id, False)
    assert b"Bcc" not in server.seen


def test_who_holds_the_receipt_reads_the_words(server: Server) -> None:
    receipt = receive("Kluis open.")
    told = reply(receipt)
    (found,) = disclosure_queries.list_delivered(reporter_with(receipt.code))
    assert (found.id, found.parts[0].text) == (told.id, SECRET)


def test_a_reply_goes_encrypted_to_the_key_of_that_address(server: Server, tmp_path: Path) -> None:
    country, home = found_country(), tmp_path / "gnupg"
    bring(country, gpg_key(home))
    receipt = receive("Kluis open.", sender=f"J <{ADDRESS.upper()}>", name="een")
    reply(receipt)
    assert send() == 1
    mail = last(server)
    assert (mail["Subject"], mail["Auto-Submitted"]) == (f"[TLP:AMBER+STRICT] Meldpunt {receipt.reference}", "no")
    assert mail["In-Reply-To"] == "<een@korenbeurs.example>"
    assert "kraaiennest" not in server.seen.decode()
    inside, _ = opened_by_gpg(mail, home)
    assert SECRET in text_of(inside)
    assert receipt.code not in text_of(inside)


def test_a_key_that_only_names_the_address_closes_nothing(server: Server, tmp_path: Path) -> None:
    """Anybody writes any address into a key of their own."""
    country, home = found_country(), tmp_path / "gnupg"
    bring(country, gpg_key(home, "noor@korenbeurs.example"), lent="Gedeeld postvak.")
    reply(receive("Kluis open.", name="een"))
    assert send() == 1
    assert last(server).get_content_type() == "text/plain"


def test_the_reply_answers_what_was_last_told_when_it_was_written(server: Server) -> None:
    receipt = receive("een", name="een")
    receive("twee", name="twee", In_Reply_To="<een@korenbeurs.example>")
    reply(receipt)
    receive("drie", name="drie", In_Reply_To="<twee@korenbeurs.example>")
    send()
    mail = last(server)
    assert mail["In-Reply-To"] == "<twee@korenbeurs.example>"
    assert mail["References"] == "<een@korenbeurs.example> <twee@korenbeurs.example>"


def test_an_answer_to_our_reply_is_added_to_the_report_where_it_comes_from_who_made_it(server: Server) -> None:
    receipt = receive("een", name="een")
    reply(receipt)
    send()
    ours = f"<x@y.example> {last(server)['Message-ID']}"
    receive("Hier is het.", References=ours)
    other = receive("Iets van een ander.", sender="ander@elders.example", References=ours)
    assert [one.splitlines()[-1] for one in additions(receipt)] == ["Hier is het."]
    assert (reports(), _refers_to(other)) == (2, receipt.report)


def test_who_was_written_to_at_an_address_that_another_typed_does_not_answer_into_the_report(server: Server) -> None:
    receipt = by_form(name="Dief", email="noor@korenbeurs.example")
    reply(receipt)
    send()
    other = receive("Dit meldde ik niet; wat wel speelt is dit.", In_Reply_To=str(last(server)["Message-ID"]))
    assert (additions(receipt), _refers_to(other)) == ([], receipt.report)


def test_who_reported_by_form_is_written_to_in_a_thread_of_our_own(server: Server) -> None:
    receipt = by_form(name="Noor", email="noor@korenbeurs.example")
    reply(receipt)
    send()
    first = last(server)
    assert first["In-Reply-To"] is None
    reply(receipt, form("Nog iets.", purpose=Purpose.ADVISE, kind=DataKind.ADVICE))
    send()
    assert last(server)["In-Reply-To"] == first["Message-ID"]
    assert last(server)["References"] == first["Message-ID"]


@pytest.mark.parametrize(
    "headers", [{"List-Id": "<isac.example>"}, {"Auto-Submitted": "auto-generated"}, {"Return-Path": "<>"}]
)
def test_no_list_robot_or_bounce_is_written_to(server: Server, headers: dict[str, str]) -> None:
    told = reply(receive("Kluis open.", **headers))
    assert told.state is State.DELIVERED
    assert (list(ways(told)), send()) == ([Channel.PUBLIC_SITE], 0)


def test_who_left_no_address_gets_no_mail(server: Server) -> None:
    told = reply(by_form(name="Noor"))
    assert (list(ways(told)), send()) == ([Channel.PUBLIC_SITE], 0)


def test_an_organisation_that_logged_in_is_told_in_the_portal_and_its_contacts_by_mail(server: Server) -> None:
    country = found_country()
    receipt = actions.receive_report(cast.member_of(country.water), form=cast.early_warning())
    told = reply(receipt)
    assert ways(told).keys() >= {Channel.PORTAL, Channel.NOTICE}


def test_nobody_is_written_to_about_a_feed_or_what_is_set_aside(server: Server) -> None:
    spam = receive("Win!", **{"X-Spam-Flag": "YES"})
    with pytest.raises(NobodyToWriteTo):
        reply(spam)


def test_a_reply_with_what_no_ground_covers_is_refused_and_nothing_goes(server: Server) -> None:
    told = reply(receive("a"), form(kind=DataKind.SPECIAL_PERSONAL_DATA))
    assert told.state is State.REFUSED
    assert send() == 0


def test_wider_than_it_starts_asks_a_reason(server: Server) -> None:
    preview = queries.preview_reply(cast.analyst(), report=receive("a").report, form=form(tlp=TLP.CLEAR))
    assert preview.widened


@pytest.mark.parametrize(("status", "trouble"), [("5.1.1", Trouble.BOUNCED), ("4.2.2", Trouble.DELAYED)])
def test_a_reply_that_comes_back_finds_its_delivery(server: Server, status: str, trouble: Trouble) -> None:
    told = reply(receive("a"))
    send()
    found = disclosure_actions.record_bounce(JOB, raw=bounce_of(server, status))
    assert found is not None
    assert (found.disclosure, found.is_permanent) == (told.id, status[0] == "5")
    (alarm,) = disclosure_queries.list_alarms(duty_officer())
    assert (alarm.trouble, alarm.channel) == (trouble, Channel.REPORTER_MAIL)
    assert "korenbeurs" not in alarm.reply


def test_a_server_that_is_away_gets_the_same_mail_later(server: Server, settings: Settings) -> None:
    reply(receive("a"))
    working, settings.MAIL = settings.MAIL, settings_for("smtp://127.0.0.1:1")
    assert send() == 0
    settings.MAIL = working
    assert send() == 0
    make_due()
    assert send() == 1
    assert len(server.mails) == 1


def test_what_is_withdrawn_before_it_went_does_not_go(server: Server) -> None:
    analyst = cast.analyst()
    told = reply(receive("a"), by=analyst)
    disclosure_actions.withdraw_disclosure(analyst, disclosure=told.id, reason="Vergissing.")
    assert (send(), server.mails) == (0, [])


def test_an_answer_of_a_contact_to_a_letter_about_anothers_report_is_a_report_of_its_own(server: Server) -> None:
    """Whoever reported reads what is added: what a body answers about it is not for them."""
    country = found_country()
    receipt = receive("a", name="een")
    origin = queries.get_report(cast.analyst(), report=receipt.report).origin
    told = tell(country, origins=(origin,))
    name = _message_id(told)
    other = receive("Wij herkennen dit.", sender=ADDRESS, In_Reply_To=name)
    assert (additions(receipt), reports()) == ([], 2)
    assert _refers_to(other) == receipt.report


def test_an_answer_of_a_contact_to_a_letter_about_its_own_report_is_added_to_it(server: Server) -> None:
    country = found_country()
    receipt = actions.receive_report(cast.member_of(country.water), form=cast.early_warning())
    name = _message_id(reply(receipt))
    again = receive("Hier is het.", sender=ADDRESS, In_Reply_To=name)
    assert (again.report, reports()) == (receipt.report, 1)
    other = receive("Gelokt.", sender="ander@elders.example", In_Reply_To=name)
    assert _refers_to(other) == receipt.report


def test_the_acknowledgement_and_the_reply_are_one_thread(server: Server) -> None:
    receipt = receive("a", name="een")
    send_answers()
    reply(receipt)
    send()
    assert [email.message_from_bytes(one.original_content or b"")["In-Reply-To"] for one in server.mails] == [
        "<een@korenbeurs.example>"
    ] * 2


def _message_id(told: Disclosure) -> str:
    with bound(JOB), connection.cursor() as cursor:
        cursor.execute("SELECT message_id FROM disclosure_envelope WHERE disclosure_id = %s", [told.id])
        ((name,),) = cursor.fetchall()
    return str(name)


def _refers_to(receipt: Receipt) -> ReportId | None:
    with bound(JOB), connection.cursor() as cursor:
        cursor.execute("SELECT refers_to_id FROM intake_mail WHERE report_id = %s", [receipt.report])
        ((report,),) = cursor.fetchall()
    return report
