"""Time goes by, and whoever reported is reminded once for each moment, whenever the worker is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.disclosure.cast import found_country
from tests.disclosure.servers import Server, running, settings_for
from tests.intake import cast
from tests.jobs.test_mail import ONE_ROLE, environment_of, ids
from tests.jobs.test_worker import wait_until

from meldpunt.access.values import JOB, STRANGER
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import ItemKind
from meldpunt.entrypoints.postgres import launcher
from meldpunt.intake import actions, queries
from meldpunt.intake.actions.reminding import MOST_A_DAY
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import Receipt, ReporterDetails, ReportForm, ReportKind, Stage
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.values import Decision

REMIND = (
    "import django; django.setup(); "
    "from meldpunt.entrypoints.jobs.schedule import remind_of_deadlines as remind; print(remind(0))"
)
WRITE = (
    "import django; django.setup(); "
    "from meldpunt.entrypoints.jobs.schedule import write_to_reporters as write; print(write(0))"
)
ADDRESS = "lotte@tuinders.example"


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with running() as found:
        settings.MAIL = settings_for(found.url)
        yield found


def reported(**more: str) -> Receipt:
    """A report with a duty, by somebody without an account who left an address."""
    form = ReportForm(
        title="Kassen",
        text="De klimaatbesturing ligt stil.",
        kind=ReportKind.STATUTORY,
        entity_kind="essential",
        aware_at=timezone.now(),
        reporter=ReporterDetails(name="Lotte", email=ADDRESS),
        **more,
    )
    return actions.receive_report(STRANGER, form=form)


def go_by(postgres: launcher.Server, database: str, **length: float) -> None:
    """Everything that was told was told so much longer ago."""
    with psycopg.connect(postgres.dsn(launcher.SUPERUSER, database)) as superuser:
        for column in ("aware_at", "received_at"):
            superuser.execute(f"UPDATE intake_report SET {column} = {column} - %s".encode(), [timedelta(**length)])
        superuser.execute("UPDATE intake_submittedstage SET submitted_at = submitted_at - %s", [timedelta(**length)])
        superuser.execute("UPDATE intake_reminder SET deadline = deadline - %s", [timedelta(**length)])


def titles(receipt: Receipt) -> list[str]:
    """The reminders that the holder of the receipt reads, the oldest first."""
    told = disclosure_queries.list_delivered(reporter_with(receipt.code), item=ItemKind.REMINDER)
    return [one.title.partition(" / ")[0] for one in reversed(told)]


def test_before_and_after_each_deadline_once(own_database: str, postgres_server: launcher.Server) -> None:
    receipt = reported()
    assert actions.remind_of_deadlines(JOB) == 0
    go_by(postgres_server, own_database, hours=21)
    assert [actions.remind_of_deadlines(JOB) for _ in range(3)] == [1, 0, 0]
    assert titles(receipt) == ["Termijn nadert"]
    go_by(postgres_server, own_database, hours=4)
    assert [actions.remind_of_deadlines(JOB) for _ in range(3)] == [1, 0, 0]
    assert titles(receipt) == ["Termijn nadert", "Termijn verlopen"]
    go_by(postgres_server, own_database, hours=45)
    # Of the notification: the last moment that came, and not each of those that were missed.
    assert [actions.remind_of_deadlines(JOB) for _ in range(2)] == [1, 0]
    go_by(postgres_server, own_database, hours=3)
    assert [actions.remind_of_deadlines(JOB) for _ in range(2)] == [1, 0]
    assert titles(receipt) == ["Termijn nadert", "Termijn verlopen"] * 2


def test_the_reminder_says_the_instant_with_its_zone_and_the_article(
    own_database: str, postgres_server: launcher.Server
) -> None:
    receipt = reported()
    go_by(postgres_server, own_database, hours=21)
    actions.remind_of_deadlines(JOB)
    (told,) = disclosure_queries.list_delivered(reporter_with(receipt.code), item=ItemKind.REMINDER)
    clock = next(one for one in queries.clocks_of(reporter_with(receipt.code), report=receipt.report) if one.deadline)
    assert clock.deadline is not None
    local = timezone.localtime(clock.deadline)
    assert f"{local:%d-%m-%Y %H:%M:%S} {local.tzname()} at the latest (NIS2 art. 23(4)(a))" in told.parts[0].text


def test_the_reminder_says_that_a_reply_by_mail_submits_nothing(
    own_database: str, postgres_server: launcher.Server
) -> None:
    receipt = reported()
    for hours in (21, 6):
        go_by(postgres_server, own_database, hours=hours)
        actions.remind_of_deadlines(JOB)
    told = disclosure_queries.list_delivered(reporter_with(receipt.code), item=ItemKind.REMINDER)
    assert len(told) == 2
    for one in told:
        assert "een antwoord per mail komt bij uw melding, maar dient haar niet in" in one.parts[0].text
        assert "a reply by mail is added to your report, but does not submit it" in one.parts[0].text


def test_not_after_the_stage_came_in(own_database: str, postgres_server: launcher.Server) -> None:
    receipt = reported()
    actions.submit_stage(
        reporter_with(receipt.code), report=receipt.report, stage=Stage.EARLY_WARNING, text="Wij zijn gewaarschuwd."
    )
    go_by(postgres_server, own_database, hours=30)
    assert actions.remind_of_deadlines(JOB) == 0


def test_not_for_what_fell_away(own_database: str, postgres_server: launcher.Server) -> None:
    declined = reported()
    triage_actions.decide_report(
        cast.analyst(), report=declined.report, decision=Decision.DECLINE, reason="Geen incident."
    )
    go_by(postgres_server, own_database, hours=30)
    assert actions.remind_of_deadlines(JOB) == 0


def test_an_organisation_reads_it_in_the_portal_and_its_contacts_get_a_mail(
    own_database: str, postgres_server: launcher.Server, server: Server
) -> None:
    country = found_country()
    form = ReportForm(title="Pompen", text="Stil.", kind=ReportKind.STATUTORY, aware_at=timezone.now())
    actions.receive_report(cast.member_of(country.water), form=form)
    go_by(postgres_server, own_database, hours=30)
    assert actions.remind_of_deadlines(JOB) == 1
    told = disclosure_queries.list_delivered(cast.member_of(country.water), item=ItemKind.REMINDER)
    assert len(told) == 1
    envelope = disclosure_actions.claim_envelope(JOB)
    assert envelope is not None
    assert disclosure_actions.send_envelope(JOB, envelope=envelope)
    assert "Pompen" not in server.seen.decode()


def test_desk_and_reporter_see_the_same_clock(own_database: str, postgres_server: launcher.Server) -> None:
    receipt = reported()
    go_by(postgres_server, own_database, hours=25)
    actions.remind_of_deadlines(JOB)
    found = queries.list_deadlines(cast.analyst(), within=timedelta(hours=48))
    assert [line.clock.id for line in found.lines] == ["nis2-early", "nis2-notify"]
    assert [len(line.reminded) for line in found.lines] == [1, 0]
    theirs = {one.id: one for one in queries.clocks_of(reporter_with(receipt.code), report=receipt.report)}
    assert [theirs[line.clock.id] for line in found.lines] == [line.clock for line in found.lines]


def test_who_sends_the_last_report_first_still_owes_what_comes_before_it(
    own_database: str, postgres_server: launcher.Server
) -> None:
    receipt = reported()
    go_by(postgres_server, own_database, hours=30)
    actions.submit_stage(reporter_with(receipt.code), report=receipt.report, stage=Stage.FINAL, text="Klaar.")
    found = queries.list_deadlines(cast.analyst(), within=timedelta(hours=48))
    assert [line.clock.id for line in found.lines] == ["nis2-early", "nis2-notify"]
    assert actions.remind_of_deadlines(JOB) == 1


def test_an_address_that_was_typed_gets_no_more_than_so_many_in_a_day(
    own_database: str, postgres_server: launcher.Server, server: Server
) -> None:
    receipts = [reported() for _ in range(MOST_A_DAY + 2)]
    go_by(postgres_server, own_database, hours=30)
    assert actions.remind_of_deadlines(JOB) == len(receipts)
    assert all(titles(one) == ["Termijn verlopen"] for one in receipts)
    letters = 0
    while disclosure_actions.claim_letter(JOB) is not None:
        letters += 1
    assert letters == MOST_A_DAY


@ONE_ROLE
def test_who_is_killed_between_deciding_and_sending_reminds_once(
    environment: dict[str, str], own_database: str, postgres_server: launcher.Server, server: Server
) -> None:
    receipt = reported()
    go_by(postgres_server, own_database, hours=30)
    dying = f"{REMIND}; import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    killed = run(dying, environment, server)
    assert (killed.returncode, server.mails) == (-9, [])
    assert run(REMIND, environment, server).stdout.strip() == "0"
    assert [run(WRITE, environment, server).stdout.strip() for _ in range(2)] == ["1", "0"]
    assert [one.rcpt_tos for one in server.mails] == [[ADDRESS]]
    assert titles(receipt) == ["Termijn verlopen"]


@ONE_ROLE
def test_who_is_killed_before_the_decision_stands_reminds_all_the_same_and_once(
    environment: dict[str, str], own_database: str, postgres_server: launcher.Server, server: Server
) -> None:
    """The ledger is held shut, so that everything is written and nothing is committed."""
    receipt = reported()
    go_by(postgres_server, own_database, hours=30)
    with psycopg.connect(postgres_server.dsn("meldpunt_owner", own_database)) as owner:
        owner.execute("LOCK TABLE ledger_entry IN ACCESS EXCLUSIVE MODE")
        held = subprocess.Popen(
            [sys.executable, "-c", REMIND], env=environment_of(environment, server), stdout=subprocess.PIPE
        )
        wait_until(lambda: waits_for_the_ledger(postgres_server, own_database))
        held.kill()
        held.communicate(timeout=60)
    assert titles(receipt) == []
    assert [run(REMIND, environment, server).stdout.strip() for _ in range(2)] == ["1", "0"]
    assert run(WRITE, environment, server).stdout.strip() == "1"
    assert titles(receipt) == ["Termijn verlopen"]


@ONE_ROLE
def test_who_is_killed_while_the_server_answers_sends_the_same_mail_once_more(
    environment: dict[str, str], own_database: str, postgres_server: launcher.Server, server: Server
) -> None:
    reported()
    go_by(postgres_server, own_database, hours=30)
    run(REMIND, environment, server)
    sender = subprocess.Popen(
        [sys.executable, "-c", WRITE], env=environment_of(environment, server), stdout=subprocess.PIPE
    )
    server.after_data = lambda: os.kill(sender.pid, 9)
    sender.communicate(timeout=60)
    server.after_data = None
    with psycopg.connect(postgres_server.dsn("meldpunt_jobs", own_database)) as jobs:
        jobs.execute("SELECT set_config('meldpunt.permissions', 'disclosure.deliver', true)")
        jobs.execute("UPDATE disclosure_envelope SET next_attempt_at = now() WHERE state = 'waiting'")
    assert run(WRITE, environment, server).stdout.strip() == "1"
    assert (len(server.mails), len(set(ids(server)))) == (2, 1)


def run(program: str, environment: dict[str, str], server: Server) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        env=environment_of(environment, server),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def waits_for_the_ledger(postgres: launcher.Server, database: str) -> bool:
    with psycopg.connect(postgres.dsn("meldpunt_owner", database)) as owner:
        asked = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'ledger_entry'::regclass"
        (waiting,) = owner.execute(asked).fetchone() or (0,)
    return int(waiting) > 0
