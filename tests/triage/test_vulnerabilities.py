"""Vulnerabilities: judged in versions, beside what the files of EPSS and KEV say, with who uses the product."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from tests.constituency.cast import somebody
from tests.triage.cast import Desk, desk, told

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB, STRANGER, Door, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Registration
from meldpunt.engines.vulnerability.matrix import Rating, ncsc_matrix
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import ReportId
from meldpunt.ledger import queries as ledger_queries
from meldpunt.triage import actions, queries
from meldpunt.triage.errors import (
    ChangedMeanwhile,
    CveUnknown,
    DeviationUnexplained,
    FileAhead,
    FileOlder,
    FileUnreadable,
    VulnerabilityUnclear,
)
from meldpunt.triage.rules.vulnerabilities import product_name
from meldpunt.triage.values import Decision, VulnerabilityForm, VulnerabilityOrder

pytestmark = pytest.mark.django_db

CVE = "CVE-2999-0001"
OTHER = "CVE-2999-0002"
VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
GRAVEST = {q.id: max(q.answers, key=lambda answer: answer.points).id for q in ncsc_matrix().questions}
POINTS = {"E": "A", "A": "Y", "TI": "T", "MWI": "H"}


def epss_of(day: str = "2026-11-29", **probabilities: str) -> bytes:
    rows = "".join(f"{cve.replace('_', '-')},{share},0.5\n" for cve, share in probabilities.items())
    return f"#model_version:v2999.01.01,score_date:{day}T00:00:00+0000\ncve,epss,percentile\n{rows}".encode()


def kev_of(*, product: str = "Sluispoort", cve: str = CVE, day: str = "2026-11-29", due: str = "2026-12-20") -> bytes:
    entry = {
        "cveID": cve,
        "vendorProject": "Vaartwerk",
        "product": product,
        "vulnerabilityName": "Authentication bypass",
        "dateAdded": "2026-11-28",
        "dueDate": due,
        "requiredAction": "Update.",
        "knownRansomwareCampaignUse": "Unknown",
    }
    return json.dumps({"catalogVersion": "1", "dateReleased": day, "count": 1, "vulnerabilities": [entry]}).encode()


def reported(house: Desk, text: str) -> ReportId:
    return intake_actions.receive_report(house.reporter, form=told(text=text)).report


def test_a_judgement_keeps_what_was_said_what_follows_and_what_the_files_said_then() -> None:
    house = desk()
    actions.load_epss(house.analyst, raw=epss_of(CVE_2999_0001="0.4"))
    form = VulnerabilityForm(vectors=(VECTOR,), answers=GRAVEST, points=POINTS)
    kept = actions.assess_vulnerability(house.analyst, report=house.receipt.report, cve="cve-2999-0001", form=form)
    actions.load_epss(house.analyst, raw=epss_of("2026-11-30", CVE_2999_0001="0.9"))
    page = queries.get_vulnerability(house.colleague, report=house.receipt.report, cve=CVE)
    assert page.latest == kept
    assert (kept.scored[0].score, kept.probability.rating, kept.damage.rating) == (9.8, Rating.HIGH, Rating.HIGH)
    assert kept.outcome is not None
    assert kept.outcome.id == "AC"
    assert kept.then.epss is not None
    assert (kept.then.epss.probability, kept.then.epss_day) == (0.4, date(2026, 11, 29))
    assert page.exploitation.epss is not None
    assert page.exploitation.epss.probability == 0.9
    assert page.label is not None
    assert page.label.nl == "Urgent"


def test_versions_are_added_and_a_page_that_is_out_of_date_writes_over_nothing() -> None:
    house = desk()
    report, form = house.receipt.report, VulnerabilityForm(points=POINTS)
    first = actions.assess_vulnerability(house.analyst, report=report, cve=CVE, form=form, seen=0)
    with pytest.raises(ChangedMeanwhile):
        actions.assess_vulnerability(house.colleague, report=report, cve=CVE, form=form, seen=0)
    second = actions.assess_vulnerability(house.colleague, report=report, cve=CVE, form=form, seen=first.version)
    page = queries.get_vulnerability(house.analyst, report=report, cve=CVE)
    assert [one.version for one in (second, *page.history)] == [2, 1]


def test_no_version_can_be_changed_in_the_database() -> None:
    house = desk()
    actions.assess_vulnerability(
        house.analyst, report=house.receipt.report, cve=CVE, form=VulnerabilityForm(points=POINTS)
    )
    with pytest.raises(DatabaseError), bound(house.analyst), connection.cursor() as cursor:
        cursor.execute("UPDATE triage_vulnerability SET outcome = 'T'")


def test_another_word_than_the_computed_one_needs_a_reason_and_the_computed_one_stays() -> None:
    house = desk()
    report = house.receipt.report
    rated = VulnerabilityForm(answers=GRAVEST, probability=Rating.LOW)
    decided = VulnerabilityForm(points=POINTS, outcome="T")
    for form in (rated, decided):
        with pytest.raises(DeviationUnexplained):
            actions.assess_vulnerability(house.analyst, report=report, cve=CVE, form=form)
    both = replace(rated, deviation="Staat nergens aan.", points=POINTS, outcome="T", outcome_reason="Ongebruikt.")
    kept = actions.assess_vulnerability(house.analyst, report=report, cve=CVE, form=both)
    assert (kept.probability.computed, kept.probability.rating) == (Rating.HIGH, Rating.LOW)
    assert (kept.computed_outcome and kept.computed_outcome.id, kept.outcome and kept.outcome.id) == ("AC", "T")


@pytest.mark.parametrize("said", [{"probability": Rating.HIGH}, {"damage": Rating.HIGH}])
def test_a_person_alone_may_say_how_likely_or_how_harmful_it_is_with_a_reason(said: dict[str, Rating]) -> None:
    house = desk()
    report = house.receipt.report
    with pytest.raises(DeviationUnexplained):
        actions.assess_vulnerability(house.analyst, report=report, cve=CVE, form=VulnerabilityForm(**said))
    reasoned = VulnerabilityForm(**said, deviation="Zo zegt de maker.")
    kept = actions.assess_vulnerability(house.analyst, report=report, cve=CVE, form=reasoned)
    assert {kept.probability.rating, kept.damage.rating} == {Rating.HIGH, None}


@pytest.mark.parametrize(
    "form",
    [
        VulnerabilityForm(),
        VulnerabilityForm(vectors=("9.8",)),
        VulnerabilityForm(answers={"pro_access": "internet"}),
        VulnerabilityForm(answers={**GRAVEST, "pro_access": "moon"}),
        VulnerabilityForm(points={"E": "Q"}),
        VulnerabilityForm(points={"Q": "E"}),
        VulnerabilityForm(outcome="Q", outcome_reason="Zomaar."),
    ],
)
def test_what_cannot_be_is_refused(form: VulnerabilityForm) -> None:
    house = desk()
    with pytest.raises(VulnerabilityUnclear):
        actions.assess_vulnerability(house.analyst, report=house.receipt.report, cve=CVE, form=form)


def test_an_id_is_one_of_the_programme() -> None:
    house = desk()
    with pytest.raises(CveUnknown):
        queries.get_vulnerability(house.analyst, report=house.receipt.report, cve="2999-1")


def test_the_catalogue_prefills_with_its_reason_and_an_open_point_leaves_what_is_possible() -> None:
    house = desk()
    report = house.receipt.report
    actions.load_kev(house.analyst, raw=kev_of())
    actions.assess_vulnerability(house.analyst, report=report, cve=CVE, form=VulnerabilityForm(vectors=(VECTOR,)))
    page = queries.get_vulnerability(house.analyst, report=report, cve=CVE)
    assert {hint.point: hint.value for hint in page.hints} == {"E": "A", "KEV": "Y", "TI": "T", "A": "Y"}
    (coordinator,) = page.readings
    assert coordinator.decided is None
    assert [one.id for one in coordinator.possible] == ["T", "T*", "AT", "AC"]


def test_one_answer_counts_in_every_table_that_asks_it() -> None:
    house = desk()
    points = {**POINTS, "KEV": "Y", "AE": "Y"}
    report = house.receipt.report
    actions.assess_vulnerability(house.analyst, report=report, cve=CVE, form=VulnerabilityForm(points=points))
    readings = queries.get_vulnerability(house.analyst, report=report, cve=CVE).readings
    assert {one.table.id: one.decided and one.decided.outcome.id for one in readings} == {
        "cisa-coordinator": "AC",
        "bod-26-04": "3DF",
    }


def test_a_file_takes_the_place_of_the_one_before_and_its_day_is_known() -> None:
    house = desk()
    assert queries.find_exploitation(house.analyst, cve=CVE).epss_day is None
    actions.load_epss(JOB, raw=epss_of("2026-11-28", CVE_2999_0001="0.1"))
    actions.load_epss(JOB, raw=epss_of("2026-11-29", CVE_2999_0002="0.2"))
    said = queries.find_exploitation(house.analyst, cve=CVE)
    assert (said.epss, said.epss_day) == (None, date(2026, 11, 29))
    loaded = queries.list_loaded(house.analyst)
    assert [(one.day.day, one.rows) for one in loaded] == [(29, 1), (28, 1)]
    kinds = [entry.kind.value for entry in ledger_queries.list_entries(house.analyst)]
    assert kinds.count("loaded") == 2


def test_an_older_file_is_refused_unless_it_is_meant_and_a_wrong_one_leaves_what_stood() -> None:
    house = desk()
    actions.load_kev(house.analyst, raw=kev_of(day="2026-11-29"))
    with pytest.raises(FileOlder):
        actions.load_kev(house.analyst, raw=kev_of(cve=OTHER, day="2026-11-28"))
    with pytest.raises(FileUnreadable):
        actions.load_kev(house.analyst, raw=b"{}")
    assert queries.find_exploitation(house.analyst, cve=CVE).known is not None
    actions.load_kev(house.analyst, raw=kev_of(cve=OTHER, day="2026-11-28"), is_older_meant=True)
    assert queries.find_exploitation(house.analyst, cve=CVE).known is None


@pytest.mark.parametrize("is_older_meant", [False, True])
def test_a_file_of_a_day_after_tomorrow_is_refused_and_keeps_none_of_today_out(is_older_meant: bool) -> None:
    house, today = desk(), timezone.localdate()
    tomorrow, after = (str(today + timedelta(days=days)) for days in (1, 2))
    with pytest.raises(FileAhead):
        actions.load_epss(house.analyst, raw=epss_of(after, CVE_2999_0001="0.1"), is_older_meant=is_older_meant)
    with pytest.raises(FileAhead):
        actions.load_kev(house.analyst, raw=kev_of(day=after), is_older_meant=is_older_meant)
    assert actions.load_kev(house.analyst, raw=kev_of(day=str(today))).day == today
    assert str(actions.load_epss(house.analyst, raw=epss_of(tomorrow, CVE_2999_0001="0.1")).day) == tomorrow


def test_only_who_may_loads_or_judges() -> None:
    house = desk()
    officer = somebody(Door.DESK, Role.WOO_OFFICER)
    for actor in (STRANGER, officer, house.reporter):
        with pytest.raises(PermissionMissing):
            actions.load_kev(actor, raw=kev_of())
        with pytest.raises(PermissionMissing):
            actions.assess_vulnerability(
                actor, report=house.receipt.report, cve=CVE, form=VulnerabilityForm(points=POINTS)
            )


def test_who_uses_the_product_stands_there_by_code_and_by_sector_with_sealed_names() -> None:
    house = desk()
    for number, product in enumerate(("Vaartwerk Sluispoort 4.2", "Sluispoort", "Sluiswachter")):
        form = Registration(kind="constituent", sector="banking", name=f"Bank {number}", products=(product,))
        constituency_actions.register_organisation(JOB, form=form)
    actions.load_kev(house.analyst, raw=kev_of())
    found = queries.list_product_users(house.analyst, report=house.receipt.report, cve=CVE).tied
    assert sorted(one.products for one in found.users) == [("Sluispoort",), ("Vaartwerk Sluispoort 4.2",)]
    assert found.by_sector == (("banking", 2),)
    assert {one.organisation.name for one in found.users} == {None}
    assert found.looked_for == ("Sluispoort",)


def test_the_list_has_what_is_open_judged_or_not_and_in_the_order_asked() -> None:
    house = desk()
    named = reported(house, f"Wij zien {CVE} en {OTHER} op onze machines.")
    closed = reported(house, "Ook CVE-2999-0003.")
    actions.decide_report(house.analyst, report=closed, decision=Decision.DECLINE, reason="Niet van ons.")
    actions.load_epss(house.analyst, raw=epss_of(CVE_2999_0001="0.1", CVE_2999_0002="0.8"))
    actions.load_kev(house.analyst, raw=kev_of())
    first = queries.list_open_vulnerabilities(house.analyst).lines
    assert [(one.gravest.report, one.cve, one.count) for one in first] == [(named, CVE, 1), (named, OTHER, 1)]
    likeliest = queries.list_open_vulnerabilities(house.analyst, order=VulnerabilityOrder.EPSS).lines
    assert [one.cve for one in likeliest] == [OTHER, CVE]
    actions.assess_vulnerability(house.analyst, report=named, cve=OTHER, form=VulnerabilityForm(points=POINTS))
    judged = queries.list_open_vulnerabilities(house.analyst).lines
    found = [(one.cve, one.gravest.outcome and one.gravest.outcome.id) for one in judged]
    assert found == [(OTHER, "AC"), (CVE, None)]
    due = queries.list_open_vulnerabilities(house.analyst, order=VulnerabilityOrder.DUE).lines
    assert [one.due_on for one in due] == [date(2026, 12, 20), None]


def decided(house: Desk, report: ReportId, cve: str, outcome: str) -> None:
    form = VulnerabilityForm(outcome=outcome, outcome_reason="Zo zegt de maker.")
    actions.assess_vulnerability(house.analyst, report=report, cve=cve, form=form)


def test_what_is_exploited_and_nobody_judged_stands_after_what_asks_to_act_and_the_gravest_judgement_counts() -> None:
    house = desk()
    cves = [f"CVE-2999-{number:04d}" for number in range(1, 7)]
    first, second = (reported(house, f"Wij zien {', '.join(reversed(cves))}, {number}.") for number in range(2))
    actions.load_kev(house.analyst, raw=kev_of(cve=cves[1]))
    for cve, outcome in zip([cves[0], *cves[2:4], cves[5]], ("T", "AT", "T*", "T"), strict=True):
        decided(house, first, cve, outcome)
    decided(house, second, cves[0], "AC")
    decided(house, second, cves[5], "T*")
    lines = {one.cve: one for one in queries.list_open_vulnerabilities(house.analyst).lines}
    assert list(lines) == [*cves[:4], cves[5], cves[4]]
    decided(house, second, cves[5], "T")
    lines = {one.cve: one for one in queries.list_open_vulnerabilities(house.analyst).lines}
    assert list(lines) == cves
    assert [one.report for one in lines[cves[0]].reports] == [second, first]


def test_of_two_reports_the_one_to_track_closely_stands_before_the_one_to_track() -> None:
    house = desk()
    first, second = (reported(house, f"Wij zien {CVE}, {number}.") for number in range(2))
    decided(house, first, CVE, "T")
    decided(house, second, CVE, "T*")
    (line,) = queries.list_open_vulnerabilities(house.analyst).lines
    assert [one.report for one in line.reports] == [second, first]


def test_a_vulnerability_stands_in_the_list_once_with_the_reports_it_is_in_the_gravest_first() -> None:
    house = desk()
    reports = [reported(house, f"Wij zien {CVE}, {number}.") for number in range(7)]
    actions.assess_vulnerability(house.analyst, report=reports[6], cve=CVE, form=VulnerabilityForm(points=POINTS))
    actions.decide_report(house.analyst, report=reports[0], decision=Decision.DECLINE, reason="Niet van ons.")
    (line,) = queries.list_open_vulnerabilities(house.analyst).lines
    assert (line.cve, line.count, line.more) == (CVE, 6, 1)
    assert [one.report for one in line.reports] == [reports[6], *reports[1:5]]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("cpe:2.3:a:vaartwerk:sluis_poort:9.1:*:*:*:*:*:*:*", "vaartwerk sluis poort"),
        ("cpe:/o:vaartwerk:sluispoort:9.1", "vaartwerk sluispoort"),
        ("cpe:2.3:a:vaartwerk:sluis\\:poort:*:*:*:*:*:*:*:*", "vaartwerk sluis:poort"),
        ("pkg:maven/org.vaartwerk/sluispoort@9.1?type=jar", "sluispoort"),
        ("pkg:pypi/sluis_poort", "sluis poort"),
        ("Sluispoort 9.1", "Sluispoort 9.1"),
    ],
)
def test_the_name_of_a_product_is_read_from_a_cpe_and_a_package_url(said: str, name: str) -> None:
    assert product_name(said) == name


def test_who_registered_the_product_of_a_cpe_is_found_by_its_name() -> None:
    house = desk()
    using = Registration(
        kind="constituent", sector="energy", name="Gemaal Nieuw", entity_kind="essential", products=("Sluis Poort",)
    )
    organisation = constituency_actions.register_organisation(JOB, form=using)
    cpe = "cpe:2.3:a:vaartwerk:sluis_poort:9.1:*:*:*:*:*:*:*"
    form = VulnerabilityForm(products=(cpe,))
    actions.assess_vulnerability(house.analyst, report=house.receipt.report, cve=CVE, form=form)
    found = queries.list_product_users(house.analyst, report=house.receipt.report, cve=CVE).tied
    assert [one.organisation.id for one in found.users] == [organisation]
    assert found.looked_for == ("vaartwerk sluis poort",)


def test_who_uses_what_only_stands_in_the_same_report_stands_apart_until_somebody_ties_it() -> None:
    house = desk()
    for number, products in enumerate((("Sluispoort",), ("Peilschaal",), ("Sluispoort", "Peilschaal"))):
        form = Registration(kind="constituent", sector="banking", name=f"Bank {number}", products=products)
        constituency_actions.register_organisation(JOB, form=form)
    report = reported(house, f"Door {CVE} in Sluispoort valt ook de Peilschaal uit.")
    intake_actions.lift_products(JOB)
    found = queries.list_product_users(house.analyst, report=report, cve=CVE)
    assert (len(found.tied.users), len(found.named.users)) == (0, 3)
    actions.load_kev(house.analyst, raw=kev_of())
    found = queries.list_product_users(house.analyst, report=report, cve=CVE)
    assert [one.products for one in found.tied.users] == [("Sluispoort",), ("Sluispoort",)]
    assert [one.products for one in found.named.users] == [("Peilschaal",)]
    assert (found.tied.looked_for, found.named.looked_for) == (("Sluispoort",), ("Peilschaal",))
    actions.assess_vulnerability(
        house.analyst, report=report, cve=CVE, form=VulnerabilityForm(products=("Peilschaal",))
    )
    found = queries.list_product_users(house.analyst, report=report, cve=CVE)
    assert (len(found.tied.users), found.named.users) == (3, ())


def test_who_names_a_product_or_one_point_judged_nothing_yet() -> None:
    house = desk()
    named = reported(house, f"Wij zien {CVE}.")
    for form in (VulnerabilityForm(products=("Sluispoort",)), VulnerabilityForm(points={"E": "A"})):
        kept = actions.assess_vulnerability(house.analyst, report=named, cve=CVE, form=form)
        (line,) = queries.list_open_vulnerabilities(house.analyst).lines
        assert (kept.is_judged, line.gravest.judged_at) == (False, None)
    kept = actions.assess_vulnerability(house.analyst, report=named, cve=CVE, form=VulnerabilityForm(vectors=(VECTOR,)))
    (line,) = queries.list_open_vulnerabilities(house.analyst).lines
    assert (kept.is_judged, line.gravest.judged_at) == (True, kept.by.at)


def test_a_report_has_those_it_names_and_those_somebody_typed() -> None:
    house = desk()
    named = reported(house, f"Wij zien {CVE}.")
    actions.assess_vulnerability(house.analyst, report=named, cve=OTHER, form=VulnerabilityForm(points=POINTS))
    found = queries.list_vulnerabilities(house.analyst, report=named)
    assert [(cve, latest is not None) for cve, latest in found] == [(CVE, False), (OTHER, True)]
