"""An organisation tells of its own services, and learns nothing of who else is served."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.constituency.cast import SECRETS, member_of, somebody
from tests.services.cast import WHY, founded, lean, leaning

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB, Actor, Door, Role
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.services import actions, models, queries
from meldpunt.services.errors import (
    DependencyNotFound,
    DependencyUnfit,
    FileRefused,
    NamingNotFound,
    NamingSettled,
    ServiceNotFound,
    ServiceUnfit,
)
from meldpunt.services.rules.checking import MOST_OWN, MOST_OWN_LEANING, check_own
from meldpunt.services.values import Naming, OwnLeanForm, OwnServiceForm, ServiceForm, ServiceId, node_of

pytestmark = pytest.mark.django_db

HEADER = b"line,key,name,sector,people,of,on,provider,low,likely,high,buffer_low,buffer_likely,buffer_high,sure\n"
SAME = (60.0, 60.0, 60.0), (2.0, 2.0, 2.0)


def add(actor: Actor, name: str = "internetbankieren", people: int | None = None) -> ServiceId:
    return actions.add_own_service(actor, form=OwnServiceForm(name, people=people))


def names(of: ServiceId, provider: str, *, likely: float = 60, sector: str = "telecom") -> OwnLeanForm:
    return OwnLeanForm(of, "", (likely,) * 3, (2, 2, 2), provider, sector)


def named_by(actor: Actor) -> tuple[Naming, ...]:
    return queries.list_own_namings(actor)


def test_what_an_organisation_adds_is_read_by_the_desk_by_its_code_and_no_name() -> None:
    house = founded()
    insider = replace(member_of(house.water), name="Sjoukje Wulp")
    service = actions.add_own_service(
        insider, form=OwnServiceForm("portaal van Waterbedrijf Zuiderwiel", people=120_000)
    )
    actions.tell_own_dependency(insider, form=OwnLeanForm(service, "E1", *SAME))
    actions.end_own_service(insider, service=service)
    found = queries.get_service(house.analyst, service=service)
    assert (found.code, found.people, found.is_told_by_its_owner) == ("DW-01/2", 120_000, True)
    with bound(house.keeper):
        kept = [*models.Service.objects.values_list(), *models.Dependency.objects.values_list()]
    assert [one for one in (*SECRETS, insider.name) if one in repr(kept)] == []


def test_an_organisation_changes_and_ends_its_own_and_nobody_elses() -> None:
    house = founded()
    insider = member_of(house.bank)
    service = add(insider, people=10)
    actions.count_served(insider, service=service, people=12)
    assert queries.get_service(house.analyst, service=service).people == 12
    for deed in (
        lambda: actions.count_served(insider, service=house.pumping, people=1),
        lambda: actions.end_own_service(insider, service=house.network),
        lambda: actions.tell_own_dependency(insider, form=OwnLeanForm(house.pumping, "T1", *SAME)),
        lambda: actions.tell_own_dependency(insider, form=OwnLeanForm(service, node_of(house.pumping), *SAME)),
    ):
        with pytest.raises(ServiceNotFound):
            deed()
    actions.end_own_service(insider, service=service)
    with pytest.raises(ServiceNotFound):
        actions.end_own_service(insider, service=service)


@pytest.mark.parametrize("people", [-1, 2_000_000_001])
def test_people_are_counted(people: int) -> None:
    with pytest.raises(ServiceUnfit, match="whole number"):
        add(member_of(founded().bank), people=people)


def test_the_same_name_twice_is_refused() -> None:
    insider = member_of(founded().bank)
    add(insider)
    with pytest.raises(ServiceUnfit, match="already"):
        add(insider)


def test_what_is_told_anew_ends_what_the_desk_was_told_before() -> None:
    house = founded()
    lean(house.analyst, leaning(house.payments, "T1"))
    insider = member_of(house.bank)
    actions.tell_own_dependency(insider, form=OwnLeanForm(house.payments, "T1", *SAME))
    found = [one for one in queries.list_leaning(house.analyst, service=house.payments).it_on if one.on.process]
    assert [(one.told_by, one.by_name, round(one.strength.low, 2)) for one in found] == [("BK-01", "BK-01", 0.6)]


def test_an_organisation_ends_what_its_service_leans_on_and_not_what_leans_on_it() -> None:
    house = founded()
    other = lean(house.analyst, leaning(house.pumping, house.payments))
    insider = member_of(house.bank)
    ((_, own),) = queries.list_own_services(insider)
    actions.end_own_dependency(insider, dependency=own.it_on[0].id)
    assert queries.list_leaning(house.analyst, service=house.payments).it_on == ()
    with pytest.raises(DependencyNotFound):
        actions.end_own_dependency(insider, dependency=other)


def test_a_provider_of_the_register_is_shown_to_the_desk_by_code_and_to_who_named_it_as_it_was_named() -> None:
    house = founded()
    insider = member_of(house.bank)
    actions.tell_own_dependency(insider, form=names(house.payments, "waterbedrijf zuiderwiel"))
    actions.tell_own_dependency(insider, form=names(house.payments, "Waddenkabel"))
    assert queries.list_named(house.analyst) == ()
    assert actions.read_namings(JOB) == 2
    assert actions.read_namings(JOB) == 0
    found = queries.list_named(house.analyst)
    assert [(one.organisation.code if one.organisation else "", one.provider) for one in found] == [
        ("DW-01", ""),
        ("", "Waddenkabel"),
    ]
    with bound(house.analyst), pytest.raises(DatabaseError, match="denied"), transaction.atomic():
        list(models.Naming.objects.values_list("provider"))
    with bound(insider), pytest.raises(DatabaseError, match="denied"), transaction.atomic():
        models.Meant.objects.count()
    assert {(one.provider, one.is_placed) for one in named_by(insider)} == {
        ("waterbedrijf zuiderwiel", False),
        ("Waddenkabel", False),
    }


def test_who_names_its_own_is_masked_for_the_desk_which_reads_its_code_beside_it() -> None:
    house = founded()
    insider = member_of(house.water)
    for provider in ("Automatisering Waterbedrijf Zuiderwiel", "net.zuiderwiel.example " * 8):
        actions.tell_own_dependency(insider, form=names(house.pumping, provider))
    actions.read_namings(JOB)
    found = queries.list_named(house.analyst)
    assert found[0].provider.startswith("Automatisering ")
    actions.place_naming(house.analyst, naming=found[0].id)
    with bound(house.keeper):
        kept = [*models.Meant.objects.values_list(), *models.Service.objects.values_list()]
    assert [secret for secret in SECRETS if secret in repr((found, kept))] == []


def test_what_the_desk_placed_leads_on_and_says_nothing_of_whose_it_is() -> None:
    house = founded()
    insider = member_of(house.bank)
    for provider in ("Waterbedrijf Zuiderwiel", "Kabel Noord"):
        actions.tell_own_dependency(insider, form=names(house.payments, provider))
    actions.read_namings(JOB)
    water, cable = queries.list_named(house.analyst)
    with pytest.raises(DependencyUnfit, match="of this organisation"):
        actions.place_naming(house.analyst, naming=water.id)
    actions.place_naming(house.analyst, naming=water.id, on=node_of(house.pumping))
    actions.place_naming(house.analyst, naming=cable.id)
    with pytest.raises(NamingSettled):
        actions.place_naming(house.analyst, naming=cable.id)
    told = queries.list_leaning(house.analyst, service=house.payments).it_on
    assert {one.on.service.code for one in told if one.on.service} == {"EXT/1", "DW-01/1", "EXT/2"}
    assert all(one.is_placed for one in named_by(insider))
    ((_, own),) = queries.list_own_services(insider)
    assert {one.on.service for one in own.it_on} == {None}
    assert queries.list_own_services(member_of(house.water))[0][1].on_it == ()


def test_told_anew_it_still_means_what_the_desk_said_it_means() -> None:
    house = founded()
    insider = member_of(house.bank)
    actions.tell_own_dependency(insider, form=names(house.payments, "Kabel Noord"))
    actions.read_namings(JOB)
    (named,) = queries.list_named(house.analyst)
    actions.place_naming(house.analyst, naming=named.id, on="T1")
    actions.tell_own_dependency(insider, form=names(house.payments, "Kabel Noord", likely=90))
    actions.read_namings(JOB)
    found = [one for one in queries.list_leaning(house.analyst, service=house.payments).it_on if one.on.process]
    assert [(one.on.process, round(one.strength.likely, 2)) for one in found] == [("T1", 0.9)]
    assert queries.count_named(house.analyst) == 0
    (own,) = named_by(insider)
    actions.end_own_naming(insider, naming=own.id)
    assert named_by(insider) == ()
    assert [one for one in queries.list_leaning(house.analyst, service=house.payments).it_on if one.on.process] == []
    with pytest.raises(NamingNotFound):
        actions.end_own_naming(insider, naming=own.id)


def test_a_provider_in_two_sectors_is_named_twice_and_the_desk_says_which_service_the_second_is() -> None:
    house = founded()
    insider = member_of(house.bank)
    for sector in ("telecom", "energy"):
        actions.tell_own_dependency(insider, form=names(house.payments, "Kabel Noord", sector=sector))
    assert len(named_by(insider)) == 2
    actions.read_namings(JOB)
    cable, current = queries.list_named(house.analyst)
    actions.place_naming(house.analyst, naming=cable.id)
    with pytest.raises(DependencyUnfit, match="another sector"):
        actions.place_naming(house.analyst, naming=current.id)
    form = ServiceForm("stroom", provider="Kabel Noord", sector="energy")
    power = actions.register_service(house.analyst, form=form, reason=WHY)
    actions.place_naming(house.analyst, naming=current.id)
    leant_on = [one.on.node for one in queries.list_leaning(house.analyst, service=house.payments).it_on]
    assert node_of(power) in leant_on
    assert len(leant_on) == 3


def test_what_is_placed_takes_the_place_of_what_the_desk_was_told_of_the_same_two() -> None:
    house = founded()
    lean(house.analyst, leaning(house.payments, "T1"))
    insider = member_of(house.bank)
    actions.tell_own_dependency(insider, form=names(house.payments, "Kabel Noord"))
    actions.read_namings(JOB)
    (named,) = queries.list_named(house.analyst)
    actions.place_naming(house.analyst, naming=named.id, on="T1")
    standing = [one for one in queries.list_leaning(house.analyst, service=house.payments).it_on if one.on.process]
    assert [(one.told_by, round(one.strength.high, 2)) for one in standing] == [("BK-01", 0.6)]


def test_what_a_service_named_ends_with_it_and_waits_for_nobody() -> None:
    house = founded()
    insider = member_of(house.bank)
    for provider in ("Kabel Noord", "Kabel Zuid"):
        actions.tell_own_dependency(insider, form=names(house.payments, provider))
    actions.read_namings(JOB)
    actions.place_naming(house.analyst, naming=queries.list_named(house.analyst)[0].id)
    actions.end_own_service(insider, service=house.payments)
    assert named_by(insider) == ()
    assert queries.count_named(house.analyst) == 0
    assert queries.list_leaning(house.analyst, service=house.payments).it_on == ()


def test_the_same_that_the_desk_was_told_is_the_organisations_own_once_it_tells_it() -> None:
    house = founded()
    lean(house.analyst, leaning(house.payments, "T1", strength=SAME[0], buffer_hours=SAME[1]))
    insider = member_of(house.bank)
    for _ in range(2):
        actions.tell_own_dependency(insider, form=OwnLeanForm(house.payments, "T1", *SAME))
    found = queries.list_leaning(house.analyst, service=house.payments)
    assert [one.told_by for one in found.it_on if one.on.process] == ["BK-01"]
    assert [one.told_by for one in found.ended] == ["de beheerder"]


def test_no_code_is_given_twice_whichever_service_ended() -> None:
    house = founded()
    insider = member_of(house.bank)
    second = add(insider, "app")
    actions.end_own_service(insider, service=house.payments)
    add(insider, "beleggen")
    actions.end_own_service(insider, service=second)
    add(insider, "sparen")
    assert [one.code for one, _ in queries.list_own_services(insider)] == ["BK-01/3", "BK-01/4"]


def test_a_file_that_counts_other_people_counts_them_anew() -> None:
    house = founded()
    insider = member_of(house.bank)
    for people in (5000, 6000):
        raw = HEADER + b"service,pin,betaalautomaten,,%d,,,,,,,,,,\n" % people
        assert actions.import_own_services(insider, raw=raw).services == 0
        assert [one.people for one, _ in queries.list_own_services(insider)] == [people]


def test_what_leant_on_a_service_that_its_owner_ended_leads_nowhere_at_once() -> None:
    house = founded()
    lean(house.analyst, leaning(house.pumping, house.payments))
    actions.end_own_service(member_of(house.bank), service=house.payments)
    assert node_of(house.payments) not in {one.on for one in queries.get_graph(house.analyst).edges}


def test_whoever_leant_on_a_service_that_its_owner_ended_does_not_learn_that_it_ended() -> None:
    house = founded()
    lean(house.analyst, leaning(house.pumping, house.payments))
    water = member_of(house.water)
    before = queries.list_own_services(water)
    actions.end_own_service(member_of(house.bank), service=house.payments)
    actions.read_namings(JOB)
    assert queries.list_own_services(water) == before
    ((_, own),) = before
    actions.end_own_dependency(water, dependency=own.it_on[1].id)
    assert len(queries.list_own_services(water)[0][1].it_on) == 1


def test_a_name_that_is_told_anew_twice_and_taken_back_before_the_job_looked_holds_no_more() -> None:
    house = founded()
    insider = member_of(house.bank)
    actions.tell_own_dependency(insider, form=names(house.payments, "Kabel Noord"))
    actions.read_namings(JOB)
    actions.place_naming(house.analyst, naming=queries.list_named(house.analyst)[0].id, on="T1")
    for likely in (90, 80):
        actions.tell_own_dependency(insider, form=names(house.payments, "Kabel Noord", likely=likely))
    assert [one.on for one in queries.get_graph(house.analyst).edges if one.on == "T1"] == ["T1"]
    actions.end_own_naming(insider, naming=named_by(insider)[0].id)
    actions.read_namings(JOB)
    assert [one.on for one in queries.get_graph(house.analyst).edges if one.on == "T1"] == []


def test_of_what_its_service_leans_on_an_organisation_reads_only_its_own() -> None:
    house = founded()
    insider = member_of(house.bank)
    lean(house.analyst, leaning(house.payments, house.pumping))
    actions.tell_own_dependency(insider, form=OwnLeanForm(house.payments, node_of(add(insider)), *SAME))
    own = next(told for one, told in queries.list_own_services(insider) if one.id == house.payments)
    assert [one.on.service.code if one.on.service else "" for one in own.it_on] == ["", "", "BK-01/2"]
    assert {(one.told_by, one.by_name, one.reason) for one in own.it_on} == {("", "", "")}
    assert [one.is_told_by_its_owner for one in own.it_on] == [False, False, True]


@pytest.mark.parametrize(
    ("table", "column"),
    [(models.Service, one) for one in ("reason", "by", "by_name", "ended_by_name", "end_reason")]
    + [
        (models.Dependency, one)
        for one in ("reason", "told_by", "by", "by_name", "on_service_id", "ended_by_name", "end_reason")
    ],
)
def test_the_password_of_the_portal_reads_no_words_of_the_desk_and_not_who_leans_on_whom(
    table: type[models.Service | models.Dependency], column: str
) -> None:
    house = founded()
    with bound(member_of(house.bank)):
        assert table.objects.values_list("id").exists()
        with pytest.raises(DatabaseError, match="denied"), transaction.atomic():
            list(table.objects.values_list(column))


def test_a_file_comes_in_whole_and_the_same_file_twice_changes_nothing() -> None:
    house = founded()
    insider = member_of(house.bank)
    raw = HEADER + (
        b"service,pin,betaalautomaten,,5000,,,,,,,,,,\n"
        b"service,app,app,,,,,,,,,,,,\n"
        b"dependency,,,,,app,pin,,20,40,60,0,1,2,measured\n"
        b"dependency,,,,,pin,E1,,,90,,,4,,\n"
        b"dependency,,,telecom,,BK-01/1,,Kabel Noord,,50,,,,,told\n"
    )
    first = actions.import_own_services(insider, raw=raw)
    assert (first.services, first.dependencies, first.replaced) == (1, 3, 0)
    again = actions.import_own_services(insider, raw=raw)
    assert (again.services, again.dependencies, again.replaced) == (0, 0, 0)
    assert [one.people for one, _ in queries.list_own_services(insider)] == [5000, None]


def test_of_a_file_with_a_wrong_line_nothing_is_kept_and_every_wrong_line_is_told() -> None:
    insider = member_of(founded().bank)
    raw = HEADER + (
        b"service,app,app,,,,,,,,,,,,\n"
        b"dependency,,,,,DW-01/1,E1,,,90,,,4,,\n"
        b"dependency,,,,,app,,Kabel Noord,,50,,,,,told\n"
    )
    with pytest.raises(FileRefused) as refused:
        actions.import_own_services(insider, raw=raw)
    assert [line.number for line in refused.value.lines] == [3, 4]
    assert len(queries.list_own_services(insider)) == 1


def test_nobody_alone_makes_the_country_too_large_to_compute() -> None:
    house = founded()
    insider = member_of(house.bank)
    services = b"".join(b"service,k%d,dienst %d,,,,,,,,,,,,\n" % (number, number) for number in range(MOST_OWN - 1))
    actions.import_own_services(insider, raw=HEADER + services)
    with pytest.raises(ServiceUnfit, match="1,000"):
        add(insider)
    with pytest.raises(FileRefused):
        actions.import_own_services(insider, raw=HEADER + b"service,x,nog een,,,,,,,,,,,,\n")
    assert queries.count_services(house.analyst) == MOST_OWN + 2
    actions.end_own_service(insider, service=house.payments)
    add(insider)


@pytest.mark.parametrize(("services", "leaning"), [(MOST_OWN + 1, 0), (1, MOST_OWN_LEANING + 1)])
def test_what_one_organisation_tells_is_bounded_both_ways(services: int, leaning: int) -> None:
    check_own(MOST_OWN, MOST_OWN_LEANING)
    with pytest.raises(ServiceUnfit):
        check_own(services, leaning)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"service,,app,,,,,,,,,,,,", "key"),
        (b"service,app,app,,veel,,,,,,,,,,", "no number"),
        (b"service,app,app,," + b"9" * 5_000 + b",,,,,,,,,,", "no number"),
        (b"dependency,,,,,app,E1,Kabel,,9,,,4,,", "or else"),
        (b"dependency,,,,,app,E1,,,9,,,4,,assumed", "measured or told"),
        (b"provider,,,,,,,,,,,,,,", "service or dependency"),
    ],
)
def test_a_line_that_is_wrong_says_what_is(line: bytes, why: str) -> None:
    with pytest.raises(FileRefused) as refused:
        actions.import_own_services(member_of(founded().bank), raw=HEADER + line)
    assert why in str(refused.value.lines[0].why)


def test_the_ledger_says_that_the_organisation_told_it_itself() -> None:
    insider = member_of(founded().bank)
    add(insider)
    (entry, *_) = ledger_queries.list_entries(insider, kind=Kind.SERVICES_TOLD)
    assert (entry.details["done"], entry.details["code"]) == ("registered", "BK-01/2")


def test_a_party_and_the_desk_tell_of_no_service_as_their_own() -> None:
    house = founded()
    for actor in (house.analyst, somebody(Door.PORTAL, Role.PARTY)):
        with pytest.raises(PermissionMissing):
            add(actor)


def test_with_a_log_in_alone_nobody_writes_under_another_organisation() -> None:
    house = founded()
    with bound(member_of(house.bank)) as _, pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        models.Service(
            code="DW-01/9",
            name="x",
            sector="drinking-water",
            organisation_id=house.water,
            by=house.analyst.id,
            by_name="x",
            registered_at="2026-11-02T00:00Z",
        ).save(force_insert=True)


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "DW-01/9"},
        {"by_name": "Marit"},
        {"told_by_owner": False},
        {"registered_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_with_a_log_in_alone_a_service_is_told_now_and_as_oneself(changed: dict[str, object]) -> None:
    house = founded()
    insider = member_of(house.bank)
    add(insider)
    told = {"id": uuid.uuid4(), "code": "BK-01/3", "name": "nog een", "registered_at": timezone.now()}
    with bound(house.analyst):
        row, again = (models.Service.objects.get(code="BK-01/2") for _ in range(2))
    with bound(insider):
        with pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
            write_again(row, told | changed)
        write_again(again, told)


@pytest.mark.parametrize(
    "changed",
    [
        {"by_name": "Marit"},
        {"told_by": "gemeten"},
        {"told_by_owner": False},
        {"since": timezone.now() - timedelta(days=1)},
    ],
)
def test_with_a_log_in_alone_a_dependency_is_told_now_and_as_oneself(changed: dict[str, object]) -> None:
    house = founded()
    insider = member_of(house.bank)
    service = add(insider)
    actions.tell_own_dependency(insider, form=OwnLeanForm(service, "E1", *SAME))
    actions.tell_own_dependency(insider, form=names(service, "Kabel Noord"))
    reader = {models.Dependency: house.analyst, models.Naming: JOB}
    for table, other in ((models.Dependency, {"on_process": "D1"}), (models.Naming, {"provider": "Kabel Zuid"})):
        if table is models.Naming and not changed.keys() <= {"by_name", "since"}:
            continue
        with bound(reader[table]):
            row, again = (table.objects.get(of_service_id=service) for _ in range(2))
        told = {"id": uuid.uuid4(), "since": timezone.now(), **other}
        with bound(insider):
            with pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
                write_again(row, told | changed)
            write_again(again, told)


def write_again(row: models.Service | models.Dependency | models.Naming, changed: dict[str, object]) -> None:
    """The same row once more, as whoever writes to the tables themselves, with this changed."""
    for column, value in changed.items():
        setattr(row, column, value)
    row._state.adding = True
    row.save(force_insert=True)
