"""Adding to the tree takes turns. Whoever has the password of a door can stretch a turn, and stop nobody by it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Actor, ActorId, Door
from meldpunt.entrypoints.postgres import launcher
from meldpunt.ledger import actions
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.errors import LedgerBusy
from meldpunt.ledger.models import Entry
from meldpunt.ledger.values import Kind

from .cast import analyst


@pytest.fixture
def keeps_the_turn(
    postgres_server: launcher.Server, own_database: str, owner_dsn: str
) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Somebody with the password of the public door who adds to the tree and stays. The house waits for a moment."""
    with psycopg.connect(owner_dsn) as owner:
        owner.execute("ALTER FUNCTION ledger_sequence() SET lock_timeout = '100ms'")
    with psycopg.connect(postgres_server.dsn("meldpunt_public", own_database)) as thief:
        thief.execute("SELECT ledger_sequence()")
        yield thief


@pytest.mark.django_db
@pytest.mark.parametrize("door", list(Door))
@pytest.mark.parametrize("taking", ["SELECT FROM ledger_turn FOR KEY SHARE", "LOCK TABLE ledger_turn IN SHARE MODE"])
def test_no_door_takes_the_turn_without_adding(door: Door, taking: str) -> None:
    nobody = Actor(id=ActorId(uuid4()), name="", door=door, roles=frozenset())
    with bound(nobody), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(taking)
        cursor.execute("SELECT ledger_sequence()")
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (0,)  # whose number is for anybody to take


def test_whoever_keeps_the_turn_undoes_no_deed(keeps_the_turn: psycopg.Connection[tuple[object, ...]]) -> None:
    actor = analyst()
    with bound(actor):
        entry = ledger.record(actor, kind=Kind.DECIDED)
    with bound(actor):
        assert Entry.objects.get(id=entry).position is None
    keeps_the_turn.rollback()
    with bound(actor):
        ledger.sequence_entries()
        assert Entry.objects.get(id=entry).position is not None


def test_who_needs_the_tree_as_it_stands_hears_that_it_is_kept(
    keeps_the_turn: psycopg.Connection[tuple[object, ...]],
) -> None:
    with pytest.raises(LedgerBusy, match="adding to the ledger"):
        actions.sign_checkpoint(JOB)
    keeps_the_turn.rollback()
    assert actions.sign_checkpoint(JOB).size == 0
