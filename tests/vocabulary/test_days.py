"""Days as people write them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vocabulary.days import written_day


def test_a_day_is_written_with_its_month_in_words() -> None:
    written = written_day(date(2026, 3, 1))
    assert (written.nl, written.en) == ("1 maart 2026", "1 March 2026")


@given(st.dates(), st.dates())
def test_two_days_are_never_written_the_same(one: date, other: date) -> None:
    for language in ("nl", "en"):
        same = written_day(one).in_language(language) == written_day(other).in_language(language)
        assert same == (one == other)
