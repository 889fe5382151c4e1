"""Keys of contacts: brought by their owner or the desk, trusted by the desk alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from tests.constituency.cast import WATER, analyst, duty_officer, register, somebody
from tests.constituency.keys import openpgp_key, smime_key

from meldpunt.access.binding import bound
from meldpunt.access.errors import NotFound, PermissionMissing
from meldpunt.access.values import JOB, Door, OrganisationId, Role
from meldpunt.constituency import actions, queries
from meldpunt.constituency.errors import FingerprintDiffers, KeyKnown, KeyOfAnother, PurposeMissing
from meldpunt.constituency.values import ContactId, KeyId, KeyState, Reachable

pytestmark = pytest.mark.django_db

ADDRESS = WATER.people[0].mail


def reachable(organisation: OrganisationId) -> Reachable:
    return queries.list_reachable(duty_officer(), organisation=organisation)[0]


@pytest.fixture
def water() -> OrganisationId:
    return register()


@pytest.fixture
def contact(water: OrganisationId) -> ContactId:
    return reachable(water).contact


def brought(contact: ContactId, *, lasts: timedelta = timedelta(days=700)) -> tuple[KeyId, str]:
    key = actions.bring_key(duty_officer(), contact=contact, raw=openpgp_key(ADDRESS, lasts=lasts).public)
    found = next(one for row in queries.list_gaps(duty_officer()).unverified for one in row.keys if one.id == key)
    return key, found.fingerprint


def verified(contact: ContactId, *, lasts: timedelta = timedelta(days=700)) -> KeyId:
    key, fingerprint = brought(contact, lasts=lasts)
    actions.verify_key(duty_officer(), key=key, fingerprint=fingerprint, how="Teruggebeld.")
    return key


def test_a_contact_without_a_key_has_none(water: OrganisationId) -> None:
    assert reachable(water).state is KeyState.MISSING


def test_a_key_that_nobody_verified_is_not_used(water: OrganisationId, contact: ContactId) -> None:
    brought(contact)
    assert reachable(water).state is KeyState.UNVERIFIED
    assert queries.get_destination(JOB, contact=contact, at=timezone.now()).certificate is None


def test_a_verified_key_is_used(water: OrganisationId, contact: ContactId) -> None:
    verified(contact)
    destination = queries.get_destination(JOB, contact=contact, at=timezone.now())
    assert (destination.mail, destination.state) == (ADDRESS, KeyState.USABLE)
    assert destination.certificate is not None


def test_a_key_is_verified_by_its_whole_fingerprint(contact: ContactId) -> None:
    key, fingerprint = brought(contact)
    for said in (fingerprint[-16:], "", fingerprint[:-1] + "0" if fingerprint[-1] != "0" else fingerprint[:-1] + "1"):
        with pytest.raises(FingerprintDiffers):
            actions.verify_key(duty_officer(), key=key, fingerprint=said, how="gebeld")


def test_how_a_key_was_verified_is_written_down(contact: ContactId) -> None:
    key, fingerprint = brought(contact)
    with pytest.raises(PurposeMissing):
        actions.verify_key(duty_officer(), key=key, fingerprint=fingerprint, how="  ")


def test_a_key_stops_being_used_when_it_ends(contact: ContactId) -> None:
    verified(contact, lasts=timedelta(days=20))
    later = timezone.now() + timedelta(days=21)
    assert queries.get_destination(JOB, contact=contact, at=later).state is KeyState.EXPIRED
    assert queries.get_destination(JOB, contact=contact, at=later).certificate is None


def test_a_revoked_key_is_not_used_and_can_be_brought_again(water: OrganisationId, contact: ContactId) -> None:
    actions.revoke_key(duty_officer(), key=verified(contact), reason="Laptop gestolen.")
    assert reachable(water).state is KeyState.REVOKED
    with pytest.raises(NotFound):
        actions.revoke_key(duty_officer(), key=reachable(water).keys[0].id, reason="nog eens")


def test_a_second_key_takes_over_without_a_moment_in_between(water: OrganisationId, contact: ContactId) -> None:
    first = verified(contact)
    second = verified(contact)
    actions.revoke_key(duty_officer(), key=first, reason="vervangen")
    assert reachable(water).state is KeyState.USABLE
    assert [one.id for one in reachable(water).keys if one.state is KeyState.USABLE] == [second]


def test_the_key_of_somebody_else_is_refused_unless_the_desk_says_why(contact: ContactId) -> None:
    strange = openpgp_key("iemand@anders.example").public
    with pytest.raises(KeyOfAnother):
        actions.bring_key(duty_officer(), contact=contact, raw=strange)
    actions.bring_key(duty_officer(), contact=contact, raw=strange, lent="Gedeeld postvak van de storingsdienst.")


def test_an_organisation_cannot_say_that_the_key_of_somebody_else_will_do(
    water: OrganisationId, contact: ContactId
) -> None:
    insider = somebody(Door.PORTAL, Role.CONSTITUENT, organisation=water)
    with pytest.raises(KeyOfAnother):
        actions.bring_key(insider, contact=contact, raw=openpgp_key("x@anders.example").public, lent="vertrouw mij")


def test_the_same_key_twice_is_refused(contact: ContactId) -> None:
    raw = smime_key(ADDRESS).public
    actions.bring_key(duty_officer(), contact=contact, raw=raw)
    with pytest.raises(KeyKnown):
        actions.bring_key(duty_officer(), contact=contact, raw=raw)


def test_an_organisation_brings_its_own_key_and_the_desk_verifies_it(water: OrganisationId, contact: ContactId) -> None:
    insider = somebody(Door.PORTAL, Role.CONSTITUENT, organisation=water)
    key = actions.bring_key(insider, contact=contact, raw=openpgp_key(ADDRESS).public)
    (own,) = queries.list_reachable(insider, organisation=water)
    assert own.state is KeyState.UNVERIFIED
    with pytest.raises(PermissionMissing):
        actions.verify_key(insider, key=key, fingerprint=own.keys[0].fingerprint, how="ik ben het zelf")
    actions.verify_key(duty_officer(), key=key, fingerprint=own.keys[0].fingerprint.upper(), how="gebeld")
    assert reachable(water).state is KeyState.USABLE


def test_an_organisation_reaches_no_key_of_another(contact: ContactId, water: OrganisationId) -> None:
    key = verified(contact)
    stranger = somebody(Door.PORTAL, Role.CONSTITUENT, organisation=OrganisationId(somebody(Door.DESK).id))
    with pytest.raises(NotFound):
        actions.bring_key(stranger, contact=contact, raw=openpgp_key(ADDRESS).public)
    with pytest.raises(NotFound):
        actions.revoke_key(stranger, key=key, reason="weg ermee")


def test_an_organisation_cannot_write_that_its_key_was_verified(water: OrganisationId, contact: ContactId) -> None:
    insider = somebody(Door.PORTAL, Role.CONSTITUENT, organisation=water)
    actions.bring_key(insider, contact=contact, raw=openpgp_key(ADDRESS).public)
    with pytest.raises(DatabaseError, match="permission denied"), bound(insider), connection.cursor() as cursor:
        cursor.execute("UPDATE constituency_key SET verified_by = added_by, verified_at = now(), verified_how = 'ik'")


def test_a_key_is_sealed_like_the_address_in_it(contact: ContactId, water: OrganisationId) -> None:
    verified(contact)
    somewhat = analyst()
    assert queries.list_reachable(somewhat, organisation=water) == ()
    actions.unseal_identity(somewhat, organisation=water, purpose="bellen")
    assert len(queries.list_reachable(somewhat, organisation=water)[0].keys) == 1


def test_whoever_seals_learns_hours_and_state_and_no_address(contact: ContactId, water: OrganisationId) -> None:
    verified(contact)
    (way,) = queries.list_ways(analyst(), organisations=[water], at=timezone.now())[water]
    assert (way.contact, way.state) == (contact, KeyState.USABLE)
    assert ADDRESS not in repr(way)


def test_who_keeps_the_register_is_told_before_a_key_ends(contact: ContactId) -> None:
    verified(contact, lasts=timedelta(days=29))
    assert [one.contact for one in queries.list_gaps(duty_officer()).expiring] == [contact]
    verified(contact, lasts=timedelta(days=300))
    assert queries.list_gaps(duty_officer()).expiring == ()


def test_who_keeps_the_register_is_told_of_a_key_that_ended(contact: ContactId) -> None:
    actions.revoke_key(duty_officer(), key=verified(contact), reason="kwijt")
    assert [one.contact for one in queries.list_gaps(duty_officer()).unusable] == [contact]


def test_keys_that_can_be_used_are_counted_and_not_named(contact: ContactId) -> None:
    assert queries.count_keys_of_overseer(analyst()) == 0
    verified(contact)
    assert queries.count_keys_of_overseer(analyst()) == queries.count_usable_keys(JOB) == 1


def test_whose_key_closes_or_signed_a_mail_is_told_to_no_analyst(contact: ContactId) -> None:
    verified(contact)
    for ask in (queries.list_certificates, queries.list_certificates_at):
        with pytest.raises(PermissionMissing):
            ask(analyst(), address="c@bank.example", at=timezone.now())
