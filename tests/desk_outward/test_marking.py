"""A passage found back from lines and words, and lines with what is withheld."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.access.values import ActorId
from meldpunt.entrypoints.desk.marking import WordsNotFound, lines_of, range_of
from meldpunt.law import withholding_grounds
from meldpunt.openness.values import Passage, PassageId

TEXT = "Verslag\n\nOp 20 november belde Jantine van de waterkant.\nJantine legde op."
GROUND = next(iter(withholding_grounds(on=datetime(2026, 1, 1, tzinfo=UTC).date())))


def passage(start: int, end: int) -> Passage:
    return Passage(PassageId(uuid4()), start, end, GROUND, "", ActorId(uuid4()), datetime(2026, 1, 1, tzinfo=UTC))


def test_words_are_found_from_the_first_to_the_last() -> None:
    start, end = range_of(TEXT, first_line=3, first_words="Jantine", last_line=3, last_words="waterkant")
    assert TEXT[start:end] == "Jantine van de waterkant"


def test_the_last_words_stand_after_the_first() -> None:
    start, end = range_of("de man of de vrouw", first_line=1, first_words="of", last_line=1, last_words="de")
    assert (start, end) == (7, 12)


def test_no_words_mean_whole_lines() -> None:
    start, end = range_of(TEXT, first_line=3, first_words="", last_line=4, last_words="")
    assert TEXT[start:end] == TEXT.split("\n", 2)[2]


@pytest.mark.parametrize(("line", "words", "field"), [(9, "", "first_line"), (3, "Piet", "first_words")])
def test_what_does_not_stand_there_is_named(line: int, words: str, field: str) -> None:
    with pytest.raises(WordsNotFound) as lost:
        range_of(TEXT, first_line=line, first_words=words, last_line=3, last_words="")
    assert lost.value.field == field


@given(text=st.text(max_size=60), cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_lines_say_the_text_and_mark_exactly_what_is_withheld(text: str, cuts: list[tuple[int, int]]) -> None:
    ranges = [(min(pair), min(max(pair), len(text))) for pair in cuts if min(pair) < min(max(pair), len(text))]
    lines = lines_of(text, [passage(*one) for one in ranges])
    assert "\n".join("".join(piece.text for piece in line.pieces) for line in lines) == text
    marked: set[int] = set()
    for line in lines:
        at = line.start
        for piece in line.pieces:
            marked |= set(range(at, at + len(piece.text))) if piece.is_withheld else set()
            at += len(piece.text)
    assert marked == {at for start, end in ranges for at in range(start, end) if text[at] != "\n"}
