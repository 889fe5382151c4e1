"""Whatever is typed, what is kept fits a column of PostgreSQL."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vocabulary.texts import clean_text, is_keepable, is_readable, keepable

# Hypothesis draws no half of a surrogate pair unless it is asked to, and seldom NUL.
ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from("\0\ud800\udfff ")), max_size=50)


@given(ANY_TEXT)
def test_what_is_kept_fits_the_database_and_what_fitted_is_untouched(text: str) -> None:
    kept = keepable(text)
    assert "\0" not in kept
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert len(kept) == len(text)
    assert (kept == text) == is_keepable(text)


def test_each_character_that_does_not_fit_is_seen_to_be_missing() -> None:
    assert keepable("a\0b\ud83d") == "a\ufffdb\ufffd"
    assert keepable("\U0001f600") == "\U0001f600"


@given(ANY_TEXT)
def test_clean_text_has_no_blanks_around_it(text: str) -> None:
    assert clean_text(text) == keepable(text).strip() == clean_text(clean_text(text))


@pytest.mark.parametrize(
    "nothing", ["", " \n\t", "\u200b\u200d\ufeff", "\u202e\u202c \u2066", "\0\x1b", "\u00a0\u3000"]
)
def test_what_shows_nothing_is_not_readable(nothing: str) -> None:
    assert not is_readable(nothing)
    assert is_readable(f"{nothing}x")
