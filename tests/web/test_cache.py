"""The counters that the processes of a door share."""

from __future__ import annotations

import base64
import pickle
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection

from meldpunt.access.binding import bound
from meldpunt.access.values import Door
from meldpunt.entrypoints.web.doors import nobody_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_portal() -> Iterator[None]:
    with bound(nobody_at(Door.PORTAL)):
        yield


class Opened:
    """What runs `touch` on a file when a pickle of it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


def test_what_a_thief_writes_into_the_table_is_never_run(tmp_path: Path) -> None:
    trace = tmp_path / "opened"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO web_cache VALUES ('portal::1:attempts', %s, now() + interval '1 hour')",
            [base64.b64encode(pickle.dumps(Opened(trace))).decode()],
        )
    with pytest.raises(ValueError, match="Expecting value"):
        cache.get("attempts")
    assert not trace.exists()


def test_a_flood_of_made_up_names_wipes_out_no_count() -> None:
    cache.set("attempts-on-lotte", [1.5, 2.5], 300)
    for _ in range(400):
        cache.set(f"attempts-on-{uuid4()}", [1.0], 300)
    assert cache.get("attempts-on-lotte") == [1.5, 2.5]


def test_a_code_is_used_up_once() -> None:
    assert cache.add("used-123456", value=True, timeout=60)
    assert not cache.add("used-123456", value=True, timeout=60)


def test_what_lapsed_is_gone_and_may_be_used_again() -> None:
    cache.set("attempts", [1.0], 0)
    assert cache.get("attempts", "none") == "none"
    assert cache.add("attempts", [2.0], None)
    assert cache.get("attempts") == [2.0]


def test_what_lapsed_is_tidied_away() -> None:
    cache.set("old", [1.0], 0)
    cache.set("new", [1.0], 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM web_cache")
        assert cursor.fetchall() == [("portal::1:new",)]


def test_a_count_can_be_prolonged_and_taken_away() -> None:
    cache.set("attempts", [1.0], 60)
    assert cache.touch("attempts", 120)
    assert cache.delete("attempts")
    assert not cache.touch("attempts", 120)


def test_one_door_sees_no_count_of_another() -> None:
    cache.set("attempts", [1.0], 60)
    with bound(nobody_at(Door.DESK)):
        assert cache.get("attempts") is None
