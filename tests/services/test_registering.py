"""Services and what they lean on: told by somebody, masked, ended and told anew, and never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.constituency.cast import SECRETS, member_of, somebody
from tests.services.cast import WHY, founded, lean, leaning, register

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import Door, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.services import actions, models, queries
from meldpunt.services.errors import (
    DependencyNotFound,
    DependencyUnfit,
    ReasonMissing,
    ServiceNotFound,
    ServiceUnfit,
)
from meldpunt.services.values import DependencyForm, ServiceForm, ServiceId, Sureness, node_of

pytestmark = pytest.mark.django_db


def test_a_service_goes_by_the_code_of_its_organisation_and_a_number() -> None:
    house = founded()
    second = register(house.analyst, ServiceForm("facturen", organisation=house.bank))
    codes = [queries.get_service(house.analyst, service=one).code for one in (house.payments, second, house.network)]
    assert codes == ["BK-01/1", "BK-01/2", "EXT/1"]


def test_a_service_of_the_register_has_the_sector_of_its_organisation() -> None:
    house = founded()
    assert queries.get_service(house.analyst, service=house.pumping).sector == "drinking-water"


def test_what_points_at_the_organisation_is_masked_in_every_word() -> None:
    house = founded()
    form = ServiceForm("portaal van Waterbedrijf Zuiderwiel op zuiderwiel.example", organisation=house.water)
    reason = "Aafke Molenwiek vertelde het."
    service = actions.register_service(house.analyst, form=form, reason=reason)
    told = DependencyForm(
        node_of(service), "T1", (1, 2, 3), (0, 0, 0), "Aafke Molenwiek", timezone.localdate(), Sureness.TOLD
    )
    actions.tell_dependency(house.analyst, form=told, reason=reason)
    actions.end_service(house.analyst, service=service, reason="Zuiderwielwater belde: het stopt.")
    with bound(house.keeper):
        kept = [*models.Service.objects.values_list(), *models.Dependency.objects.values_list()]
    assert [secret for secret in SECRETS if secret in repr(kept)] == []
    assert queries.get_service(house.keeper, service=service).name.startswith("portaal van ")


@pytest.mark.parametrize(
    "form",
    [
        ServiceForm("", provider="Waddenkabel", sector="telecom"),
        ServiceForm("vast net", sector="telecom"),
        ServiceForm("vast net", provider="Waddenkabel", sector="breedband"),
        ServiceForm("vast net", provider="Waddenkabel", sector=""),
        ServiceForm("x" * 201, provider="Waddenkabel", sector="telecom"),
        ServiceForm("vast net", provider="Waddenkabel", sector="telecom"),
    ],
    ids=["no name", "no owner", "unknown sector", "no sector", "long", "there already"],
)
def test_a_service_that_is_not_fit_is_refused(form: ServiceForm) -> None:
    house = founded()
    with pytest.raises(ServiceUnfit):
        register(house.analyst, form)


def test_an_organisation_of_the_register_is_no_provider_by_name_for_who_knows_the_name() -> None:
    house = founded()
    form = ServiceForm("pompen", provider="Waterbedrijf Zuiderwiel", sector="drinking-water")
    with pytest.raises(ServiceUnfit, match="by its code"):
        register(house.keeper, form)


def test_words_that_masking_makes_too_long_are_refused() -> None:
    house = founded()
    domains = " ".join(["zuiderwiel.example"] * 10)
    with pytest.raises(ServiceUnfit, match="200"):
        register(house.analyst, ServiceForm(domains, organisation=house.water))
    form = leaning(house.pumping, "E1")
    with pytest.raises(DependencyUnfit, match="200"):
        lean(house.analyst, replace(form, told_by=domains))


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_change_says_why(reason: str) -> None:
    house = founded()
    form = ServiceForm("zendmasten", provider="Waddenkabel", sector="telecom")
    with pytest.raises(ReasonMissing):
        actions.register_service(house.analyst, form=form, reason=reason)
    with pytest.raises(ReasonMissing):
        actions.end_service(house.analyst, service=house.network, reason=reason)


def test_what_is_told_anew_ends_what_was_told_before_and_both_stay() -> None:
    house = founded()
    lean(house.analyst, leaning(house.payments, house.network, strength=(10, 20, 30)))
    found = queries.list_leaning(house.analyst, service=house.payments)
    assert [round(one.strength.likely, 2) for one in found.it_on] == [0.2]
    assert [(round(one.strength.likely, 2), one.until is not None) for one in found.ended] == [(0.6, True)]


def test_a_dependency_that_ended_leads_nowhere_and_ends_once() -> None:
    house = founded()
    (first,) = queries.list_leaning(house.analyst, service=house.payments).it_on
    actions.end_dependency(house.analyst, dependency=first.id, reason="Overgestapt.")
    assert queries.list_leaning(house.analyst, service=house.payments).it_on == ()
    with pytest.raises(DependencyNotFound):
        actions.end_dependency(house.analyst, dependency=first.id, reason="Overgestapt.")


def test_nothing_leans_on_a_service_that_ended() -> None:
    house = founded()
    actions.end_service(house.analyst, service=house.network, reason="Opgeheven.")
    assert queries.list_leaning(house.analyst, service=house.network).on_it == ()
    assert queries.count_services(house.analyst) == 2
    with pytest.raises(DependencyUnfit, match="ended"):
        lean(house.analyst, leaning(house.payments, house.network))


@pytest.mark.parametrize(
    "form",
    [
        leaning("F1", "T1"),
        leaning("service:zo maar", "F1"),
        leaning(ServiceId(models.uuid.uuid4()), "ZZ"),
        leaning(ServiceId(models.uuid.uuid4()), "T1", strength=(50, 40, 60)),
        leaning(ServiceId(models.uuid.uuid4()), "T1", strength=(50, 60, 101)),
        leaning(ServiceId(models.uuid.uuid4()), "T1", strength=(0, 0, 0)),
        leaning(ServiceId(models.uuid.uuid4()), "T1", buffer_hours=(-1, 0, 0)),
        leaning(ServiceId(models.uuid.uuid4()), "T1", buffer_hours=(0, 0, float("nan"))),
    ],
)
def test_a_dependency_that_is_not_fit_is_refused(form: DependencyForm) -> None:
    with pytest.raises(DependencyUnfit):
        lean(founded().analyst, form)


def test_a_dependency_on_what_is_not_there_is_refused() -> None:
    with pytest.raises(ServiceNotFound):
        lean(founded().analyst, leaning(ServiceId(models.uuid.uuid4()), "T1"))


def test_nobody_tells_today_what_is_told_tomorrow() -> None:
    house = founded()
    form = leaning(house.pumping, "E1")
    tomorrow = timezone.localdate() + timedelta(days=1)
    late = DependencyForm(form.of, form.on, form.strength, form.buffer_hours, "iemand", tomorrow, Sureness.TOLD)
    with pytest.raises(DependencyUnfit, match="today"):
        lean(house.analyst, late)


def test_a_row_is_changed_by_nobody_and_ends_in_nobody_elses_name() -> None:
    house = founded()
    with bound(house.analyst), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        models.Dependency.objects.update(percent_high=100)
    other = somebody(Door.DESK, Role.ANALYST)
    with bound(house.analyst), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        models.Dependency.objects.update(until=timezone.now(), ended_by=other.id, end_reason="x")


@pytest.mark.parametrize("role", [Role.WOO_OFFICER, Role.STATISTICIAN, Role.ADMINISTRATOR])
def test_who_does_no_triage_reads_no_services(role: Role) -> None:
    founded()
    viewer = somebody(Door.DESK, role)
    with pytest.raises(PermissionMissing):
        queries.list_services(viewer)
    with bound(viewer):
        assert (models.Service.objects.count(), models.Dependency.objects.count()) == (0, 0)


def test_an_organisation_reads_what_its_own_services_lean_on_and_nothing_of_who_leans_on_them() -> None:
    house = founded()
    lean(house.analyst, leaning(house.pumping, house.payments))
    ((service, found),) = queries.list_own_services(member_of(house.bank))
    assert (service.id, found.on_it, found.ended) == (house.payments, (), ())
    assert [one.on.service for one in found.it_on] == [None]
    with bound(member_of(house.bank)):
        assert [*models.Dependency.objects.values_list("of_service_id", flat=True)] == [house.payments]


def test_the_ledger_tells_an_organisation_what_was_told_of_it_by_code_alone() -> None:
    house = founded()
    told = ledger_queries.list_entries(member_of(house.bank), kind=Kind.SERVICES_CHANGED)
    assert [(one.details["done"], one.details["code"]) for one in told] == [
        ("told", "BK-01/1"),
        ("registered", "BK-01/1"),
    ]
    assert WHY not in repr(told)


def test_an_organisation_does_not_read_how_many_leant_on_a_service_of_it_that_ended() -> None:
    house = founded()
    lean(house.analyst, leaning(house.pumping, house.payments))
    actions.end_service(house.analyst, service=house.payments, reason="Opgeheven.")
    ended = ledger_queries.list_entries(member_of(house.bank), kind=Kind.SERVICES_CHANGED)[0]
    assert (ended.details["done"], ended.details["dependencies"]) == ("ended", 1)


def test_a_sealed_name_finds_no_service_until_it_is_unsealed() -> None:
    house = founded()
    assert queries.count_services(house.analyst, text="Zuiderwiel") == 0
    constituency_actions.unseal_identity(house.analyst, organisation=house.water, purpose="terugbellen")
    assert [one.id for one in queries.list_services(house.analyst, text="zuiderwiel")] == [house.pumping]


@pytest.mark.parametrize("text", ["vast", "EXT/1", "waddenk"])
def test_a_service_is_found_by_name_code_and_provider(text: str) -> None:
    house = founded()
    assert [one.id for one in queries.list_services(house.analyst, text=text)] == [house.network]
    assert queries.count_services(house.analyst, text=text, sector="telecom") == 1
    assert queries.count_services(house.analyst, text=text, sector="banking") == 0
