"""Whose is it, and how sure are we."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.intake import cast

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB, STRANGER
from meldpunt.intake import actions, models, queries
from meldpunt.intake.values import Match, ReportForm
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind

pytestmark = pytest.mark.django_db

NAME = "2026-11-20-scan_telnet-netherlands-geo.csv"


def feed(*rows: str) -> bytes:
    return "\n".join(["timestamp,ip,port,hostname", *rows]).encode()


def test_a_row_belongs_to_the_prefix_or_else_the_domain() -> None:
    water, bank = cast.waterworks(), cast.bank()
    raw = feed(
        "2027-01-01 00:00:00,192.0.2.9,23,",
        "2027-01-01 00:00:00,203.0.113.9,23,www.korenbeurs.example",
        "2027-01-01 00:00:00,203.0.113.9,23,niemand.example",
        "onzin,nonsens,23,",
    )
    receipt = actions.receive_feed(JOB, raw=raw, name=NAME)
    assert actions.attribute_reports(JOB) == 2
    rows = queries.list_feed_rows(cast.analyst(), report=receipt.report)
    assert [row.organisation for row in rows] == [water, bank, None, None]
    assert [row.attributed_by for row in rows] == [Match.PREFIX, Match.DOMAIN, None, None]
    assert queries.count_feed_rows(cast.analyst(), report=receipt.report).attributed == 2


def test_what_was_looked_at_is_not_looked_at_again_and_stands_in_the_ledger_once() -> None:
    cast.waterworks()
    receipt = actions.receive_feed(JOB, raw=feed("2027-01-01 00:00:00,192.0.2.9,23,"), name=NAME)
    assert (actions.attribute_reports(JOB), actions.attribute_reports(JOB)) == (1, 0)
    entries = ledger_queries.list_entries(cast.analyst(), subject=receipt.report, kind=Kind.ATTRIBUTED)
    assert [entry.details for entry in entries] == [{"rows": 1}]


def test_what_was_nobodys_is_looked_at_again_once_another_was_registered() -> None:
    cast.bank()
    fed = actions.receive_feed(
        JOB, raw=feed("2027-01-01 00:00:00,192.0.2.9,23,", "2027-01-01 00:00:00,,23,"), name=NAME
    )
    told = actions.receive_report(STRANGER, form=ReportForm("T", "", organisation_named="Waterbedrijf Zuiderwiel"))
    assert actions.attribute_reports(JOB) == 0
    water = cast.waterworks()
    assert actions.attribute_reports(JOB) == 2
    assert queries.get_report(cast.analyst(), report=told.report).organisation == water
    assert [row.organisation for row in queries.list_feed_rows(JOB, report=fed.report)] == [water, None]


def test_what_was_looked_at_since_the_last_registration_is_left_alone() -> None:
    cast.bank()
    receipt = actions.receive_report(STRANGER, form=ReportForm("T", ""))
    with bound(JOB):
        long_ago = timezone.now() - timedelta(days=1)
        models.Report.objects.filter(id=receipt.report).update(examined_at=timezone.now() + timedelta(minutes=6))
        actions.attribute_reports(JOB)
        assert models.Report.objects.get(id=receipt.report).examined_at > timezone.now()
        models.Report.objects.filter(id=receipt.report).update(examined_at=long_ago)
        actions.attribute_reports(JOB)
        assert models.Report.objects.get(id=receipt.report).examined_at > long_ago


def test_a_thousand_reports_are_attributed_in_as_many_statements_as_ten(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    cast.waterworks()
    items = [{"title": f"T {number}", "organisation": "Waterbedrijf Zuiderwiel"} for number in range(1_000)]
    for start in range(0, 1_000, 100):
        actions.receive_forwarded(cast.forwarder(), items=items[start : start + 100])
    with django_assert_max_num_queries(120):
        assert actions.attribute_reports(JOB) == 1_000


def test_a_senders_domain_is_a_suggestion_because_senders_can_be_forged() -> None:
    bank = cast.bank()
    raw = b"From: iemand@mail.korenbeurs.example\nSubject: hallo\n\ntekst"
    receipt = actions.receive_mail(JOB, raw=raw)
    actions.attribute_reports(JOB)
    report = queries.get_report(cast.analyst(), report=receipt.report)
    assert (report.organisation, report.is_own, report.attributed_by) == (bank, False, Match.MAIL_DOMAIN)
    assert report.reporter is None


def test_the_name_that_a_system_gives_is_believed_and_a_strangers_is_not() -> None:
    water = cast.waterworks()
    named = "waterbedrijf  zuiderwiel".replace("  ", " ")
    sent = actions.receive_forwarded(cast.forwarder(), items=[{"title": "T", "organisation": named}])
    told = actions.receive_report(STRANGER, form=ReportForm("T", "", organisation_named=named))
    actions.attribute_reports(JOB)
    reports = [queries.get_report(cast.analyst(), report=one.report) for one in (*sent, told)]
    assert [report.organisation for report in reports] == [water, water]
    assert [report.attributed_by for report in reports] == [Match.NAME, Match.NAME_UNPROVEN]


def test_the_organisation_learns_nothing_from_the_ledger_about_a_report_of_another() -> None:
    water = cast.waterworks()
    item = {"title": "T", "organisation": "Waterbedrijf Zuiderwiel"}
    (receipt,) = actions.receive_forwarded(cast.forwarder(), items=[item])
    actions.attribute_reports(JOB)
    entries = ledger_queries.list_entries(cast.analyst(), subject=receipt.report, kind=Kind.ATTRIBUTED)
    assert [entry.about for entry in entries] == [None]
    assert [entry.details["organisation"] for entry in entries] == [str(water)]


def test_a_guess_never_overrules_what_a_person_attached() -> None:
    water, _ = cast.waterworks(), cast.bank()
    told = actions.receive_report(STRANGER, form=ReportForm("T", "", organisation_named="Bank De Korenbeurs"))
    actions.attach_reporter(cast.analyst(), report=told.report, organisation=water, reason="teruggebeld")
    assert actions.attribute_reports(JOB) == 0
    assert queries.get_report(cast.analyst(), report=told.report).organisation == water


def test_outsiders_attribute_nothing() -> None:
    with pytest.raises(PermissionMissing):
        actions.attribute_reports(STRANGER)


def test_ten_thousand_rows_are_attributed_in_seconds() -> None:
    cast.waterworks()
    raw = feed(*(f"2027-01-01 00:00:00,192.0.2.{number % 256},23," for number in range(10_000)))
    receipt = actions.receive_feed(JOB, raw=raw, name=NAME)
    before = time.monotonic()
    attributed = actions.attribute_reports(JOB)
    print(f"10,000 rows attributed in {time.monotonic() - before:.2f} s")  # noqa: T201  the count is what the run is asked to show
    assert attributed == queries.count_feed_rows(cast.analyst(), report=receipt.report).attributed == 5_008
    assert time.monotonic() - before < 30
