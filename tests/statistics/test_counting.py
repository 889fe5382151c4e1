"""What is counted where, and with whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.statistics.errors import GroupImpossible, PeriodImpossible
from meldpunt.statistics.periods import quarter_before
from meldpunt.statistics.rules.counting import check_period, count_reports
from meldpunt.statistics.values import UNKNOWN_SECTOR, SectorGroup
from meldpunt.vocabulary.bilingual import Bilingual

from .cast import Seen, classes

SPACE = UUID(int=7)
ALPHA, BETA = uuid5(SPACE, "alpha"), uuid5(SPACE, "beta")
MONEY = SectorGroup("money", Bilingual("Geld", "Money"), ("banking", "insurance"))

reports = st.lists(
    st.builds(
        Seen,
        sector=st.sampled_from(["energy", "banking", "insurance", "", "no such sector"]),
        rsit_class=st.sampled_from(classes()),
        organisation=st.none() | st.integers(0, 4).map(lambda number: uuid5(SPACE, str(number))),
    ),
    max_size=40,
)


@given(reports)
def test_every_report_is_counted_once(found: Sequence[Seen]) -> None:
    counted = count_reports(found, groups=(MONEY,))
    assert sum(sum(one.values()) for one in counted.counts.values()) == len(found)


@given(reports)
def test_a_report_of_nobody_known_never_adds_an_organisation_to_a_cell_that_has_one(found: Sequence[Seen]) -> None:
    known = count_reports([one for one in found if one.organisation]).counts
    for cell, organisations in count_reports(found).counts.items():
        assert len(organisations) == len(known.get(cell, {})) or len(organisations) == 1


def test_a_report_of_nobody_known_counts_with_the_largest_of_its_cell() -> None:
    found = [Seen("energy", "fraud", one) for one in (ALPHA, ALPHA, BETA, None)]
    assert count_reports(found).counts["energy", "fraud"] == {str(ALPHA): 3, str(BETA): 1}


def test_a_sector_nobody_knows_has_a_row_of_its_own() -> None:
    assert list(count_reports([Seen("", "fraud", ALPHA)]).counts) == [(UNKNOWN_SECTOR, "fraud")]


def test_sectors_of_a_group_share_one_row() -> None:
    counted = count_reports([Seen("banking", "fraud", ALPHA), Seen("insurance", "fraud", BETA)], groups=(MONEY,))
    assert counted.counts["money", "fraud"] == {str(ALPHA): 1, str(BETA): 1}
    assert {"money", "banking", "insurance"} & {row.id for row in counted.rows} == {"money"}


@pytest.mark.parametrize(
    "groups",
    [
        (SectorGroup("empty", MONEY.name, ()),),
        (SectorGroup("odd", MONEY.name, ("no such sector",)),),
        (MONEY, SectorGroup("again", MONEY.name, ("banking",))),
        (SectorGroup("energy", MONEY.name, ("banking",)),),
        (SectorGroup("*", MONEY.name, ("banking",)),),
    ],
)
def test_a_group_that_makes_no_sense_is_refused(groups: tuple[SectorGroup, ...]) -> None:
    with pytest.raises(GroupImpossible):
        count_reports([], groups=groups)


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 2, 2), date(2026, 2, 1)), (date(2026, 2, 1), date(2026, 3, 2))]
)
def test_a_period_runs_forward_and_has_begun(first: date, last: date) -> None:
    with pytest.raises(PeriodImpossible):
        check_period(first, last, today=date(2026, 3, 1))


@given(st.dates(min_value=date(2, 1, 1)))
def test_the_quarter_before_a_day_ended_less_than_a_quarter_ago(day: date) -> None:
    first, last = quarter_before(day)
    assert 89 <= (last - first).days <= 91
    assert 0 < (day - last).days <= 92
    assert first.day == 1
    assert (first.month - 1) % 3 == 0
