from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from meldpunt.access.binding import bound
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.models import Entry
from meldpunt.ledger.values import Deed, Kind

from .cast import analyst, stranger

pytestmark = pytest.mark.django_db


def test_recorded_entry_gets_a_position_by_sequencing() -> None:
    actor = analyst()
    with bound(actor):
        entry = ledger.record(actor, kind=Kind.DECIDED, subject=uuid4(), details={"reason": "accepted"})
        size = ledger.sequence_entries()
        assert Entry.objects.get(id=entry).position == size - 1


def test_sequencing_twice_changes_nothing() -> None:
    actor = analyst()
    with bound(actor):
        ledger.record(actor, kind=Kind.DECIDED)
        assert ledger.sequence_entries() == ledger.sequence_entries()


def test_one_commit_sequences_once(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    actor = analyst()
    with django_capture_on_commit_callbacks() as callbacks, bound(actor):
        for _ in range(3):
            ledger.record(actor, kind=Kind.SIGHTED)
    assert len(callbacks) == 1


def test_many_deeds_are_entries_of_their_own_in_their_order() -> None:
    actor, subjects = analyst(), [uuid4() for _ in range(3)]
    with bound(actor):
        entries = ledger.record_many(actor, deeds=[Deed(Kind.SIGHTED, subject=one) for one in subjects])
        ledger.sequence_entries()
        rows = {row.id: row for row in Entry.objects.filter(id__in=entries)}
    assert [rows[one].subject for one in entries] == subjects
    places = [rows[one].position for one in entries]
    assert places == sorted(set(places))


def test_nobody_records_in_the_name_of_another() -> None:
    with bound(analyst()), pytest.raises(DatabaseError), transaction.atomic():
        ledger.record(stranger(), kind=Kind.DECIDED)


def test_nothing_is_recorded_outside_a_deed() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ledger.record(analyst(), kind=Kind.DECIDED)


def test_the_public_door_records_what_it_cannot_read() -> None:
    somebody = stranger()
    with bound(somebody):
        ledger.record(somebody, kind=Kind.RECEIVED, details={"channel": "web"})
        assert not Entry.objects.exists()
