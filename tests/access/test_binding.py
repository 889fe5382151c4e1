"""The actor, bound to the database session."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from meldpunt.access.actions import create_account, create_machine_key
from meldpunt.access.binding import bound, deed, look, rebind
from meldpunt.access.errors import AddressInUse, NobodyBound, PermissionMissing, RolesDoNotMix
from meldpunt.access.models import Account
from meldpunt.access.queries import find_actor, find_actor_by_key, list_names
from meldpunt.access.values import JOB, STRANGER, Actor, ActorId, Door, Permission, Role

pytestmark = pytest.mark.django_db


def session() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('meldpunt.actor', true)")
        role, actor = cursor.fetchone()
    return role, actor or ""


def test_the_database_knows_the_actor_only_inside_the_block() -> None:
    with bound(STRANGER):
        assert session() == ("meldpunt_public", str(STRANGER.id))
    assert session() == ("meldpunt_app", "")


def test_a_nested_actor_gives_way_to_the_one_before() -> None:
    with bound(STRANGER):
        with bound(JOB):
            assert session() == ("meldpunt_jobs", str(JOB.id))
        assert session() == ("meldpunt_public", str(STRANGER.id))


def test_a_nested_actor_gives_way_also_after_an_error() -> None:
    with bound(STRANGER):
        with pytest.raises(ZeroDivisionError), bound(JOB):
            raise ZeroDivisionError
        assert session() == ("meldpunt_public", str(STRANGER.id))


def test_a_deed_without_its_permission_is_refused() -> None:
    @deed(Permission.ACCOUNT_MANAGE)
    def anything(actor: Actor) -> None: ...

    with pytest.raises(PermissionMissing):
        anything(STRANGER)


@look(Permission.REPORT_SUBMIT)
def who_is_bound(viewer: Actor) -> tuple[str, str]:
    return session()


def test_a_look_within_a_deed_of_the_same_actor_costs_nothing_more_than_what_it_reads() -> None:
    with bound(STRANGER), CaptureQueriesContext(connection) as asked:
        assert who_is_bound(STRANGER) == ("meldpunt_public", str(STRANGER.id))
    assert len(asked) == 1


def test_a_look_of_somebody_else_binds_its_own_viewer_and_gives_way_after_it() -> None:
    with bound(STRANGER):
        assert who_is_bound(JOB) == ("meldpunt_jobs", str(JOB.id))
        assert session() == ("meldpunt_public", str(STRANGER.id))


def test_who_takes_over_a_binding_stands_to_the_end_of_the_block_and_not_after_it() -> None:
    with bound(STRANGER):
        with bound(JOB):
            rebind(STRANGER)
            assert who_is_bound(STRANGER) == ("meldpunt_public", str(STRANGER.id))
            rebind(JOB)
            rebind(STRANGER)
        with CaptureQueriesContext(connection) as asked:
            assert who_is_bound(STRANGER) == ("meldpunt_public", str(STRANGER.id))
        assert len(asked) == 1
        rebind(JOB)
    assert session() == ("meldpunt_app", "")


def fail_as(actor: Actor) -> None:
    rebind(actor)
    raise ZeroDivisionError


def test_who_takes_over_gives_way_also_after_an_error() -> None:
    with bound(STRANGER):
        with pytest.raises(ZeroDivisionError), bound(STRANGER):
            fail_as(JOB)
        assert session() == ("meldpunt_public", str(STRANGER.id))
        assert who_is_bound(STRANGER) == ("meldpunt_public", str(STRANGER.id))


def test_nobody_takes_over_where_nobody_is_bound() -> None:
    with pytest.raises(NobodyBound):
        rebind(STRANGER)


def an_account(**changes: object) -> ActorId:
    given = {
        "email": f"{uuid4()}@desk.example",
        "name": "Noor",
        "roles": [Role.ANALYST],
        "password": "x" * 12,
    }
    return create_account(JOB, **(given | changes))  # type: ignore[arg-type]


def test_an_account_becomes_an_actor_at_its_own_door_only() -> None:
    account = an_account()
    found = find_actor(account, door=Door.DESK)
    assert found is not None
    assert found.roles == {Role.ANALYST}
    assert find_actor(account, door=Door.PORTAL) is None


def test_an_account_is_seen_only_by_who_names_it() -> None:
    one, other = an_account(), an_account()
    with bound(Actor(id=one, name="", door=Door.DESK, roles=frozenset())):
        assert [row.id for row in Account.objects.all()] == [one]
    assert one != other


def test_the_desk_knows_its_own_by_name_in_one_question_and_nobody_else() -> None:
    people = [an_account(name=name) for name in ("Noor", "Bas", "Ilse")]
    reporter = an_account(name="Wie meldde", roles=[Role.CONSTITUENT], organisation=uuid4())
    viewer = Actor(id=people[0], name="Noor", door=Door.DESK, roles=frozenset({Role.WOO_OFFICER}))
    with bound(viewer), CaptureQueriesContext(connection) as asked:
        names = list_names(viewer, people=[*people, reporter, uuid4()])
    assert sorted(names.values()) == ["Bas", "Ilse", "Noor"]
    assert len(asked) == 1


@pytest.mark.parametrize("role", [Role.CONSTITUENT, Role.PARTY])
def test_the_portal_learns_no_name_of_the_desk(role: Role) -> None:
    outside = Actor(
        id=an_account(roles=[role], organisation=uuid4()), name="", door=Door.PORTAL, roles=frozenset({role})
    )
    with pytest.raises(PermissionMissing):
        list_names(outside, people=[an_account()])
    with bound(outside), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("SELECT * FROM access_colleagues('{}')")


def test_roles_of_two_doors_do_not_fit_one_account() -> None:
    with pytest.raises(RolesDoNotMix):
        an_account(roles=[Role.ANALYST, Role.CONSTITUENT])


def test_an_administrator_does_no_casework() -> None:
    with pytest.raises(RolesDoNotMix):
        an_account(roles=[Role.ADMINISTRATOR, Role.DUTY_OFFICER])


def test_an_address_opens_one_account() -> None:
    email = f"{uuid4()}@desk.example"
    an_account(email=email)
    with pytest.raises(AddressInUse):
        an_account(email=email.upper())


def test_a_key_opens_its_own_door_and_a_wrong_one_none() -> None:
    secret = create_machine_key(JOB, name="sensor", role=Role.SENSOR, organisation=None)
    found = find_actor_by_key(secret)
    assert found is not None
    assert found.name == "sensor"
    assert find_actor_by_key(secret + "x") is None


def test_nobody_bound_sees_no_table() -> None:
    with pytest.raises(DatabaseError, match=r"does not exist|permission denied"), transaction.atomic():
        Account.objects.count()
