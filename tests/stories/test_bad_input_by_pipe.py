"""Mails and feeds that are handed to the command line: each ends with a reference, or with words and a status."""

from __future__ import annotations

import pytest
from tests.stories.pouring import HUNDRED_MEGABYTES
from tests.stories.running import RunningHouse
from tests.stories.test_bad_input import FEED, FEEDS, MAILS

RECEIVED, REFUSED = 0, 65
"""sysexits.h: all is well; the data is not as it should be."""

OF_FEEDS = ("nothing", "NUL bytes", "another encoding", "no text at all")
"""The others come in over the API, into the same function."""


@pytest.mark.parametrize(
    ("what", "piped"),
    [*(("mail", raw) for raw in MAILS.values()), *(("feed", FEEDS[name]) for name in OF_FEEDS)],
    ids=[*(f"mail: {name}" for name in MAILS), *(f"feed: {name}" for name in OF_FEEDS)],
)
def test_what_a_pipe_brings_is_kept_or_refused_in_words(house: RunningHouse, what: str, piped: bytes) -> None:
    done = house.run("receive", what, "--name", FEED, "-", piped=piped)
    assert done.returncode in {RECEIVED, REFUSED}, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.stdout.strip() if done.returncode == RECEIVED else done.stderr.strip()


@pytest.mark.parametrize("what", ["mail", "feed"])
def test_a_hundred_megabytes_by_pipe_are_refused_in_words(house: RunningHouse, what: str) -> None:
    done = house.run("receive", what, "--name", FEED, "-", piped=b"x" * HUNDRED_MEGABYTES)
    assert done.returncode == REFUSED, done.stderr.decode()
    assert b"larger than" in done.stderr
