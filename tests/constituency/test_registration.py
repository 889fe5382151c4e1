"""Organisations enter under a code, with claims that are theirs alone."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest
from django.db import DatabaseError, IntegrityError

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB
from meldpunt.constituency import actions, models, queries
from meldpunt.constituency.errors import ClaimNotAccepted, FormIncomplete, RegistrySealed
from meldpunt.constituency.values import Holding, Registration
from meldpunt.engines.matching.grammar import parse_address
from meldpunt.engines.matching.values import Asn, Host

from .cast import BANK, WATER, analyst, duty_officer, register

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PARENT = Registration(kind="constituent", sector="managed-services", name="Hoster", networks=(Holding("192.0.2.0/24"),))


def holding(form: Registration, **changes: object) -> Registration:
    return dataclasses.replace(form, **changes)  # type: ignore[arg-type]


def owners(address: str = "", host: str = "", at: datetime = NOW) -> list[str]:
    asked = parse_address(address) if address else None
    registry = queries.compile_registry(JOB)
    found = registry.attribute(at=at, address=asked, host=Host(host) if host else None)
    return [one.owner for one in found]


def test_codes_count_on_within_the_sector() -> None:
    first, second, bank = register(), register(holding(PARENT, sector="drinking-water")), register(BANK)
    known = queries.list_by_ids(analyst(), organisations=[first, second, bank])
    assert [known[id_].code for id_ in (first, second, bank)] == ["DW-01", "DW-02", "BK-01"]


def test_a_bulk_registration_is_all_or_nothing() -> None:
    with pytest.raises(ClaimNotAccepted):
        actions.register_organisations(JOB, forms=[WATER, holding(BANK, domains=WATER.domains)])
    assert queries.count_organisations(analyst()) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "  "},
        {"sector": "sorcery"},
        {"vital_processes": ("Z9",)},
        {"entity_kind": "royal"},
        {"party_kind": "police"},
        {"kind": "party", "party_kind": "guild"},
    ],
)
def test_a_form_outside_the_vocabulary_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(FormIncomplete):
        register(holding(WATER, **changes))


def test_a_code_in_use_is_refused() -> None:
    register()
    with pytest.raises(FormIncomplete):
        register(holding(BANK, code="DW-01"))


@pytest.mark.parametrize("domain", ["nl", "co.uk", "example", "not a name", "github.io"])
def test_nobody_registers_a_public_suffix_or_nonsense(domain: str) -> None:
    with pytest.raises(ClaimNotAccepted):
        register(holding(BANK, domains=(Holding(domain),)))


@pytest.mark.parametrize(
    "claim",
    [
        {"networks": (Holding("192.0.2.0/28"),)},
        {"domains": (Holding("ZUIDERWIEL.example."),)},
        {"asns": (Holding("as64496"),)},
    ],
)
def test_what_another_holds_is_refused_in_any_spelling(claim: dict[str, object]) -> None:
    register()
    with pytest.raises(ClaimNotAccepted):
        register(holding(BANK, **claim))


def test_a_successor_may_hold_what_the_predecessor_gave_up() -> None:
    moved = datetime(2025, 1, 1, tzinfo=UTC)
    before = register(holding(WATER, domains=(Holding("bron.example", valid_until=moved),)))
    after = register(holding(BANK, domains=(Holding("bron.example", valid_from=moved),)))
    assert owners(host="www.bron.example", at=datetime(2024, 6, 1, tzinfo=UTC)) == [str(before)]
    assert owners(host="www.bron.example") == [str(after)]


def test_the_nested_network_wins_from_the_one_around_it() -> None:
    parent, child = register(PARENT), register()
    assert owners("192.0.2.3") == [str(child)]
    assert owners("192.0.2.200") == [str(parent)]
    assert owners("::ffff:192.0.2.3") == [str(child)]


def test_an_expired_child_falls_back_to_its_parent() -> None:
    parent = register(PARENT)
    child = register(holding(WATER, networks=(Holding("192.0.2.0/28", valid_until=datetime(2024, 1, 1, tzinfo=UTC)),)))
    assert owners("192.0.2.3") == [str(parent)]
    assert owners("192.0.2.3", at=datetime(2023, 1, 1, tzinfo=UTC)) == [str(child)]


def test_holder_and_hoster_of_one_address_both_answer() -> None:
    hoster = register(holding(PARENT, networks=(Holding("192.0.2.0/24", role="hoster"),)))
    holder = register()
    assert set(owners("192.0.2.3")) == {str(holder), str(hoster)}


def test_an_analyst_attributes_the_values_at_hand_as_the_job_does() -> None:
    water = register()
    address, host = ip_address("2001:db8:1::5"), Host("mail.zuiderwiel.example")
    registry = queries.compile_registry(analyst(), addresses=[address], hosts=[host], asns=[Asn(64496)])
    for asked in ({"address": address}, {"host": host}, {"asn": Asn(64496)}):
        (found,) = registry.attribute(at=NOW, **asked)  # type: ignore[arg-type]
        assert found.owner == str(water)


def test_claims_on_other_values_do_not_come_along() -> None:
    register()
    registry = queries.compile_registry(analyst(), hosts=[Host("elsewhere.example")])
    assert registry.attribute(at=NOW, host=Host("zuiderwiel.example"), address=ip_address("192.0.2.1")) == ()


def test_an_analyst_who_holds_nothing_gets_an_empty_registry() -> None:
    register()
    registry = queries.compile_registry(analyst(), hosts=[])
    assert registry.attribute(at=NOW, host=Host("zuiderwiel.example")) == ()


def test_the_whole_registry_is_sealed_for_an_analyst() -> None:
    register()
    with pytest.raises(RegistrySealed):
        queries.compile_registry(analyst())
    assert queries.compile_registry(duty_officer()).attribute(at=NOW, host=Host("zuiderwiel.example"))


def test_an_analyst_registers_nobody_and_a_duty_officer_may() -> None:
    with pytest.raises(PermissionMissing):
        actions.register_organisation(analyst(), form=WATER)
    assert actions.register_organisation(duty_officer(), form=WATER)


def test_a_name_is_found_by_the_job_whatever_its_case() -> None:
    water = register()
    found = queries.find_by_names(JOB, names=["waterbedrijf ZUIDERWIEL ", "waterbedrijf"])
    assert found == {"waterbedrijf ZUIDERWIEL ": water}


def test_a_name_that_two_bear_is_nobodys_and_an_alias_is_found_as_it_is_written() -> None:
    for sector, name in (("banking", "De Brug"), ("health", "de brug")):
        register(Registration(kind="constituent", sector=sector, name=name, aliases=("Brugge",)))
    water = register()
    asked = ["De Brug", "Brugge", "BRUGGE", "", *WATER.aliases, WATER.name]
    assert queries.find_by_names(JOB, names=asked) == dict.fromkeys([*WATER.aliases, WATER.name], water)


@pytest.mark.parametrize("said", ["De Brug B.V.", "de brug, N.V.", "De-Brug", " de  brug "])
def test_a_name_is_found_without_its_signs_and_legal_form(said: str) -> None:
    bridge = register(Registration(kind="constituent", sector="banking", name="De Brug BV"))
    assert queries.find_by_names(JOB, names=[said, "De Bruggen", "BV", ""]) == {said: bridge}


def test_who_bears_the_very_name_goes_before_who_bears_it_with_another_legal_form() -> None:
    plain = register(Registration(kind="constituent", sector="banking", name="De Brug"))
    register(Registration(kind="constituent", sector="health", name="De Brug N.V."))
    assert queries.find_by_names(JOB, names=["de brug", "De Brug B.V."]) == {"de brug": plain}


def test_the_database_itself_refuses_a_second_holder() -> None:
    register()
    bank = register(BANK)
    row = models.Domain(organisation_id=bank, name="zuiderwiel.example", role="holder", valid_from=NOW)
    with pytest.raises(IntegrityError, match="domain_held_once"), bound(JOB):
        row.save(force_insert=True)


def test_the_database_itself_refuses_a_prefix_with_host_bits() -> None:
    row = models.Network(organisation_id=register(BANK), prefix="198.51.100.1/24", role="holder", valid_from=NOW)
    with pytest.raises(DatabaseError, match="cidr"), bound(JOB):
        row.save(force_insert=True)
