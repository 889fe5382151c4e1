"""The story's country: the same every time, and nobody real in it."""

from __future__ import annotations

import base64
import time
from collections import Counter
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network

import pytest

from meldpunt.access.values import JOB, Door
from meldpunt.constituency import actions, queries
from meldpunt.constituency.errors import RegistrationRefused
from meldpunt.engines.matching.registry import Registry
from meldpunt.entrypoints.cli.story import country
from meldpunt.entrypoints.cli.story.cast import Cast, players
from meldpunt.entrypoints.cli.story.registrations import constituents, parties

DOCUMENTATION = [ip_network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]
LETTER = {
    *("drinking-water", "energy", "telecom", "transport", "banking", "insurance", "nuclear", "multinationals"),
    *("managed-services", "central-government", "municipalities", "health", "trust-services"),
}
NOW = datetime(2026, 11, 23, tzinfo=UTC)
FORMS = [entrant.form for entrant in constituents()]


def test_the_country_is_the_same_every_time() -> None:
    assert constituents() == constituents()
    assert parties() == parties()


def test_every_sector_of_the_letter_has_organisations() -> None:
    assert {form.sector for form in FORMS} >= LETTER
    assert 180 <= len(FORMS) <= 220


def test_no_two_organisations_or_people_share_a_name() -> None:
    assert max(Counter(form.name for form in FORMS).values()) == 1
    assert max(Counter(person.name for form in FORMS for person in form.people).values()) == 1


def test_every_domain_and_mail_address_ends_in_example() -> None:
    names = [held.value for form in FORMS for held in form.domains]
    names += [person.mail for form in FORMS for person in form.people] + [player.mail for player in players()]
    assert all(name.endswith(".example") for name in names)


def test_every_network_lies_in_a_documentation_prefix() -> None:
    held = [ip_network(one.value) for form in FORMS for one in form.networks]
    assert all(any(net.version == doc.version and net.subnet_of(doc) for doc in DOCUMENTATION) for net in held)  # type: ignore[arg-type]


def test_every_as_number_is_kept_for_documentation() -> None:
    numbers = [int(held.value.removeprefix("AS")) for form in FORMS for held in form.asns]
    assert all(64496 <= number <= 64511 or 65536 <= number <= 65551 for number in numbers)
    assert len(numbers) == 32


def test_nobody_holds_the_addresses_the_attackers_use() -> None:
    attackers = ip_network("203.0.113.128/25")
    held = [ip_network(one.value) for form in FORMS for one in form.networks]
    assert not [net for net in held if net.version == 4 and net.overlaps(attackers)]


def test_everybody_can_be_called_by_day_and_by_night() -> None:
    assert all({person.hours.value for person in form.people} == {"day", "night"} for form in FORMS)


def test_people_of_the_desk_have_a_second_factor_and_everybody_a_long_phrase() -> None:
    for player in players():
        assert len(player.password) >= 20
        assert bool(player.totp_secret) == (not player.organisation)
        base64.b32decode(player.totp_secret)


@pytest.fixture
def cast(db: None) -> Cast:
    return country.found_country(JOB)


def test_the_founded_country_has_its_cast_at_the_right_doors(cast: Cast) -> None:
    assert cast.actors["analyst"].door is Door.DESK
    assert cast.actors["water-security"].organisation == cast.organisations["water"]
    assert cast.actors["sensor"].organisation == cast.organisations["energy"]
    assert len(cast.isacs) == 9
    assert country.is_founded(JOB)


def test_the_founded_country_is_sealed_for_its_analyst(cast: Cast) -> None:
    viewer = cast.actors["analyst"]
    listed = [*queries.list_organisations(viewer, kind="constituent"), *queries.list_network_participants(viewer)]
    listed += [member for isac in cast.isacs.values() for member in queries.list_members(viewer, isac=isac)]
    assert {one.name for one in listed} == {None}


def test_every_sector_has_its_supervisor_and_ministry(cast: Cast) -> None:
    for sector in {form.sector for form in FORMS}:
        assert queries.supervisor_of(JOB, sector=sector).party_kind == "supervisor"
        assert queries.ministry_of(JOB, sector=sector).party_kind == "ministry"


def owners(registry: Registry, address: str, at: datetime = NOW) -> set[tuple[str, str]]:
    return {(found.owner, found.role) for found in registry.attribute(at=at, address=ip_address(address))}


def test_the_hosted_municipality_and_its_hoster_both_answer(cast: Cast) -> None:
    registry = queries.compile_registry(JOB)
    municipality, hoster = str(cast.organisations["municipality"]), str(cast.organisations["hoster"])
    assert owners(registry, "192.0.2.74") == {(municipality, "holder"), (hoster, "hoster")}
    assert owners(registry, "192.0.2.65") == {(hoster, "holder")}


def test_the_network_the_hospital_left_falls_back_to_the_hoster(cast: Cast) -> None:
    registry = queries.compile_registry(JOB)
    hospital, hoster = str(cast.organisations["hospital"]), str(cast.organisations["hoster"])
    assert owners(registry, "192.0.2.98") == {(hoster, "holder")}
    assert owners(registry, "192.0.2.98", datetime(2024, 6, 30, tzinfo=UTC)) == {(hospital, "holder")}


def test_registering_the_whole_country_takes_seconds_not_minutes(db: None) -> None:
    started = time.monotonic()
    actions.register_organisations(JOB, forms=FORMS)
    assert time.monotonic() - started < 10


def test_a_country_is_founded_once(cast: Cast) -> None:
    with pytest.raises(RegistrationRefused):
        country.found_country(JOB)
