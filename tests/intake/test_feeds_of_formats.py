"""A feed in any format becomes one report with rows, through every entrance that takes feeds."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.intake import cast

from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB, STRANGER
from meldpunt.intake import actions, queries
from meldpunt.intake.errors import MappingExists, MappingNotFound, MappingUnfit
from meldpunt.intake.feed_values import ColumnMapping, ColumnUse, Named, RowKind, TimeForm
from meldpunt.intake.values import Channel, KeptReason, Match, Receipt, ReporterDetails
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.markings import TLP

pytestmark = pytest.mark.django_db

XARF = {
    "xarf_version": "4.2.0",
    "report_id": "9ac39cd1-85f3-4c31-ae87-a0a95f3ebc83",
    "timestamp": "2026-11-20T03:04:05Z",
    "reporter": {"org": "Noordzee Filtering", "contact": "abuse@noordzee.example", "domain": "noordzee.example"},
    "source_identifier": "192.0.2.9",
    "category": "messaging",
    "type": "spam",
    "file_hash": "sha256:" + "ab" * 32,
}
USES = (ColumnUse.TIME, ColumnUse.ADDRESS, ColumnUse.CLASS, ColumnUse.IGNORED)
MAPPING = ColumnMapping(
    ("gezien", "machine", "soort", "beheerder"),
    USES,
    delimiter=";",
    zone="Europe/Amsterdam",
    time_form=TimeForm.DAY_FIRST,
    classes={"zombie": "malicious-code/infected-system"},
)
CSV = b"Gezien;Machine;Soort;Beheerder\n20-07-2026 05:04;192.0.2.9;Zombie;jan\n20-07-2026 05:05;192.0.2.10;spook;piet\n"


def mail(*files: tuple[str, bytes], text: str = "Zie de bijlage.") -> bytes:
    message = EmailMessage()
    message["From"] = "abuse@noordzee.example"
    message["Subject"] = "Abuse report"
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="json", filename=name)
    return message.as_bytes()


def answers_of(receipt: Receipt) -> dict[str, str]:
    return dict(queries.get_report(cast.analyst(), report=receipt.report).answers)


def test_a_misp_event_comes_in_with_its_indicators_and_its_marking(shared_data: Path) -> None:
    raw = (shared_data / "misp" / "long_event.json").read_bytes()
    receipt = actions.receive_feed(JOB, raw=raw, name="event.json")
    report = queries.get_report(cast.analyst(), report=receipt.report)
    assert (report.feed, report.answers["format"], report.answers["marking"]) == ("misp", "misp", "TLP:CLEAR")
    assert queries.count_feed_rows(cast.analyst(), report=receipt.report).rows == 370
    first = queries.list_feed_rows(cast.analyst(), report=receipt.report)
    assert {RowKind.INDICATOR, RowKind.CONTEXT} <= {row.kind for row in first}
    assert any(one.kind == "hash" for row in first for one in row.named)


def test_the_marking_of_a_feed_is_how_far_its_sender_asks_it_to_go() -> None:
    marked = json.dumps({**XARF, "tags": ["tlp:amber"]}).encode()
    for receipt in (
        actions.receive_feed(JOB, raw=marked, name="a.json"),
        actions.receive_mail(JOB, raw=mail(("a.json", marked), ("b.json", json.dumps(XARF).encode()))),
    ):
        assert queries.get_report(cast.analyst(), report=receipt.report).tlp is TLP.AMBER
    plain = actions.receive_feed(JOB, raw=json.dumps(XARF).encode(), name="b.json")
    assert queries.get_report(cast.analyst(), report=plain.report).tlp is None


def test_two_feeds_that_name_the_same_file_meet() -> None:
    event = {"info": "x", "Attribute": [{"type": "sha256", "value": "AB" * 32}]}
    first = actions.receive_feed(JOB, raw=json.dumps(event).encode(), name="")
    second = actions.receive_feed(JOB, raw=json.dumps(XARF).encode(), name="")
    found = {line.report for line in queries.list_observables(cast.analyst(), value="ab" * 32)}
    assert found == {first.report, second.report}


def test_who_sent_an_abuse_report_is_sealed_and_nowhere_else() -> None:
    cast.waterworks()
    receipt = actions.receive_feed(JOB, raw=json.dumps(XARF).encode(), name="report.json")
    report = queries.get_report(cast.analyst(), report=receipt.report)
    assert report.reporter is not None
    assert report.reporter.details == ReporterDetails("Noordzee Filtering", "abuse@noordzee.example")
    assert "noordzee" not in repr(queries.list_feed_rows(cast.analyst(), report=receipt.report)).lower()


def test_a_mail_that_brings_an_abuse_report_becomes_a_report_with_rows() -> None:
    water = cast.waterworks()
    receipt = actions.receive_mail(JOB, raw=mail(("xarf.json", json.dumps(XARF).encode())))
    report = queries.get_report(cast.analyst(), report=receipt.report)
    assert (report.channel, report.feed, report.title) == (Channel.MAIL, "xarf", "Abuse report")
    actions.attribute_reports(JOB)
    (row,) = queries.list_feed_rows(cast.analyst(), report=receipt.report)
    assert (row.organisation, row.attributed_by) == (water, Match.PREFIX)
    assert queries.get_report(cast.analyst(), report=receipt.report).organisation is None


def test_an_abuse_report_in_the_text_of_a_mail_is_read_too() -> None:
    receipt = actions.receive_mail(JOB, raw=mail(text=json.dumps(XARF)))
    assert queries.count_feed_rows(cast.analyst(), report=receipt.report).rows == 1


def test_the_rows_of_all_feeds_in_a_mail_are_numbered_through() -> None:
    lines = b"\n".join([json.dumps(XARF).encode()] * 2)
    receipt = actions.receive_mail(JOB, raw=mail(("a.json", lines), ("b.json", json.dumps(XARF).encode())))
    rows = queries.list_feed_rows(cast.analyst(), report=receipt.report)
    assert [row.number for row in rows] == [1, 2, 3]
    assert answers_of(receipt)["file"] == "a.json, b.json"


def test_a_stranger_fills_no_table_by_mail() -> None:
    lines = b"\n".join([json.dumps({**XARF, "file_hash": ""}).encode()] * 10_003)
    receipt = actions.receive_mail(JOB, raw=mail(("a.json", lines)))
    assert queries.count_feed_rows(cast.analyst(), report=receipt.report).rows == 10_000
    assert "rows-cut" in answers_of(receipt)["flags"]


def test_a_mail_with_something_else_in_it_is_a_mail() -> None:
    receipt = actions.receive_mail(JOB, raw=mail(("a.json", b'{"what": 1}'), ("b.csv", b"timestamp,ip\nx,y\n")))
    report = queries.get_report(cast.analyst(), report=receipt.report)
    assert (report.feed, report.kept_reason) == ("", None)
    assert queries.count_feed_rows(cast.analyst(), report=receipt.report).rows == 0


def test_a_csv_is_read_without_asking_once_its_columns_were_mapped() -> None:
    before = actions.receive_feed(JOB, raw=CSV, name="2026-07-20-waddenzee.csv")
    assert queries.get_report(cast.analyst(), report=before.report).kept_reason is KeptReason.FEED_UNKNOWN
    actions.make_feed_mapping(cast.analyst(), name="Waddenzee", file_name="2026-07-20-waddenzee.csv", mapping=MAPPING)
    receipt = actions.receive_feed(cast.forwarder(), raw=CSV, name="2026-07-21-waddenzee.csv")
    first, second = queries.list_feed_rows(cast.analyst(), report=receipt.report)
    assert (first.address, first.rsit) == ("192.0.2.9", "malicious-code/infected-system")
    assert first.at is not None
    assert first.at.isoformat() == "2026-07-20T03:04:00+00:00"
    assert "beheerder" not in first.fields
    assert second.rsit == "other/undetermined"
    assert answers_of(receipt)["unknown_classes"] == "spook (1)"
    assert answers_of(receipt)["report"] == "Waddenzee"


def test_a_changed_header_is_kept_and_not_misread() -> None:
    actions.make_feed_mapping(cast.analyst(), name="Waddenzee", file_name="waddenzee.csv", mapping=MAPPING)
    changed = CSV.replace(b"Gezien;Machine", b"Machine;Gezien")
    receipt = actions.receive_feed(JOB, raw=changed, name="2026-07-21-waddenzee.csv")
    report = queries.get_report(cast.analyst(), report=receipt.report)
    assert report.kept_reason is KeptReason.FEED_HEADER_CHANGED
    assert queries.list_feed_rows(cast.analyst(), report=receipt.report) == ()


def test_a_file_without_a_header_is_of_its_source_by_its_name_and_its_first_row(shared_data: Path) -> None:
    raw = (shared_data / "feeds" / "ipsum_8.txt").read_bytes()
    mapping = ColumnMapping(("1",), (ColumnUse.ADDRESS,), has_header=False)
    actions.make_feed_mapping(cast.analyst(), name="Ipsum", file_name="ipsum_7.txt", mapping=mapping)
    receipt = actions.receive_feed(JOB, raw=raw, name="ipsum_8.txt")
    rows = queries.list_feed_rows(cast.analyst(), report=receipt.report)
    assert len(rows) == sum(not line.startswith(b"#") for line in raw.splitlines()) > 10
    assert all(row.address and row.is_readable for row in rows)
    other = actions.receive_feed(JOB, raw=b"seven\n", name="ipsum_8.txt")
    assert queries.get_report(cast.analyst(), report=other.report).kept_reason is KeptReason.FEED_HEADER_CHANGED


def test_a_mapping_is_made_once_retired_and_both_are_in_the_ledger() -> None:
    analyst = cast.analyst()
    made = actions.make_feed_mapping(analyst, name="Waddenzee", file_name="w.csv", mapping=MAPPING)
    with pytest.raises(MappingExists):
        actions.make_feed_mapping(analyst, name="Waddenzee", file_name="w.csv", mapping=MAPPING)
    with pytest.raises(MappingExists):
        actions.make_feed_mapping(analyst, name="Anders", file_name="w 2.csv", mapping=MAPPING)
    actions.retire_feed_mapping(analyst, mapping=made)
    with pytest.raises(MappingNotFound):
        actions.retire_feed_mapping(analyst, mapping=made)
    actions.make_feed_mapping(analyst, name="Waddenzee", file_name="w.csv", mapping=MAPPING)
    assert [one.retired_at is None for one in queries.list_feed_mappings(analyst)] == [True, False]
    assert len(ledger_queries.list_entries(analyst, kind=Kind.CONFIGURED)) == 3


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("", {}),
        ("Waddenzee", {"uses": (ColumnUse.TIME, ColumnUse.KEPT, ColumnUse.KEPT, ColumnUse.KEPT)}),
        ("Waddenzee", {"uses": (ColumnUse.ADDRESS, ColumnUse.ADDRESS, ColumnUse.KEPT, ColumnUse.KEPT)}),
        ("Waddenzee", {"columns": ("a", "a", "b", "c")}),
        ("Waddenzee", {"rsit": "weather/hail"}),
        ("Waddenzee", {"zone": "Europe/Atlantis"}),
    ],
)
def test_a_mapping_by_which_nothing_can_be_read_is_refused(name: str, changed: dict[str, object]) -> None:
    said = {"columns": MAPPING.columns, "uses": USES, **changed}
    with pytest.raises(MappingUnfit):
        actions.make_feed_mapping(cast.analyst(), name=name, file_name="w.csv", mapping=ColumnMapping(**said))  # type: ignore[arg-type]


def test_only_who_completes_reports_maps_columns_or_hands_a_file_in() -> None:
    for somebody in (STRANGER, cast.administrator(), cast.forwarder()):
        with pytest.raises(PermissionMissing):
            actions.make_feed_mapping(somebody, name="Waddenzee", file_name="w.csv", mapping=MAPPING)
        with pytest.raises(PermissionMissing):
            actions.hand_in_feed(somebody, raw=CSV, name="w.csv")


def test_a_file_that_somebody_gave_the_desk_is_received_with_who_it_came_from() -> None:
    receipt = actions.hand_in_feed(
        cast.analyst(),
        raw=json.dumps(XARF).encode(),
        name="usb.json",
        reporter=ReporterDetails(name="J. de Vries"),
        organisation_named="Waterbedrijf Zuiderwiel",
    )
    report = queries.get_report(cast.analyst(), report=receipt.report)
    assert report.reporter is not None
    assert report.reporter.details.name == "J. de Vries"
    (row,) = queries.list_feed_rows(cast.analyst(), report=receipt.report)
    assert row.named == (Named("hash", "ab" * 32),)
