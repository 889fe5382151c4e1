"""The country, founded once an hour; every world is a copy of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker
from tests.copies import made_once, state_of
from tests.disclosure.servers import running
from tests.noninterference.beside import beside
from tests.noninterference.comparing import Errand, Looked
from tests.noninterference.country import Country, standing_in
from tests.noninterference.founding import found_country
from tests.noninterference.worlds import Worlds

from meldpunt.entrypoints.postgres import launcher

FOUNDED_BY = ("companies", "country", "founding")
Beside = Callable[[Errand], "Future[Looked]"]
HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[1] / "src" / "meldpunt"


@pytest.fixture(scope="package")
def worlds(
    other_process: Beside,
    postgres_server: launcher.Server,
    migrated_template: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Worlds]:
    """Where worlds are made. Kept for an hour, because log-ins and unsealings lapse."""
    written = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.toml"), *(HERE / f"{name}.py" for name in FOUNDED_BY)]
    state = state_of(written, migrated_template, f"{datetime.now(UTC):%Y%m%d%H}")
    kept = postgres_server.folder / f"worlds_{state}.json"

    def fill(database: str) -> None:
        for old in postgres_server.folder.glob("worlds_*.json"):
            old.unlink()
        with standing_in(postgres_server, database):
            kept.write_text(found_country())

    with django_db_blocker.unblock(), running() as office:
        template = made_once(postgres_server, "worlds", state, of=migrated_template, fill=fill)
        yield Worlds(postgres_server, template, Country(**json.loads(kept.read_text())), office)


@pytest.fixture(scope="package")
def other_process() -> Iterator[Beside]:
    """Where the second of two worlds is looked at, while the first is here."""
    with beside() as send:
        yield send


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Hundreds of addresses are refused here on purpose; each would be a warning."""
    caplog.set_level(logging.CRITICAL, logger="django.request")
