"""Reports that another system forwards."""

from __future__ import annotations

import csv
import json
from importlib.resources import files
from pathlib import Path

import pytest
from tests.intake import cast

from meldpunt.intake import actions, queries
from meldpunt.intake.errors import ReportTooLarge, TooManyItems
from meldpunt.intake.forwarded import read_item
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import Filters, KeptReason, ReporterDetails
from meldpunt.vocabulary.markings import TLP

pytestmark = pytest.mark.django_db

ITEM = {
    "title": "Gestolen laptop",
    "description": "Uit een auto.",
    "organisation": "Ziekenhuis Het Anker",
    "sector": "health",
    "type": "Theft",
    "occurred_on": "2026-11-01",
    "aware_at": "2026-11-02T10:00:00+01:00",
    "persons_affected": 1200,
    "source_reference": "R-1",
}


def test_a_forwarded_item_is_a_report_with_the_organisation_sealed() -> None:
    (receipt,) = actions.receive_forwarded(cast.forwarder(), items=[ITEM])
    report = queries.get_report(cast.analyst(), report=receipt.report)
    assert (report.title, report.sector, str(report.occurred_on)) == ("Gestolen laptop", "health", "2026-11-01")
    assert report.answers == {"persons_affected": "1200", "type": "Theft", "source_reference": "R-1"}
    assert "Anker" not in repr((report.title, report.text, report.answers))
    assert report.reporter is not None
    assert report.reporter.organisation_named == "Ziekenhuis Het Anker"
    assert report.reporter.details == ReporterDetails()


def test_the_same_item_of_the_same_sender_is_received_once() -> None:
    sender = cast.forwarder()
    first, again = actions.receive_forwarded(sender, items=[ITEM, ITEM])
    (later,) = actions.receive_forwarded(sender, items=[ITEM])
    (other,) = actions.receive_forwarded(cast.forwarder(), items=[ITEM])
    assert first.reference == again.reference == later.reference != other.reference
    assert (again.code, later.code, later.entry) == ("", "", first.entry)
    assert queries.follow_report(reporter_with(first.code)).reference == first.reference


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"title": "", "description": " "}, "title"),
        ({"title": 5}, "title: not a text"),
        ({"occurred_on": "gisteren"}, "occurred_on"),
        ({"occurred_on": "9999-12-31"}, "the day on which it happened"),
        ({"aware_at": "2026-11-02T10:00:00"}, "aware_at: has no zone"),
        ({"persons_affected": -1}, "persons_affected"),
        ({"persons_affected": True}, "persons_affected"),
        ({"kind": "rumour"}, "kind"),
        ({"description": "x" * 200_001}, "description"),
    ],
)
def test_an_item_outside_the_schema_is_kept_whole_with_its_reason(changed: dict[str, object], reason: str) -> None:
    good, bad = actions.receive_forwarded(cast.forwarder(), items=[{"title": "Goed"}, ITEM | changed])
    report = queries.get_report(cast.analyst(), report=bad.report)
    assert good.code
    assert bad.code
    assert report.kept_reason is KeptReason.ITEM_UNREADABLE
    assert reason in report.answers["reason"]
    assert len(report.raw_evidence) == 1


def test_what_the_schema_does_not_know_is_kept_among_the_answers() -> None:
    item = {"title": "T", "sector": "sterrenwacht", "weather": {"rain": 1}, "mood": "\x00"}
    (receipt,) = actions.receive_forwarded(cast.forwarder(), items=[item])
    report = queries.get_report(cast.analyst(), report=receipt.report)
    assert (report.sector, report.answers["sector"]) == ("", "sterrenwacht")
    assert report.answers["weather"] == '{"rain": 1}'
    assert report.answers["mood"] == "\ufffd"


@pytest.mark.parametrize("reference", ["R\x00", "R\ud800"], ids=["NUL", "half a pair"])
def test_a_reference_that_no_column_holds_keeps_no_item_of_the_batch_out(reference: str) -> None:
    """There is nothing to know it by, so it is received each time; of two that would be cleaned alike none is lost."""
    items = [ITEM | {"source_reference": reference}, ITEM | {"title": "De volgende", "source_reference": "R-2"}]
    receipts = actions.receive_forwarded(cast.forwarder(), items=items)
    reports = [queries.get_report(cast.analyst(), report=one.report) for one in receipts]
    assert [one.title for one in reports] == ["Gestolen laptop", "De volgende"]
    assert reports[0].answers["source_reference"] == "R\N{REPLACEMENT CHARACTER}"


def test_a_batch_or_item_that_is_too_large_is_refused_whole() -> None:
    with pytest.raises(TooManyItems):
        actions.receive_forwarded(cast.forwarder(), items=[{"title": "T"}] * 5_001)
    with pytest.raises(ReportTooLarge):
        actions.receive_forwarded(cast.forwarder(), items=[{"title": "T"}, {"title": "T", "a": "x" * 1_000_001}])
    assert queries.list_reports(cast.analyst()).lines == ()


def test_the_published_schema_names_what_the_reader_reads() -> None:
    schema = json.loads((files("meldpunt.intake") / "data" / "forwarded-report.schema.json").read_text("utf-8"))
    form = read_item(ITEM | {"kind": "voluntary", "entity_kind": "essential", "tlp": "TLP:GREEN"})
    assert set(schema["properties"]) == set(ITEM) | {"kind", "entity_kind", "tlp"}
    assert set(form.answers) == {"persons_affected", "type", "source_reference"}
    assert form.tlp is TLP.GREEN


def test_a_marking_that_there_is_not_is_kept_with_its_reason() -> None:
    (receipt,) = actions.receive_forwarded(cast.forwarder(), items=[ITEM | {"tlp": "TLP:ORANGE"}])
    report = queries.get_report(cast.analyst(), report=receipt.report)
    assert report.kept_reason is KeptReason.ITEM_UNREADABLE
    assert "tlp: not a marking" in report.answers["reason"]


def test_all_real_incidents_come_in_with_a_receipt_each_and_are_found_again(shared_data: Path) -> None:
    with (shared_data / "incidents" / "hhs_breaches_2009-2014.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    sender = cast.forwarder()
    receipts = actions.receive_forwarded(sender, items=[_item(row) for row in rows])
    assert len({receipt.code for receipt in receipts}) == len(rows) == 1055
    assert queries.count_kept(cast.analyst()) == {}
    again = actions.receive_forwarded(sender, items=[_item(row) for row in rows])
    assert [one.reference for one in again] == [one.reference for one in receipts]
    found: list[str] = []
    page = queries.list_reports(cast.analyst(), filters=Filters(sector="health"))
    while page.lines:
        found += [line.reference for line in page.lines]
        page = queries.list_reports(cast.analyst(), page=page.next) if page.next else type(page)(())
    assert sorted(found) == sorted(receipt.reference for receipt in receipts)


def _item(row: dict[str, str]) -> dict[str, object]:
    return {
        "title": f"{row['Type_of_Breach']}: {row['Location_of_Breached_Information']}",
        "description": row["Summary"],
        "organisation": row["Name_of_Covered_Entity"],
        "sector": "health",
        "type": row["Type_of_Breach"],
        "occurred_on": row["breach_start"] or None,
        "persons_affected": int(row["Individuals_Affected"]),
        "source_reference": f"hhs-{row['rownames']}",
        "state": row["State"],
        "business_associate": row["Business_Associate_Involved"],
    }
