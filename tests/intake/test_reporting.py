"""Reports that people write."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.intake import cast

from meldpunt.access.errors import PermissionMissing
from meldpunt.access.rules import digest_of
from meldpunt.access.values import JOB, STRANGER
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import ItemKind
from meldpunt.evidence import queries as evidence_queries
from meldpunt.intake import actions, queries
from meldpunt.intake.errors import NoOrganisation, ReportEmpty, ReportNotFound, ReportTooLarge
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import Attached, Channel, Filters, Match, ReportForm, Stage, State
from meldpunt.law import ClockState
from meldpunt.ledger import queries as ledger_queries

pytestmark = pytest.mark.django_db


def test_a_report_of_the_portal_is_read_by_its_organisation_and_the_desk() -> None:
    water = cast.waterworks()
    receipt = actions.receive_report(cast.member_of(water), form=cast.early_warning())
    own = queries.get_own_report(cast.member_of(water), report=receipt.report)
    seen = queries.get_report(cast.analyst(), report=receipt.report)
    assert own.text == seen.text == cast.early_warning().text
    assert (seen.organisation, seen.is_own, seen.attributed_by) == (water, True, Match.LOGGED_IN)
    assert (seen.sector, seen.entity_kind, seen.state) == ("drinking-water", "essential", State.RECEIVED)


def test_the_three_clocks_of_the_statute_run_and_the_early_warning_stops_the_first() -> None:
    water = cast.waterworks()
    receipt = actions.receive_report(cast.member_of(water), form=cast.early_warning())
    clocks = queries.clocks_of(cast.member_of(water), report=receipt.report)
    assert [str(clock.stage) for clock in clocks] == ["early-warning", "incident-notification", "final-report"]
    assert clocks[0].met_at == receipt.received_at
    assert clocks[1].state is ClockState.RUNNING
    line = queries.list_reports(cast.analyst()).lines[0]
    assert line.due == clocks[1]


def test_a_clock_runs_from_the_reception_at_the_latest() -> None:
    """The form takes a moment half an hour ahead, for clocks that differ."""
    water = cast.waterworks()
    ahead = replace(cast.early_warning(), stage=None, aware_at=timezone.now() + timedelta(minutes=29))
    receipt = actions.receive_report(cast.member_of(water), form=ahead)
    warning = queries.clocks_of(cast.member_of(water), report=receipt.report)[0]
    assert warning.deadline == receipt.received_at + timedelta(hours=24)


def test_a_submitted_stage_stops_its_clock_and_a_revision_does_not_start_it_again() -> None:
    water = cast.waterworks()
    member = cast.member_of(water)
    receipt = actions.receive_report(member, form=cast.early_warning())
    first = actions.submit_stage(member, report=receipt.report, stage=Stage.NOTIFICATION, text="Meer bekend.")
    actions.submit_stage(member, report=receipt.report, stage=Stage.NOTIFICATION, text="Verbeterd.")
    notification = queries.clocks_of(member, report=receipt.report)[1]
    assert notification.met_at == first.submitted_at
    assert len(queries.get_own_report(member, report=receipt.report).stages) == 3


def test_a_stranger_comes_back_with_the_receipt_and_sees_that_report_only() -> None:
    other = actions.receive_report(STRANGER, form=ReportForm("Iets anders", "Een ander verhaal."))
    receipt = actions.receive_report(STRANGER, form=ReportForm("Lek", "Zie https://evil.example/a"))
    holder = reporter_with(receipt.code.lower().replace("-", " "))
    assert queries.follow_report(holder).reference == receipt.reference
    with pytest.raises(ReportNotFound):
        queries.get_own_report(holder, report=other.report)
    with pytest.raises(ReportNotFound):
        queries.follow_report(STRANGER)


def test_a_stranger_adds_a_stage_with_the_receipt_and_not_without() -> None:
    receipt = actions.receive_report(STRANGER, form=ReportForm("Lek", "Een lek."))
    added = {"report": receipt.report, "stage": Stage.FINAL, "text": "Opgelost."}
    with pytest.raises(ReportNotFound):
        actions.submit_stage(STRANGER, **added)
    actions.submit_stage(reporter_with(receipt.code), **added)
    assert [line.text for line in queries.follow_report(reporter_with(receipt.code)).stages] == ["Opgelost."]


def test_only_the_digest_of_the_receipt_code_is_kept() -> None:
    receipt = actions.receive_report(STRANGER, form=ReportForm("Lek", "Een lek."))
    seen = queries.get_report(cast.analyst(), report=receipt.report)
    assert seen.receipt_digest == digest_of(receipt.code)
    assert receipt.code not in repr(seen)


def test_the_receipt_names_an_entry_that_its_holder_finds_in_the_ledger() -> None:
    receipt = actions.receive_report(STRANGER, form=ReportForm("Lek", "Een lek."))
    entry = ledger_queries.get_entry(reporter_with(receipt.code), entry=receipt.entry)
    assert entry.subject == receipt.report
    assert entry.details["reference"] == receipt.reference


def test_what_a_database_cannot_hold_is_replaced_in_text_and_kept_faithfully_in_evidence() -> None:
    typed = "voor\x00na \ud83d einde"
    receipt = actions.receive_report(STRANGER, form=ReportForm("T\x00", typed, answers={"k\x00": "\udc00"}))
    seen = queries.get_report(cast.analyst(), report=receipt.report)
    assert seen.text == "voor\ufffdna \ufffd einde"
    assert seen.answers == {"k\ufffd": "\ufffd"}
    assert len(seen.raw_evidence) == 1


def test_attachments_are_sealed_about_the_report() -> None:
    attached = Attached("log.txt", "text/plain", b"regel een")
    receipt = actions.receive_report(STRANGER, form=ReportForm("Lek", "Zie bijlage"), attachments=[attached])
    items = evidence_queries.list_evidence(cast.analyst(), about=receipt.report)
    assert [item.name for item in items] == ["log.txt"]


@pytest.mark.parametrize(
    ("form", "error"),
    [
        (ReportForm("", " \n"), ReportEmpty),
        (ReportForm("Groot", "x" * 200_001), ReportTooLarge),
        (ReportForm("Groot", "x", answers={"a": "x" * 1_000_001}), ReportTooLarge),
    ],
)
def test_what_cannot_be_received_is_refused_and_leaves_nothing(form: ReportForm, error: type[Exception]) -> None:
    with pytest.raises(error):
        actions.receive_report(STRANGER, form=form)
    assert queries.list_reports(cast.analyst()).lines == ()


def test_a_portal_account_without_an_organisation_cannot_report_for_one() -> None:
    lost = cast.member_of(cast.waterworks())
    with pytest.raises(NoOrganisation):
        actions.receive_report(
            type(lost)(lost.id, lost.name, lost.door, lost.roles), form=ReportForm("Lek", "Een lek.")
        )


def test_an_analyst_writes_a_telephone_note_and_attaches_the_reporter_later() -> None:
    water, desk = cast.waterworks(), cast.analyst()
    receipt = actions.receive_report(desk, form=ReportForm("Gebeld", "Men belde."), channel=Channel.TELEPHONE)
    assert queries.list_own_reports(cast.member_of(water)).lines == ()
    actions.attach_reporter(desk, report=receipt.report, organisation=water, reason="teruggebeld")
    line = queries.list_own_reports(cast.member_of(water)).lines[0]
    assert (line.reference, line.sector) == (receipt.reference, "drinking-water")


def test_a_mark_of_a_room_downstream_moves_the_report_and_shows_to_its_reporter() -> None:
    receipt = actions.receive_report(STRANGER, form=ReportForm("Lek", "Een lek."))
    actions.note_progress(cast.analyst(), report=receipt.report, mark=State.ACCEPTED)
    actions.note_progress(cast.analyst(), report=receipt.report, mark="case closed")
    followed = queries.follow_report(reporter_with(receipt.code))
    assert followed.state is State.ACCEPTED
    assert [line.mark for line in followed.progress] == ["accepted", "case closed"]


def test_an_acknowledgement_is_disclosed_once_to_whoever_holds_the_receipt() -> None:
    receipt = actions.receive_report(STRANGER, form=ReportForm("Lek", "Een lek."))
    assert actions.acknowledge_reports(JOB) == 1
    assert actions.acknowledge_reports(JOB) == 0
    followed = queries.follow_report(reporter_with(receipt.code))
    assert [line.mark for line in followed.progress] == ["acknowledged"]
    (told,) = disclosure_queries.list_delivered(reporter_with(receipt.code))
    assert (told.item, told.subject) == (ItemKind.ACKNOWLEDGEMENT, receipt.report)
    assert receipt.reference in told.parts[0].text
    assert disclosure_queries.list_delivered(STRANGER) == ()


def test_who_may_not_report_or_read_is_refused() -> None:
    with pytest.raises(PermissionMissing):
        actions.receive_report(cast.administrator(), form=ReportForm("Lek", "Een lek."))
    with pytest.raises(PermissionMissing):
        queries.list_reports(cast.administrator(), filters=Filters())
