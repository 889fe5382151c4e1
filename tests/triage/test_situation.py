"""Services in an estimate, scenarios beside each other, and the day on which no single report shows what happens."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.constituency.cast import SECRETS, member_of, register, somebody
from tests.services.cast import Register, founded, lean, leaning
from tests.services.cast import register as deliver
from tests.triage.cast import told

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import Actor, Door, OrganisationId, Role
from meldpunt.constituency.values import Registration
from meldpunt.engines.cascade import Band
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.services import actions as service_actions
from meldpunt.services.values import ServiceForm, ServiceId, node_of
from meldpunt.triage import actions, models, queries
from meldpunt.triage.errors import OutageImpossible, ScenarioNotFound
from meldpunt.triage.rules.laying import is_over
from meldpunt.triage.values import Change, Decision, Disruption, Outage, ScenarioId, Situation

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Wave:
    """Two banks and the log-in of the government, each with a report; nobody knows of the others."""

    analyst: Actor
    first: ReportId
    second: ReportId
    login: ReportId
    outages: tuple[dict[str, float], dict[str, float], dict[str, float]]


def report_of(organisation: OrganisationId) -> ReportId:
    return intake_actions.receive_report(member_of(organisation), form=told("Onbereikbaar", "Alles traag.")).report


def bank(number: int) -> OrganisationId:
    return register(
        Registration(kind="constituent", sector="banking", name=f"Bank Ringslang {number}", entity_kind="essential")
    )


def wave() -> Wave:
    """Payments of each bank carry a part of what is paid in shops and by giro; the log-in carries all of G4."""
    house = founded()
    banks = [bank(1), bank(2)]
    payments = [deliver(house.analyst, ServiceForm("betalen", organisation=one)) for one in banks]
    for one in payments:
        for process in ("F1", "F2"):
            lean(house.analyst, leaning(process, one, strength=(25, 30, 35), buffer_hours=(0, 0, 1)))
    login = deliver(house.analyst, ServiceForm("inloggen", provider="Sleutelbos", sector="central-government"))
    lean(house.analyst, leaning("G4", login, strength=(90, 95, 100), buffer_hours=(0, 0, 0)))
    water = report_of(house.water)
    shares = (*({node_of(one): 1.0} for one in payments), {node_of(login): 0.8})
    return Wave(house.analyst, report_of(banks[0]), report_of(banks[1]), water, shares)


def estimated(day: Wave, count: int = 3) -> None:
    for report, outage in list(zip((day.first, day.second, day.login), day.outages, strict=True))[:count]:
        actions.estimate_consequence(day.analyst, report=report, outage=outage)


def failing(situation: Situation | None) -> set[str]:
    assert situation
    (*_, last) = situation.estimate.readings
    return {one.node for one in last.standings if one.is_failing and not one.node.startswith("service:")}


def now(day: Wave) -> Situation | None:
    return queries.get_situation(day.analyst, outages=queries.list_outages(day.analyst).going_on)


def test_an_outage_of_a_provider_is_followed_to_the_processes_that_fail() -> None:
    house = founded()
    found, _ = queries.compute_estimate(house.analyst, outage=Outage({node_of(house.network): 1.0}))
    hours = {one.node: one.hours for one in found.next_hit}
    assert hours[node_of(house.payments)].high <= 5
    at_the_end = {one.node: one for one in found.readings[-1].standings}
    assert at_the_end["F1"].inoperability.likely > 0.3
    assert at_the_end[node_of(house.pumping)].name.nl == "DW-01/1 pompen op afstand"
    assert not [secret for secret in SECRETS if secret in repr(found)]


def test_what_nothing_reaches_is_left_out_of_the_network_and_changes_no_answer() -> None:
    house = founded()
    outage = Outage({node_of(house.payments): 1.0})
    before, _ = queries.compute_estimate(house.analyst, outage=outage)
    network = queries.get_network(house.analyst, nodes=outage.shares)
    assert node_of(house.network) not in network.dependencies.place
    lean(house.analyst, leaning(house.network, "E1"))
    after, _ = queries.compute_estimate(house.analyst, outage=outage)
    assert after.readings[-1].damage_eur == before.readings[-1].damage_eur


def test_the_day_on_which_payments_and_the_log_in_of_the_government_stand_still_together() -> None:
    day = wave()
    alone = [queries.compute_estimate(day.analyst, outage=Outage(one))[0] for one in day.outages]
    for one in alone:
        nodes = {each.node for each in one.readings[-1].standings if each.is_failing}
        assert not {"F1", "G4"} <= nodes
    estimated(day)
    together = failing(now(day))
    assert {"F1", "F2", "G4"} <= together
    assert "F1" not in {each.node for each in alone[0].readings[-1].standings if each.is_failing}


def test_the_situation_says_of_each_report_what_it_adds() -> None:
    day = wave()
    estimated(day)
    found = now(day)
    assert found
    assert set(found.added) == {day.first, day.second, day.login}
    first = found.added[day.first]
    assert first.damage_eur.low > 0
    assert any(name.nl == "betalen in winkels" for name, _ in first.hours)


def test_one_report_adds_nothing_to_itself_and_no_outage_is_no_situation() -> None:
    day = wave()
    assert now(day) is None
    estimated(day, 1)
    found = now(day)
    assert found
    assert found.added == {}


def test_what_was_declined_no_longer_counts() -> None:
    day = wave()
    estimated(day, 2)
    actions.decide_report(day.analyst, report=day.first, decision=Decision.DECLINE, reason="Hersteld.")
    assert [one.report for one in queries.list_outages(day.analyst).going_on] == [day.second]


def test_only_the_estimate_that_counts_counts() -> None:
    day = wave()
    estimated(day, 1)
    actions.estimate_consequence(day.analyst, report=day.first, outage={"D1": 0.25})
    (one,) = queries.list_outages(day.analyst).going_on
    assert one.outage.shares == {"D1": 0.25}


def test_an_outage_goes_on_from_its_first_estimate_whatever_was_estimated_or_assessed_since() -> None:
    day = wave()
    estimated(day, 1)
    actions.assess_report(day.analyst, report=day.first, rsit="availability/ddos", reason="Golf")
    actions.estimate_consequence(day.analyst, report=day.first, outage={**day.outages[0], "D1": 0.25}, until_hour=4)
    first, *_, last = reversed(queries.list_versions(day.analyst, report=day.first))
    (one,) = queries.list_outages(day.analyst).going_on
    (payments,) = day.outages[0]
    assert (one.began, one.estimated_at) == ({payments: first.by.at, "D1": last.by.at}, last.by.at)


def test_an_outage_that_began_five_hours_ago_has_used_its_buffers_by_so_much() -> None:
    """Its buffer is six hours: who leans on it fails one hour from now, and by what begins now in six."""
    house = founded()
    slow = deliver(house.analyst, ServiceForm("traag", provider="Sleutelbos", sector="banking"))
    lean(house.analyst, leaning("F1", slow, strength=(90, 95, 100), buffer_hours=(6, 6, 6)))
    actions.estimate_consequence(house.analyst, report=report_of(house.water), outage={node_of(slow): 1.0})
    (now,) = queries.list_outages(house.analyst).going_on
    earlier = replace(now, began={node: at - timedelta(hours=5) for node, at in now.began.items()})
    hit = [
        {one.node: one.hours for one in found.estimate.next_hit}["F1"]
        for outage in (now, earlier)
        if (found := queries.get_situation(house.analyst, outages=[outage]))
    ]
    assert hit == [Band(6, 6, 6), Band(1, 1, 1)]


def test_of_more_outages_than_are_looked_at_the_number_is_told() -> None:
    day = wave()
    estimated(day)
    found = queries.list_outages(day.analyst, most=2)
    assert ([one.report for one in found.going_on], found.left_out) == ([day.login, day.second], 1)
    assert queries.list_outages(day.analyst).left_out == 0


def test_a_report_about_availability_that_nobody_estimated_waits_to_be() -> None:
    day = wave()
    actions.assess_report(day.analyst, report=day.first, rsit="availability/ddos", reason="Golf")
    assert queries.list_unestimated(day.analyst) == (day.first,)
    estimated(day, 1)
    assert queries.list_unestimated(day.analyst) == ()


def test_something_supposed_stands_beside_what_is_out() -> None:
    day = wave()
    found = queries.get_situation(day.analyst, outages=(), supposed={"E1": 1.0})
    assert found
    assert found.estimate.disruption is Disruption.LIKELY


@pytest.fixture
def house() -> Register:
    return founded()


def reports_of(house: Register) -> list[ReportId]:
    return [one.id for one in intake_queries.list_reports(house.analyst).lines]


def supposed(house: Register, name: str = "Netwerk dicht", *changes: Change, share: float = 1.0) -> ScenarioId:
    known = [one.report for one in queries.list_scenarios(house.analyst, reports=reports_of(house))]
    report = known[0] if known else report_of(house.water)
    outage = Outage({node_of(house.network): share})
    return actions.keep_scenario(house.analyst, report=report, name=name, outage=outage, changes=changes).id


def test_a_scenario_is_kept_as_it_was_computed(house: Register) -> None:
    weaker = Change(node_of(house.payments), node_of(house.network), Band(0.1, 0.2, 0.3))
    one = queries.get_scenario(house.analyst, scenario=supposed(house, "  Netwerk dicht ", weaker))
    assert (one.number, one.name, one.changes) == (1, "Netwerk dicht", (weaker,))
    assert one.estimate.assumptions[0].nl.startswith("Verondersteld: BK-01/1 betaalautomaten verliest 20 %")
    assert [each.id for each in queries.list_scenarios(house.analyst, reports=[one.report])] == [one.id]


def test_two_scenarios_are_laid_beside_each_other_in_the_same_runs(house: Register) -> None:
    first = supposed(house)
    same = supposed(house, "nog eens")
    weaker = supposed(house, "zwakker", Change(node_of(house.payments), node_of(house.network), Band(0, 0.1, 0.2)))
    base, again, less = queries.compare_scenarios(house.analyst, scenarios=[first, same, weaker])
    assert (base.damage_eur, again.damage_eur, again.hours) == (None, Band(0, 0, 0), ())
    assert less.damage_eur is not None
    assert less.damage_eur.high < 0
    assert "betalen in winkels" in {name.nl for name, _ in less.hours}


def test_a_scenario_says_when_the_network_is_another_since(house: Register) -> None:
    one = supposed(house)
    (before,) = queries.compare_scenarios(house.analyst, scenarios=[one])
    lean(house.analyst, leaning(house.pumping, house.payments))
    (after,) = queries.compare_scenarios(house.analyst, scenarios=[one])
    assert (before.is_of_another_network, after.is_of_another_network) == (False, True)


def test_a_scenario_with_a_service_that_ended_is_not_computed_again_and_stays_readable(house: Register) -> None:
    one = supposed(house)
    service_actions.end_service(house.analyst, service=house.network, reason="Opgeheven.")
    with pytest.raises(OutageImpossible):
        queries.compare_scenarios(house.analyst, scenarios=[one])
    assert queries.get_scenario(house.analyst, scenario=one).estimate.runs > 0


def test_a_scenario_becomes_the_estimate_of_its_report_with_what_it_supposes(house: Register) -> None:
    change = Change("D1", node_of(house.pumping), Band(0.2, 0.3, 0.4))
    one = supposed(house, "pompen", change)
    assessed = actions.adopt_scenario(house.analyst, scenario=one)
    assert assessed.estimate
    assert assessed.estimate.outage.shares == {node_of(house.network): 1.0}
    assert "Verondersteld" in assessed.estimate.assumptions[0].nl


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_scenario_has_a_name(house: Register, name: str) -> None:
    with pytest.raises(OutageImpossible, match="name"):
        supposed(house, name)


def test_a_scenario_of_a_service_that_is_not_there_is_refused(house: Register) -> None:
    nowhere = Outage({node_of(ServiceId(house.analyst.id)): 1.0})
    with pytest.raises(OutageImpossible):
        actions.keep_scenario(house.analyst, report=report_of(house.bank), name="x", outage=nowhere)


@pytest.mark.parametrize(
    ("of", "on"), [("F1", "F1"), ("iets van de bank", "F1"), ("F1", node_of(ServiceId(uuid.UUID(int=1))))]
)
def test_a_change_is_of_two_that_there_are(house: Register, of: str, on: str) -> None:
    with pytest.raises(OutageImpossible, match="two ends"):
        supposed(house, "anders", Change(of, on, Band(0.1, 0.2, 0.3)))


def test_scenarios_are_in_the_ledger_and_changed_by_nobody(house: Register) -> None:
    supposed(house)
    (entry, *_) = ledger_queries.list_entries(house.analyst, kind=Kind.ASSESSED)
    assert entry.details["scenario"] == 1
    with bound(house.analyst), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        models.Scenario.objects.update(name="anders")


def test_who_does_no_triage_sees_no_scenario(house: Register) -> None:
    one = supposed(house)
    officer = somebody(Door.DESK, Role.WOO_OFFICER)
    with pytest.raises(PermissionMissing):
        queries.get_scenario(officer, scenario=one)
    with pytest.raises(ScenarioNotFound):
        queries.get_scenario(house.analyst, scenario=ScenarioId(house.analyst.id))


@pytest.mark.parametrize(
    ("outage", "hours", "over"),
    [
        (Outage({"F1": 0.9}), 24 * 365, False),
        (Outage({"F1": 0.9}, until_hour=4), 3, False),
        (Outage({"F1": 0.9}, until_hour=4), 4, True),
        (Outage({"F1": 0.9}, until_hour=4, recovers_in_hours=8), 11, False),
        (Outage({"F1": 0.9}, until_hour=4, recovers_in_hours=8), 12, True),
    ],
)
def test_an_outage_is_over_when_it_was_said_to_have_ended_and_recovered(outage: Outage, hours: int, over: bool) -> None:
    since = datetime(2026, 11, 30, 23, tzinfo=UTC)
    assert is_over(outage, since=since, now=since + timedelta(hours=hours)) is over
