"""The name is found by nobody at the desk who did not unseal it, whatever the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from meldpunt.access.binding import bound
from meldpunt.access.errors import NotFound, PermissionMissing
from meldpunt.access.values import JOB, Actor, Door, OrganisationId, Role
from meldpunt.constituency import actions, models, queries
from meldpunt.constituency.errors import IdentitySealed, PurposeMissing
from meldpunt.constituency.values import Oversight
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.models import Entry
from meldpunt.ledger.values import Kind

from .cast import BANK, POLICE, SECRETS, analyst, duty_officer, register, somebody

pytestmark = pytest.mark.django_db

Look = Callable[[Actor, OrganisationId], object]

LOOKS: dict[str, Look] = {
    "count_organisations": lambda v, _: queries.count_organisations(v, text="Zuiderwiel"),
    "find_by_names": lambda v, _: queries.find_by_names(v, names=["Waterbedrijf Zuiderwiel"]).values(),
    "find_own_terms": lambda v, _: queries.find_own_terms(v),
    "find_unsealing": lambda v, o: queries.find_unsealing(v, organisation=o),
    "get_organisation": lambda v, o: queries.get_organisation(v, organisation=o),
    "last_registered_at": lambda v, _: queries.last_registered_at(v),
    "list_by_codes": lambda v, _: queries.list_by_codes(v, codes=["DW-01"]),
    "list_by_ids": lambda v, o: queries.list_by_ids(v, organisations=[o]),
    "list_carriers": lambda v, _: queries.list_carriers(v, processes=["D1"]).values(),
    "list_isacs": lambda v, _: queries.list_isacs(v),
    "list_members": lambda v, _: [queries.list_members(v, isac=isac.id) for isac in queries.list_isacs(v)],
    "count_keys_of_overseer": lambda v, _: queries.count_keys_of_overseer(v),
    "list_reachable": lambda v, o: queries.list_reachable(v, organisation=o),
    "list_ways": lambda v, o: queries.list_ways(v, organisations=[o], at=timezone.now()),
    "list_network_participants": lambda v, _: queries.list_network_participants(v),
    "list_organisations": lambda v, _: [
        queries.list_organisations(v),
        queries.list_organisations(v, text="Zuiderwiel"),
    ],
    "list_seats": lambda v, _: queries.list_seats(v),
    "list_own_seats": lambda v, _: queries.list_own_seats(v),
    "list_parties": lambda v, _: queries.list_parties(v),
    "list_portal_people": lambda v, o: queries.list_portal_people(v, organisations=[o]),
    "list_product_names": lambda v, _: queries.list_product_names(v),
    "list_users_of_product": lambda v, _: queries.list_users_of_product(v, product="Getijde"),
    "list_users_of_products": lambda v, _: queries.list_users_of_products(v, products=["Getijde"]),
    "ministry_of": lambda v, _: queries.ministry_of(v, sector="drinking-water"),
    "supervisor_of": lambda v, _: queries.supervisor_of(v, sector="drinking-water"),
}
REFUSED = {"get_identity", "list_contacts", "compile_registry"}
"""Tested below: these raise while the identity is sealed."""
FOR_THE_DOOR = {"masking_terms", "list_masking_terms", "list_sealed_terms", "list_telling_products"}
"""Return the terms on purpose; the door and who masks words, not a page, call them."""
FOR_A_MEMBER = {"find_pointers", "list_table"}
"""Of one's own organisation, and of who sits openly beside it; an analyst may not ask (`tests/isacs`)."""
FOR_THE_ADMINISTRATOR = {"find_by_code", "list_codes", "list_codes_of_waiting"}
"""Give codes, which say of nobody who it is; an analyst may not even ask."""

FOR_THE_KEEPER_AND_THE_JOBS = {
    "list_gaps",
    "get_destination",
    "count_usable_keys",
    "list_certificates",
    "list_certificates_at",
}
"""Tell whom mail reaches, and whose key signed one; an analyst may not even ask (`test_keys.py`)."""


