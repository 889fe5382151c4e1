"""The played story, one copy for each worker."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker
from tests.cast.played import Played, open_played, play_once, standing_in
from tests.copies import copied

from meldpunt.entrypoints.postgres import launcher


@pytest.fixture(scope="session")
def copy_of_the_story(postgres_server: launcher.Server, migrated_template: str) -> Iterator[Played]:
    """A database of this worker in which the story was played."""
    template, made = play_once(postgres_server, migrated_template)
    with copied(postgres_server, f"cast_{os.getpid()}", of=template) as name:
        yield open_played(postgres_server, name, made)


@pytest.fixture(scope="module")
def played(copy_of_the_story: Played, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Played]:
    """The story, with Django's connection standing in it while the tests of this module run."""
    with django_db_blocker.unblock(), standing_in(copy_of_the_story):
        yield copy_of_the_story


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Hundreds of addresses are refused here on purpose; each would be a warning."""
    caplog.set_level(logging.CRITICAL, logger="django.request")
