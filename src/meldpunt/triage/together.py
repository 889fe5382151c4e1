"""What is done in one go: many reports and one decision. It is undone together."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_together: ContextVar[UUID | None] = ContextVar("meldpunt_done_together", default=None)


@contextmanager
def in_one_go() -> Iterator[None]:
    """All that is done about reports in the block belongs together."""
    token = _together.set(_together.get() or uuid.uuid4())
    try:
        yield
    finally:
        _together.reset(token)


def belonging() -> UUID:
    """What this deed belongs to: the block around it, or itself alone."""
    return _together.get() or uuid.uuid4()
