"""Proofs, checkpoints and exports over what is recorded, on a database where deeds really commit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connections, transaction

from meldpunt.access.binding import bound
from meldpunt.access.errors import NotFound, PermissionMissing
from meldpunt.access.rules import digest_of
from meldpunt.access.values import JOB, Actor
from meldpunt.ledger import actions, queries
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.errors import LedgerBroken, NotYetSigned
from meldpunt.ledger.models import Entry, Node
from meldpunt.ledger.values import EntryId, Kind
from meldpunt.ledger.verify import Verdict, verify_lines

from .cast import administrator, analyst, constituent, stranger

pytestmark = pytest.mark.usefixtures("owner_dsn")
ORGANISATION = UUID(int=1)
TABLES = ("ledger_entry", "ledger_node", "ledger_checkpoint")


def recorded(actor: Actor, count: int = 1, **facts: object) -> list[EntryId]:
    with bound(actor):
        return [ledger.record(actor, kind=Kind.DISCLOSED, **facts) for _ in range(count)]  # type: ignore[arg-type]


def exported() -> Verdict:
    return verify_lines(line.encode() for line in queries.export_ledger(analyst()))


def tampered(owner_dsn: str, statement: str) -> None:
    """What an owner of the database can do who switches off his own row policies."""
    with psycopg.connect(owner_dsn, autocommit=True) as owner:
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")  # type: ignore[arg-type]
        assert owner.execute(statement).rowcount == 1  # type: ignore[arg-type]
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")  # type: ignore[arg-type]


def test_an_entry_is_sequenced_as_soon_as_its_deed_commits() -> None:
    actor = analyst()
    (entry,) = recorded(actor)
    assert queries.get_entry(actor, entry=entry).position == 0


def fail_after_recording(actor: Actor) -> None:
    with bound(actor):
        ledger.record(actor, kind=Kind.DECIDED)
        raise ZeroDivisionError


def test_a_deed_that_failed_leaves_no_entry() -> None:
    actor = analyst()
    with pytest.raises(ZeroDivisionError):
        fail_after_recording(actor)
    assert queries.list_entries(actor) == ()


def test_a_crash_between_commit_and_sequencing_is_made_good_by_the_next_deed(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    actor = analyst()
    with monkeypatch.context() as crash:
        crash.setattr(transaction, "on_commit", lambda *_args, **_kwargs: None)
        (lost,) = recorded(actor)
    assert queries.get_entry(actor, entry=lost).position is None
    recorded(actor)
    assert queries.get_entry(actor, entry=lost).position == 0


def test_a_crash_between_commit_and_sequencing_is_made_good_by_asking_a_proof(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    actor = analyst()
    with monkeypatch.context() as crash:
        crash.setattr(transaction, "on_commit", lambda *_args, **_kwargs: None)
        (lost,) = recorded(actor)
    assert queries.prove_entry(actor, entry=lost).position == 0


def test_eight_at_once_make_one_consistent_tree() -> None:
    def work(_: int) -> None:
        actor = analyst()
        for _ in range(6):
            recorded(actor, 2)
        connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(8)))
    checkpoint = actions.sign_checkpoint(JOB)
    assert checkpoint.size == 96
    assert exported().checked == 96
    with bound(JOB):
        assert sorted(Entry.objects.values_list("position", flat=True)) == list(range(96))
        assert Node.objects.filter(level=6).count() == 1


def test_a_checkpoint_is_signed_once_per_tree() -> None:
    recorded(analyst(), 3)
    first = actions.sign_checkpoint(administrator())
    assert actions.sign_checkpoint(JOB).note == first.note
    recorded(analyst())
    assert actions.sign_checkpoint(JOB).size == 4


def test_an_analyst_signs_nothing() -> None:
    with pytest.raises(PermissionMissing):
        actions.sign_checkpoint(analyst())


def test_every_signed_checkpoint_is_checked_in_an_export() -> None:
    for count in (1, 3, 4):
        recorded(analyst(), count)
        actions.sign_checkpoint(JOB)
    lines = list(queries.export_ledger(JOB))
    assert len(lines) == 1 + 8 + 2
    assert exported() == verify_lines([line.encode() for line in lines])
    assert exported().is_sound


def test_an_export_holds_no_content() -> None:
    recorded(analyst(), details={"name": "Waterbedrijf De Aa"})
    actions.sign_checkpoint(JOB)
    assert "Waterbedrijf" not in "".join(queries.export_ledger(JOB))


def test_an_unsigned_ledger_is_not_exported_and_not_bundled() -> None:
    (entry,) = recorded(analyst())
    with pytest.raises(NotYetSigned):
        queries.export_ledger(analyst())
    with pytest.raises(NotYetSigned):
        queries.proofs_bundle(analyst(), entries=[entry])


def test_an_entry_is_provable_before_anything_is_signed() -> None:
    recorded(analyst(), 4)
    (entry,) = recorded(analyst())
    proof = queries.prove_entry(analyst(), entry=entry)
    assert (proof.position, proof.size, proof.checkpoint) == (4, 5, None)


def test_the_organisation_proves_what_is_about_it_and_nothing_else() -> None:
    own = recorded(analyst(), 2, about=ORGANISATION)
    (other,) = recorded(analyst(), about=uuid4())
    actions.sign_checkpoint(JOB)
    viewer = constituent(ORGANISATION)
    found = verify_lines(queries.proofs_bundle(viewer, entries=own).splitlines(keepends=True))
    assert found.is_sound
    assert [entry.id for entry in found.entries] == own
    assert {entry.id for entry in queries.list_entries(viewer)} == set(own)
    for ask in (queries.get_entry, queries.prove_entry):
        with pytest.raises(NotFound):
            ask(viewer, entry=other)
    with pytest.raises(NotFound):
        queries.proofs_bundle(viewer, entries=[*own, other])


def test_the_holder_of_a_receipt_proves_what_became_of_the_report() -> None:
    (entry,) = recorded(analyst(), receipt_digest=digest_of("koe-paard-7"))
    assert queries.prove_entry(stranger("koe-paard-7"), entry=entry).position == 0
    for guess in ("", "koe-paard-8"):
        with pytest.raises(NotFound):
            queries.prove_entry(stranger(guess), entry=entry)


def test_the_public_door_exports_nothing() -> None:
    with pytest.raises(PermissionMissing):
        queries.export_ledger(stranger())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET content = replace(content, 'disclosed', 'withdrawn') WHERE position = 2",
        "UPDATE ledger_entry SET salt = sha256(salt) WHERE position = 2",
        "UPDATE ledger_node SET hash = sha256(hash) WHERE level = 0 AND index = 2",
        "DELETE FROM ledger_entry WHERE position = 2",
    ],
)
def test_a_row_changed_by_the_owner_is_named(owner_dsn: str, statement: str) -> None:
    recorded(analyst(), 5)
    actions.sign_checkpoint(JOB)
    tampered(owner_dsn, statement)
    found = exported()
    assert (found.is_sound, found.position) == (False, 2)


def test_an_entry_changed_by_the_owner_is_neither_shown_nor_proven(owner_dsn: str) -> None:
    (entry,) = recorded(analyst())
    tampered(owner_dsn, "UPDATE ledger_entry SET kind = 'withdrawn'")
    with pytest.raises(LedgerBroken):
        queries.get_entry(analyst(), entry=entry)
    tampered(owner_dsn, "UPDATE ledger_entry SET content = replace(content, 'disclosed', 'withdrawn')")
    with pytest.raises(LedgerBroken):
        queries.prove_entry(analyst(), entry=entry)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_node SET hash = sha256(hash) WHERE level = 2 AND index = 0",
        "DELETE FROM ledger_node WHERE level = 0 AND index = 4",
    ],
)
def test_a_tree_that_does_not_extend_the_signed_one_is_never_signed(owner_dsn: str, statement: str) -> None:
    recorded(analyst(), 5)
    actions.sign_checkpoint(JOB)
    tampered(owner_dsn, statement)
    with pytest.raises((LedgerBroken, DatabaseError)):
        actions.sign_checkpoint(JOB)
