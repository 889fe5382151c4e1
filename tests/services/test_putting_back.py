"""What an organisation ends of what the desk told does not go unseen, and the desk puts it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.constituency.cast import member_of
from tests.services.cast import WHY, founded, lean, leaning

from meldpunt.access.errors import PermissionMissing
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.services import actions, queries
from meldpunt.services.errors import DependencyNotFound, ReasonMissing, ServiceNotFound
from meldpunt.services.values import OwnLeanForm, OwnServiceForm

pytestmark = pytest.mark.django_db

SAME = (60.0, 60.0, 60.0), (2.0, 2.0, 2.0)


def test_the_desk_sees_which_dependency_an_organisation_ended_and_puts_it_back() -> None:
    house = founded()
    insider = member_of(house.bank)
    ((_, own),) = queries.list_own_services(insider)
    before = queries.get_graph(house.analyst).digest
    actions.end_own_dependency(insider, dependency=own.it_on[0].id)
    assert queries.get_graph(house.analyst).digest != before
    (found,) = queries.list_undone(house.analyst).dependencies
    assert (found.id, found.ended_by, queries.count_undone(house.analyst)) == (own.it_on[0].id, "BK-01", 1)
    with pytest.raises(ReasonMissing):
        actions.put_back_dependency(house.analyst, dependency=found.id, reason=" ")
    with pytest.raises(PermissionMissing):
        actions.put_back_dependency(insider, dependency=found.id, reason=WHY)
    actions.put_back_dependency(house.analyst, dependency=found.id, reason=WHY)
    (held,) = queries.list_leaning(house.analyst, service=house.payments).it_on
    assert (held.told_by, held.strength, held.reason, held.is_told_by_its_owner) == (
        found.told_by,
        found.strength,
        WHY,
        False,
    )
    assert queries.count_undone(house.analyst) == 0
    with pytest.raises(DependencyNotFound):
        actions.put_back_dependency(house.analyst, dependency=found.id, reason=WHY)
    (entry, *_) = ledger_queries.list_entries(insider, kind=Kind.SERVICES_CHANGED)
    assert (entry.details["done"], entry.details["code"]) == ("put back", "BK-01/1")


def test_what_an_organisation_told_anew_or_told_itself_waits_for_nobody() -> None:
    house = founded()
    insider = member_of(house.bank)
    lean(house.analyst, leaning(house.payments, "T1"))
    actions.tell_own_dependency(insider, form=OwnLeanForm(house.payments, "T1", *SAME))
    actions.tell_own_dependency(insider, form=OwnLeanForm(house.payments, "E1", *SAME))
    told = [one for one in queries.list_own_services(insider)[0][1].it_on if one.on.process == "E1"]
    actions.end_own_dependency(insider, dependency=told[0].id)
    assert queries.count_undone(house.analyst) == 0


def test_a_service_that_its_organisation_ended_is_put_back_with_all_around_it() -> None:
    house = founded()
    insider = member_of(house.bank)
    lean(house.analyst, leaning(house.pumping, house.payments))
    before = {(one.of, one.on) for one in queries.get_graph(house.analyst).edges}
    actions.end_own_service(insider, service=house.payments)
    assert len(queries.get_graph(house.analyst).edges) == len(before) - 3
    undone = queries.list_undone(house.analyst)
    assert [(one.code, one.is_ended_by_its_owner) for one in undone.services] == [("BK-01/1", True)]
    assert undone.dependencies == ()
    actions.put_back_service(house.analyst, service=house.payments, reason=WHY)
    assert {(one.of, one.on) for one in queries.get_graph(house.analyst).edges} == before
    assert queries.get_service(house.analyst, service=house.payments).ended_at is None
    with pytest.raises(ServiceNotFound):
        actions.put_back_service(house.analyst, service=house.payments, reason=WHY)


def test_the_desk_puts_back_no_service_that_it_ended_itself_or_that_the_organisation_told_of_or_has_again() -> None:
    house = founded()
    insider = member_of(house.bank)
    own = actions.add_own_service(insider, form=OwnServiceForm("app"))
    actions.end_own_service(insider, service=own)
    actions.end_service(house.analyst, service=house.pumping, reason=WHY)
    actions.end_own_service(insider, service=house.payments)
    actions.add_own_service(insider, form=OwnServiceForm("betaalautomaten"))
    assert queries.count_undone(house.analyst) == 0
    for service in (own, house.pumping, house.payments):
        with pytest.raises(ServiceNotFound):
            actions.put_back_service(house.analyst, service=service, reason=WHY)


def test_what_was_ended_since_an_instant_is_counted() -> None:
    house = founded()
    insider = member_of(house.bank)
    actions.end_own_dependency(insider, dependency=queries.list_own_services(insider)[0][1].it_on[0].id)
    now = timezone.now()
    counted = [queries.count_undone(house.analyst, since=one) for one in (now - timedelta(hours=1), now)]
    assert counted == [1, 0]
