"""Adding to the tree takes turns. Whoever has the password of a door can stretch a turn, and stop nobody by it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
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
    """Somebody with the password of the public door who adds to the tree and stays, whatever the house allows."""
    with psycopg.connect(postgres_server.dsn("meldpunt_public", own_database)) as thief:
        thief.execute("SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0; SAVEPOINT one")
        thief.execute("SELECT ledger_sequence()")
        thief.execute("RELEASE one")
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
    begun = time.monotonic()
    with bound(actor):
        entry = ledger.record(actor, kind=Kind.DECIDED)
    assert time.monotonic() - begun < 2
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


def test_whoever_keeps_the_turn_is_ended_by_the_jobs(
    keeps_the_turn: psycopg.Connection[tuple[object, ...]], postgres_server: launcher.Server, own_database: str
) -> None:
    actor = analyst()
    with bound(actor):
        entry = ledger.record(actor, kind=Kind.DECIDED)
    # Another waits behind the first, to take over where that one is ended.
    with psycopg.connect(postgres_server.dsn("meldpunt_portal", own_database)) as second:
        behind = threading.Thread(target=_wait_for_the_turn, args=(second,))
        behind.start()
        assert actions.free_turn(JOB, seconds=1) >= 1
        behind.join()
        with suppress(psycopg.Error):
            second.rollback()
    with pytest.raises(psycopg.OperationalError):
        keeps_the_turn.execute("SELECT 1")
    actions.sequence(JOB)
    with bound(actor):
        assert Entry.objects.get(id=entry).position is not None


def _wait_for_the_turn(session: psycopg.Connection[tuple[object, ...]]) -> None:
    with suppress(psycopg.Error):
        session.execute("SELECT ledger_sequence(5000)")


@pytest.mark.django_db
def test_nobody_is_ended_where_nobody_keeps_the_turn() -> None:
    assert actions.free_turn(JOB, seconds=1) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("door", [one for one in Door if one is not Door.JOBS])
def test_no_door_ends_the_sessions_of_others(door: Door) -> None:
    nobody = Actor(id=ActorId(uuid4()), name="", door=door, roles=frozenset())
    refused = pytest.raises(DatabaseError, match="permission denied")
    with bound(nobody), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute("SELECT ledger_free_turn(0)")
