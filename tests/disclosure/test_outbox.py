"""What may become of a mail on its way, asked of PostgreSQL itself: as the desk, and as a job that delivers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection
from pytest_django.fixtures import Settings
from tests.disclosure.cast import Country, analyst, found_country
from tests.disclosure.posts import tell, with_key
from tests.disclosure.servers import Server, running, settings_for

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Actor
from meldpunt.disclosure import actions, queries
from meldpunt.disclosure.values import Disclosure

pytestmark = pytest.mark.django_db

SETTLED = "settled_by = access_actor(), settled_at = now(), settlement = 'gebeld'"


@pytest.fixture
def country() -> Country:
    return found_country()


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with running() as found:
        settings.MAIL = settings_for(found.url)
        yield found


@pytest.fixture
def noticed(country: Country, server: Server) -> Disclosure:
    """Told to a contact without a key: a notice waits, and an alarm with it."""
    return tell(country)


def run(actor: Actor, statement: str, *given: object) -> int:
    with bound(actor), connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)


@pytest.mark.parametrize("state", ["sent", "failed", "bounced", "withdrawn"])
def test_who_settles_an_alarm_does_not_say_how_far_the_mail_came(noticed: Disclosure, state: str) -> None:
    with pytest.raises(DatabaseError, match="not for the desk to say"):
        run(analyst(), f"UPDATE disclosure_envelope SET state = '{state}', {SETTLED}")


def test_who_settles_an_alarm_takes_back_no_mail_that_was_not_withdrawn(noticed: Disclosure) -> None:
    with pytest.raises(DatabaseError, match="not for the desk to say"):
        run(analyst(), "UPDATE disclosure_envelope SET state = 'withdrawn'")


def test_who_withdraws_settles_no_alarm_in_another_name(noticed: Disclosure) -> None:
    officer, colleague = analyst(), analyst()
    take_back = "UPDATE disclosure_disclosure SET state = 'withdrawn', withdrawn_by = access_actor()"
    settle = (
        "UPDATE disclosure_envelope SET state = 'withdrawn', settled_by = %s, settled_at = now(), settlement = 'gebeld'"
    )
    run(officer, take_back)
    with pytest.raises(DatabaseError, match="not for the desk to say"):
        run(officer, settle, colleague.id)


def test_an_alarm_is_settled_in_ones_own_name_and_once(noticed: Disclosure) -> None:
    assert run(analyst(), f"UPDATE disclosure_envelope SET {SETTLED}") == 1
    assert run(analyst(), f"UPDATE disclosure_envelope SET {SETTLED}") == 0


def test_withdrawing_still_takes_back_what_waits(noticed: Disclosure) -> None:
    actions.withdraw_disclosure(analyst(), disclosure=noticed.id, reason="vals alarm")
    with bound(JOB), connection.cursor() as cursor:
        cursor.execute("SELECT state FROM disclosure_envelope")
        assert cursor.fetchall() == [("withdrawn",)]


def test_settling_still_goes_by_the_page(noticed: Disclosure) -> None:
    (alarm,) = queries.list_alarms(analyst())
    actions.settle_alarm(analyst(), envelope=alarm.envelope, note="gebeld")
    assert queries.count_alarms(analyst()) == 0


@pytest.mark.parametrize("actor", [JOB, analyst()])
def test_nobody_adds_mail_to_what_was_sealed(country: Country, server: Server, actor: Actor) -> None:
    with_key(country)
    tell(country)
    add = """
        INSERT INTO disclosure_envelope (id, delivery_id, disclosure_id, organisation, contact, state, attempts,
            next_attempt_at, message_id, return_code, closed_with, reply, trouble, settlement)
        SELECT gen_random_uuid(), delivery_id, disclosure_id, organisation, gen_random_uuid(), 'waiting', 0,
            now(), '<another@one>', 'another', '', '', '', '' FROM disclosure_envelope
    """
    with pytest.raises(DatabaseError, match=r"before it is sealed|row-level security"):
        run(actor, add)
