"""Entries that the law keeps closed for a time: the count shows, the term is set, and it opens by itself."""

from __future__ import annotations

import time
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.ledger.cast import analyst, constituent, sensor, stranger

from meldpunt.access.binding import bound
from meldpunt.access.errors import NotFound
from meldpunt.access.rules import digest_of
from meldpunt.access.values import JOB, Actor
from meldpunt.ledger import actions, models, queries
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.leaves import SALT_BYTES, commitment_to, encode_content
from meldpunt.ledger.values import Closed, Entry, EntryId, Kind
from meldpunt.ledger.verify import verify_lines

pytestmark = pytest.mark.usefixtures("owner_dsn")
ORGANISATION, OTHER = UUID(int=1), UUID(int=2)
CODE = "koe-paard-7"
NOTHING = Closed(0, None)


def in_(**term: float) -> datetime:
    return datetime.now(UTC) + timedelta(**term)


def recorded(*, about: UUID | None = ORGANISATION, receipt: str = "", until: datetime | None = None) -> EntryId:
    actor = analyst()
    digest = digest_of(receipt) if receipt else None
    with bound(actor):
        return ledger.record(actor, kind=Kind.DISCLOSED, about=about, receipt_digest=digest, readable_from=until)


def test_a_closed_entry_is_neither_shown_nor_counted_nor_proven_outside() -> None:
    hidden, open_ = recorded(receipt=CODE, until=in_(days=1)), recorded(receipt=CODE)
    actions.sign_checkpoint(JOB)
    for viewer in (constituent(ORGANISATION), stranger(CODE)):
        assert [one.id for one in queries.list_entries(viewer)] == [open_]
        assert queries.count_entries(viewer) == {Kind.DISCLOSED: 1}
        for ask in (queries.get_entry, queries.prove_entry):
            with pytest.raises(NotFound):
                ask(viewer, entry=hidden)
        with pytest.raises(NotFound):
            queries.proofs_bundle(viewer, entries=[open_, hidden])


def test_the_desk_reads_it_as_any_other() -> None:
    until = in_(days=1)
    entry = recorded(until=until)
    assert queries.get_entry(analyst(), entry=entry).readable_from == until
    assert queries.count_closed(analyst()) == NOTHING


def test_who_it_is_about_learns_how_many_are_closed_and_the_latest_end() -> None:
    later = in_(days=3)
    for until in (in_(days=1), later, None):
        recorded(receipt=CODE, until=until)
    recorded(about=OTHER, receipt="another", until=in_(days=9))
    assert queries.count_closed(constituent(ORGANISATION)) == Closed(2, later)
    assert queries.count_closed(stranger(CODE)) == Closed(2, later)


@pytest.mark.parametrize("viewer", [constituent(UUID(int=3)), stranger(), stranger("koe-paard-8")])
def test_nobody_else_learns_that_anything_is_closed(viewer: Actor) -> None:
    recorded(receipt=CODE, until=in_(days=1))
    recorded(about=None, until=in_(days=1))
    assert queries.count_closed(viewer) == NOTHING


def test_at_the_public_door_the_name_of_an_organisation_counts_nothing() -> None:
    recorded(until=in_(days=1))
    with bound(stranger()), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('meldpunt.organisation', %s, true)", [str(ORGANISATION)])
        cursor.execute("SELECT closed FROM ledger_closed_to_receipt()")
        assert cursor.fetchone() == (0,)
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute("SELECT closed FROM ledger_closed_to_organisation()")


def test_it_opens_by_itself_when_the_term_ends() -> None:
    # Long enough for a busy machine to look before it ends.
    until = in_(seconds=3)
    entry = recorded(receipt=CODE, until=until)
    actions.sign_checkpoint(JOB)
    viewers = constituent(ORGANISATION), stranger(CODE)
    assert [queries.count_closed(viewer).count for viewer in viewers] == [1, 1]
    time.sleep(max((until - datetime.now(UTC)).total_seconds(), 0) + 0.1)
    for viewer in viewers:
        assert queries.count_closed(viewer) == NOTHING
        found = verify_lines(queries.proofs_bundle(viewer, entries=[entry]).splitlines(keepends=True))
        assert [one.id for one in found.entries] == [entry]


def test_the_term_is_part_of_what_was_committed_to() -> None:
    until = in_(days=1)
    proof = queries.prove_entry(analyst(), entry=recorded(until=until))
    assert f'"readable_from":"{until.isoformat(timespec="microseconds")}"' in proof.content


@pytest.mark.parametrize("kept", ["the term", "no term"])
def test_a_row_is_closed_no_longer_and_no_shorter_than_was_committed_to(kept: str) -> None:
    actor, until = analyst(), in_(days=1)
    said = Entry(EntryId(uuid4()), datetime.now(UTC), Kind.DECIDED, actor.id, None, None, {}, readable_from=until)
    content, salt = encode_content(said), bytes(SALT_BYTES)
    row = models.Entry(
        id=said.id, at=said.at, kind="decided", actor=actor.id, content=content, salt=salt,
        commitment=commitment_to(content, salt=salt), readable_from=until if kept == "the term" else None,
    )  # fmt: skip
    expected = nullcontext() if kept == "the term" else pytest.raises(DatabaseError, match="row-level security")
    with bound(actor), expected, transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("actor", [constituent(ORGANISATION), stranger()])
def test_outside_nobody_closes_an_entry(actor: Actor) -> None:
    with bound(actor), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        ledger.record(actor, kind=Kind.RECEIVED, about=actor.organisation, readable_from=in_(days=1))
    with bound(actor):
        ledger.record(actor, kind=Kind.RECEIVED, about=actor.organisation)


def test_a_sensor_closes_no_entry() -> None:
    actor = sensor()
    with bound(actor), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        ledger.record(actor, kind=Kind.SIGHTED, readable_from=in_(days=1))
