"""A wrong choice of the reporter is put right under the same reference, and what stood before is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from tests.constituency.cast import BANK, WATER, register, somebody

from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import STRANGER, Actor, Door, Role
from meldpunt.intake import actions, queries
from meldpunt.intake.errors import NothingPutRight, ReportNotFound
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import Receipt, ReportForm, ReportKind, Stage

pytestmark = pytest.mark.django_db

WHY = "Een waterbedrijf is geen bank."


def reported(kind: ReportKind = ReportKind.STATUTORY) -> Receipt:
    form = ReportForm("De pompen staan stil", "", kind=kind, sector="banking", entity_kind="essential")
    return actions.receive_report(
        STRANGER, form=replace(form, aware_at=timezone.now() - timedelta(hours=30), stage=Stage.EARLY_WARNING)
    )


def analyst() -> Actor:
    return somebody(Door.DESK, Role.ANALYST)


def put_right(receipt: Receipt, kind: ReportKind, sector: str, entity_kind: str, *, reason: str = WHY) -> None:
    actions.put_right(
        analyst(), report=receipt.report, kind=kind, sector=sector, entity_kind=entity_kind, reason=reason
    )


def test_the_reporter_finds_it_put_right_under_the_same_reference_with_the_reason() -> None:
    receipt = reported()
    put_right(receipt, ReportKind.STATUTORY, "drinking-water", "essential")
    found = queries.follow_report(reporter_with(receipt.code))
    assert (found.reference, found.sector) == (receipt.reference, "drinking-water")
    line = found.stages[-1]
    assert (line.stage, line.text) == (Stage.CORRECTION, WHY)
    assert (line.answers["sector_before"], line.answers["sector_now"]) == ("banking", "drinking-water")
    assert "kind_before" not in line.answers


def test_clocks_follow_and_what_was_due_is_not_erased() -> None:
    receipt = reported()
    holder = reporter_with(receipt.code)
    asked = [clock.id for clock in queries.clocks_of(holder, report=receipt.report)]
    put_right(receipt, ReportKind.NEAR_MISS, "banking", "essential")
    assert "nis2-notify" in asked
    assert queries.clocks_of(holder, report=receipt.report) == ()
    assert "incident notification" in queries.follow_report(holder).stages[-1].answers["was_due"]
    put_right(receipt, ReportKind.STATUTORY, "banking", "essential")
    again = queries.clocks_of(holder, report=receipt.report)
    assert [clock.id for clock in again] == asked
    assert again[0].met_at is not None


@pytest.mark.parametrize(
    ("sector", "entity_kind", "reason"),
    [
        ("banking", "essential", WHY),
        ("onzin", "essential", WHY),
        ("energy", "onzin", WHY),
        ("energy", "essential", " "),
    ],
)
def test_what_puts_nothing_right_is_refused(sector: str, entity_kind: str, reason: str) -> None:
    receipt = reported()
    with pytest.raises(NothingPutRight):
        put_right(receipt, ReportKind.STATUTORY, sector, entity_kind, reason=reason)
    assert len(queries.follow_report(reporter_with(receipt.code)).stages) == 1


def test_only_who_completes_reports_puts_one_right() -> None:
    receipt = reported()
    with pytest.raises(PermissionMissing):
        actions.put_right(
            somebody(Door.DESK, Role.STATISTICIAN),
            report=receipt.report,
            kind=ReportKind.THREAT,
            sector="",
            entity_kind="",
            reason=WHY,
        )


def put_own_right(actor: Actor, receipt: Receipt, **given: object) -> None:
    said = {"kind": ReportKind.STATUTORY, "sector": "drinking-water", "entity_kind": "essential", "reason": WHY}
    actions.put_own_right(actor, report=receipt.report, **{**said, **given})  # type: ignore[arg-type]


def test_the_holder_of_the_receipt_puts_it_right_and_the_desk_reads_who_did() -> None:
    receipt = reported()
    put_own_right(reporter_with(receipt.code), receipt)
    found = queries.get_report(analyst(), report=receipt.report)
    assert (found.reference, found.sector) == (receipt.reference, "drinking-water")
    line = found.stages[-1]
    assert line.stage is Stage.CORRECTION
    assert line.answers["put_right_by"] == "public"
    assert (line.answers["sector_before"], line.answers["sector_now"]) == ("banking", "drinking-water")
    put_right(receipt, ReportKind.STATUTORY, "energy", "essential")
    assert queries.get_report(analyst(), report=receipt.report).stages[-1].answers["put_right_by"] == "desk"


def test_at_the_portal_its_organisation_puts_it_right() -> None:
    water = somebody(Door.PORTAL, Role.CONSTITUENT, organisation=register(WATER))
    receipt = actions.receive_report(water, form=ReportForm("De pompen staan stil", ""))
    put_own_right(water, receipt, kind=ReportKind.THREAT, sector="energy")
    found = queries.get_own_report(water, report=receipt.report)
    assert (found.kind, found.sector, found.reference) == (ReportKind.THREAT, "energy", receipt.reference)
    assert found.stages[-1].answers["put_right_by"] == "portal"


def test_a_clock_that_begins_then_ran_since_they_became_aware() -> None:
    receipt = reported(ReportKind.VOLUNTARY)
    holder = reporter_with(receipt.code)
    assert queries.clocks_of(holder, report=receipt.report) == ()
    put_own_right(holder, receipt)
    clocks = queries.clocks_of(holder, report=receipt.report)
    found = queries.follow_report(holder)
    assert found.aware_at is not None
    assert {clock.starts_from for clock in clocks if clock.starts_from} == {found.aware_at}


def test_nobody_puts_right_the_report_of_another() -> None:
    receipt, other = reported(), reported()
    bank = somebody(Door.PORTAL, Role.CONSTITUENT, organisation=register(BANK))
    for thief in (STRANGER, reporter_with(other.code), bank):
        with pytest.raises(ReportNotFound):
            put_own_right(thief, receipt)
    assert queries.follow_report(reporter_with(receipt.code)).sector == "banking"


@pytest.mark.parametrize(
    "column", ["received_at = now()", "aware_at = now()", "state = 'closed'", "title = 'x'", "is_own = true"]
)
def test_with_a_receipt_nothing_else_of_a_report_can_be_changed(column: str) -> None:
    receipt = reported()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'meldpunt_public', true)")
        cursor.execute("SELECT set_config('meldpunt.receipt', %s, true)", [receipt.code])
        cursor.execute("SELECT set_config('meldpunt.permissions', 'report.submit report.follow', true)")
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute(f"UPDATE intake_report SET {column}")
