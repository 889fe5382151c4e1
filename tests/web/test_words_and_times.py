"""Words and instants as every page shows them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

import meldpunt
from meldpunt.disclosure.values import AudienceKind, ItemKind
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.entrypoints.web.downloads import as_download
from meldpunt.entrypoints.web.paging import page_number
from meldpunt.entrypoints.web.templatetags import times, words
from meldpunt.intake.values import Channel, ReportKind, Stage, State
from meldpunt.law import DUTCH, ClockState, DataKind, Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import TLP


@pytest.mark.parametrize(
    "enum",
    [AudienceKind, Channel, ClockState, DataKind, DisclosureState, ItemKind, Purpose, ReportKind, Stage, State],
)
def test_every_member_has_words_in_both_languages(enum: type[StrEnum]) -> None:
    for member in enum:
        with override("nl"):
            dutch = words.label(member)
        with override("en"):
            assert words.label(member)
        assert dutch


def test_a_wording_follows_the_language_of_the_visitor() -> None:
    both = Bilingual("aarde", "earth")
    with override("nl"):
        assert words.in_language(both) == "aarde"
    with override("en-gb"):
        assert words.in_language(both) == "earth"


def test_an_indicator_is_never_a_link() -> None:
    assert words.defanged("http://slecht.example/x") == "hxxp[://]slecht[.]example/x"


@pytest.mark.parametrize("tlp", list(TLP))
def test_a_tlp_mark_reads_as_first_writes_it(tlp: TLP) -> None:
    assert f">{tlp.value}</span>" in words.tlp_mark(tlp)


def test_an_instant_names_its_zone_on_both_sides_of_the_change_of_the_clock() -> None:
    with override("nl"):
        summer = times.instant(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
        winter = times.instant(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert "25 okt 2026 02:30 CEST" in summer
    assert "25 okt 2026 02:30 CET" in winter


def test_a_brief_instant_names_its_zone_in_the_hour_that_comes_twice_alone() -> None:
    with override("nl"):
        assert "02:30 CEST" in times.brief(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
        assert "02:30 CET" in times.brief(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
        assert "03:30<" in times.brief(datetime(2026, 10, 25, 2, 30, tzinfo=UTC))


def test_a_brief_instant_of_another_year_says_so() -> None:
    assert "2013" in times.brief(datetime(2013, 7, 3, 12, 0, tzinfo=UTC))


def test_a_deadline_says_how_long_is_left_and_how_much_too_late() -> None:
    with override("nl"):
        assert times.clock(timezone.now() + timedelta(hours=23, minutes=30)) == "nog 23 uur"
        late = times.clock(timezone.now() - timedelta(minutes=3, seconds=5, milliseconds=100))
        assert late in ("0:03:05 te laat", "0:03:06 te laat")
        assert times.to_the_second(timedelta(days=1, hours=3, minutes=5, seconds=9)) == "1 dag 3:05:09"


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4_000)))
def test_a_span_never_promises_more_than_there_is(length: timedelta) -> None:
    with override("en"):
        count, unit = times.span(length).split()
    assert timedelta(**{f"{unit.removesuffix('s')}s": int(count)}) <= length


@given(st.text())
def test_any_page_number_is_a_page(given: str) -> None:
    assert 1 <= page_number(RequestFactory().get("/", {"page": given})) <= 10_000


@given(st.text(), st.text())
def test_any_file_name_can_be_saved(name: str, media_type: str) -> None:
    answer = as_download(name=name, media_type=media_type, data=b"")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_an_article_nobody_read_says_so_wherever_it_is_shown() -> None:
    facts = {fact.verified: fact for fact in DUTCH.grounds}
    with override("nl"):
        assert "niet geverifieerd" in words.article(facts[False])
        assert words.article_in_text(facts[False]).endswith("(niet geverifieerd)")
        assert words.article(facts[True]) == words.article_in_text(facts[True]) == facts[True].article


def test_no_template_shows_an_article_without_saying_whether_it_was_read() -> None:
    doors = Path(meldpunt.__file__).parent / "entrypoints"
    shown = re.compile(r"\{\{[^}]*\.(?:article|verified)\b")
    templates = list(doors.rglob("templates/**/*.*"))
    assert len(templates) > 60
    assert [str(path.relative_to(doors)) for path in templates if shown.search(path.read_text())] == []
