import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.engines.redaction.errors import GroundUnfit, PassageOutsideText
from meldpunt.engines.redaction.text import mark_text, withhold
from meldpunt.engines.redaction.values import Mark, Passage, Withheld

GROUNDS = ("5.1(2)e", "5.1(2)h", "10(2)g")
texts = st.text(alphabet="abcdeé \n", max_size=60) | st.text(max_size=60)


@st.composite
def texts_with_passages(draw: st.DrawFn) -> tuple[str, list[Passage]]:
    text = draw(texts.filter(bool))
    cuts = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda cut: cut[0] < cut[1])
    return text, [Passage(a, b, draw(st.sampled_from(GROUNDS))) for a, b in draw(st.lists(cuts, max_size=5))]


def kept_pieces(text: str, withheld: Withheld) -> list[str]:
    """What of the output is no mark."""
    ends = [0, *(mark.end for mark in withheld.marks)]
    starts = [*(mark.start for mark in withheld.marks), len(withheld.text)]
    return [withheld.text[end:start] for end, start in zip(ends, starts, strict=True)]


def test_a_passage_gives_way_to_a_mark_with_its_ground() -> None:
    withheld = withhold("van Jan de Vries, melder", [Passage(4, 16, "5.1(2)e")])
    assert withheld.text == "van [█████ 5.1(2)e], melder"
    assert withheld.marks == (Mark(4, 19, ("5.1(2)e",)),)


def test_overlapping_passages_become_one_mark_that_names_every_ground() -> None:
    withheld = withhold("abcdefgh", [Passage(3, 6, "5.1(2)h"), Passage(1, 4, "5.1(2)e"), Passage(2, 3, "5.1(2)e")])
    assert withheld.text == f"a{mark_text(('5.1(2)e', '5.1(2)h'))}gh"


def test_touching_passages_stay_apart_only_when_their_grounds_differ() -> None:
    same = withhold("abcd", [Passage(0, 2, "x"), Passage(2, 4, "x")])
    different = withhold("abcd", [Passage(0, 2, "x"), Passage(2, 4, "y")])
    assert [mark.grounds for mark in same.marks] == [("x",)]
    assert [mark.grounds for mark in different.marks] == [("x",), ("y",)]


def test_an_accent_goes_with_the_letter_it_belongs_to() -> None:
    assert withhold("Rene\u0301 belt", [Passage(0, 4, "x")]).text == f"{mark_text(('x',))} belt"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 5)])
def test_a_passage_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(PassageOutsideText):
        withhold("abcd", [Passage(start, end, "x")])


@pytest.mark.parametrize("ground", ["", "  ", "x\ny", "x" * 41])
def test_a_ground_that_fits_no_mark_is_refused(ground: str) -> None:
    with pytest.raises(GroundUnfit):
        withhold("abcd", [Passage(0, 1, ground)])


@given(texts_with_passages())
def test_what_is_kept_is_what_lay_outside_the_passages(case: tuple[str, list[Passage]]) -> None:
    text, passages = case
    inside = {i for passage in passages for i in range(passage.start, passage.end)}
    outside = "".join(char for i, char in enumerate(text) if i not in inside)
    kept = "".join(kept_pieces(text, withhold(text, passages)))
    assert len(kept) <= len(outside)
    assert [c for c in kept if not unicodedata.combining(c)] == [c for c in outside if not unicodedata.combining(c)]


@given(texts_with_passages())
def test_no_withheld_substring_of_four_survives_unless_it_also_stands_outside(case: tuple[str, list[Passage]]) -> None:
    text, passages = case
    withheld = withhold(text, passages)
    kept = kept_pieces(text, withheld)
    for passage in passages:
        for at in range(passage.start, passage.end - 3):
            piece = text[at : at + 4]
            if any(piece in k for k in kept):
                inside = {i for p in passages for i in range(p.start, p.end)}
                places = (i for i in range(len(text) - 3) if text[i : i + 4] == piece)
                assert any(inside.isdisjoint(range(i, i + 4)) for i in places)


@given(texts_with_passages(), st.data())
def test_texts_that_differ_only_inside_equal_passages_give_the_same_result(
    case: tuple[str, list[Passage]], data: st.DataObject
) -> None:
    text, passages = case
    inside = {i for passage in passages for i in range(passage.start, passage.end)}
    other = "".join(data.draw(st.characters()) if i in inside else char for i, char in enumerate(text))
    assert withhold(other, passages) == withhold(text, passages)


@given(st.integers(1, 200), st.integers(1, 200))
def test_the_length_of_what_was_removed_does_not_show(one: int, other: int) -> None:
    short = withhold(f"a {'x' * one} b", [Passage(2, 2 + one, "5.1(2)h")])
    long = withhold(f"a {'y' * other} b", [Passage(2, 2 + other, "5.1(2)h")])
    assert short == long
