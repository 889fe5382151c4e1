"""An error is heard by whoever looks after the house, and tells them nothing of what was reported."""

from __future__ import annotations

import sys

import psycopg
import pytest
from django.db import IntegrityError

from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.settings.logs import WithoutValues

TAKES_ONE_NAME_ONCE = "CREATE TEMP TABLE told (name text CONSTRAINT once UNIQUE); INSERT INTO told VALUES ('Jansen')"


def written(error: Exception) -> str:
    try:
        raise error
    except type(error):
        return WithoutValues().formatException(sys.exc_info())


def test_an_error_is_told_by_its_kind_and_place_and_not_by_its_words() -> None:
    line = written(ValueError("Jansen saw it"))
    assert line.endswith("builtins.ValueError")
    assert __file__ in line
    assert "Jansen" not in line


def test_an_error_of_the_database_names_what_was_broken_and_not_the_row(postgres_server: launcher.Server) -> None:
    with psycopg.connect(postgres_server.dsn("postgres", "postgres")) as connection:
        connection.execute(TAKES_ONE_NAME_ONCE)
        with pytest.raises(psycopg.errors.UniqueViolation) as raised:
            connection.execute("INSERT INTO told VALUES ('Jansen')")
    assert "Jansen" in str(raised.value)
    error = IntegrityError("Key (name)=(Jansen) already exists.")
    error.__cause__ = raised.value
    told = written(error)
    assert "psycopg.errors.UniqueViolation 23505 told once" in told
    assert told.endswith("django.db.utils.IntegrityError")
    assert "Jansen" not in told.replace("VALUES ('Jansen')", ""), "but in the line of the code that wrote it"
