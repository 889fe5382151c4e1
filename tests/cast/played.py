"""The story as it was played: on a database that every worker copies, with the ids and codes that came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import psycopg
from tests.copies import made_once, state_of

from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.values import SUPERUSER

CHECKOUT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
ROOMS = CHECKOUT / "src" / "meldpunt"
STORY = ROOMS / "entrypoints" / "cli" / "story"


@dataclass(frozen=True)
class Played:
    """What the story made. Receipts by name hold `report`, `reference` and `code`."""

    server: launcher.Server
    database: str
    receipts: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, str]
    ids: Mapping[str, str]
    organisations: Mapping[str, str]
    actors: Mapping[str, str]

    def report(self, name: str) -> str:
        """The id of a report of the story."""
        return self.receipts[name]["report"]

    def organisation(self, name: str) -> UUID:
        """The id of an organisation of the story."""
        return UUID(self.organisations[name])

    def ask(self, query: str, *given: object) -> list[tuple[object, ...]]:
        """What the database holds, past every row policy: to know what there is to be hidden."""
        with psycopg.connect(self.server.dsn(SUPERUSER, self.database), autocommit=True) as connection:
            return connection.execute(query, given or None).fetchall()

    def column(self, query: str, *given: object) -> list[str]:
        """The first column of an answer, as text."""
        return [str(row[0]) for row in self.ask(query, *given)]


def play_once(server: launcher.Server, template: str) -> tuple[str, str]:
    """The name of a database in which the story was played this hour, and what came of it as JSON.

    Kept for an hour, because clocks and unsealings run on.
    """
    state = state_of(_written_by_us(), template, f"{datetime.now(UTC):%Y%m%d%H}")
    kept = server.folder / f"played_{state}.json"

    def fill(database: str) -> None:
        for old in server.folder.glob("played_*.json"):
            old.unlink()
        kept.write_text(_play(server.dsn("meldpunt_app", database)))

    return made_once(server, "played", state, of=template, fill=fill), kept.read_text()


def open_played(server: launcher.Server, database: str, made: str) -> Played:
    """What came of the story, with the database it can be looked at in."""
    return Played(server=server, database=database, **json.loads(made))


def _play(dsn: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.cast.play"],
        env=os.environ
        | {
            "MELDPUNT_DATABASE_URL": dsn,
            "DJANGO_SETTINGS_MODULE": "meldpunt.entrypoints.settings.testing",
            "PYTHONPATH": f"{CHECKOUT / 'src'}:{CHECKOUT}",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def _written_by_us() -> Iterator[Path]:
    """What decides how the story ends: the rooms, the story, and what is played after it; no page and no template."""
    doors = ROOMS / "entrypoints"
    yield from (path for path in ROOMS.rglob("*.py") if not path.is_relative_to(doors))
    yield from (path for path in ROOMS.rglob("*.toml") if not path.is_relative_to(doors))
    yield from (path for path in STORY.rglob("*") if path.is_file() and path.suffix != ".pyc")
    yield from (HERE / "play.py", HERE / "encore.py", HERE / "letters.py")


@contextmanager
def standing_in(played: Played) -> Iterator[None]:
    """Within the block Django's connection enters the played database, as the application that owns nothing."""
    from django.db import connection

    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(
        NAME=played.database,
        HOST=str(played.server.socket_directory),
        USER="meldpunt_app",
        PORT="",
        CONN_MAX_AGE=None,
    )
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
