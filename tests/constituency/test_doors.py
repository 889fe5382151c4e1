"""What each door shows of the constituency: itself, the parties, or nothing."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from tests.access.cast import machine

from meldpunt.access.binding import bound
from meldpunt.access.errors import NotFound, PermissionMissing
from meldpunt.access.values import JOB, STRANGER, Actor, Door, OrganisationId, Role
from meldpunt.constituency import actions, queries

from .cast import BANK, POLICE, SECRETS, analyst, member_of, register, somebody

pytestmark = pytest.mark.django_db

TABLES = sorted(model._meta.db_table for model in apps.get_app_config("constituency").get_models())


@pytest.fixture
def water() -> OrganisationId:
    return register()


def rows_of(viewer: Actor, table: str) -> list[tuple[object, ...]]:
    with bound(viewer), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return list(cursor.fetchall())


def visible(viewer: Actor, table: str) -> int:
    """Rows the viewer can count; none where even asking is refused."""
    with bound(viewer), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
        if cursor.fetchone() == (False,):
            return 0
        cursor.execute(f"SELECT count(*) FROM {table}")
        (rows,) = cursor.fetchone()
    return int(rows)


@pytest.mark.parametrize("table", TABLES)
def test_the_public_reads_no_table(table: str, water: OrganisationId) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows_of(STRANGER, table)


@pytest.mark.parametrize("door", list(Door))
@pytest.mark.parametrize("table", TABLES)
def test_who_has_no_permission_sees_no_row(table: str, door: Door, water: OrganisationId) -> None:
    assert visible(somebody(door, organisation=water), table) == 0


@pytest.mark.parametrize("table", TABLES)
def test_without_an_actor_there_are_no_rows(table: str, water: OrganisationId) -> None:
    for role in ("meldpunt_desk", "meldpunt_portal", "meldpunt_sensor", "meldpunt_jobs"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', %s, true)", [role])
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
            if cursor.fetchone() == (True,):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,)
            cursor.execute("SELECT set_config('role', 'none', true)")


def test_a_stranger_may_ask_nothing(water: OrganisationId) -> None:
    with pytest.raises(PermissionMissing):
        queries.get_organisation(STRANGER, organisation=water)


def test_the_portal_knows_itself_by_name(water: OrganisationId) -> None:
    member = member_of(water)
    assert queries.get_organisation(member, organisation=water).name == "Waterbedrijf Zuiderwiel"
    assert queries.get_identity(member, organisation=water).mails == ("aafke@zuiderwiel.example",)


def test_another_organisation_is_not_there_for_the_portal(water: OrganisationId) -> None:
    bank = member_of(register(BANK))
    with pytest.raises(NotFound):
        queries.get_organisation(bank, organisation=water)
    assert not [secret for secret in SECRETS for table in ROWS_OF_PORTAL if secret in repr(rows_of(bank, table))]


ROWS_OF_PORTAL = [table for table in TABLES if table not in {"constituency_participation", "constituency_unsealing"}]


def test_the_portal_knows_the_parties_by_name_but_not_their_people(water: OrganisationId) -> None:
    police = register(POLICE)
    member = member_of(water)
    assert [party.label for party in queries.list_parties(member)] == ["Politie"]
    assert queries.list_contacts(member, organisation=police) == ()


def test_a_party_does_not_know_a_constituent(water: OrganisationId) -> None:
    officer = member_of(register(POLICE), Role.PARTY)
    with pytest.raises(NotFound):
        queries.get_organisation(officer, organisation=water)


def test_the_portal_sees_its_own_isacs_and_not_who_else_sits_there(water: OrganisationId) -> None:
    isac = actions.create_isac(JOB, sector="drinking-water", name="ISAC Drinkwater")
    actions.create_isac(JOB, sector="energy", name="ISAC Energie")
    for organisation in (water, register(BANK)):
        actions.join_isac(JOB, isac=isac, organisation=organisation)
    assert [one.name for one in queries.list_isacs(member_of(water))] == ["ISAC Drinkwater"]
    assert len(rows_of(member_of(water), "constituency_membership")) == 1


def test_a_sensor_knows_its_own_organisation_and_no_other(water: OrganisationId) -> None:
    sensor = machine(Role.SENSOR, water)
    register(BANK)
    assert queries.get_organisation(sensor, organisation=water).label == "Waterbedrijf Zuiderwiel"
    assert visible(sensor, "constituency_organisation") == 1


def test_the_desk_cannot_rewrite_what_was_registered(water: OrganisationId) -> None:
    for statement in ("UPDATE constituency_organisation SET code = 'X'", "DELETE FROM constituency_identity"):
        with pytest.raises(DatabaseError, match="permission denied"), bound(analyst()), connection.cursor() as cursor:
            cursor.execute(statement)
