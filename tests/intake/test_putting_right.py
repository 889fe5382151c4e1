"""A wrong choice of the reporter is put right under the same reference, and what stood before is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.constituency.cast import somebody

from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import STRANGER, Actor, Door, Role
from meldpunt.intake import actions, queries
from meldpunt.intake.errors import NothingPutRight
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
