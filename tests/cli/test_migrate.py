"""The demo keeps its data over changes of the code, and says so where it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from meldpunt.entrypoints.postgres import launcher

SOURCE = Path(__file__).resolve().parents[2] / "src"
DEMO = "meldpunt.entrypoints.settings.demo"
INSTALLATION = "meldpunt.entrypoints.settings.house"
MIGRATION = "meldpunt/evidence/migrations/0001_create_item.py"
POLICY = "meldpunt/evidence/sql/policies/evidence_item.sql"


@pytest.fixture
def scratch(postgres_server: launcher.Server, migrated_template: str) -> Iterator[str]:
    """The address of a database in which every migration ran, and nothing was noted of what they held."""
    name = f"kept_{os.getpid()}"
    launcher.create_database(postgres_server, name, template=migrated_template)
    yield postgres_server.dsn("meldpunt_owner", name)
    launcher.drop_database(postgres_server, name)


@pytest.fixture
def noted(scratch: str) -> str:
    """As if the demo had migrated it from nothing."""
    with psycopg.connect(scratch) as connection:
        ran = connection.execute("DELETE FROM django_migrations RETURNING app, name, applied").fetchall()
    migrate(scratch, "access", "zero")
    with psycopg.connect(scratch) as connection, connection.cursor() as cursor:
        cursor.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", ran)
    return scratch


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The code, to be changed."""
    shutil.copytree(SOURCE, tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "static"))
    return tmp_path / "src"


def migrate(dsn: str, *arguments: str, source: Path = SOURCE, settings: str = DEMO) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "meldpunt.entrypoints.cli.main", "migrate", *arguments],
        env=os.environ | {"MELDPUNT_DATABASE_URL": dsn, "DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )


def write_at_the_end_of(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


def test_the_same_code_finds_its_data_again(noted: str) -> None:
    again = migrate(noted)
    assert (again.returncode, again.stderr) == (0, "")


@pytest.mark.parametrize("changed", [MIGRATION, POLICY])
def test_a_migration_that_ran_and_was_changed_is_named_in_one_sentence(
    noted: str, checkout: Path, changed: str
) -> None:
    write_at_the_end_of(checkout / changed, "\n# changed\n" if changed == MIGRATION else "\n-- changed\n")
    refused = migrate(noted, source=checkout)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "The data kept here were made before evidence.0001_create_item changed: "
        "./dev reset removes them, and the next ./dev demo plays the story anew.\n"
    )
    assert migrate(noted).returncode == 0, "what refused changed nothing"


def test_a_migration_that_comes_after_those_that_ran_needs_no_new_data(noted: str, checkout: Path) -> None:
    later = checkout / "meldpunt/evidence/migrations/0002_change_nothing.py"
    later.write_text(
        "from django.db import migrations\n\n\n"
        "class Migration(migrations.Migration):\n"
        '    dependencies = [("evidence", "0001_create_item")]\n'
    )
    assert migrate(noted, source=checkout).returncode == 0
    refused = migrate(noted)
    assert "evidence.0002_change_nothing" in refused.stderr, "and the code of before says that it is older"


def test_data_of_which_nothing_was_noted_are_of_before(scratch: str) -> None:
    refused = migrate(scratch)
    assert refused.returncode == 1
    assert "access.0001_create_accounts" in refused.stderr


def test_an_installation_is_not_told_to_throw_its_data_away(scratch: str) -> None:
    installed = migrate(scratch, settings=INSTALLATION)
    assert (installed.returncode, installed.stderr) == (0, "")
