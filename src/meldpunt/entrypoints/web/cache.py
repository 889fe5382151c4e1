"""Counters that all processes of a door share (log-in attempts, codes used up), in the door's own database role.

Django's own database cache keeps pickles, and reading one runs what it says: whoever has the database password of a
door would run code in its process. It also forgets a third of all counters once there are 300, so that a flood of
made-up names wipes out the count of attempts on a real one. Here values are JSON, and nothing goes before its time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

from meldpunt.access.binding import bound_actor

_NEVER = float("inf")

_GET = "SELECT value FROM web_cache WHERE cache_key = %s AND expires > clock_timestamp()"
_SET = """
INSERT INTO web_cache (cache_key, value, expires) VALUES (%s, %s, to_timestamp(%s))
ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
"""
_ADD = f"{_SET} WHERE web_cache.expires <= clock_timestamp()"
_TOUCH = "UPDATE web_cache SET expires = to_timestamp(%s) WHERE cache_key = %s AND expires > clock_timestamp()"
_DELETE = "DELETE FROM web_cache WHERE cache_key = %s"
_CLEAR = "DELETE FROM web_cache"
# What another request is at this moment tidying or counting in is left to it: no waiting, no deadlock.
_TIDY = """
DELETE FROM web_cache WHERE cache_key IN (
    SELECT cache_key FROM web_cache WHERE expires <= clock_timestamp() LIMIT 100 FOR UPDATE SKIP LOCKED)
"""


def key_of_door(key: str, key_prefix: str, version: int) -> str:
    """`<door>:<prefix>:<version>:<key>`; without a door bound there is nothing to share.

    The door stands in front, so that row policies keep doors apart.
    """
    actor = bound_actor()
    door = actor.door.value if actor else "none"
    return f"{door}:{key_prefix}:{version}:{key}"


class DoorCache(BaseCache):
    """The cache of a door, in the table `web_cache`. What JSON cannot say raises TypeError."""

    def __init__(self, _location: str, params: Mapping[str, Any]) -> None:
        super().__init__(dict(params))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(_GET, [self.make_and_validate_key(key, version=version)])
            found = cursor.fetchone()
        return json.loads(found[0]) if found else default

    def set(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._write(_SET, key, value, timeout, version)

    def add(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._write(_ADD, key, value, timeout, version)

    def touch(self, key: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._run(_TOUCH, [self._until(timeout), self.make_and_validate_key(key, version=version)])

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._run(_DELETE, [self.make_and_validate_key(key, version=version)])

    def clear(self) -> None:
        self._run(_CLEAR, [])

    def _write(self, statement: str, key: Any, value: Any, timeout: float | None, version: int | None) -> bool:
        self._run(_TIDY, [])
        name = self.make_and_validate_key(key, version=version)
        return self._run(statement, [name, json.dumps(value), self._until(timeout)])

    def _until(self, timeout: float | None) -> float:
        until = self.get_backend_timeout(timeout)
        return _NEVER if until is None else until

    @staticmethod
    def _run(statement: str, given: list[str | float]) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            return bool(cursor.rowcount)
