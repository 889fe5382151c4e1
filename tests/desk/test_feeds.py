"""Feeds by hand: a file is received with who it came from, and a CSV is mapped once in the browser."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.desk.cast import page_of
from tests.desk_outward.cast import Colleague, colleague

from meldpunt.access.values import JOB, Role
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.feed_values import ColumnUse, TimeForm
from meldpunt.intake.values import KeptReason

pytestmark = pytest.mark.django_db

CSV = b"Gezien;Machine;Soort;Beheerder\n20-07-2026 05:04;192.0.2.9;Zombie;jan\n20-07-2026 05:05;hier;spook;piet\n"
FIELDS = ("sample", "file_name", "columns_before")
SAID = {
    "name": "Waddenzee",
    "delimiter": ";",
    "has_header": "on",
    "time_form": "day-first",
    "zone": "Europe/Amsterdam",
    "rsit": "other/undetermined",
    "use_0": "time",
    "use_1": "address",
    "use_2": "class",
    "use_3": "ignored",
}


@pytest.fixture
def browser() -> Colleague:
    return colleague(Role.ANALYST)


def file(data: bytes = CSV, name: str = "2026-07-20-waddenzee.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def hidden(page: str) -> dict[str, str]:
    """What the form carries along."""
    sample = re.search(r'<textarea name="sample"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL)
    assert sample is not None
    carried = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in FIELDS[1:]}
    return {"sample": html.unescape(sample[1])} | {name: html.unescape(one[1]) for name, one in carried.items() if one}


def begun(browser: Colleague) -> dict[str, str]:
    answer = browser.post("/desk/feeds/columns", {"file": file()})
    assert answer.status_code == 200
    return hidden(answer.content.decode())


def test_the_columns_of_a_sample_are_shown_with_a_guess_at_each(browser: Colleague) -> None:
    page = browser.post("/desk/feeds/columns", {"file": file()}).content.decode()
    for place, use in enumerate((ColumnUse.TIME, ColumnUse.KEPT, ColumnUse.CLASS, ColumnUse.KEPT)):
        select = page.partition(f'name="use_{place}"')[2].partition("</select>")[0]
        assert f'value="{use.value}" selected' in select
    assert "zombie" in page


def test_the_preview_shows_how_the_first_rows_are_read(browser: Colleague) -> None:
    page = browser.post("/desk/feeds/columns", begun(browser) | SAID | {"preview": "1"}).content.decode()
    assert "192[.]0[.]2[.]9" in page
    assert "address: neither four plain octets nor IPv6" in page
    assert intake_queries.list_feed_mappings(browser.actor) == ()


def test_a_mapping_that_is_kept_reads_the_next_file_of_its_source(browser: Colleague) -> None:
    words = {"word_0": "malicious-code/infected-system", "word_1": "other/undetermined"}
    answer = browser.post("/desk/feeds/columns", begun(browser) | SAID | words | {"save": "1"})
    assert answer.status_code == 302
    (made,) = intake_queries.list_feed_mappings(browser.actor)
    assert (made.name, made.file_shape, made.mapping.delimiter) == ("Waddenzee", "waddenzee", ";")
    assert made.mapping.time_form is TimeForm.DAY_FIRST
    assert made.mapping.classes == {"zombie": "malicious-code/infected-system"}
    receipt = intake_actions.receive_feed(JOB, raw=CSV, name="2026-07-21-waddenzee.csv")
    first, second = intake_queries.list_feed_rows(browser.actor, report=receipt.report)
    assert (first.address, first.rsit, second.is_readable) == ("192.0.2.9", "malicious-code/infected-system", False)
    assert "Waddenzee" in page_of(browser, "/desk/feeds")


def test_another_delimiter_makes_other_columns(browser: Colleague) -> None:
    carried = begun(browser)
    page = browser.post("/desk/feeds/columns", carried | SAID | {"delimiter": ",", "preview": "1"}).content.decode()
    assert 'name="use_0"' in page
    assert 'name="use_1"' not in page


def test_what_is_wrong_with_a_mapping_is_said_and_nothing_is_kept(browser: Colleague) -> None:
    wrong = SAID | {"use_1": "kept", "save": "1"}
    answer = browser.post("/desk/feeds/columns", begun(browser) | wrong)
    assert answer.status_code == 422
    assert "Say which column has the address" in html.unescape(answer.content.decode())
    assert intake_queries.list_feed_mappings(browser.actor) == ()


@pytest.mark.parametrize("raw", [b"", b"\0", b"\n\n", b"just a line", b"\xff\xfe\x00", b'"', b"a;b\n"])
def test_a_sample_in_which_nothing_can_be_read_is_no_error_of_ours(browser: Colleague, raw: bytes) -> None:
    assert browser.post("/desk/feeds/columns", {"file": file(raw)}).status_code in (200, 422)


def test_a_mapping_that_is_retired_reads_nothing_more(browser: Colleague) -> None:
    browser.post("/desk/feeds/columns", begun(browser) | SAID | {"save": "1"})
    (made,) = intake_queries.list_feed_mappings(browser.actor)
    browser.post(f"/desk/feeds/columns/{made.id}/retire", {})
    receipt = intake_actions.receive_feed(JOB, raw=CSV, name="waddenzee.csv")
    kept = intake_queries.get_report(browser.actor, report=receipt.report).kept_reason
    assert kept is KeptReason.FEED_UNKNOWN


def test_a_file_is_handed_in_with_who_it_came_from_and_has_a_receipt(browser: Colleague) -> None:
    event = {"info": "Oefening", "Attribute": [{"type": "ip-dst", "value": "192.0.2.9", "to_ids": True}]}
    answer = browser.post(
        "/desk/feeds/new",
        {
            "file": file(json.dumps(event).encode(), "event.json"),
            "organisation_named": "Politie",
            "name": "",
            "email": "",
        },
    )
    assert answer.status_code == 302
    page = page_of(browser, answer["Location"])
    (line,) = intake_queries.list_reports(browser.actor).lines
    assert line.reference in page
    assert "with it the report can be followed" in page
    report = intake_queries.get_report(browser.actor, report=line.id)
    assert report.reporter is not None
    assert report.reporter.organisation_named == "Politie"


def test_the_pages_of_a_feed_say_its_format_its_marking_and_its_flags(browser: Colleague) -> None:
    event = {
        "info": "Oefening",
        "Tag": [{"name": "tlp:amber"}],
        "Attribute": [{"type": "sha256", "value": "ab" * 32, "to_ids": True}],
    }
    receipt = intake_actions.receive_feed(JOB, raw=json.dumps(event).encode(), name="event.json")
    for page in (f"/desk/reports/{receipt.report}", f"/desk/reports/{receipt.report}/rows"):
        shown = page_of(browser, page)
        assert "MISP" in shown
        assert "TLP:AMBER" in shown
        assert "RSIT has no type for a class in it" in shown
    assert "hash of a file" in shown
    assert "indicator" in shown


@pytest.mark.parametrize("role", [Role.STATISTICIAN, Role.ADMINISTRATOR, Role.WOO_OFFICER])
@pytest.mark.parametrize("page", ["/desk/feeds", "/desk/feeds/new", "/desk/feeds/columns"])
def test_who_does_not_work_on_reports_finds_no_feeds(role: Role, page: str) -> None:
    assert page_of(colleague(role), page, status=404)
