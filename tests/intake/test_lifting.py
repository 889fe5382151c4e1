"""What a report names and who received it could not know."""

from __future__ import annotations

import pytest
from tests.constituency.cast import register
from tests.intake import cast

from meldpunt.access.values import JOB, STRANGER
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Registration
from meldpunt.intake import actions, queries
from meldpunt.intake.values import ReportForm, ReportId, Stage

pytestmark = pytest.mark.django_db
ACCOUNT = "NL91 ABNA 0417 1643 00"


def with_product(name: str = "Alders Palisade") -> None:
    form = Registration(kind="constituent", sector="energy", name="Net Oost", entity_kind="essential", products=(name,))
    constituency_actions.register_organisation(JOB, form=form)


def named(report: ReportId, kind: str) -> list[str]:
    return [one.value for one in queries.list_observables(cast.analyst(), report=report) if one.kind == kind]


def test_a_product_of_a_constituent_is_found_in_a_report_and_in_what_is_added() -> None:
    with_product()
    report = actions.receive_report(STRANGER, form=ReportForm("Lek", "In de ALDERS PALISADE zit een gat")).report
    other = actions.receive_report(cast.member_of(register()), form=ReportForm("Storing", "Alles staat stil")).report
    assert named(report, "product") == []
    actions.lift_products(JOB)
    assert named(report, "product") == ["Alders Palisade"]
    actions.submit_stage(JOB, report=other, stage=Stage.ADDITION, text="Het was de Alders-Palisade")
    actions.lift_products(JOB)
    assert named(other, "product") == ["Alders Palisade"]


def test_words_are_looked_through_once() -> None:
    with_product()
    actions.receive_report(STRANGER, form=ReportForm("Lek", "Alders Palisade"))
    assert actions.lift_products(JOB) == 1
    assert actions.lift_products(JOB) == 0


def test_an_account_number_shows_to_whom_the_words_show() -> None:
    water, desk = cast.waterworks(), cast.analyst()
    told = ReportForm("Factuurfraude", f"Er werd betaald op {ACCOUNT}")
    report = actions.receive_report(cast.member_of(water), form=told).report
    stranger = actions.receive_report(STRANGER, form=told).report
    assert named(report, "iban") == []
    assert named(stranger, "iban") == ["NL91ABNA0417164300"]
    constituency_actions.unseal_identity(desk, organisation=water, purpose="terugbellen")
    assert "NL91ABNA0417164300" in [one.value for one in queries.list_observables(desk, report=report)]


def test_a_row_of_a_feed_is_found_by_its_address_until_its_owner_is_known_and_sealed() -> None:
    water = cast.waterworks()
    raw = b"timestamp,ip,port,hostname\n2026-11-20 00:00:00,192.0.2.9,23,vpn.zuiderwiel.example"
    feed = actions.receive_feed(JOB, raw=raw, name="2026-11-20-scan_telnet-netherlands-geo.csv").report
    asked = {"kind": "address", "value": "192.0.2.9"}
    (row,) = queries.find_naming(cast.analyst(), **asked).rows
    assert (row.report, row.number) == (feed, 1)
    actions.attribute_reports(JOB)
    assert queries.find_naming(cast.analyst(), **asked).rows == ()
    desk = cast.analyst()
    constituency_actions.unseal_identity(desk, organisation=water, purpose="waarschuwen")
    assert len(queries.find_naming(desk, **asked).rows) == 1
    assert len(queries.find_naming(desk, kind="domain", value="VPN.zuiderwiel.example").rows) == 1
