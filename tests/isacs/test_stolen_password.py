"""The password of the portal and nothing else: whatever one claims, an id of somebody else is what one does not have.

Who claims to be an organisation has to know its id; so no id of a member goes to another.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django.fixtures import Settings
from tests.isacs.cast import Around, form_for, gather, release, send, tell

from meldpunt.access.binding import bound
from meldpunt.access.values import Actor, Permission
from meldpunt.isacs import actions, queries
from meldpunt.isacs.values import PostId
from meldpunt.isacs.words import PostState
from meldpunt.vocabulary.markings import TLP

pytestmark = pytest.mark.django_db

TABLES = ("isacs_post", "isacs_file", "isacs_told", "isacs_motion", "constituency_membership", "constituency_isac")
READABLE = """
SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_attribute a
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND has_column_privilege(a.attrelid, a.attname, 'SELECT')
"""


@contextmanager
def thief(organisation: object = "", role: str = "portal") -> Iterator[None]:
    """In the session of who has the password of a door, with every permission and this claim."""
    claims = {"permissions": " ".join(Permission), "actor": uuid.uuid4(), "organisation": organisation}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true)", [f"meldpunt_{role}"])
        for name, value in claims.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [f"meldpunt.{name}", str(value)])
        yield
        transaction.set_rollback(True)


def all_that_is_read(isac: uuid.UUID) -> str:
    """Every column of every row the session reads of what has to do with a table, and what the functions answer."""
    found = []
    with connection.cursor() as cursor:
        for table in (*TABLES, "disclosure_reader", "disclosure_version", "disclosure_delivery", "ledger_entry"):
            cursor.execute(READABLE, [table])
            (columns,) = cursor.fetchone()
            if columns:
                cursor.execute(f"SELECT {columns} FROM {table}")
                found += [repr(row) for row in cursor.fetchall()]
        cursor.execute("SELECT * FROM constituency_table(%s)", [isac])
        found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found)


def busy() -> Around:
    """A table at which something was told, waits, and is asked."""
    around = gather()
    tell(around.open, around.isac, is_unattributed=True)
    tell(around.hidden, around.isac, is_unattributed=True)
    send(around.third, around.isac, is_unattributed=True)
    actions.ask_for_seat(around.outside, isac=around.isac, words="Graag.", is_hidden=True)
    return around


def ids(*members: Actor) -> set[str]:
    return {str(one.organisation) for one in members}


def test_who_claims_nobody_reads_nothing() -> None:
    around = busy()
    with thief():
        assert all_that_is_read(around.isac) == ""
    with thief(uuid.uuid4()):
        assert all_that_is_read(around.isac) == ""


@pytest.mark.parametrize("claimed", ["chair", "open", "third", "hidden", "outside"])
def test_who_claims_one_member_learns_the_id_of_no_other(claimed: str) -> None:
    around = busy()
    everybody = {name: getattr(around, name) for name in ("chair", "open", "third", "hidden", "outside")}
    own = everybody.pop(claimed)
    with thief(own.organisation):
        read = all_that_is_read(around.isac)
    assert str(own.organisation) in read
    assert [name for name, other in everybody.items() if str(other.organisation) in read] == []


def test_the_chair_reads_who_asks_by_the_name_it_gave_and_not_by_its_id() -> None:
    around = busy()
    with thief(around.chair.organisation):
        assert "Biogas Peelrode" in all_that_is_read(around.isac)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT organisation FROM isacs_motion")


def test_no_member_reads_who_sits_hidden() -> None:
    around = busy()
    for other in (around.open, around.third, around.outside):
        with thief(other.organisation):
            assert not re.search("Haverzande", all_that_is_read(around.isac))


ATTEMPTS = (
    "UPDATE isacs_post SET state = 'told'",
    "UPDATE isacs_post SET organisation = gen_random_uuid()",
    "UPDATE isacs_post SET state = 'waiting', sent_at = now() - interval '1 day'",
    "UPDATE isacs_post SET go_at = now()",
    "UPDATE isacs_post SET parts = '[]'",
    "DELETE FROM isacs_told",
    "INSERT INTO isacs_told VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'post', false, now())",
    "INSERT INTO constituency_membership SELECT gen_random_uuid(), now(), NULL, false, true, i.id, %(own)s"
    " FROM constituency_isac i",
    "UPDATE constituency_membership SET chair = true",
    "UPDATE isacs_motion SET state = 'granted', decided_by = access_actor(), decided_at = now()",
    "UPDATE isacs_motion SET state = 'carried-out'",
    "INSERT INTO disclosure_reader (id, disclosure_id, position, kind, is_origin, recipient, organisation)"
    " SELECT gen_random_uuid(), id, 9, 'isac', false, 'isac', %(own)s FROM disclosure_disclosure",
)


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nothing_is_told_seated_or_granted_by_writing_rows(attempt: str) -> None:
    around = busy()
    for member in (around.outside, around.third):
        with thief(member.organisation):
            changed = 0
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(attempt, {"own": member.organisation})
                    changed = cursor.rowcount
            except DatabaseError:
                changed = 0
            assert changed == 0


@pytest.mark.parametrize("role", ["public", "sensor"])
def test_no_other_door_outside_reads_any_of_it(role: str) -> None:
    around = busy()
    with thief(around.open.organisation, role=role), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute("SELECT has_any_column_privilege(%s, 'SELECT')", [table])
            assert cursor.fetchone() == (False,), table


def poisoned(author: Actor, post: PostId) -> PostId:
    """A copy of the post that the door refuses: whoever has the password of the portal writes past the page."""
    with bound(author), connection.cursor() as cursor:
        cursor.execute("SELECT gen_random_uuid()")
        (poison,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO isacs_post SELECT (json_populate_record(p, json_build_object('id', %s::uuid, 'tlp', %s::text,"
            " 'state', 'draft', 'sent_at', null, 'thread', gen_random_uuid()))).* FROM isacs_post p WHERE p.id = %s",
            [poison, TLP.RED.value, post],
        )
        cursor.execute("UPDATE isacs_post SET state = 'waiting', sent_at = now() WHERE id = %s", [poison])
    return PostId(poison)


def test_a_post_that_the_door_refuses_holds_up_no_other_of_its_round() -> None:
    around = gather()
    good = send(around.open, around.isac, is_unattributed=True)
    bad = send(around.third, around.isac, is_unattributed=True)
    poison = poisoned(around.third, bad)
    release()
    states = {
        post: queries.get_own_post(author, post=post).state
        for author, post in ((around.open, good), (around.third, bad), (around.third, poison))
    }
    assert states == {good: PostState.TOLD, bad: PostState.TOLD, poison: PostState.REFUSED}


def test_a_post_that_the_door_refuses_keeps_nobody_company(settings: Settings) -> None:
    settings.ISAC_FEWEST_AUTHORS = 2
    around = gather()
    alone = send(around.open, around.isac, is_unattributed=True)
    draft = actions.write_post(around.third, form=form_for(around.isac, is_unattributed=True))
    poison = poisoned(around.third, draft)
    release()
    assert queries.get_own_post(around.third, post=poison).state is PostState.REFUSED
    assert queries.get_own_post(around.open, post=alone).state is PostState.WAITING
