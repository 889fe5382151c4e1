"""What each database role sees of each table of the door, asked of PostgreSQL itself."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Actor, Door, Role
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Attachment, Unshown
from meldpunt.law import DataKind

from . import cast

pytestmark = pytest.mark.django_db

TABLES = ("disclosure", "proposal", "version", "attachment", "reader", "origin", "addressee", "delivery")

SEEN = {
    "analyst": (1, 1, 1, 1, 1, 1, 1, 1),
    "statistician": (0, 0, 0, 0, 0, 0, 0, 0),
    "administrator": (0, 0, 0, 0, 0, 0, 0, 0),
    "reader": (1, None, 1, 1, 1, 0, 0, 1),
    "reporter": (1, None, 0, 0, 0, 1, 1, 0),
    "reporter with the receipt": (1, None, 0, 0, 0, 1, 1, 0),
    "another constituent": (0, None, 0, 0, 0, 0, 0, 0),
    "another party": (0, None, 0, 0, 0, 0, 0, 0),
    "sensor": (0, None, 0, 0, 0, None, None, 0),
    "stranger": (0, None, 0, 0, 0, 0, 0, 0),
    "job": (1, 0, 0, 0, 0, 0, 0, 0),
}
"""Rows of one disclosure to an intelligence service, per table; None: the role has no grant at all."""


def cast_of(country: cast.Country) -> dict[str, Actor]:
    return {
        "analyst": cast.analyst(),
        "statistician": cast.actor_of(Role.STATISTICIAN, Door.DESK),
        "administrator": cast.actor_of(Role.ADMINISTRATOR, Door.DESK),
        "reader": cast.official(country.intelligence),
        "reporter": cast.constituent(country.water),
        "reporter with the receipt": cast.stranger(cast.RECEIPT),
        "another constituent": cast.constituent(country.energy),
        "another party": cast.official(country.police),
        "sensor": cast.sensor(country.energy),
        "stranger": cast.stranger(),
        "job": JOB,
    }


def count_rows(table: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT has_any_column_privilege('disclosure_{table}', 'SELECT')")
        if not cursor.fetchone()[0]:
            return None
        column = "disclosure_id" if table == "proposal" else "id"
        cursor.execute(f"SELECT count({column}) FROM disclosure_{table}")
        return int(cursor.fetchone()[0])


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


@pytest.fixture
def told(country: cast.Country) -> Actor:
    """One disclosure with an attachment, by the analyst who is returned."""
    analyst = cast.analyst()
    draft = cast.draft_for(
        cast.to(country.intelligence),
        conditions=cast.for_intelligence(country).conditions,
        origins=(cast.origin_at(country.water),),
        attachments=(Attachment("ioc.txt", "text/plain", b"198.51.100.7", DataKind.INDICATORS),),
    )
    disclosure_actions.disclose(analyst, draft=draft, reason="taak van de dienst", seen=Unshown.IN_A_PROGRAM)
    return analyst


def test_each_of_the_cast_sees_its_own_rows_and_no_others(country: cast.Country, told: Actor) -> None:
    seen = {}
    for name, actor in cast_of(country).items():
        with bound(actor):
            seen[name] = tuple(count_rows(table) for table in TABLES)
    assert seen == SEEN


def test_nobody_bound_sees_nothing(told: Actor) -> None:
    for door in Door:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', %s, true)", [f"meldpunt_{door}"])
        assert {count_rows(table) for table in TABLES} <= {0, None}
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', 'none', true)")


@pytest.mark.parametrize("column", ["proposed_by", "decided_by", "decision_reason", "verdict"])
def test_reader_cannot_ask_who_decided_or_what_the_verdict_said(
    country: cast.Country, told: Actor, column: str
) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), bound(cast.official(country.intelligence)):
        connection.cursor().execute(f"SELECT {column} FROM disclosure_disclosure")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE disclosure_version SET title = 'anders'",
        "UPDATE disclosure_proposal SET title = 'anders'",
        "UPDATE disclosure_attachment SET name = 'anders'",
        "UPDATE disclosure_reader SET organisation = gen_random_uuid()",
        "UPDATE disclosure_origin SET report = gen_random_uuid()",
        "UPDATE disclosure_disclosure SET proposed_by = gen_random_uuid()",
        "UPDATE disclosure_disclosure SET tlp = 'TLP:CLEAR'",
        *(f"DELETE FROM disclosure_{table}" for table in TABLES),
        *(f"TRUNCATE disclosure_{table} CASCADE" for table in TABLES),
    ],
)
def test_what_was_disclosed_cannot_be_changed_by_the_desk(told: Actor, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), bound(told):
        connection.cursor().execute(statement)


def test_desk_adds_no_reader_to_a_sealed_version(country: cast.Country, told: Actor) -> None:
    add = """
        INSERT INTO disclosure_reader (id, disclosure_id, position, kind, is_origin, recipient, organisation)
        SELECT gen_random_uuid(), id, 9, 'organisation', false, 'police', %s FROM disclosure_disclosure
    """
    with pytest.raises(DatabaseError, match="row-level security"), bound(told):
        connection.cursor().execute(add, [country.police])


def test_delivered_verdict_stays_as_it_was(told: Actor) -> None:
    change = "UPDATE disclosure_disclosure SET state = 'withdrawn', withdrawn_by = %s, verdict = '{}'"
    with pytest.raises(DatabaseError, match="stays decided"), bound(told):
        connection.cursor().execute(change, [told.id])


def test_withdrawal_stands_in_the_name_of_who_does_it(country: cast.Country, told: Actor) -> None:
    change = "UPDATE disclosure_disclosure SET state = 'withdrawn', withdrawn_by = %s"
    with pytest.raises(DatabaseError, match="in the name of"), bound(told):
        connection.cursor().execute(change, [cast.analyst().id])


def test_reader_cannot_undo_that_it_read(country: cast.Country, told: Actor) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), bound(cast.official(country.intelligence)):
        connection.cursor().execute("UPDATE disclosure_delivery SET state = 'sent'")


def test_job_that_counts_figures_reads_no_title(told: Actor) -> None:
    with bound(JOB):
        assert (count_rows("disclosure"), count_rows("proposal"), count_rows("version")) == (1, 0, 0)
