"""Vital processes: the list, the ministry of the day, the criteria."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vocabulary import Category, all_vital_processes, criteria_of, vital_process
from meldpunt.vocabulary.errors import NoMinistryRecorded, UnknownVitalProcess


def test_there_are_28_processes_of_which_six_in_category_a() -> None:
    graves = {process.id for process in all_vital_processes() if process.category is Category.A}
    assert len(all_vital_processes()) == 28
    assert graves == {"E1", "E3", "E5", "D1", "W1", "N1"}


@pytest.mark.parametrize(
    ("process", "day", "ministry"),
    [
        ("E1", date(2013, 12, 12), "EZ"),
        ("E1", date(2018, 11, 9), "EZK"),
        ("E1", date(2024, 7, 1), "EZK"),
        ("E1", date(2024, 7, 2), "KGG"),
        ("T1", date(2026, 8, 15), "EZ"),
        ("D1", date(2013, 12, 12), "IenM"),
        ("D1", date(2026, 8, 15), "IenW"),
    ],
)
def test_the_responsible_ministry_is_that_of_the_day(process: str, day: date, ministry: str) -> None:
    assert vital_process(process).responsible_on(day).ministry.id == ministry


@given(st.dates(min_value=date(2012, 11, 5)), st.sampled_from([p.id for p in all_vital_processes()]))
def test_exactly_one_ministry_answers_for_a_process_on_any_day(day: date, process_id: str) -> None:
    periods = vital_process(process_id).responsibilities
    valid = [p for p in periods if p.valid_from <= day and (p.valid_until is None or day <= p.valid_until)]
    assert valid == [vital_process(process_id).responsible_on(day)]


def test_before_the_first_period_no_ministry_is_made_up() -> None:
    with pytest.raises(NoMinistryRecorded):
        vital_process("D1").responsible_on(date(2012, 11, 4))


def test_an_unknown_process_is_refused() -> None:
    with pytest.raises(UnknownVitalProcess):
        vital_process("X9")


def test_criteria_say_that_their_primary_text_was_not_read() -> None:
    a, b = criteria_of(Category.A), criteria_of(Category.B)
    assert (a.economic_damage_eur, a.casualties, a.people_in_distress) == (50_000_000_000, 10_000, 1_000_000)
    assert (b.economic_damage_eur, b.casualties, b.people_in_distress) == (5_000_000_000, 1_000, 100_000)
    assert (a.other_sectors_failing, b.other_sectors_failing) == (2, 0)
    assert not a.verified
    assert not b.verified
