"""Straight SQL, as each of the cast and as each door's role: the database itself keeps rows apart."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from tests.cast.members import MEMBERS, actor_of
from tests.cast.played import Played
from tests.cast.rows import HOW_MANY, INSIDE, OF_NOBODY, PUBLISHED, ROWS

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Permission

OF_LIBRARIES = ("auth_", "django_migrations", "django_content_type", "procrastinate_", "account_emailconfirmation")
_NEWS = """
SELECT l.report_id, l.news_at FROM triage_line AS l WHERE l.news_at <> greatest(l.received_at,
    (SELECT max(submitted_at) FROM intake_submittedstage AS s WHERE s.report_id = l.report_id),
    (SELECT max(at) FROM triage_decision AS d WHERE d.report_id = l.report_id),
    (SELECT max(given_at) FROM triage_view AS v JOIN triage_consultation AS c ON c.id = v.consultation_id
        WHERE c.report_id = l.report_id))
"""
_READABLE = "SELECT has_any_column_privilege(%s, 'SELECT')"


def _tables(played: Played) -> list[str]:
    names = played.column("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [name for name in names if not name.startswith(OF_LIBRARIES)]


def _counted(name: str, played: Played) -> dict[str, int]:
    """How many rows of each table there are for this member; tables of which there are none are left out."""
    found = {}
    with bound(JOB if name == "job" else actor_of(name, played)), connection.cursor() as cursor:
        for table in _tables(played):
            cursor.execute(_READABLE, [table])
            if cursor.fetchone()[0]:
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                found[table] = int(cursor.fetchone()[0])
    return {table: count for table, count in found.items() if count}


def _read_as(role: str, played: Played, pretended: dict[str, str]) -> Iterator[str]:
    """Tables of which somebody who holds a door's password reads rows, pretending to be whoever they like."""
    with psycopg.connect(played.server.dsn(role, played.database)) as door:
        for setting, value in pretended.items():
            door.execute("SELECT set_config(%s, %s, false)", (f"meldpunt.{setting}", value))
        for table in _tables(played):
            readable = door.execute(_READABLE, (table,)).fetchone()
            if readable and readable[0]:
                rows = door.execute(f'SELECT count(*) FROM "{table}"').fetchone()
                if rows and rows[0]:
                    yield table


def _whoever(played: Played) -> dict[str, str]:
    """The actor, organisation and permissions of a colleague who may everything; no receipt and no key."""
    return {
        "actor": played.actors["duty-officer"],
        "organisation": played.organisations["water"],
        "permissions": " ".join(Permission),
        "login": "marit.hoogeveld@meldpunt.example",
    }


@pytest.mark.parametrize("name", [*MEMBERS, "job"])
def test_each_of_the_cast_reads_rows_of_these_tables_and_no_others(name: str, played: Played) -> None:
    counted = _counted(name, played)
    assert set(counted) == {table for table, readers in ROWS.items() if name in readers}
    exactly = {table: count for (table, who), count in HOW_MANY.items() if who == name}
    assert {table: counted[table] for table in exactly} == exactly


def test_every_table_says_who_reads_it(played: Played) -> None:
    assert set(_tables(played)) == ROWS.keys() | OF_NOBODY.keys()


@pytest.mark.parametrize("role", ["meldpunt_public", "meldpunt_portal", "meldpunt_sensor"])
def test_a_door_outside_reads_no_table_of_the_desk_whoever_it_pretends_to_be(role: str, played: Played) -> None:
    assert set(_read_as(role, played, _whoever(played))) & INSIDE == set()


def test_the_public_door_alone_reads_what_was_published_whoever_it_pretends_to_be(played: Played) -> None:
    assert set(_read_as("meldpunt_public", played, _whoever(played))) == PUBLISHED


@pytest.mark.parametrize(
    "role", ["meldpunt_desk", "meldpunt_portal", "meldpunt_public", "meldpunt_sensor", "meldpunt_jobs"]
)
def test_a_door_that_says_nothing_of_who_came_reads_nothing(role: str, played: Played) -> None:
    assert set(_read_as(role, played, {})) == set()


def test_the_application_is_nothing_until_it_becomes_a_door(played: Played) -> None:
    """It may not even look which tables there are."""
    with pytest.raises(psycopg.errors.UndefinedTable):
        list(_read_as("meldpunt_app", played, _whoever(played)))


def test_an_organisation_reads_no_entry_about_a_report_that_is_not_its_own(played: Played) -> None:
    """Who telephoned, mailed or was scanned about it is not its affair."""
    others = {played.report(name) for name in ("telephone", "mail", "feed", "sighting", "bank")}
    with bound(actor_of("water-security", played)), connection.cursor() as cursor:
        cursor.execute("SELECT subject::text FROM ledger_entry")
        subjects = {row[0] for row in cursor.fetchall()}
    assert subjects & others == set()
    assert played.report("water") in subjects


def test_after_the_whole_story_each_line_of_the_queue_is_what_it_would_be_laid_anew(played: Played) -> None:
    with psycopg.connect(played.server.dsn("meldpunt_owner", played.database)) as owner:
        stood = owner.execute("SELECT * FROM triage_line ORDER BY report_id").fetchall()
        owner.execute("SELECT count(triage_lay_line(id, NULL, false, NULL)) FROM intake_report")
        laid = owner.execute("SELECT * FROM triage_line ORDER BY report_id").fetchall()
        owner.rollback()
    assert len(stood) > 20
    assert laid == stood
    assert played.ask(_NEWS) == []
