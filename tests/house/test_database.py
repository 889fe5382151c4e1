"""What must hold for every table, asked of PostgreSQL's own catalogue."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from meldpunt.access.values import Actor, ActorId, Door

pytestmark = pytest.mark.django_db

# Tables of libraries that hold nothing about anybody, or that only the owner or the jobs may touch.
OF_LIBRARIES = ("auth_", "django_migrations", "django_content_type", "procrastinate_", "account_emailconfirmation")


def ask(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def tables() -> set[str]:
    rows = ask("SELECT relname FROM pg_class WHERE relkind IN ('r','p') AND relnamespace = 'public'::regnamespace")
    return {str(name) for (name,) in rows if not str(name).startswith(OF_LIBRARIES)}


def test_row_security_is_enabled_and_forced_on_every_table() -> None:
    rows = ask(
        "SELECT relname FROM pg_class WHERE relkind IN ('r','p') AND relnamespace = 'public'::regnamespace"
        " AND relrowsecurity AND relforcerowsecurity"
    )
    assert tables() - {str(name) for (name,) in rows} == set()


def test_every_table_has_a_policy() -> None:
    assert tables() - {str(name) for (name,) in ask("SELECT DISTINCT tablename FROM pg_policies")} == set()


def test_every_view_runs_with_the_rights_of_who_looks() -> None:
    rows = ask(
        "SELECT relname FROM pg_class WHERE relkind IN ('v','m') AND relnamespace = 'public'::regnamespace"
        " AND NOT (coalesce(reloptions, '{}') @> ARRAY['security_invoker=true'])"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = pg_class.oid AND d.deptype = 'e')"
    )
    assert rows == []


def test_every_function_that_runs_as_its_owner_looks_for_temporary_tables_last() -> None:
    """Unless pg_temp is named it comes first: whoever may make a temporary table would slip it in, triggers and all."""
    rows = ask(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND NOT coalesce(proconfig, '{}') @> ARRAY['search_path=pg_catalog, public, pg_temp']"
    )
    assert rows == []


@pytest.mark.parametrize("door", list(Door))
def test_no_door_makes_a_temporary_table(door: Door) -> None:
    assert ask(f"SELECT has_database_privilege('meldpunt_{door}', current_database(), 'TEMP')") == [(False,)]


def test_no_door_may_bypass_row_security_or_own_a_table() -> None:
    roles = ask("SELECT rolname FROM pg_roles WHERE rolname LIKE 'meldpunt_%' AND (rolbypassrls OR rolsuper)")
    owners = ask("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
    assert roles == []
    assert owners == [("meldpunt_owner",)]


@pytest.mark.parametrize("door", list(Door))
def test_nobody_bound_sees_no_row(door: Door) -> None:
    from meldpunt.access.binding import bound

    nobody = Actor(id=ActorId(__import__("uuid").UUID(int=0)), name="", door=door, roles=frozenset())
    seen = []
    with bound(nobody), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('meldpunt.actor', '', true)")
        for table in sorted(tables()):
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
            if cursor.fetchone()[0]:
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                if cursor.fetchone()[0]:
                    seen.append(table)
    assert seen == []


def test_every_model_of_a_room_has_its_policy_file() -> None:
    from importlib.resources import files

    missing = [
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("meldpunt.")
        and not (
            files(model.__module__.removesuffix(".models").split(".models.")[0])
            / "sql"
            / "policies"
            / f"{model._meta.db_table}.sql"
        ).is_file()
    ]
    assert missing == []