@pytest.fixture
def water() -> OrganisationId:
    organisation = register()
    party = register(POLICE)
    isac = actions.create_isac(JOB, sector="drinking-water", name="ISAC")
    actions.join_isac(JOB, isac=isac, organisation=organisation)
    actions.join_detection_network(JOB, organisation=organisation)
    for oversight in Oversight:
        actions.appoint_authority(JOB, sector="drinking-water", oversight=oversight, party=party)
    return organisation


def test_every_query_is_held_to_the_seal() -> None:
    held = set(LOOKS) | REFUSED | FOR_A_MEMBER | FOR_THE_DOOR | FOR_THE_ADMINISTRATOR | FOR_THE_KEEPER_AND_THE_JOBS
    assert held == set(queries.__all__)


@pytest.mark.parametrize("name", sorted(LOOKS))
def test_no_query_tells_a_sealed_name(name: str, water: OrganisationId) -> None:
    told = repr(LOOKS[name](analyst(), water))
    assert not [secret for secret in SECRETS if secret in told]


def test_no_row_of_any_table_tells_a_sealed_name(water: OrganisationId) -> None:
    with bound(analyst()), connection.cursor() as cursor:
        for model in apps.get_app_config("constituency").get_models():
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            told = repr(cursor.fetchall())
            assert not [secret for secret in SECRETS if secret in told], model


def test_the_seal_refuses_identity_and_contacts(water: OrganisationId) -> None:
    with pytest.raises(IdentitySealed):
        queries.get_identity(analyst(), organisation=water)
    with pytest.raises(IdentitySealed):
        queries.list_contacts(analyst(), organisation=water)


def test_searching_a_sealed_name_finds_nothing(water: OrganisationId) -> None:
    assert queries.count_organisations(analyst(), text="Zuiderwiel") == 0
    assert queries.count_organisations(duty_officer(), text="Zuiderwiel") == 1


def test_unsealing_shows_the_name_to_that_analyst_alone(water: OrganisationId) -> None:
    one, other = analyst(), analyst()
    actions.unseal_identity(one, organisation=water, purpose="call the night desk")
    assert queries.get_organisation(one, organisation=water).label == "Waterbedrijf Zuiderwiel"
    assert queries.get_identity(one, organisation=water).domains == ("zuiderwiel.example",)
    assert queries.list_contacts(one, organisation=water)[0].name == "Aafke Molenwiek"
    assert queries.get_organisation(other, organisation=water).label == "DW-01"


def test_unsealing_one_organisation_leaves_the_others_sealed(water: OrganisationId) -> None:
    second = register(BANK)
    viewer = analyst()
    actions.unseal_identity(viewer, organisation=water, purpose="call")
    with pytest.raises(IdentitySealed):
        queries.get_identity(viewer, organisation=second)


def test_an_unsealing_that_lapsed_seals_again(water: OrganisationId) -> None:
    viewer = analyst()
    past = timezone.now() - timedelta(hours=9)
    with bound(viewer):
        entry = ledger.record(viewer, kind=Kind.UNSEALED, subject=water, about=water, details={})
        models.Unsealing(
            actor=viewer.id,
            organisation_id=water,
            purpose="yesterday",
            unsealed_at=past,
            lapses_at=past + timedelta(hours=8),
            entry_id=entry,
        ).save(force_insert=True)
    assert queries.find_unsealing(viewer, organisation=water) is None
    with pytest.raises(IdentitySealed):
        queries.get_identity(viewer, organisation=water)


def test_unsealing_is_in_the_ledger_with_its_purpose_and_without_the_name(water: OrganisationId) -> None:
    viewer = analyst()
    unsealing = actions.unseal_identity(viewer, organisation=water, purpose="  call  ")
    with bound(viewer):
        content = Entry.objects.get(kind="unsealed", actor=viewer.id).content
    assert '"purpose":"call"' in content.replace(" ", "")
    assert "Zuiderwiel" not in content
    assert unsealing.lapses_at - unsealing.unsealed_at == timedelta(hours=8)


