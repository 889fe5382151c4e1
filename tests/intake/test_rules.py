"""What may come in."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.intake import rules
from meldpunt.intake.errors import (
    ReceiptMalformed,
    ReportEmpty,
    ReportTooLarge,
    SightingImpossible,
    TimeImpossible,
    TooManyItems,
)
from meldpunt.intake.formats.shadowserver import known_reports, report_name
from meldpunt.intake.mail.markup import read_html
from meldpunt.intake.mail.reading import read_mail
from meldpunt.intake.receipts import new_code, new_reference, read_code, reporter_with
from meldpunt.intake.values import ReportForm
from meldpunt.vocabulary.rsit import incident_type
from meldpunt.vocabulary.texts import keepable

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ANY_TEXT = st.text(st.characters(), max_size=50)


@given(ANY_TEXT)
def test_a_form_is_storable_where_cleaning_changes_nothing(text: str) -> None:
    assert (keepable(text) == text) == rules.is_storable(ReportForm("", text))


@given(ANY_TEXT, ANY_TEXT)
def test_the_form_as_bytes_gives_back_exactly_what_was_typed(title: str, text: str) -> None:
    kept = json.loads(rules.form_as_bytes(ReportForm(title, text)))
    assert (kept["title"], kept["text"]) == (title, text)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=301, max_size=600))
def test_a_long_title_is_cut_and_stands_whole_in_the_text(title: str) -> None:
    form = rules.clean_form(ReportForm(title, "verhaal"))
    assert len(form.title) <= rules.LONGEST_TITLE
    if len(" ".join(title.split())) > rules.LONGEST_TITLE:
        assert form.text == f"{title}\n\nverhaal"


@pytest.mark.parametrize(
    "instant",
    [NOW.replace(tzinfo=None), NOW.replace(year=9999), NOW + timedelta(hours=2), NOW.replace(year=1989)],
)
def test_an_impossible_instant_is_refused(instant: datetime) -> None:
    with pytest.raises(TimeImpossible, match="when you noticed it"):
        rules.check_form(ReportForm("T", "", aware_at=instant), now=NOW)
    with pytest.raises(TimeImpossible):
        rules.check_form(ReportForm("T", "", ended_at=instant), now=NOW)


def test_a_day_may_be_tomorrow_and_no_later() -> None:
    rules.check_day("occurred_on", date(2026, 11, 21), now=NOW)
    with pytest.raises(TimeImpossible):
        rules.check_day("occurred_on", date(2026, 11, 22), now=NOW)


def test_a_title_counts_for_what_a_text_may_be() -> None:
    rules.check_form(ReportForm("", "é" * (rules.LONGEST_TEXT // 2)), now=NOW)
    with pytest.raises(ReportTooLarge):
        rules.check_form(ReportForm("T", "é" * (rules.LONGEST_TEXT // 2)), now=NOW)


def test_attachments_count_together() -> None:
    half = rules.LARGEST_FEED // 2
    rules.check_attachments([half, half])
    with pytest.raises(ReportTooLarge):
        rules.check_attachments([half, half, 1])
    with pytest.raises(TooManyItems):
        rules.check_attachments([1] * (rules.MOST_ATTACHMENTS + 1))


@given(st.lists(st.integers(0, rules.LARGEST_FEED + 1), max_size=rules.MOST_ATTACHMENTS + 5))
def test_as_many_attachments_are_taken_as_fit_and_no_more(sizes: list[int]) -> None:
    count = rules.count_fitting(sizes)
    rules.check_attachments(sizes[:count])
    if count < len(sizes):
        with pytest.raises((ReportTooLarge, TooManyItems)):
            rules.check_attachments(sizes[: count + 1])


@pytest.mark.parametrize("indicator", ["", "  ", "a\x00", "a\ud800", "a" * 2_001])
def test_what_no_sensor_can_have_seen_is_refused(indicator: str) -> None:
    rules.check_sighting("a" * 2_000, count=1)
    with pytest.raises(SightingImpossible):
        rules.check_sighting(indicator, count=1)


def test_a_form_of_blanks_is_empty() -> None:
    with pytest.raises(ReportEmpty):
        rules.check_form(ReportForm(" ", "\n"), now=NOW)


def test_a_code_is_read_in_whatever_way_it_was_written_down() -> None:
    code = new_code()
    written = code.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert read_code(f" {written} ") == code
    assert reporter_with(written).receipt == code


@pytest.mark.parametrize("typed", ["", "ABCD", "U" * 20, "0" * 21, "é" * 20])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(ReceiptMalformed):
        read_code(typed)


def test_codes_and_references_do_not_repeat() -> None:
    assert len({new_code() for _ in range(1_000)} | {new_reference() for _ in range(1_000)}) == 2_000


@pytest.mark.parametrize(
    ("name", "report"),
    [
        ("2026-11-20-scan_telnet-netherlands-geo.csv", ("scan_telnet", True)),
        ("2026-11-20-event4_sinkhole_http-as64500.csv", ("event4_sinkhole_http", True)),
        ("dir/blocklist.csv", ("blocklist", True)),
        ("2026-11-20-scan_toaster-nl-geo.csv", ("scan_toaster-nl-geo", False)),
    ],
)
def test_the_report_is_found_in_the_name_of_its_file(name: str, report: tuple[str, bool]) -> None:
    assert report_name(name) == report


def test_every_known_report_has_a_type_of_the_taxonomy() -> None:
    assert len(known_reports()) == 125
    assert {incident_type(rsit).id for rsit in known_reports().values()} == set(known_reports().values())


@given(st.binary(max_size=300))
def test_any_bytes_are_a_mail_or_none(raw: bytes) -> None:
    mail = read_mail(raw)
    assert mail is None or raw.strip()


@given(st.text(st.sampled_from("<>!-/a [&;script]"), max_size=60))
def test_any_html_has_words(html: str) -> None:
    words = read_html(html).words
    assert "<a>" not in words or words == html
