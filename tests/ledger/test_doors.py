"""What the database itself refuses, whatever the code of a door says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Actor
from meldpunt.ledger.models import Entry, Node

from .cast import administrator, analyst, constituent, sensor, stranger

pytestmark = pytest.mark.django_db
TABLES = ("ledger_entry", "ledger_node", "ledger_checkpoint")


@pytest.mark.parametrize(
    "somebody",
    [analyst, administrator, partial(constituent, UUID(int=1)), stranger, sensor, lambda: JOB],
)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET kind = 'withdrawn'",
        "UPDATE ledger_entry SET position = 0",
        "UPDATE ledger_node SET hash = ''",
        "UPDATE ledger_checkpoint SET size = 1",
        *(f"{verb} {table}" for verb in ("DELETE FROM", "TRUNCATE") for table in TABLES),
    ],
)
def test_no_door_changes_or_empties_the_ledger(somebody: Callable[[], Actor], statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), bound(somebody()), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_door_chooses_its_own_position() -> None:
    actor = analyst()
    facts = {"id": uuid4(), "at": "2026-01-01T00:00Z", "kind": "decided", "actor": actor.id, "content": "{}"}
    with pytest.raises(DatabaseError, match="row-level security"), bound(actor):
        Entry(**facts, salt=bytes(32), commitment=bytes(32), position=0).save(force_insert=True)


def test_no_door_adds_a_hash() -> None:
    with pytest.raises(DatabaseError, match="permission denied"), bound(JOB):
        Node(level=0, index=0, hash=bytes(32)).save(force_insert=True)
