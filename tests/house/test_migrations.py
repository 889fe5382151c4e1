"""Every migration can be taken back, and laid again to the same schema."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.apps import apps

from meldpunt.entrypoints.postgres import launcher

SOURCE = Path(__file__).resolve().parents[2] / "src"
OWNER = "meldpunt_owner"

# Everything a migration of ours makes, as the catalogue describes it: relations with their columns, indexes,
# constraints, policies, functions, triggers and grants.
SCHEMA = """
SELECT 'column', format('%s.%s %s %s', table_name, column_name, data_type, is_nullable)
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'constraint', format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'policy', format('%s %s %s %s %s %s', tablename, policyname, roles, cmd, qual, with_check)
FROM pg_policies WHERE schemaname = 'public'
UNION ALL SELECT 'security', format('%s %s %s', relname, relrowsecurity, relforcerowsecurity)
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
UNION ALL SELECT 'function', format('%s %s', oid::regprocedure, md5(prosrc)) FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) = 'meldpunt_owner'
UNION ALL SELECT 'trigger', format('%s %s', tgrelid::regclass, tgname) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'grant', format('%s %s %s', table_name, grantee, privilege_type)
FROM information_schema.role_table_grants WHERE table_schema = 'public'
"""


@pytest.fixture
def scratch(postgres_server: launcher.Server, migrated_template: str) -> Iterator[str]:
    """The address of a database in which every migration has run."""
    name = f"backwards_{os.getpid()}"
    launcher.create_database(postgres_server, name, template=migrated_template)
    yield postgres_server.dsn(OWNER, name)
    launcher.drop_database(postgres_server, name)


def ours() -> list[str]:
    return [config.label for config in apps.get_app_configs() if config.name.startswith("meldpunt.")]


BACKWARDS = """
import sys, django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
executor.migrate([(label, None) for label in sys.argv[1:] if label in executor.loader.migrated_apps])
"""
FORWARDS = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


def run(dsn: str, script: str, *arguments: str) -> None:
    """Run a script of Django's as the owner, in a process of its own: this one is bound to another database."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=os.environ
        | {
            "MELDPUNT_DATABASE_URL": dsn,
            "DJANGO_SETTINGS_MODULE": "meldpunt.entrypoints.settings.testing",
            "PYTHONPATH": str(SOURCE),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]


def schema(dsn: str) -> set[tuple[str, str]]:
    with psycopg.connect(dsn) as connection:
        return set(connection.execute(SCHEMA).fetchall())


def named(dsn: str) -> list[str]:
    """The tables that a model of ours names and the database still has."""
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("meldpunt.")]
    with psycopg.connect(dsn) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE tablename = ANY(%s)", (tables,))
        return [name for (name,) in rows]


def test_migrations_go_back_to_nothing_and_forth_to_the_same(scratch: str) -> None:
    before = schema(scratch)
    assert len(named(scratch)) > 50
    run(scratch, BACKWARDS, *ours())
    assert named(scratch) == []
    run(scratch, FORWARDS)
    assert schema(scratch) ^ before == set()


def test_the_tables_are_as_the_migrations_lay_them() -> None:
    """In a process of its own: others in this one may have given a library's field another shape."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "meldpunt.entrypoints.settings.testing", "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