def test_registration_leaves_no_name_in_the_ledger(water: OrganisationId) -> None:
    with bound(JOB):
        contents = "".join(Entry.objects.values_list("content", flat=True))
    assert "DW-01" in contents
    assert not [secret for secret in SECRETS if secret in contents]


@pytest.mark.parametrize("purpose", ["", "  \n"])
def test_nothing_is_unsealed_without_a_purpose(purpose: str, water: OrganisationId) -> None:
    with pytest.raises(PurposeMissing):
        actions.unseal_identity(analyst(), organisation=water, purpose=purpose)


def test_an_organisation_that_is_not_there_cannot_be_unsealed() -> None:
    with pytest.raises(NotFound):
        actions.unseal_identity(analyst(), organisation=OrganisationId(analyst().id), purpose="call")


@pytest.mark.parametrize("role", [Role.WOO_OFFICER, Role.STATISTICIAN, Role.ADMINISTRATOR])
def test_who_is_no_analyst_cannot_unseal(role: Role, water: OrganisationId) -> None:
    with pytest.raises(PermissionMissing):
        actions.unseal_identity(somebody(Door.DESK, role), organisation=water, purpose="call")


@pytest.mark.parametrize("hours", [9, 24 * 365])
def test_the_database_refuses_an_unsealing_longer_than_a_working_day(hours: int, water: OrganisationId) -> None:
    viewer = analyst()
    now = timezone.now()
    with bound(viewer):
        entry = ledger.record(viewer, kind=Kind.UNSEALED, subject=water, about=water, details={})
        row = models.Unsealing(
            actor=viewer.id,
            organisation_id=water,
            purpose="long",
            entry_id=entry,
            lapses_at=now + timedelta(hours=hours),
        )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)


def test_parties_are_no_secret(water: OrganisationId) -> None:
    assert [party.label for party in queries.list_parties(analyst())] == ["Politie"]
    assert queries.supervisor_of(analyst(), sector="drinking-water").label == "Politie"


def test_the_door_masks_what_the_analyst_does_not_know(water: OrganisationId) -> None:
    terms = queries.masking_terms(analyst(), organisation=water)
    assert terms.names == ("Waterbedrijf Zuiderwiel",)
    assert terms.people == ("Aafke Molenwiek",)
    assert set(terms.networks) == {"192.0.2.0/28", "2001:db8:1::/48"}


def test_masking_terms_are_for_who_proposes_a_disclosure(water: OrganisationId) -> None:
    administrator = somebody(Door.DESK, Role.ADMINISTRATOR)
    with pytest.raises(PermissionMissing):
        queries.masking_terms(administrator, organisation=water)
    with bound(administrator), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM constituency_masking(%s)", [water])
        assert cursor.fetchone() == (0,)


def test_who_logs_in_for_an_organisation_is_hidden_with_it(water: OrganisationId) -> None:
    actions.admit_person(
        JOB,
        email="lotte@elders.example",
        name="Lotte Brinkhorstma",
        roles=[Role.CONSTITUENT],
        password="helder water uit de duinen",
        organisation=water,
    )
    terms = queries.masking_terms(analyst(), organisation=water)
    assert terms.people == ("Aafke Molenwiek", "Lotte Brinkhorstma")
    assert "lotte@elders.example" in terms.mails


def test_sealed_terms_are_of_those_the_viewer_has_not_unsealed(water: OrganisationId) -> None:
    viewer, bank = analyst(), register(BANK)
    actions.unseal_identity(viewer, organisation=bank, purpose="call")
    assert set(queries.list_sealed_terms(viewer, organisations=[water, bank])) == {water}
    assert queries.list_sealed_terms(duty_officer(), organisations=[water, bank]) == {}
    assert queries.list_sealed_terms(JOB, organisations=[water, bank]) == {}
