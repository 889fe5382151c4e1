"""The week of the story, by its own people, in a real browser, with the server killed between every two steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from playwright.sync_api import Browser
from tests.stories.running import RunningHouse
from tests.stories.week import (
    advising,
    arriving,
    checking,
    consulting,
    counting,
    detecting,
    releasing,
    reporting,
    triaging,
    waving,
)
from tests.stories.week.week import Week

STEPS: tuple[ModuleType, ...] = (
    reporting,
    arriving,
    triaging,
    waving,
    consulting,
    advising,
    detecting,
    releasing,
    counting,
    checking,
)


@pytest.fixture
def week(quiet_house: RunningHouse, browser: Browser) -> Iterator[Week]:
    """Everybody is ready, and nothing has happened."""
    week = Week(quiet_house, browser)
    yield week
    week.end()


def test_the_week_is_played_through_pages_and_a_kill_between_two_steps_loses_nothing(week: Week) -> None:
    for step in STEPS:
        play: Callable[[Week], None] = step.play
        play(week)
        week.kill()
    assert len(week.kept) > 30
