"""What nobody saw to becomes an alarm, once; it is mailed without a word of a report, and clears when it is mended."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.disclosure.cast import analyst, duty_officer
from tests.disclosure.servers import Server, running, settings_for
from tests.intake.test_answering import bounce_of, send_answers
from tests.intake.test_threads import receive

from meldpunt.access.binding import bound
from meldpunt.access.errors import AccessRefused
from meldpunt.access.values import JOB
from meldpunt.alarms import actions, queries
from meldpunt.alarms.rules import silences
from meldpunt.alarms.values import SILENT_AFTER, AlarmKind, Process, Standing
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.entrypoints.jobs.watching import watch
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.mail_values import MailboxLook, MailboxTrouble
from meldpunt.intake.values import Receipt
from meldpunt.triage import actions as triage_actions

pytestmark = pytest.mark.django_db

DUTY = "dienst@meldpunt.example"


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with running() as found:
        settings.MAIL = settings_for(found.url)
        settings.ALARM_ADDRESS = DUTY
        settings.QUEUE_HOURS = 4
        yield found


def kinds() -> list[AlarmKind]:
    return [one.kind for one in queries.list_alarms(duty_officer())]


def go_by(table: str, column: str, length: timedelta) -> None:
    """What this table says happened, happened so much longer ago; only what no trigger or grant holds."""
    with bound(JOB), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {column} - %s", [length])


def received_long_ago(settings: Settings, **headers: str) -> Receipt:
    """A report that is older than the house lets it lie: here that is no time at all."""
    settings.QUEUE_HOURS = 0
    return receive("Kraaiennest.", **headers)


def alarm_mails(server: Server) -> list[str]:
    mails = [one for one in server.mails if one.rcpt_tos == [DUTY]]
    return [str(email.message_from_bytes(one.original_content or b"", policy=email.policy.default)) for one in mails]


def test_a_report_that_nobody_looks_at_is_an_alarm_until_somebody_takes_it(server: Server, settings: Settings) -> None:
    assert watch() == 0
    receipt = received_long_ago(settings)
    assert [watch() for _ in range(3)] == [1, 0, 0]
    assert kinds() == [AlarmKind.QUEUE_UNREAD]
    triage_actions.take_report(analyst(), report=receipt.report)
    watch()
    assert kinds() == []


def test_a_report_of_a_moment_ago_is_none(server: Server) -> None:
    receive("a")
    assert (watch(), kinds()) == (0, [])


def test_what_could_not_be_read_and_lies_there_is_an_alarm(server: Server, settings: Settings) -> None:
    settings.QUEUE_HOURS = 0
    intake_actions.receive_mail(JOB, raw=b"")
    watch()
    assert kinds() == [AlarmKind.KEPT_UNREAD]


def test_a_mailbox_that_cannot_be_read_is_an_alarm_until_it_can(server: Server) -> None:
    look = MailboxLook(3, None, None, MailboxTrouble.UNREACHABLE)
    intake_actions.note_mailbox(JOB, name="meld@post.example", look=look)
    watch()
    assert kinds() == [AlarmKind.MAILBOX]
    intake_actions.note_mailbox(JOB, name="meld@post.example", look=MailboxLook(0, 7, {}, None))
    watch()
    assert kinds() == []


def test_an_acknowledgement_that_was_refused_is_an_alarm_until_somebody_saw_to_it(server: Server) -> None:
    receive("a")
    server.to_recipient = "550 5.1.1 unknown"
    send_answers()
    server.to_recipient = ""
    watch()
    assert kinds() == [AlarmKind.ANSWERS_REFUSED]
    (alarm,) = disclosure_queries.list_alarms(duty_officer())
    disclosure_actions.settle_alarm(duty_officer(), envelope=alarm.envelope, note="Gebeld.")
    watch()
    assert kinds() == []


def test_an_acknowledgement_that_came_back_is_an_alarm(server: Server) -> None:
    receive("a")
    send_answers()
    disclosure_actions.record_bounce(JOB, raw=bounce_of(server, "5.1.1"))
    watch()
    assert kinds() == [AlarmKind.ANSWERS_REFUSED]


def test_more_mail_than_is_answered_in_an_hour_is_an_alarm_that_says_how_much(
    server: Server, settings: Settings
) -> None:
    settings.MOST_ANSWERS_AN_HOUR = 2
    for number in range(5):
        receive("a", sender=f"een{number}@elders.example")
    watch()
    (alarm,) = queries.list_alarms(duty_officer())
    assert (alarm.kind, alarm.count) == (AlarmKind.ANSWERS_HELD_BACK, 3)


def test_mail_that_does_not_get_out_is_an_alarm_until_it_does(server: Server, settings: Settings) -> None:
    receive("a")
    working, settings.MAIL = settings.MAIL, settings_for("smtp://127.0.0.1:1")
    for _ in range(4):
        send_answers()
        with bound(JOB), connection.cursor() as cursor:
            cursor.execute("UPDATE disclosure_envelope SET next_attempt_at = now() - interval '1 second'")
    watch()
    assert kinds() == [AlarmKind.DELIVERIES_STUCK]
    settings.MAIL = working
    send_answers()
    watch()
    assert kinds() == []


def test_a_process_that_fell_silent_is_an_alarm_to_who_looks_though_nobody_raised_it() -> None:
    watch(Process.WORKER)
    watch(Process.LISTENER)
    assert kinds() == []
    go_by("alarms_heartbeat", "beat_at", SILENT_AFTER + timedelta(seconds=1))
    assert set(kinds()) == {AlarmKind.LISTENER_SILENT, AlarmKind.WORKER_SILENT}


def test_who_still_beats_tells_by_mail_that_the_other_fell_silent(server: Server) -> None:
    watch(Process.WORKER)
    go_by("alarms_heartbeat", "beat_at", SILENT_AFTER + timedelta(seconds=1))
    watch(Process.LISTENER)
    (mail,) = alarm_mails(server)
    assert "the background jobs stand still" in mail
    watch(Process.WORKER)
    assert kinds() == []


def test_who_was_told_to_stop_did_not_fall_silent() -> None:
    actions.beat(JOB, process=Process.LISTENER)
    go_by("alarms_heartbeat", "beat_at", SILENT_AFTER + timedelta(seconds=1))
    actions.stop_beating(JOB, process=Process.LISTENER)
    assert kinds() == []


def test_silence_begins_after_five_minutes_and_not_before() -> None:
    now = timezone.now()
    assert list(silences({Process.WORKER: now - SILENT_AFTER}, now=now)) == []
    late = now - SILENT_AFTER - timedelta(microseconds=1)
    assert list(silences({Process.WORKER: late}, now=now)) == [Standing(AlarmKind.WORKER_SILENT, late)]


def test_each_alarm_is_mailed_once_and_says_nothing_of_any_report(server: Server, settings: Settings) -> None:
    receipt = received_long_ago(settings, Subject="Kluis open", name="een")
    for _ in range(3):
        watch(Process.WORKER)
    (mail,) = alarm_mails(server)
    assert "Nobody looked at a report in the queue" in mail
    for word in (receipt.reference, receipt.code, "kraaiennest", "kluis", "korenbeurs", "noor"):
        assert word.lower() not in server.seen.decode().lower()


def test_what_stands_again_after_it_was_mended_is_another_alarm(server: Server, settings: Settings) -> None:
    first = received_long_ago(settings)
    watch()
    triage_actions.take_report(analyst(), report=first.report)
    watch()
    received_long_ago(settings, name="twee")
    watch()
    assert len(alarm_mails(server)) == 2


def test_a_server_that_is_away_gets_the_mail_of_an_alarm_later_and_once(server: Server, settings: Settings) -> None:
    received_long_ago(settings)
    working, settings.MAIL = settings.MAIL, settings_for("smtp://127.0.0.1:1")
    watch()
    settings.MAIL = working
    watch()
    assert alarm_mails(server) == []
    go_by("alarms_alarm", "next_attempt_at", timedelta(minutes=6))
    watch()
    watch()
    assert len(alarm_mails(server)) == 1


def test_without_an_address_nothing_is_mailed_and_the_desk_sees_it_all_the_same(
    server: Server, settings: Settings
) -> None:
    settings.ALARM_ADDRESS = ""
    received_long_ago(settings)
    watch()
    assert (kinds(), server.mails) == ([AlarmKind.QUEUE_UNREAD], [])


def test_only_duty_officers_read_them() -> None:
    with pytest.raises(AccessRefused):
        queries.list_alarms(analyst())
